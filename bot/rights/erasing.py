"""Deletes everything of one chat: words, media, queued messages, digests that tell of them, rows that name them.

One audit line stays, with ids and no content. The ids stand in the ledger before anybody is told that it is done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import structlog

from bot.clock import Clock
from bot.earlier_versions import somebody_goes
from bot.facts import Circle, circle
from bot.notices import Notices, named
from bot.prompt_rows import LATEST_UPDATE, PromptKind, ask
from conversations.lines import Line
from storage.ids import new_id
from storage.ledger import Ledger
from storage.records import DeliveryState, Participant, ParticipantState, Review, ReviewStage, Staff
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

NOT_IN_YET: Final = frozenset({ParticipantState.INVITED, ParticipantState.ANSWERED_CODE})
DELETED: Final = "deleted_everything"


@dataclass(frozen=True, slots=True)
class _Notice:
    """What one member of staff will be told, found out while the names are still there."""

    staff: Staff
    text: str


@dataclass(frozen=True, slots=True)
class Erasing:
    """From a person's yes to rows that are gone. The caller commits, then says so, then tidies the database."""

    notices: Notices
    clock: Clock
    ledger: Ledger

    async def everything(self, work: UnitOfWork, people: Sequence[Participant]) -> bool:
        """Delete these parts of one chat. Return False, having changed nothing, where the ledger takes no line."""
        try:
            await asyncio.to_thread(self.ledger.add, [person.id for person in people])
        except OSError as error:
            log.error("deletion_not_noted", error=type(error).__name__)  # noqa: TRY400  a trace could hold a path
            return False
        told = [notice for person in people for notice in await self._notices(work, person)]
        for person in people:
            await erase(work, person.id, self.clock.now())
        for notice in told:
            # The key names nobody: keys that do have just been deleted.
            await self.notices.to_staff(work, notice.staff, f"deleted:{new_id()}", notice.text)
        return True

    async def _notices(self, work: UnitOfWork, person: Participant) -> list[_Notice]:
        """For every review: the named professional, and whoever was sent a version."""
        found = []
        for review in await work.reviews.of_young_person(person.young_person_id):
            if review.stage is not ReviewStage.CANCELLED:
                around = await circle(work, review.id, person.id)
                text = self.notices.post.line(Line.STAFF_DELETED, name=named(around), date=review.meeting)
                found += [_Notice(staff, text) for staff in await _holders(work, around)]
        return found


async def erase(work: UnitOfWork, participant_id: str, now: datetime) -> bool:
    """Delete one part, ask for new versions without it, and leave one line in the audit. False: it was not there."""
    person = await work.participants.get(participant_id)
    if person is None:
        return False
    reviews = {review.id: review for review in await work.reviews.of_young_person(person.young_person_id)}
    for review_id in reviews:
        await somebody_goes(work, review_id, person)
    if person.account_id is not None:
        await _let_go_of_account(work, person)
    forgotten = await work.forget.participant(participant_id)
    await work.forget.traces(forgotten.ids)
    for review_id in forgotten.reviews:
        await _ask_for_version(work, reviews[review_id], now)
    await work.audit.add(now, participant_id, DELETED, participant_id)
    return True


async def _let_go_of_account(work: UnitOfWork, person: Participant) -> None:
    """Links that were opened and never let in keep no account: it must go with the parts that were."""
    for part in await work.participants.of_account(person.account_id or ""):
        if part.state in NOT_IN_YET and part.id != person.id:
            await work.participants.detach(part.id)


async def _ask_for_version(work: UnitOfWork, review: Review, now: datetime) -> None:
    expires = datetime.combine(review.meeting, time(0), UTC) + LATEST_UPDATE
    if now < expires:
        await ask(work, review.id, f"{PromptKind.UPDATE}:{new_id()}", now, expires)


async def _holders(work: UnitOfWork, around: Circle) -> list[Staff]:
    """The named professional first, then everybody who was sent a version of this review's digest."""
    holders = {around.professional.id: around.professional}
    for digest in await work.digests.of_review(around.review.id):
        for delivery in await work.digests.deliveries(digest.id):
            staff = await work.staff.get(delivery.staff_id)
            if delivery.state is DeliveryState.SENT and staff is not None:
                holders[staff.id] = staff
    return list(holders.values())
