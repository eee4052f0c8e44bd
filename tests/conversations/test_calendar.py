from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.calendar import SchoolCalendar, Term

BANK_HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
AUTUMN = Term(date(2026, 8, 27), date(2026, 12, 18))
SPRING = Term(date(2027, 1, 4), date(2027, 3, 25))
INSET = frozenset({date(2026, 11, 27)})
PLAIN = SchoolCalendar(BANK_HOLIDAYS)
TERMLY = SchoolCalendar(BANK_HOLIDAYS, (AUTUMN, SPRING), INSET)

days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
calendars = st.builds(
    SchoolCalendar,
    bank_holidays=st.frozensets(days, max_size=30),
    terms=st.sampled_from([(), (AUTUMN,), (AUTUMN, SPRING)]),
    closures=st.frozensets(days, max_size=30),
)


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        (PLAIN, date(2026, 12, 24), True),
        (PLAIN, date(2026, 12, 25), False),
        (PLAIN, date(2026, 12, 26), False),
        (PLAIN, date(2026, 12, 27), False),
        (PLAIN, date(2026, 12, 28), False),
        (PLAIN, date(2026, 12, 29), True),
        (TERMLY, date(2026, 8, 27), True),
        (TERMLY, date(2026, 11, 27), False),
        (TERMLY, date(2026, 12, 18), True),
        (TERMLY, date(2026, 12, 21), False),
        (TERMLY, date(2027, 1, 4), True),
        (TERMLY, date(2027, 3, 26), False),
    ],
)
def test_a_school_day_is_a_weekday_in_term_without_a_closure(
    calendar: SchoolCalendar, day: date, expected: bool
) -> None:
    assert calendar.is_school_day(day) is expected


def test_a_school_year_without_terms_counts_every_weekday() -> None:
    assert not TERMLY.knows_terms(date(2027, 9, 1))
    assert TERMLY.knows_terms(date(2027, 8, 31))
    assert not TERMLY.is_school_day(date(2027, 8, 31))
    assert TERMLY.is_school_day(date(2027, 9, 1))


def test_a_closure_is_closed_but_not_quiet() -> None:
    assert TERMLY.is_closed(date(2026, 11, 27))
    assert not TERMLY.is_quiet(date(2026, 11, 27))


def test_school_days_are_counted_over_the_holidays() -> None:
    assert TERMLY.add_school_days(date(2026, 12, 17), 2) == date(2027, 1, 4)
    assert TERMLY.add_school_days(date(2027, 1, 4), -2) == date(2026, 12, 17)
    assert TERMLY.school_days_between(date(2026, 12, 17), date(2027, 1, 4)) == 2
    assert TERMLY.school_days_between(date(2027, 1, 4), date(2026, 12, 17)) == 0


def test_no_school_days_added_is_the_same_day_even_at_a_weekend() -> None:
    assert PLAIN.add_school_days(date(2026, 12, 26), 0) == date(2026, 12, 26)


def test_a_term_holds_both_its_ends() -> None:
    assert AUTUMN.holds(AUTUMN.start)
    assert AUTUMN.holds(AUTUMN.end)
    assert not AUTUMN.holds(AUTUMN.end + timedelta(days=1))


def test_a_term_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="end before"):
        Term(date(2027, 1, 5), date(2027, 1, 4))


@given(calendars, days, st.integers(-60, 60))
def test_adding_school_days_and_taking_them_away_leads_back(calendar: SchoolCalendar, day: date, n: int) -> None:
    start = calendar.add_school_days(day, 1)
    there = calendar.add_school_days(start, n)
    assert calendar.is_school_day(there)
    assert calendar.add_school_days(there, -n) == start


@given(calendars, days, st.integers(0, 60))
def test_as_many_school_days_lie_between_as_were_added(calendar: SchoolCalendar, day: date, n: int) -> None:
    assert calendar.school_days_between(day, calendar.add_school_days(day, n)) == n


@given(calendars, days, st.integers(1, 30))
def test_the_latest_start_leaves_just_enough_school_days(calendar: SchoolCalendar, end: date, n: int) -> None:
    start = calendar.latest_start(end, n)
    assert calendar.is_school_day(start)
    assert calendar.school_days_between(start, end) == n
