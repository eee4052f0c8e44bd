"""A review gets another named professional, or another coordinator. People are told, and can say no (decision 3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.authority import Action, Ruling, about_review, colleague, may
from bot.naming import as_name
from bot.prompt_rows import PromptKind, ask, ask_for_update
from storage.ids import new_id
from storage.records import (
    ConversationStatus,
    Duty,
    Participant,
    ParticipantState,
    ReaderChange,
    Review,
    ReviewStage,
    Staff,
    StaffState,
)
from storage.unit_of_work import UnitOfWork

_UNTIL: Final = timedelta(days=14)


class HandOverFault(StrEnum):
    """What keeps a review with whom it is."""

    OVER = "over"
    NOT_HERE = "not_here"
    NO_DUTY = "no_duty"
    SAME = "same"
    OWN_FAMILY = "own_family"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who reads from now on. With a `reason` it could not wait: they open at once, and people are told so."""

    to: Staff | None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class HandedOver:
    """It is theirs. `in_person` are those who cannot be told in the chat: staff tell them."""

    change: ReaderChange | None
    told: int
    in_person: tuple[str, ...] = field(default=(), repr=False)


async def hand_over(
    work: UnitOfWork, review: Review, wanted: Wanted, by: str, now: datetime
) -> HandedOver | HandOverFault:
    """Give the review to this named professional. Whoever read before reads nothing more, at once.

    `by` is for the audit.
    """
    to = wanted.to
    fault = await _fault(work, review, to, Duty.PROFESSIONAL)
    if fault is not None or to is None:
        return fault or HandOverFault.NOT_HERE
    change = ReaderChange(new_id(), review.id, to.id, review.professional_id, now, as_name(wanted.reason))
    await work.reviews.hand_to(review.id, professional_id=to.id)
    await work.digests.cancel_deliveries(review.id, now)
    await work.readers.add(change)
    told, in_person, kind = 0, list[str](), f"{PromptKind.NEW_READER}:{change.id}"
    sent = {each.participant_id for each in await work.submissions.of_review(review.id)}
    for person in await work.participants.of_young_person(review.young_person_id):
        if person.state is ParticipantState.JOINED and await _talks(work, review, person):
            told += await ask(work, review.id, kind, now, now + _UNTIL, participant_id=person.id)
        elif person.id in sent:
            in_person.append(person.name)
    await ask(work, review.id, kind, now, now + _UNTIL)  # for both colleagues
    await ask_for_update(work, review, now, f"reader-{change.id}")
    await work.audit.add(now, by, "handed_over", review.id)
    if change.is_urgent:
        await work.audit.add(now, by, "handed_over_at_once", review.id)
    return HandedOver(change, told, tuple(in_person))


async def _talks(work: UnitOfWork, review: Review, person: Participant) -> bool:
    """Whether this person is written to about the review: not who has not begun, and not who has left it (P12)."""
    held = await work.conversations.of_participant(person.id)
    return any(each.review_id == review.id and each.status is not ConversationStatus.CLOSED for each in held)


async def hand_coordination(
    work: UnitOfWork, review: Review, to: Staff | None, by: str, now: datetime
) -> HandedOver | HandOverFault:
    """Give the coordination to this colleague, who reads nothing by it: nobody has to be told."""
    fault = await _fault(work, review, to, Duty.COORDINATOR)
    if fault is not None or to is None:
        return fault or HandOverFault.NOT_HERE
    await work.reviews.hand_to(review.id, coordinator_id=to.id)
    await work.audit.add(now, by, "coordination_handed_over", review.id)
    return HandedOver(None, 0)


async def _fault(work: UnitOfWork, review: Review, to: Staff | None, duty: Duty) -> HandOverFault | None:
    if review.stage in {ReviewStage.HELD, ReviewStage.CANCELLED}:
        return HandOverFault.OVER
    if to is None or to.state is not StaffState.ACTIVE:
        return HandOverFault.NOT_HERE
    if duty not in to.duties:
        return HandOverFault.NO_DUTY
    held = review.professional_id if duty is Duty.PROFESSIONAL else review.coordinator_id
    if to.id == held:
        return HandOverFault.SAME
    ruling = may(await colleague(work, to), Action.OPEN_DIGEST, about_review(review))
    return HandOverFault.OWN_FAMILY if ruling is Ruling.OWN_FAMILY else None
