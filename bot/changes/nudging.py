"""Staff remind people once more. It takes the place of a reminder that was to come: nobody gets more (decision 36)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Final

from bot.prompt_rows import PromptKind
from storage.records import (
    Conversation,
    ConversationStatus,
    Participant,
    ParticipantState,
    Prompt,
    PromptState,
    Review,
    Staff,
)
from storage.unit_of_work import UnitOfWork

_NUDGES: Final = (PromptKind.REMINDER, PromptKind.LAST_CALL)
_DONE: Final = frozenset({ConversationStatus.SENT, ConversationStatus.CLOSED})


class Nudge(StrEnum):
    """What came of it for one person. It tells what the list of reviews tells too, and nothing of what they said."""

    COMES = "comes"
    NOT_IN = "not_in"
    NOT_ASKED_YET = "not_asked_yet"
    NOTHING_TO_REMIND = "nothing_to_remind"
    HAD_ALL = "had_all"


async def nudge(work: UnitOfWork, review: Review, by: Staff, now: datetime) -> dict[str, Nudge]:
    """Let the next reminder of each person come now, at a decent hour of theirs; by person, what came of it."""
    rows = await work.prompts.of_review(review.id)
    fates = {}
    for person in await work.participants.of_young_person(review.young_person_id):
        talk = await _talk(work, review, person)
        mine = [row for row in rows if row.participant_id == person.id]
        fate, row = _fate(person, talk, mine)
        if row is not None:
            await work.prompts.reschedule(row.id, now, row.expires_at)
            await work.audit.add(now, by.id, "nudged", person.id)
        fates[person.id] = fate
    return fates


def _fate(person: Participant, talk: Conversation | None, rows: Iterable[Prompt]) -> tuple[Nudge, Prompt | None]:
    if person.state is not ParticipantState.JOINED:
        return Nudge.NOT_IN, None
    if talk is None:
        return Nudge.NOT_ASKED_YET, None
    if talk.status in _DONE:
        return Nudge.NOTHING_TO_REMIND, None
    left = (row for row in rows if row.kind.partition(":")[0] in _NUDGES and row.state is PromptState.PENDING)
    row = min(left, key=lambda each: each.due_at, default=None)
    return (Nudge.HAD_ALL, None) if row is None else (Nudge.COMES, row)


async def _talk(work: UnitOfWork, review: Review, person: Participant) -> Conversation | None:
    held = await work.conversations.of_participant(person.id)
    return next((each for each in held if each.review_id == review.id), None)
