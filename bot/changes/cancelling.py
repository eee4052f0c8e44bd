"""A review is off. Staff choose who hears of it: everyone, some, or no one (decision 34)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.joining import live_reviews
from bot.prompt_rows import PromptKind, ask
from storage.records import ParticipantState, Review, ReviewStage, Staff
from storage.unit_of_work import UnitOfWork

_UNTIL: Final = timedelta(days=14)
"""So long a decent hour is looked for; after that the words would only surprise."""


class CancelFault(StrEnum):
    """What keeps it from being called off now."""

    OVER = "over"
    OFF_ALREADY = "off_already"


@dataclass(frozen=True, slots=True)
class CalledOff:
    """It is off; so many people are told."""

    told: int


async def call_off(
    work: UnitOfWork, review: Review, tell: Collection[str], by: Staff, now: datetime
) -> CalledOff | CancelFault:
    """End all that was to come for this review at once: questions, messages, digests.

    `tell` are the ids of those who hear of it; for none of them nothing more is ever said (a death, a court order).
    What was sent stays, with everybody's right to see it and delete it, until its time is over.
    """
    if review.stage is ReviewStage.CANCELLED:
        return CancelFault.OFF_ALREADY
    if review.stage is ReviewStage.HELD:
        return CancelFault.OVER
    await work.reviews.set_stage(review.id, ReviewStage.CANCELLED)
    await work.prompts.cancel_for(review_id=review.id)
    await work.conversations.close_review(review.id)
    await work.digests.cancel_deliveries(review.id, now)
    told = 0
    await ask(work, review.id, PromptKind.CALLED_OFF, now, now + _UNTIL)  # for the named professional
    for person in await work.participants.of_young_person(review.young_person_id):
        if not await live_reviews(work, person):  # where there is another review, its messages go on
            await work.outbox.cancel_for(participant_id=person.id)
        if person.id in tell and person.state is ParticipantState.JOINED:
            told += await ask(work, review.id, PromptKind.CALLED_OFF, now, now + _UNTIL, participant_id=person.id)
    await work.audit.add(now, by.id, "cancelled", review.id)
    return CalledOff(told)
