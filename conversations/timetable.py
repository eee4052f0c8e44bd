"""The dates of one review, as a value, and what can be read from it.

It says what a timetable is; how one comes about stands in `conversations.planning`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Final

from conversations.offsets import ReviewKind

DOCUMENTS_AT: Final = time(12, 0)
"""Local time at which answers close, the check ends and a document goes out.

When the check ends on the day of the pack, it ends first.
"""


class PlanNote(StrEnum):
    """Something about a timetable that staff should see."""

    PLANNED_LATE = "planned_late"
    OPENED_EARLIER = "opened_earlier"
    REMINDER_DROPPED = "reminder_dropped"
    LAST_CALL_DROPPED = "last_call_dropped"
    CHECK_DROPPED = "check_dropped"
    PACK_LATE = "pack_late"
    UNDER_MINIMUM = "under_minimum"
    SHORT_NOTICE = "short_notice"
    MEETING_NOT_A_SCHOOL_DAY = "meeting_not_a_school_day"
    TERM_DATES_UNKNOWN = "term_dates_unknown"


class RefusalReason(StrEnum):
    """Why no timetable can be made."""

    MEETING_IN_THE_PAST = "meeting_in_the_past"
    TOO_FAR = "too_far"
    REASON_NEEDED = "reason_needed"
    NO_TIME = "no_time"


class Stage(StrEnum):
    """A day in the life of a review."""

    OPENING = "opening"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    CLOSE = "close"
    CHECK_ENDS = "check_ends"
    PACK = "pack"
    MEETING = "meeting"
    FEEDBACK = "feedback"
    REPORT_DUE = "report_due"
    DECISION_DUE = "decision_due"
    FINAL_PLAN_DUE = "final_plan_due"


class MessageKind(StrEnum):
    """The unasked messages one person may get in one review: these and no more."""

    OPENING = "opening"
    REMINDER = "reminder"
    LAST_CALL = "last_call"


@dataclass(frozen=True, slots=True)
class Booking:
    """What staff ask for: a meeting of a kind, planned on a day (both in the setting's zone)."""

    meeting: date
    kind: ReviewKind
    planned_on: date
    short_notice_reason_given: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """No timetable, and why.

    `notes` says what a reason is needed for when the refusal is REASON_NEEDED.
    """

    reason: RefusalReason
    notes: tuple[PlanNote, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The days after a meeting: "You said, we did", and the duties the kind of review has."""

    feedback: date
    report_due: date | None
    decision_due: date | None
    final_plan_due: date | None


@dataclass(frozen=True, slots=True)
class Timetable:
    """The dates of one review; those that did not fit are None.

    At `close`, version 1 goes to the named professional and the check copy to the young person.

    Raises:
        ValueError: if the stages before the meeting are out of order.
    """

    kind: ReviewKind
    opening: date
    reminder: date | None
    last_call: date | None
    close: date
    check_ends: date | None
    pack: date
    meeting: date
    follow_up: FollowUp
    late: bool
    notes: tuple[PlanNote, ...]

    def __post_init__(self) -> None:
        days = [day for _, day in _before_and_at_the_meeting(self)]
        if any(earlier > later for earlier, later in pairwise(days)):
            raise ValueError("the stages of a timetable follow each other")


def messages(timetable: Timetable) -> tuple[tuple[MessageKind, date], ...]:
    """The unasked messages and their days, in order: the opening and at most two more."""
    wanted = (
        (MessageKind.OPENING, timetable.opening),
        (MessageKind.REMINDER, timetable.reminder),
        (MessageKind.LAST_CALL, timetable.last_call),
    )
    return tuple((kind, day) for kind, day in wanted if day is not None)


def at_a_glance(timetable: Timetable) -> tuple[tuple[Stage, date], ...]:
    """Every stage that has a day, in the order of the days."""
    follow_up = timetable.follow_up
    afterwards = (
        (Stage.FEEDBACK, follow_up.feedback),
        (Stage.REPORT_DUE, follow_up.report_due),
        (Stage.DECISION_DUE, follow_up.decision_due),
        (Stage.FINAL_PLAN_DUE, follow_up.final_plan_due),
    )
    dated = [(stage, day) for stage, day in afterwards if day is not None]
    return _before_and_at_the_meeting(timetable) + tuple(sorted(dated, key=lambda pair: pair[1]))


def _before_and_at_the_meeting(timetable: Timetable) -> tuple[tuple[Stage, date], ...]:
    stages = (
        (Stage.OPENING, timetable.opening),
        (Stage.REMINDER, timetable.reminder),
        (Stage.LAST_CALL, timetable.last_call),
        (Stage.CLOSE, timetable.close),
        (Stage.CHECK_ENDS, timetable.check_ends),
        (Stage.PACK, timetable.pack),
        (Stage.MEETING, timetable.meeting),
    )
    return tuple((stage, day) for stage, day in stages if day is not None)
