"""When compulsory schooling ends and when an age is reached; a birth date is used, never kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

PLAN_ENDS_AT: Final = 25
"""Years: up to this birthday somebody is a young person, Children and Families Act 2014 s83(2)."""
_LEAVING_AGE = 16
_FRIDAY = 4
_AUGUST = 8


def anniversary(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def school_leaving_date(born: date) -> date:
    """The last day of compulsory school age: the last Friday in June.

    It is that of the school year (1 September to 31 August) in which the person turns 16:
    Education Act 1996 s8(3) with the School Leaving Date Order 1997.
    """
    turns = anniversary(born, _LEAVING_AGE)
    year = turns.year if turns.month <= _AUGUST else turns.year + 1
    end_of_june = date(year, 6, 30)
    return end_of_june - timedelta(days=(end_of_june.weekday() - _FRIDAY) % 7)


def is_young_person(leaving: date, today: date) -> bool:
    """Whether compulsory school age has ended, which it does at the end of the leaving date."""
    return today > leaving


@dataclass(frozen=True, slots=True)
class AgeDays:
    """The days on which something changes for a person; kept in place of the birth date, of which they do not tell.

    `leaving`: the last day of compulsory school age; from the next day on the person is asked in their own right, and
    parents give a view of their own (Children and Families Act 2014 s83). `plan_ends`: from this day on they count as
    25, and are a young person no more (s83). `telegram_from`: from this day on they are old enough for Telegram, as the
    deployer decided; None where nobody decided.
    """

    leaving: date = field(repr=False)
    plan_ends: date = field(repr=False)
    telegram_from: date | None = field(default=None, repr=False)

    @property
    def asked_from(self) -> date:
        """The first day on which the person has a review of their own."""
        return self.leaving + timedelta(days=1)


def age_days(born: date, minimum_age: int | None) -> AgeDays:
    """The days of somebody born then. Those of birthdays are rounded up to a first of a month (decision 30)."""
    telegram_from = None if minimum_age is None else minimum_age_day(born, minimum_age)
    return AgeDays(school_leaving_date(born), minimum_age_day(born, PLAN_ENDS_AT), telegram_from)


def minimum_age_day(born: date, years: int) -> date:
    """The day from which the person counts as that old: a first of a month, never too early.

    The birthday is rounded up, so that the kept day does not tell it; a birthday on a first stays.
    """
    birthday = anniversary(born, years)
    if birthday.day == 1:
        return birthday
    return (birthday.replace(day=1) + timedelta(days=32)).replace(day=1)
