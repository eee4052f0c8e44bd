"""Prompts as rows: what is asked for when a review is planned, when a person is in, and when something came later.

Each row has a unique key, so that asking twice makes it once (P3). Carrying them out is `bot.prompts`.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.facts import Circle, stage_day
from conversations.hours import local
from conversations.timetable import DOCUMENTS_AT, Stage
from storage.ids import new_id
from storage.records import Prompt, PromptState, Review, Setting
from storage.unit_of_work import UnitOfWork

MESSAGES_AT: Final = time(16, 0)
"""Local time of unasked messages: after college, before the evening."""
LATEST_UPDATE: Final = timedelta(days=28)
"""How long after the meeting a later word still makes a new version: until the council's decision is due."""


class PromptKind(StrEnum):
    """What a prompt is for. The first three are the only unasked messages of a stage (decision 36).

    DRAFT_GOES takes the place of one of them, or is not asked for. COMPLAINT_ANSWER was asked for by the person.
    """

    OPENING = "opening"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    CHECK_COPY = "check_copy"
    OUTAGE = "outage"
    MOVED = "moved"
    UPGRADE = "upgrade"
    DRAFT_GOES = "draft_goes"
    COMPLAINT_ANSWER = "complaint_answer"
    FIRST_DIGEST = "first_digest"
    PACK = "pack"
    HELD = "held"
    UPDATE = "update"
    NEW_DAY = "new_day"
    CALLED_OFF = "called_off"
    NEW_READER = "new_reader"
    BELOW_AGE = "below_age"
    TELEGRAM_AGE = "telegram_age"
    OWN_RIGHT = "own_right"


async def ask(  # noqa: PLR0913, PLR0917  a row is what its columns say
    work: UnitOfWork,
    review_id: str,
    kind: str,
    due_at: datetime,
    expires_at: datetime,
    participant_id: str | None = None,
) -> bool:
    """Add one row; false where the review has it for this person already."""
    return await work.prompts.add(Prompt(new_id(), review_id, participant_id, str(kind), due_at, expires_at))


async def plan_review(work: UnitOfWork, review: Review, setting: Setting) -> None:
    """The rows that belong to the review itself: both documents, and the day it is over."""
    close = local(stage_day(review, Stage.CLOSE), DOCUMENTS_AT, setting.zone)
    pack = local(stage_day(review, Stage.PACK), DOCUMENTS_AT, setting.zone)
    over = local(review.meeting + timedelta(days=1), time(0, 0), setting.zone)
    forever = over + timedelta(days=3650)
    await ask(work, review.id, PromptKind.FIRST_DIGEST, close, over)
    await ask(work, review.id, PromptKind.PACK, pack, over)
    await ask(work, review.id, PromptKind.HELD, over, forever)


async def plan_messages(work: UnitOfWork, around: Circle, now: datetime) -> None:
    """The unasked messages of a person who is in from now on; those whose day is past are left out."""
    review, zone = around.review, around.setting.zone
    ends = local(review.meeting, time(0, 0), zone)
    opening = max(now, local(stage_day(review, Stage.OPENING), MESSAGES_AT, zone))
    rows: list[tuple[str, datetime, datetime]] = [(PromptKind.OPENING, opening, ends)]
    if any(one.review_id == review.id for one in await work.conversations.of_participant(around.participant.id)):
        rows.append((f"{PromptKind.MOVED}:{now.isoformat()}", now, ends))
    close = local(stage_day(review, Stage.CLOSE), DOCUMENTS_AT, zone)
    for kind, stage in ((PromptKind.REMINDER, Stage.REMINDER), (PromptKind.LAST_CALL, Stage.LAST_CALL)):
        day = review.timetable.get(stage.value)
        if day:
            due = local(date.fromisoformat(day), MESSAGES_AT, zone)
            if due > opening:
                rows.append((kind, due, close))
    for row_kind, due_at, expires in rows:
        if not await ask(work, review.id, row_kind, due_at, expires, around.participant.id):
            await _ask_anew(work, around, Prompt("", review.id, None, row_kind, due_at, expires), now)


async def _ask_anew(work: UnitOfWork, around: Circle, wanted: Prompt, now: datetime) -> None:
    """Somebody is in again (a new phone, or after blocking): what was called off meanwhile is asked for anew."""
    mine = [
        row for row in await work.prompts.of_review(wanted.review_id) if row.participant_id == around.participant.id
    ]
    before = {row.state for row in mine if row.kind.partition(":")[0] == wanted.kind}
    if before <= {PromptState.CANCELLED, PromptState.NOT_NEEDED}:
        kind = f"{wanted.kind}:{now.isoformat()}"
        await ask(work, wanted.review_id, kind, wanted.due_at, wanted.expires_at, around.participant.id)


async def summary_now(work: UnitOfWork, review: Review, now: datetime) -> None:
    """The digest as it stands comes now: the first one early, else a new version."""
    if not await work.prompts.bring_forward(review.id, PromptKind.FIRST_DIGEST, now):
        kind = f"{PromptKind.UPDATE}:staff-{now:%Y%m%d%H%M}"
        await ask(work, review.id, kind, now, now + timedelta(days=1))


async def ask_for_update(work: UnitOfWork, review: Review, now: datetime, cause: str) -> None:
    """A later submission or a withdrawal makes a new version, where there is one already."""
    if await work.digests.latest(review.id) is None:
        return
    expires = datetime.combine(review.meeting, time(0, 0), now.tzinfo) + LATEST_UPDATE
    await ask(work, review.id, f"{PromptKind.UPDATE}:{cause}", now, expires)
