"""Works off what the review's clock asks for: the rows of `bot.prompt_rows`, by a tick.

A prompt is made once (unique key), claimed once, checked again just before it is carried out, and settled with a
code: done, not needed, missed or cancelled. Nothing here decides words or dates.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import structlog

from bot.ages import past_an_age, tell_of_age
from bot.changes.new_reader import tell_colleagues, tell_new_reader
from bot.changes.telling import tell_change, tell_professional
from bot.clock import Clock
from bot.digests import Digests
from bot.facts import Circle, circle, stage_day
from bot.locks import ChatLocks
from bot.notices import Notices
from bot.opening import Opening
from bot.prompt_rows import PromptKind, ask
from bot.rights.answering import tell_answer
from conversations.hours import Missed, SendNow, Wait, local, when_to_send
from conversations.script import Role
from conversations.timetable import DOCUMENTS_AT, Stage
from storage.database import Database
from storage.records import (
    Conversation,
    ConversationStatus,
    DigestKind,
    ParticipantState,
    Prompt,
    PromptState,
    Review,
    ReviewStage,
    Setting,
)
from storage.unit_of_work import UnitOfWork

_BATCH: Final = 50
_LATE: Final = timedelta(hours=1)
_A_MOMENT: Final = timedelta(microseconds=1)
_STUCK: Final = timedelta(minutes=5)
"""Longer than carrying one out takes: a claim this old was left by a process that died."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prompts:
    """Works off what is due."""

    database: Database
    clock: Clock
    locks: ChatLocks
    opening: Opening
    digests: Digests
    quiet_days: frozenset[date]

    async def tick(self) -> int:
        """Carry out everything that is due now; how many rows were settled or moved."""
        handled = 0
        while await self._is_due() and (due := await self._claim()):
            for prompt in due:
                await self._guarded(prompt)
                handled += 1
        return handled

    async def _guarded(self, prompt: Prompt) -> None:
        """One that fails stays claimed and is tried again later; it blocks nobody else."""
        try:
            await self._carry_out(prompt)
        except Exception as error:  # noqa: BLE001  whatever is wrong with one row, the others are due too
            log.warning("prompt_failed", prompt=prompt.id, kind=prompt.kind, error=type(error).__name__)

    async def release_stuck(self, *, everything: bool = False) -> None:
        """Rows that a process claimed and never settled, because it died, are due again.

        With `everything`, all of them: nobody else works beside this process, which has just begun.
        """
        before = self.clock.now() + _A_MOMENT if everything else self.clock.now() - _STUCK
        async with self.database.work() as work:
            await work.prompts.release_stuck(before)
            await work.commit()

    async def _is_due(self) -> bool:
        """Looking costs no writer's turn; most ticks find nothing."""
        async with self.database.reading() as work:
            due, paused = await work.prompts.next_due(), await work.paused.since()
        return paused is None and due is not None and due <= self.clock.now()

    async def _claim(self) -> list[Prompt]:
        async with self.database.work() as work:
            due = await work.prompts.claim_due(self.clock.now(), _BATCH)
            await work.commit()
        return list(due)

    async def _carry_out(self, prompt: Prompt) -> None:
        async with self.database.reading() as reading:
            chat = await self._chat(reading, prompt)
        async with self.locks.of(chat), self.database.work() as work:
            present = await work.prompts.get(prompt.id)
            if present is None or present.state is not PromptState.CLAIMED:
                return  # cancelled since it was claimed (P12)
            state, note = await self._settled(work, prompt)
            if state is not None:
                await work.prompts.settle(prompt.id, state, self.clock.now(), note)
            await work.commit()
        log.info("prompt", prompt=prompt.id, kind=prompt.kind, state=state.value if state else "postponed", note=note)

    async def _chat(self, work: UnitOfWork, prompt: Prompt) -> str:
        """The key of the lock that inputs use for the same chat; what belongs to no chat stands alone."""
        participant = await work.participants.get(prompt.participant_id) if prompt.participant_id else None
        account = await work.accounts.get(participant.account_id) if participant and participant.account_id else None
        return str(account.chat_id) if account else prompt.review_id

    async def _settled(self, work: UnitOfWork, prompt: Prompt) -> tuple[PromptState | None, str]:
        review = await work.reviews.get(prompt.review_id)
        if review is None or (review.stage is ReviewStage.CANCELLED and prompt.kind != PromptKind.CALLED_OFF):
            return PromptState.CANCELLED, "review_cancelled"
        if prompt.participant_id is None:
            return await self._document(work, prompt, review)
        around = await circle(work, prompt.review_id, prompt.participant_id)
        now = self.clock.now()
        if (why := _why_not(around) or past_an_age(around, now)) is not None:
            return PromptState.NOT_NEEDED, why
        match when_to_send(prompt.due_at, now, around.hours(self.quiet_days), prompt.expires_at):
            case Missed():
                return PromptState.MISSED, "too_late"
            case Wait(until):
                # The reason stays with the row until it is done: a message that comes late says why (P11).
                await work.prompts.settle(prompt.id, PromptState.PENDING, now, "decent_hours")
                await work.prompts.postpone(prompt.id, until)
                return None, "decent_hours"
            case SendNow():
                late = "late" if now - prompt.due_at > _LATE else prompt.note
                return await self._message(work, prompt, around, late)

    async def _message(self, work: UnitOfWork, prompt: Prompt, around: Circle, late: str) -> tuple[PromptState, str]:
        conversation = await _conversation_of(work, around)
        if (told := await self._told_in_any_case(work, prompt, around, late)) is not None:
            return told
        if conversation is not None and conversation.status is ConversationStatus.CLOSED:
            return PromptState.NOT_NEEDED, "closed"  # left or taken back: nothing more is sent (P12)
        match PromptKind(prompt.kind.partition(":")[0]):
            case PromptKind.OPENING:
                if conversation is not None:
                    return PromptState.NOT_NEEDED, "begun_before"
                await self.opening.begin(work, around, prompt.id)
            case PromptKind.CHECK_COPY:
                await self.digests.check_copy(work, around, prompt.id)
            case PromptKind.OUTAGE:
                await self.opening.outage(work, around, conversation, prompt)
            case (
                PromptKind.REMINDER
                | PromptKind.LAST_CALL
                | PromptKind.NEW_DAY
                | PromptKind.NEW_READER
                | PromptKind.MOVED
                | PromptKind.UPGRADE
                | PromptKind.DRAFT_GOES as kind
            ):
                return await self._again(work, prompt, around, kind, conversation), late
            case _:
                return PromptState.CANCELLED, "not_a_message"
        return PromptState.DONE, late

    async def _told_in_any_case(
        self, work: UnitOfWork, prompt: Prompt, around: Circle, late: str
    ) -> tuple[PromptState, str] | None:
        """What is told whether or not there is a conversation; None: nothing of that kind."""
        if prompt.kind.startswith(PromptKind.COMPLAINT_ANSWER):  # an answer that the person asked for and was promised
            is_told = await tell_answer(work, self.opening.post, around, prompt)
            return (PromptState.DONE, late) if is_told else (PromptState.NOT_NEEDED, "answered_otherwise")
        if prompt.kind == PromptKind.CALLED_OFF:  # its conversations were closed with it
            await tell_change(work, self.opening.post, around, prompt)
            return PromptState.DONE, late
        return None

    async def _again(
        self, work: UnitOfWork, prompt: Prompt, around: Circle, kind: PromptKind, conversation: Conversation | None
    ) -> PromptState:
        """What needs a conversation that has begun; after Send nobody is reminded."""
        if conversation is None:
            return await self._begin_late(work, prompt, around, kind)
        if kind is PromptKind.NEW_READER:
            await tell_new_reader(work, self.opening.post, around, prompt)
        elif kind is PromptKind.NEW_DAY:
            await tell_change(work, self.opening.post, around, prompt)
        elif kind is PromptKind.MOVED:
            await self.opening.take_floor(work, conversation, prompt.id)
        elif kind is PromptKind.UPGRADE:
            await self.opening.upgrade(work, conversation, prompt.id)
        elif conversation.status in _NOTHING_TO_REMIND or _is_past(prompt, conversation):
            return PromptState.NOT_NEEDED
        else:
            await self.opening.remind(work, around, conversation, prompt)
        return PromptState.DONE

    async def _begin_late(self, work: UnitOfWork, prompt: Prompt, around: Circle, kind: PromptKind) -> PromptState:
        """A reminder of what was never asked (a lost phone on the day) asks it."""
        if kind not in {PromptKind.REMINDER, PromptKind.LAST_CALL}:
            return PromptState.NOT_NEEDED
        await self.opening.begin(work, around, prompt.id)
        return PromptState.DONE

    async def _document(self, work: UnitOfWork, prompt: Prompt, review: Review) -> tuple[PromptState, str]:
        now = self.clock.now()
        if prompt.expires_at <= now:
            return PromptState.MISSED, "too_late"
        match PromptKind(prompt.kind.partition(":")[0]):
            case PromptKind.FIRST_DIGEST:
                await self._first(work, review)
            case PromptKind.PACK:
                await self.digests.make(work, review, DigestKind.PACK)
                await work.reviews.set_stage(review.id, ReviewStage.PACKED)
            case PromptKind.UPDATE:
                await self.digests.make(work, review, DigestKind.UPDATE)
            case PromptKind.HELD:
                await work.reviews.set_stage(review.id, ReviewStage.HELD)
            case kind:
                if not await self._tell_staff(work, prompt, review, kind):
                    return PromptState.CANCELLED, "not_a_document"
        return PromptState.DONE, "late" if now - prompt.due_at > _LATE else ""

    async def _tell_staff(self, work: UnitOfWork, prompt: Prompt, review: Review, kind: PromptKind) -> bool:
        """What staff are told of a review; False: nothing of that kind."""
        notices = Notices(self.opening.post)
        match kind:
            case PromptKind.NEW_READER:
                await tell_colleagues(work, notices, review, prompt)
            case PromptKind.NEW_DAY | PromptKind.CALLED_OFF:
                await tell_professional(work, notices, review, kind, prompt.id)
            case PromptKind.BELOW_AGE | PromptKind.TELEGRAM_AGE | PromptKind.OWN_RIGHT:
                await tell_of_age(work, notices, review, kind, prompt.id)
            case _:
                return False
        return True

    async def _first(self, work: UnitOfWork, review: Review) -> None:
        await self.digests.make(work, review, DigestKind.FIRST)
        await work.reviews.set_stage(review.id, ReviewStage.CLOSED)
        setting = await work.settings.get()
        if setting is not None:
            await self._ask_to_check(work, review, setting)

    async def _ask_to_check(self, work: UnitOfWork, review: Review, setting: Setting) -> None:
        """The young person gets their own copy to check, at their own decent hour."""
        expires = local(stage_day(review, Stage.CHECK_ENDS), DOCUMENTS_AT, setting.zone)
        people = {person.id: person for person in await work.participants.of_young_person(review.young_person_id)}
        for submission in await work.submissions.of_review(review.id):
            if people[submission.participant_id].role is Role.YOUNG_PERSON:
                now = self.clock.now()
                await ask(work, review.id, PromptKind.CHECK_COPY, now, expires, submission.participant_id)


def _is_past(prompt: Prompt, conversation: Conversation) -> bool:
    """Whether it tells that answers go on a day that was put off, since the person went on meanwhile."""
    return prompt.kind.startswith(PromptKind.DRAFT_GOES) and conversation.touched_at > prompt.due_at


_NOTHING_TO_REMIND: Final = frozenset({ConversationStatus.SENT, ConversationStatus.CLOSED})


def _why_not(around: Circle) -> str | None:
    person = around.participant
    is_in = person.state is ParticipantState.JOINED and person.account_id is not None
    return None if is_in else f"participant_{person.state.value}"


async def _conversation_of(work: UnitOfWork, around: Circle) -> Conversation | None:
    of_person = await work.conversations.of_participant(around.participant.id)
    return next((one for one in of_person if one.review_id == around.review.id), None)
