"""When compulsory schooling ends and when an age is reached; a birth date is used, never kept."""

from __future__ import annotations

from datetime import date, timedelta

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
    """Whether compulsory school age has ended, which it does at the end of the leaving date.

    The upper limit, the 25th birthday, is not looked at: no birth date is kept.
    """
    return today > leaving


def minimum_age_day(born: date, years: int) -> date:
    """The day from which the person counts as that old: a first of a month, never too early.

    The birthday is rounded up, so that the kept day does not tell it; a birthday on a first stays.
    """
    birthday = anniversary(born, years)
    if birthday.day == 1:
        return birthday
    return (birthday.replace(day=1) + timedelta(days=32)).replace(day=1)
