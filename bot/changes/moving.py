"""A review gets another day. What is still to come is planned anew; whoever knew of the old day is told of the new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts import stage_day
from bot.naming import as_name
from bot.prompt_rows import MESSAGES_AT, PromptKind, ask, ask_for_update
from bot.reviewing import school_calendar
from conversations.hours import local
from conversations.offsets import DEFAULTS, Offsets, ReviewKind
from conversations.planning import plan
from conversations.timetable import DOCUMENTS_AT, Booking, Refused, Stage, Timetable, at_a_glance
from storage.records import ParticipantState, Prompt, PromptState, Review, ReviewStage, Setting, Staff
from storage.unit_of_work import UnitOfWork

_OVER: Final = frozenset({ReviewStage.HELD, ReviewStage.CANCELLED})
_REMINDERS: Final = (PromptKind.REMINDER, PromptKind.LAST_CALL)
_THERE: Final = frozenset({PromptState.PENDING, PromptState.CLAIMED, PromptState.DONE})


class MoveFault(StrEnum):
    """What keeps a review where it is, besides its new date."""

    OVER = "over"
    SAME_DAY = "same_day"
    NO_SETTING = "no_setting"
    TOO_YOUNG = "too_young"
    TOO_OLD = "too_old"


@dataclass(frozen=True, slots=True)
class NewDay:
    """What is wanted. `reason`: why there is less time than the rules give; the digest prints it (decision 35)."""

    meeting: date
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """The review on its new day, its stages, and how many people are told."""

    review: Review
    timetable: Timetable
    told: int


@dataclass(frozen=True, slots=True)
class Moving:
    """Moves reviews by the rules by which they are planned: the operator's offsets, and the bank holidays."""

    quiet_days: frozenset[date]
    offsets: Mapping[ReviewKind, Offsets] = field(default_factory=lambda: dict(DEFAULTS))

    async def move(
        self, work: UnitOfWork, review: Review, wanted: NewDay, by: Staff, now: datetime
    ) -> Moved | Refused | MoveFault:
        """Put the review on this day. The same move a second time is a fault, and does nothing twice."""
        meeting = wanted.meeting
        setting = await work.settings.get()
        if setting is None:
            return MoveFault.NO_SETTING
        if (fault := await _fault(work, review, meeting)) is not None:
            return fault
        today = now.astimezone(ZoneInfo(setting.zone)).date()
        kind = ReviewKind(review.kind)
        said = as_name(wanted.reason) or review.short_notice_reason
        booking = Booking(meeting, kind, today, bool(said))
        made = plan(booking, self.offsets[kind], school_calendar(setting, self.quiet_days))
        if isinstance(made, Refused):
            return made
        days = {stage.value: day.isoformat() for stage, day in at_a_glance(made)}
        moved = replace(review, meeting=meeting, timetable=days, short_notice_reason=said)
        await work.reviews.save(moved)
        await _replan(work, moved, setting, now)
        told = await _tell(work, moved, setting, now)
        await ask_for_update(work, moved, now, f"moved-{meeting.isoformat()}-{now.isoformat()}")
        await work.audit.add(now, by.id, "moved", review.id)
        return Moved(moved, made, told)


async def _fault(work: UnitOfWork, review: Review, meeting: date) -> MoveFault | None:
    if review.stage in _OVER:
        return MoveFault.OVER
    if meeting == review.meeting:
        return MoveFault.SAME_DAY
    person = await work.people.get(review.young_person_id)
    if person is None or review.age_reason:
        return None
    if person.leaving_date is not None and meeting <= person.leaving_date + timedelta(days=1):
        return MoveFault.TOO_YOUNG
    return MoveFault.TOO_OLD if person.plan_ends is not None and meeting >= person.plan_ends else None


def _wanted(review: Review, setting: Setting, now: datetime) -> Mapping[str, tuple[datetime, datetime] | None]:
    """When each row is due now and until when; None: its day has gone from the timetable."""
    zone = setting.zone
    starts = local(review.meeting, time(0, 0), zone)
    over = local(review.meeting + timedelta(days=1), time(0, 0), zone)
    close = local(stage_day(review, Stage.CLOSE), DOCUMENTS_AT, zone)
    opening = max(now, local(stage_day(review, Stage.OPENING), MESSAGES_AT, zone))
    wanted: dict[str, tuple[datetime, datetime] | None] = {
        PromptKind.OPENING: (opening, starts),
        PromptKind.FIRST_DIGEST: (close, over),
        PromptKind.CHECK_COPY: (now, local(stage_day(review, Stage.CHECK_ENDS), DOCUMENTS_AT, zone)),
        PromptKind.PACK: (local(stage_day(review, Stage.PACK), DOCUMENTS_AT, zone), over),
        PromptKind.HELD: (over, over + timedelta(days=3650)),
    }
    for kind, stage in zip(_REMINDERS, (Stage.REMINDER, Stage.LAST_CALL), strict=True):
        day = review.timetable.get(stage.value)
        due = local(date.fromisoformat(day), MESSAGES_AT, zone) if day else None
        wanted[kind] = (due, close) if due is not None and due > opening else None
    return wanted


async def _replan(work: UnitOfWork, review: Review, setting: Setting, now: datetime) -> None:
    """Rows that wait get their new time; what was done is not done again, so no message comes twice (decision 36)."""
    wanted = _wanted(review, setting, now)
    rows = await work.prompts.of_review(review.id)
    for row in rows:
        base = row.kind.partition(":")[0]
        if row.state is not PromptState.PENDING or base not in wanted:
            continue
        times = wanted[base]
        if times is None:
            await work.prompts.settle(row.id, PromptState.CANCELLED, now, "moved")
        else:
            await work.prompts.reschedule(row.id, *times)
    for person in await work.participants.of_young_person(review.young_person_id):
        if person.state is ParticipantState.JOINED:
            mine = [row for row in rows if row.participant_id == person.id]
            await _remind_again(work, review, person.id, mine, wanted)


async def _remind_again(
    work: UnitOfWork,
    review: Review,
    person_id: str,
    rows: list[Prompt],
    wanted: Mapping[str, tuple[datetime, datetime] | None],
) -> None:
    """A reminder for which there was no day before, and there is one now."""
    for kind in _REMINDERS:
        times = wanted[kind]
        if times is None or any(row.state in _THERE for row in rows if row.kind.partition(":")[0] == kind):
            continue
        await ask(work, review.id, f"{kind}:{review.meeting.isoformat()}", *times, participant_id=person_id)


async def _tell(work: UnitOfWork, review: Review, setting: Setting, now: datetime) -> int:
    """Whoever has heard of the old day hears of the new one, once, at a decent hour of theirs; how many do."""
    rows = await work.prompts.of_review(review.id)
    kind = f"{PromptKind.NEW_DAY}:{review.meeting.isoformat()}:{now.isoformat()}"
    for row in rows:
        if row.kind.startswith(PromptKind.NEW_DAY) and row.state is PromptState.PENDING:
            await work.prompts.settle(row.id, PromptState.CANCELLED, now, "moved")  # they hear of the newest only
    starts = local(review.meeting, time(0, 0), setting.zone)
    await ask(work, review.id, kind, now, starts)  # for the named professional
    opened = {row.participant_id for row in rows if _is_opening(row)}
    people = await work.participants.of_young_person(review.young_person_id)
    heard = [each.id for each in people if each.id in opened and each.state is ParticipantState.JOINED]
    return sum([await ask(work, review.id, kind, now, starts, participant_id=each) for each in heard])


def _is_opening(row: Prompt) -> bool:
    return row.kind.partition(":")[0] == PromptKind.OPENING and row.state is PromptState.DONE
