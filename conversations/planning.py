"""From a meeting date to the timetable of its review, or to the reason there is none.

Date arithmetic only: no clock, no hours, no words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from conversations.calendar import SchoolCalendar
from conversations.offsets import Offsets
from conversations.schooling import anniversary
from conversations.timetable import (
    Booking,
    FollowUp,
    PlanNote,
    RefusalReason,
    Refused,
    Timetable,
)

YEARS_AHEAD: Final = 2
_REACH: Final = 7
"""How many days a stage may move off a quiet day; no run of them in England is longer."""
_BETWEEN_MESSAGES: Final = timedelta(days=3)
_DAY: Final = timedelta(days=1)
_NEED_A_REASON: Final = frozenset({PlanNote.UNDER_MINIMUM, PlanNote.SHORT_NOTICE})


def plan(booking: Booking, offsets: Offsets, calendar: SchoolCalendar) -> Timetable | Refused:
    """The timetable of a review, its stages in order from the opening to the meeting.

    Documents that fall on a quiet day go earlier, messages later; a message that cannot go later
    goes earlier, and one with no fitting day is dropped. The opening goes earlier when holidays
    would leave too few school days. Planned late, the reminder goes first, then the last call,
    then the check; then the pack comes later than planned, at the latest the day before the
    meeting. Only with a recorded reason do fewer than the minimum of school days remain, or less
    than the notice.
    """
    refusal = _refused_at_sight(booking)
    if refusal is not None:
        return Refused(refusal)
    sketch = _Sketch(booking, offsets, calendar)
    opening = sketch.opening()
    if opening is None:
        return Refused(RefusalReason.NO_TIME)
    timetable = sketch.timetable(opening)
    to_justify = tuple(n for n in timetable.notes if n in _NEED_A_REASON)
    if to_justify and not booking.short_notice_reason_given:
        return Refused(RefusalReason.REASON_NEEDED, to_justify)
    return timetable


def _refused_at_sight(booking: Booking) -> RefusalReason | None:
    if booking.meeting <= booking.planned_on:
        return RefusalReason.MEETING_IN_THE_PAST
    if booking.meeting > anniversary(booking.planned_on, YEARS_AHEAD):
        return RefusalReason.TOO_FAR
    return None


@dataclass(frozen=True, slots=True)
class _Sketch:
    """The steps of planning one meeting; each takes the days already found."""

    booking: Booking
    offsets: Offsets
    calendar: SchoolCalendar

    def timetable(self, opening: date) -> Timetable:
        close = self._close(opening)
        pack = self._document_day(max(self._before(self.offsets.pack), close), floor=close)
        last_call = self._last_call(opening, close)
        reminder = self._reminder(opening, last_call)
        check_ends = self._check_ends(close, pack)
        dropped = {
            PlanNote.REMINDER_DROPPED: reminder is None,
            PlanNote.LAST_CALL_DROPPED: last_call is None,
            PlanNote.CHECK_DROPPED: check_ends is None,
            PlanNote.PACK_LATE: pack > self._before(self.offsets.pack),
        }
        found = self._circumstances(opening, close) | dropped
        return Timetable(
            kind=self.booking.kind,
            opening=opening,
            reminder=reminder,
            last_call=last_call,
            close=close,
            check_ends=check_ends,
            pack=pack,
            meeting=self.booking.meeting,
            follow_up=self._follow_up(),
            late=found[PlanNote.PLANNED_LATE],
            notes=tuple(note for note in PlanNote if found[note]),
        )

    def opening(self) -> date | None:
        """The day it is due, or the first possible one after that; None when there is none.

        Two days before the meeting is the last: the answers close the day before it.
        """
        due = self._opening_due()
        if self.booking.planned_on <= due:
            return due
        return self._first_unquiet(_upwards(self.booking.planned_on, self._before(2)))

    def _opening_due(self) -> date:
        minimum = self.offsets.minimum_school_days
        latest = self.calendar.latest_start(self._close_due(), minimum)
        wanted = self._before(self.offsets.opening)
        return self._first_unquiet(_upwards(wanted, latest)) or latest

    def _close_due(self) -> date:
        return self._document_day(self._before(self.offsets.close))

    def _close(self, opening: date) -> date:
        """The day it is due if the minimum fits, else the day the minimum is reached.

        Where it cannot be reached before the meeting, the usual number of days stands in for it.
        """
        due = self._close_due()
        minimum = self.offsets.minimum_school_days
        if self.calendar.school_days_between(opening, due) >= minimum:
            return due
        last = self._document_day(self._before(1), floor=opening + _DAY)
        reached = self.calendar.add_school_days(opening, minimum)
        if reached <= last:
            return reached
        usual = opening + _DAY * (self.offsets.opening - self.offsets.close)
        return self._document_day(min(last, max(due, usual)), floor=opening + _DAY)

    def _last_call(self, opening: date, close: date) -> date | None:
        wanted = close - _DAY * (self.offsets.last_call - self.offsets.close)
        return self._message_day(wanted, opening + _BETWEEN_MESSAGES, close - _DAY)

    def _reminder(self, opening: date, last_call: date | None) -> date | None:
        if last_call is None:
            return None
        wanted = self._before(self.offsets.reminder)
        ceiling = last_call - _BETWEEN_MESSAGES
        return self._message_day(wanted, opening + _BETWEEN_MESSAGES, ceiling)

    def _check_ends(self, close: date, pack: date) -> date | None:
        """A limit on which nothing is sent, so a quiet day does not move it."""
        usual = _DAY * (self.offsets.close - self.offsets.check_ends)
        ends = min(pack, max(self._before(self.offsets.check_ends), close + usual))
        return ends if ends > close else None

    def _circumstances(self, opening: date, close: date) -> dict[PlanNote, bool]:
        meeting, planned_on = self.booking.meeting, self.booking.planned_on
        school_days = self.calendar.school_days_between(opening, close)
        terms_missing = not all(map(self.calendar.knows_terms, (opening, close, meeting)))
        return {
            PlanNote.PLANNED_LATE: planned_on > self._opening_due(),
            PlanNote.OPENED_EARLIER: opening < self._before(self.offsets.opening),
            PlanNote.UNDER_MINIMUM: school_days < self.offsets.minimum_school_days,
            PlanNote.SHORT_NOTICE: planned_on > self._before(self.offsets.notice),
            PlanNote.MEETING_NOT_A_SCHOOL_DAY: not self.calendar.is_school_day(meeting),
            PlanNote.TERM_DATES_UNKNOWN: bool(self.calendar.terms) and terms_missing,
        }

    def _follow_up(self) -> FollowUp:
        after, meeting = self.offsets.after, self.booking.meeting
        return FollowUp(
            feedback=self.calendar.add_school_days(meeting, after.feedback_school_days),
            report_due=_days_after(meeting, after.report),
            decision_due=_days_after(meeting, after.decision),
            final_plan_due=_days_after(meeting, after.final_plan),
        )

    def _before(self, days: int) -> date:
        return self.booking.meeting - _DAY * days

    def _first_unquiet(self, days: Iterator[date]) -> date | None:
        return next((day for day in days if not self.calendar.is_quiet(day)), None)

    def _message_day(self, wanted: date, floor: date, ceiling: date) -> date | None:
        """The wanted day or the next that is not quiet, else the one before; None outside."""
        if not floor <= wanted <= ceiling:
            return None
        later = _upwards(wanted, min(ceiling, wanted + _DAY * _REACH))
        earlier = _downwards(wanted, max(floor, wanted - _DAY * _REACH))
        return self._first_unquiet(later) or self._first_unquiet(earlier)

    def _document_day(self, wanted: date, floor: date = date.min) -> date:
        """The wanted day or the one before on which the setting is open, else the wanted day."""
        days = _downwards(wanted, max(floor, wanted - _DAY * _REACH))
        return next((day for day in days if not self.calendar.is_closed(day)), wanted)


def _upwards(first: date, last: date) -> Iterator[date]:
    return (first + _DAY * n for n in range((last - first).days + 1))


def _downwards(last: date, first: date) -> Iterator[date]:
    return (last - _DAY * n for n in range((last - first).days + 1))


def _days_after(meeting: date, days: int | None) -> date | None:
    return None if days is None else meeting + _DAY * days
