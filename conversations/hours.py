"""When somebody may be written to unasked: hours and days in their zone, and what is too late.

Moments go in and come out as aware datetimes; nothing here knows the present one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEKEND: Final = frozenset({5, 6})
_EVERY_WEEKDAY: Final = frozenset(range(7))
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DecentHours:
    """One person's hours, from `earliest` up to but not including `latest`, in their zone.

    `quiet_weekdays` counts Monday as 0; `quiet_days` are single days, such as bank holidays.

    Raises:
        ValueError: if the zone is no IANA name, the times are out of order or bear a zone of
            their own, or no weekday is left.
    """

    zone: str
    earliest: time = time(9, 0)
    latest: time = time(19, 0)
    quiet_weekdays: frozenset[int] = WEEKEND
    quiet_days: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not is_zone(self.zone):
            raise ValueError("the zone has to be an IANA name")
        if self.earliest.tzinfo or self.latest.tzinfo or self.earliest >= self.latest:
            raise ValueError("decent hours run from one plain time to a later one")
        if not self.quiet_weekdays < _EVERY_WEEKDAY:
            raise ValueError("quiet weekdays are 0 to 6, and one has to be left")

    def is_quiet(self, day: date) -> bool:
        """Whether nothing unasked is sent on that day at all."""
        return day.weekday() in self.quiet_weekdays or day in self.quiet_days


@dataclass(frozen=True, slots=True)
class SendNow:
    """The message goes out at once."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The message goes out at that moment (UTC), not before."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """No decent moment is left before the message expires; staff are to see it."""


SendVerdict = SendNow | Wait | Missed


def is_zone(name: str) -> bool:
    """Whether it is the IANA name of a time zone that this machine knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def local(day: date, at: time, zone: str) -> datetime:
    """The moment (UTC) at which a clock on the wall in the zone shows that time on that day.

    A time that summer time skips becomes the first moment after the gap; of a time that comes
    twice, the first is meant.
    """
    wall = datetime.combine(day, at, ZoneInfo(zone)).replace(fold=0)
    moment = wall.astimezone(UTC)
    shown = moment.astimezone(wall.tzinfo)
    if shown.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    return _end_of_gap(wall.replace(fold=1).astimezone(UTC), moment, ZoneInfo(zone))


def is_decent(moment: datetime, hours: DecentHours) -> bool:
    """Whether the moment lies inside the hours, by the clock on the person's wall.

    Raises:
        ValueError: if the moment has no time zone.
    """
    shown = _aware(moment).astimezone(ZoneInfo(hours.zone))
    inside = hours.earliest <= shown.time() < hours.latest
    return inside and not hours.is_quiet(shown.date())


def next_decent(moment: datetime, hours: DecentHours) -> datetime:
    """The first moment (UTC) inside the hours that is not before the given one.

    Where clocks go back across `latest`, the part of the hours that comes again is not used.

    Raises:
        ValueError: if the moment has no time zone.
    """
    if is_decent(moment, hours):
        return moment.astimezone(UTC)
    today = moment.astimezone(ZoneInfo(hours.zone)).date()
    starts = (start for n in count() for start in _starts(today + _DAY * n, hours))
    return next(start for start in starts if start >= moment and is_decent(start, hours))


def is_late(due: datetime, now: datetime, allowance: timedelta) -> bool:
    """Whether more than the allowance has gone by since the message was due."""
    return _aware(now) - _aware(due) > allowance


def when_to_send(due: datetime, now: datetime, hours: DecentHours, expires: datetime) -> SendVerdict:
    """What to do now with a message that is due at one moment and pointless from another.

    Raises:
        ValueError: if one of the moments has no time zone.
    """
    moment = next_decent(max(_aware(due), _aware(now)), hours)
    if moment >= _aware(expires):
        return Missed()
    return SendNow() if moment <= now else Wait(moment)


def _starts(day: date, hours: DecentHours) -> tuple[datetime, datetime]:
    """The moments the hours begin on that day: the same twice, unless clocks go back there."""
    again = datetime.combine(day, hours.earliest, ZoneInfo(hours.zone)).replace(fold=1)
    first = local(day, hours.earliest, hours.zone)
    return first, max(first, again.astimezone(UTC))


def _end_of_gap(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The change of clocks between two moments (UTC), to the second."""
    old = before.astimezone(zone).utcoffset()
    first, last = 0, int((after - before).total_seconds())
    while last - first > 1:
        middle = (first + last) // 2
        unchanged = (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == old
        first, last = (middle, last) if unchanged else (first, middle)
    return before.replace(microsecond=0) + timedelta(seconds=last)


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment
