"""Leaving: for a review, for good, or Telegram alone. What was to come ends at once (P12), and staff are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.facts import Circle, circle
from bot.joining import live_reviews
from bot.notices import Notices
from conversations.effects import Leaving
from conversations.lines import Line
from storage.records import ParticipantState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Goodbyes:
    """Ends messages. It says nothing to the person: that is for whoever they said it to."""

    notices: Notices

    async def left(self, work: UnitOfWork, around: Circle, how: Leaving, now: datetime, cause: str) -> None:
        """This person leaves, so far."""
        person = around.participant
        if how is Leaving.TELEGRAM:
            await self.no_more_telegram(work, person.account_id or "", now, cause)
            return
        review_id = around.review.id if how is Leaving.REVIEW else None
        await work.prompts.cancel_for(participant_id=person.id, review_id=review_id)
        await work.outbox.cancel_for(participant_id=person.id)
        if how is Leaving.FOR_GOOD:
            await work.participants.set_state(person.id, ParticipantState.LEFT)
        await work.audit.add(now, person.id, f"left_{how.value}", around.review.id)
        await self.notices.tell(work, around, Line.STAFF_LEFT, f"{cause}:left")

    async def no_more_telegram(self, work: UnitOfWork, account_id: str, now: datetime, cause: str) -> None:
        """The agreement to use Telegram is taken back, for all that this chat is asked; what was sent stays sent.

        They still take part: staff are told to go another way. A new invite is needed to come back.
        """
        for person in await work.participants.of_account(account_id):
            if person.state is not ParticipantState.JOINED:
                continue
            await work.prompts.cancel_for(participant_id=person.id)
            await work.outbox.cancel_for(participant_id=person.id)
            await work.participants.set_state(person.id, ParticipantState.ELSEWHERE)
            await work.audit.add(now, person.id, f"left_{Leaving.TELEGRAM.value}", person.id)
            for review in await live_reviews(work, person):
                around = await circle(work, review.id, person.id)
                await self.notices.tell(work, around, Line.STAFF_NO_TELEGRAM, f"{cause}:{review.id}:{person.id}")
