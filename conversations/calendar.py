"""Which days are school days for one setting; dates in, dates out, and no holiday list of its own.

Nothing here knows the hour, the person or the review.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5
_SEPTEMBER = 9


@dataclass(frozen=True, slots=True)
class Term:
    """One stretch of teaching, both ends included.

    Raises:
        ValueError: if it ends before it starts.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a term cannot end before it starts")

    def holds(self, day: date) -> bool:
        """Whether the day lies inside the term."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The days one setting is open, from its terms, its closures and the bank holidays.

    A school year (1 September to 31 August) for which no term is given counts every weekday that
    is no bank holiday and no closure, so that a date two years ahead can be planned before the
    setting has published its terms. A term belongs to the school year in which it ends: some
    settings begin their autumn in late August.
    """

    bank_holidays: frozenset[date] = frozenset()
    terms: tuple[Term, ...] = ()
    closures: frozenset[date] = frozenset()

    def is_quiet(self, day: date) -> bool:
        """Whether it is a weekend or a bank holiday: nobody is written to unasked."""
        return day.weekday() >= _SATURDAY or day in self.bank_holidays

    def is_closed(self, day: date) -> bool:
        """Whether nobody at the setting can be expected to read a document that day."""
        return self.is_quiet(day) or day in self.closures

    def knows_terms(self, day: date) -> bool:
        """Whether a term is given for the school year the day lies in."""
        return any(school_year(term.end) == school_year(day) for term in self.terms)

    def is_school_day(self, day: date) -> bool:
        """Whether the setting teaches that day, as far as the calendar knows."""
        if self.is_closed(day):
            return False
        return any(term.holds(day) for term in self.terms) or not self.knows_terms(day)

    def add_school_days(self, day: date, n: int) -> date:
        """The nth school day after the day, or before it when n is negative.

        Zero gives the day itself, school day or not. From a school day, adding n and then taking
        n away leads back to it.
        """
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_school_day(day)
        return day

    def school_days_between(self, a: date, b: date) -> int:
        """How many school days lie after a, up to and including b; zero when b is not after a."""
        return sum(self.is_school_day(a + _DAY * n) for n in range(1, (b - a).days + 1))

    def latest_start(self, end: date, n: int) -> date:
        """The latest school day with n school days between it and the end."""
        last = end if self.is_school_day(end) else self.add_school_days(end, -1)
        return self.add_school_days(last, -n)


def school_year(day: date) -> int:
    """The calendar year in which the day's school year (1 September to 31 August) began."""
    return day.year if day.month >= _SEPTEMBER else day.year - 1
