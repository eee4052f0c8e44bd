"""By when the safeguarding team sees an alert: their hours, their terms, closures and bank holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.calendar import SchoolCalendar, Term
from conversations.open_hours import OpenHours, spans_in

OFFICE = "Mon-Thu 08:30-16:30, Fri 08:30-15:00"
CALENDAR = SchoolCalendar(
    bank_holidays=frozenset({date(2026, 12, 25), date(2027, 3, 29)}),
    terms=(Term(date(2026, 9, 1), date(2026, 12, 18)), Term(date(2027, 1, 4), date(2027, 7, 20))),
    closures=frozenset({date(2026, 11, 20)}),
)
HOURS = OpenHours("Europe/London", spans_in(OFFICE), CALENDAR)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("raised", "seen_by", "why"),
    [
        ("2026-10-13T09:00", "2026-10-13T09:30", "in hours, in summer time"),
        ("2026-10-13T15:20", "2026-10-14T07:50", "ten minutes are left today, twenty more tomorrow"),
        ("2026-10-13T20:00", "2026-10-14T08:00", "in the evening: the next morning"),
        ("2026-10-16T18:00", "2026-10-19T08:00", "on Friday evening: on Monday"),
        ("2026-11-19T17:00", "2026-11-23T09:00", "the day after is a closure, then comes the weekend"),
        ("2026-12-18T16:00", "2027-01-04T09:00", "term is over: the first day of the next"),
        ("2027-03-28T12:00", "2027-03-30T08:00", "a bank holiday, and clocks have gone forward"),
        ("2029-10-13T12:00", "2029-10-15T08:00", "terms not known yet: every day with hours counts"),
    ],
)
def test_by_when_it_is_seen(raised: str, seen_by: str, why: str) -> None:
    assert HOURS.deadline(at(raised), 30) == at(seen_by), why
    assert HOURS.is_open(at(raised)) == (raised in {"2026-10-13T09:00", "2026-10-13T15:20"})


def test_a_weekend_counts_where_it_has_hours() -> None:
    hours = OpenHours("Europe/London", spans_in("Sat 10:00-12:00"))
    assert hours.deadline(at("2026-10-13T09:00"), 30) == at("2026-10-17T09:30")


def test_who_is_never_at_work_sees_nothing() -> None:
    assert OpenHours("Europe/London", spans_in("")).deadline(at("2026-10-13T09:00"), 30) is None
    ended = SchoolCalendar(terms=(Term(date(2026, 9, 1), date(2026, 9, 2)), Term(date(2027, 9, 1), date(2027, 9, 1))))
    hours = OpenHours("Europe/London", spans_in("Thu 10:00-10:10"), ended)
    assert hours.deadline(at("2026-09-03T12:00"), 30) is None


@pytest.mark.parametrize(
    "text", ["Mon", "Mon 08:30", "Mon-Fri 16:00-08:00", "Fri-Mon 08:00-09:00", "Moo 08:00-09:00", "Mon 25:00-26:00"]
)
def test_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        spans_in(text)


@settings(max_examples=60, deadline=None)
@given(passed=st.integers(0, 300 * 24 * 60), minutes=st.integers(1, 600))
def test_a_deadline_lies_ahead_at_the_end_of_work_time_and_never_comes_earlier_for_more(
    passed: int, minutes: int
) -> None:
    moment = at("2026-09-01T00:00") + timedelta(minutes=passed)
    deadline = HOURS.deadline(moment, minutes)
    assert deadline is not None
    assert deadline >= moment + timedelta(minutes=minutes)
    assert HOURS.is_open(deadline - timedelta(microseconds=1))
    later = HOURS.deadline(moment, minutes + 1)
    assert later is not None
    assert later > deadline
