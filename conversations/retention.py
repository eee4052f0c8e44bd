"""How long each kind of data is kept: from its date to the day on which it goes. Dates only; nothing is deleted here.

The field's starting points: unfinished answers 60 days; what was sent, and what was made of it, until the review closes
and one school year more, so that there is a "last time you said"; then only with the person's own yes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, assert_never

from typing_extensions import override

from conversations.calendar import school_year
from conversations.schooling import anniversary

REVIEW_CLOSES: Final = timedelta(days=28)
"""A review closes four weeks after its meeting: by then the council has decided (SEND Regulations 2014, reg 20(10))."""
WARNED: Final = timedelta(days=14)
"""How long before unfinished answers go the person is told, where a message is left for it."""

_PERIOD: Final = re.compile(r"([1-9][0-9]{0,4})([dys])")
_AUGUST: Final = 8


class Kind(StrEnum):
    """What is kept, each for its own time. ALERTS belong to the safeguarding records and are purged by their keeper."""

    DRAFTS = "drafts"  # from the last word; never before the day after the meeting
    SENT = "sent"  # with its voice messages and photos; from the day the review closes
    LONGER = "longer"  # the same, with the person's yes
    NOTES = "notes"  # words outside a question, once read; from the day the review closes
    DIGESTS = "digests"  # from the day the review closes
    PEOPLE = "people"  # who was asked, when all their reviews have closed and nothing else is kept of them
    COMPLAINTS = "complaints"  # from the answer
    ALERTS = "alerts"  # from the day an alert was settled
    INVITES = "invites"  # from the day a link ran out
    RECORDINGS = "recordings"  # questions read aloud; from the day they were recorded
    STAFF = "staff"  # from the day it was seen that they left, once nothing names them any more
    AUDIT = "audit"
    PARKED = "parked"  # updates that could not be read
    INBOX = "inbox"
    OUTBOX = "outbox"
    PICTURES = "pictures"


class Unit(StrEnum):
    """What a period counts."""

    DAYS = "d"
    YEARS = "y"
    SCHOOL_YEARS = "s"


@dataclass(frozen=True, slots=True)
class Period:
    """A time to keep something: days, years, or whole school years (1 September to 31 August) after the present one."""

    count: int
    unit: Unit

    @override
    def __str__(self) -> str:
        return f"{self.count}{self.unit.value}"

    def goes(self, day: date) -> date:
        """The first day on which something of this date is not kept any more."""
        match self.unit:
            case Unit.DAYS:
                return day + timedelta(days=self.count)
            case Unit.YEARS:
                return anniversary(day, self.count)
            case Unit.SCHOOL_YEARS:
                return date(school_year(day) + self.count + 1, _AUGUST, 31) + timedelta(days=1)
            case _:
                assert_never(self.unit)

    def last_gone(self, today: date) -> date:
        """The latest date of which nothing is kept today: everything of it, or from before it, goes."""
        match self.unit:
            case Unit.DAYS:
                return today - timedelta(days=self.count)
            case Unit.YEARS:
                back = anniversary(today, -self.count)
                return back if self.goes(back) <= today else back - timedelta(days=1)
            case Unit.SCHOOL_YEARS:
                return date(school_year(today) - self.count, _AUGUST, 31)
            case _:
                assert_never(self.unit)


Periods = Mapping[Kind, Period]

DEFAULTS: Final[Periods] = MappingProxyType(
    {
        Kind.DRAFTS: Period(60, Unit.DAYS),
        Kind.SENT: Period(1, Unit.SCHOOL_YEARS),
        Kind.LONGER: Period(3, Unit.SCHOOL_YEARS),
        Kind.NOTES: Period(1, Unit.SCHOOL_YEARS),
        Kind.DIGESTS: Period(1, Unit.SCHOOL_YEARS),
        Kind.PEOPLE: Period(1, Unit.SCHOOL_YEARS),
        Kind.COMPLAINTS: Period(1, Unit.YEARS),
        Kind.ALERTS: Period(6, Unit.YEARS),
        Kind.INVITES: Period(30, Unit.DAYS),
        Kind.RECORDINGS: Period(3, Unit.YEARS),
        Kind.STAFF: Period(1, Unit.YEARS),
        Kind.AUDIT: Period(3, Unit.YEARS),
        Kind.PARKED: Period(60, Unit.DAYS),
        Kind.INBOX: Period(3, Unit.DAYS),
        Kind.OUTBOX: Period(60, Unit.DAYS),
        Kind.PICTURES: Period(60, Unit.DAYS),
    }
)
LEAST: Final[Mapping[Kind, int]] = MappingProxyType({Kind.INBOX: 3, Kind.OUTBOX: 3})
"""Days that the bot itself needs: the messenger may repeat an update for a day, and buttons find their message."""


def periods_in(text: str) -> Periods:
    """The period of every kind, with those that `text` sets: `drafts=60d sent=1s`.

    Raises:
        ValueError: a kind or a period that there is not, a kind named twice, or less than the bot itself needs.
    """
    found: dict[Kind, Period] = {}
    for part in text.replace(",", " ").split():
        name, _, period = part.partition("=")
        if name not in set(Kind):
            raise ValueError(f"sets periods such as drafts=60d, for: {', '.join(Kind)}")
        if Kind(name) in found:
            raise ValueError(f"names {name} twice. Keep one of them")
        found[Kind(name)] = _period(Kind(name), period)
    every = {**DEFAULTS, **found}
    if every[Kind.LONGER].goes(_ANY_DAY) < every[Kind.SENT].goes(_ANY_DAY):
        raise ValueError("keeps less with a yes than without one. Make longer at least as long as sent")
    return every


def _period(kind: Kind, text: str) -> Period:
    read = _PERIOD.fullmatch(text)
    if read is None:
        raise ValueError(f"needs a number with d, y or s for {kind}: 60d days, 1y years, 1s whole school years more")
    period = Period(int(read[1]), Unit(read[2]))
    if period.unit is not Unit.DAYS and period.count > _MOST_YEARS:
        raise ValueError(f"keeps {kind} for more than {_MOST_YEARS} years. Choose a shorter time")
    if period.unit is Unit.DAYS and period.count < LEAST.get(kind, 0):
        raise ValueError(f"keeps {kind} for too short a time: the bot itself needs {LEAST[kind]}d")
    return period


_MOST_YEARS: Final = 35
_ANY_DAY: Final = date(2027, 1, 19)


def closes(meeting: date) -> date:
    """The day on which a review closes."""
    return meeting + REVIEW_CLOSES


def draft_goes(touched: date, meeting: date, periods: Periods = DEFAULTS) -> date:
    """The day on which unfinished answers go: never while the meeting they are for is still to come."""
    return max(periods[Kind.DRAFTS].goes(touched), meeting + timedelta(days=1))


def sent_goes(meeting: date, periods: Periods = DEFAULTS, *, longer: bool = False) -> date:
    """The day on which what was sent goes; later where the person said yes to that."""
    return periods[Kind.LONGER if longer else Kind.SENT].goes(closes(meeting))
