from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.schooling import (
    age_days,
    anniversary,
    is_young_person,
    minimum_age_day,
    school_leaving_date,
)

births = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    ("born", "leaving"),
    [
        (date(2007, 9, 23), date(2024, 6, 28)),
        (date(2010, 9, 1), date(2027, 6, 25)),
        (date(2011, 7, 15), date(2027, 6, 25)),
        (date(2011, 8, 31), date(2027, 6, 25)),
        (date(2011, 9, 1), date(2028, 6, 30)),
        (date(2012, 2, 29), date(2028, 6, 30)),
        (date(2012, 9, 1), date(2029, 6, 29)),
        (date(2014, 1, 1), date(2030, 6, 28)),
        (date(2015, 6, 30), date(2031, 6, 27)),
        # The first and the last birthday of each school year, and each 29 February: 2024 to 2031.
        (date(2007, 9, 1), date(2024, 6, 28)),
        (date(2008, 2, 29), date(2024, 6, 28)),
        (date(2008, 8, 31), date(2024, 6, 28)),
        (date(2008, 9, 1), date(2025, 6, 27)),
        (date(2009, 8, 31), date(2025, 6, 27)),
        (date(2009, 9, 1), date(2026, 6, 26)),
        (date(2010, 8, 31), date(2026, 6, 26)),
        (date(2012, 8, 31), date(2028, 6, 30)),
        (date(2013, 8, 31), date(2029, 6, 29)),
        (date(2013, 9, 1), date(2030, 6, 28)),
        (date(2014, 8, 31), date(2030, 6, 28)),
        (date(2014, 9, 1), date(2031, 6, 27)),
        (date(2015, 8, 31), date(2031, 6, 27)),
    ],
)
def test_school_is_left_on_the_last_friday_in_june_of_the_year_of_turning_16(born: date, leaving: date) -> None:
    assert school_leaving_date(born) == leaving


def test_a_young_person_is_one_from_the_day_after() -> None:
    leaving = date(2027, 6, 25)
    assert not is_young_person(leaving, date(2027, 6, 25))
    assert is_young_person(leaving, date(2027, 6, 26))


def test_a_young_person_born_in_july_can_still_be_15() -> None:
    born = date(2011, 7, 15)
    today = date(2027, 6, 26)
    assert is_young_person(school_leaving_date(born), today)
    assert today < minimum_age_day(born, 16)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2011, 7, 15), 16, date(2027, 8, 1)),
        (date(2011, 8, 31), 16, date(2027, 9, 1)),
        (date(2011, 9, 1), 16, date(2027, 9, 1)),
        (date(2011, 9, 2), 16, date(2027, 10, 1)),
        (date(2011, 12, 31), 16, date(2028, 1, 1)),
        (date(2012, 2, 29), 16, date(2028, 3, 1)),
        (date(2012, 2, 29), 13, date(2025, 3, 1)),
        (date(2012, 1, 31), 16, date(2028, 2, 1)),
    ],
)
def test_the_minimum_age_day_is_rounded_up_to_a_first_of_a_month(born: date, years: int, day: date) -> None:
    assert minimum_age_day(born, years) == day


@pytest.mark.parametrize(
    ("born", "minimum", "days"),
    [
        (date(2010, 9, 1), None, (date(2027, 6, 25), date(2035, 9, 1), None)),
        (date(2012, 2, 29), 16, (date(2028, 6, 30), date(2037, 3, 1), date(2028, 3, 1))),
        (date(2011, 7, 15), 16, (date(2027, 6, 25), date(2036, 8, 1), date(2027, 8, 1))),
    ],
)
def test_what_is_kept_in_place_of_a_birth_date(
    born: date, minimum: int | None, days: tuple[date, date, date | None]
) -> None:
    kept = age_days(born, minimum)
    assert (kept.leaving, kept.plan_ends, kept.telegram_from) == days
    assert kept.asked_from == days[0] + timedelta(days=1)
    assert not any(str(day.year) in repr(kept) for day in days if day)


@given(births, births, st.integers(13, 18))
def test_two_birthdays_of_one_month_leave_the_same_days(born: date, other: date, minimum: int) -> None:
    """Nobody can read a birthday from what is kept: all but a first of a month look alike."""
    same = other.replace(year=born.year, month=born.month, day=min(other.day, 28))
    if 1 not in {born.day, same.day}:
        assert age_days(born, minimum) == age_days(same, minimum)


@given(births, st.integers(13, 25))
def test_the_minimum_age_day_is_never_before_the_birthday_nor_a_month_after(born: date, years: int) -> None:
    day = minimum_age_day(born, years)
    assert day.day == 1
    assert 0 <= (day - anniversary(born, years)).days < 31


@given(births)
def test_the_leaving_date_is_a_friday_in_the_last_week_of_june(born: date) -> None:
    leaving = school_leaving_date(born)
    assert (leaving.weekday(), leaving.month) == (4, 6)
    assert leaving.day > 23
    turns = anniversary(born, 16)
    assert date(leaving.year - 1, 9, 1) <= turns <= date(leaving.year, 8, 31)
