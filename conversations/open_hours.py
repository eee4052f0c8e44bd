"""When the safeguarding team is at work, and by when somebody there sees what is raised now.

Moments go in and come out as aware datetimes; nothing here knows the present one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from conversations.calendar import SchoolCalendar
from conversations.hours import local

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FORM: Final = re.compile(r"([A-Za-z]{3})(?:-([A-Za-z]{3}))? +([0-9]{1,2}:[0-9]{2}) ?- ?([0-9]{1,2}:[0-9]{2})")
_AHEAD: Final = 400
"""Days to look ahead: a summer is shorter, and who is closed for longer than a year sees nothing."""

Spans = Mapping[int, tuple[tuple[time, time], ...]]


def spans_in(text: str) -> Spans:
    """The hours of each weekday (Monday is 0) in text such as `Mon-Thu 08:30-16:30, Fri 08:30-15:00`.

    Raises:
        ValueError: a part is no days with hours, or hours that end before they begin.
    """
    found: dict[int, list[tuple[time, time]]] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        for day, span in _part(part):
            found.setdefault(day, []).append(span)
    return MappingProxyType({day: tuple(sorted(spans)) for day, spans in found.items()})


@dataclass(frozen=True, slots=True)
class OpenHours:
    """The hours of one setting in its zone, on the days on which it is open.

    A day counts that is no bank holiday and no closure, and lies in a term where the terms of its school year are
    known. A weekend counts where it has hours.
    """

    zone: str
    spans: Spans
    calendar: SchoolCalendar = field(default_factory=SchoolCalendar)

    def is_open(self, moment: datetime) -> bool:
        """Whether somebody is at work then."""
        return any(begin <= moment < end for begin, end in self._spans_on(self._day(moment)))

    def deadline(self, moment: datetime, minutes: int) -> datetime | None:
        """When that many minutes of work have gone by since then (UTC); None where nobody is at work for a year."""
        left = timedelta(minutes=minutes)
        for begin, end in self._from(moment):
            if end - begin >= left:
                return begin + left
            left -= end - begin
        return None

    def _from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of work from that moment on, the first perhaps begun already."""
        first = self._day(moment)
        for ahead in range(_AHEAD):
            for begin, end in self._spans_on(first + timedelta(days=ahead)):
                if end > moment:
                    yield max(begin, moment.astimezone(UTC)), end

    def _spans_on(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        if self._is_closed(day):
            return
        for begin, end in self.spans.get(day.weekday(), ()):
            yield local(day, begin, self.zone), local(day, end, self.zone)

    def _is_closed(self, day: date) -> bool:
        calendar = self.calendar
        if day in calendar.bank_holidays or day in calendar.closures:
            return True
        return calendar.knows_terms(day) and not any(term.holds(day) for term in calendar.terms)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()


def _part(part: str) -> Iterator[tuple[int, tuple[time, time]]]:
    found = _FORM.fullmatch(part)
    if found is None:
        raise ValueError("reads days and hours, such as: Mon-Fri 08:30-16:30")
    first, last, begin, end = found.groups()
    span = (_time(begin), _time(end))
    if span[0] >= span[1]:
        raise ValueError("has hours that end before they begin")
    days = [_weekday(first), _weekday(last or first)]
    if days[0] > days[1]:
        raise ValueError("begins a week on Monday: write Sat and Sun apart")
    for day in range(days[0], days[1] + 1):
        yield day, span


def _weekday(name: str) -> int:
    try:
        return WEEK.index(name.lower())
    except ValueError:
        raise ValueError("names days as Mon, Tue, Wed, Thu, Fri, Sat and Sun") from None


def _time(text: str) -> time:
    hour, minute = (int(each) for each in text.split(":"))
    return time(hour, minute)
