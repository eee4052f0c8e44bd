"""Starts a conversation when its day has come, and reminds of it. One conversation holds the floor in a chat."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import structlog

from bot.carry_out import CarryOut, Moment
from bot.clock import Clock
from bot.facts import Circle, circle_of
from bot.post import Post, To
from conversations.catalogue import Catalogue
from conversations.effects import Button, Turn
from conversations.engine import present, start
from conversations.lines import Line
from conversations.script import Flow
from conversations.upgrades import upgrade
from storage.ids import new_conversation_id
from storage.records import Account, Conversation, ConversationStatus, Lane, ParticipantState, Prompt
from storage.unit_of_work import UnitOfWork

FLOOR: Final = "floor:"
HOLDS: Final = frozenset({ConversationStatus.ACTIVE, ConversationStatus.PAUSED})

log = structlog.get_logger(__name__)


class ScriptSetAsideError(Exception):
    """The script of a conversation is broken or gone; it is reported at start, and Help still stands."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The door through which a conversation begins, waits, and is taken up again."""

    catalogue: Catalogue
    carry_out: CarryOut
    clock: Clock

    @property
    def post(self) -> Post:
        """Where messages are queued."""
        return self.carry_out.post

    def flow_of(self, conversation: Conversation, language: str) -> Flow:
        """The version on which the conversation began, in this language as far as there is a translation.

        Raises:
            ScriptSetAsideError: it is not there.
        """
        flow = self.catalogue.flow(conversation.script, conversation.version, language)
        if flow is None:
            raise ScriptSetAsideError
        return flow

    async def begin(self, work: UnitOfWork, around: Circle, cause: str) -> None:
        """Begin this person's conversation, or let it wait in line while another holds the floor."""
        flow = self.catalogue.current(around.participant.role.value, around.participant.language)
        if flow is None:
            raise ScriptSetAsideError
        account = await self._account(work, around)
        now = self.clock.now()
        turn = start(flow, around.facts(now, flow), new_conversation_id(), now)
        waits = await self._floor_is_taken(work, account)
        conversation = Conversation(
            id=turn.state.id,
            participant_id=around.participant.id,
            review_id=around.review.id,
            account_id=account.id,
            script=flow.id,
            version=flow.version,
            revision=turn.state.revision,
            status=ConversationStatus.WAITING if waits else ConversationStatus.ACTIVE,
            state=turn.state,
            touched_at=now,
        )
        await work.conversations.add(conversation)
        if waits:
            await self._say_that_it_waits(work, around, conversation)
            return
        await work.accounts.set_floor(account.id, conversation.id)
        await self._show(await self.moment(work, conversation, cause), turn)

    async def take_floor(self, work: UnitOfWork, conversation: Conversation, cause: str) -> None:
        """The person turns to this conversation: it begins if it waited, else its question is shown again."""
        await work.accounts.set_floor(chat(conversation), conversation.id)
        moment = await self.moment(work, conversation, cause)
        facts = moment.facts
        if conversation.status is ConversationStatus.WAITING:
            active = await work.conversations.save(replace(conversation, status=ConversationStatus.ACTIVE))
            again = start(moment.flow, facts, conversation.id, self.clock.now())
            await self._show(await self.moment(work, active, cause), again)
            return
        await self.carry_out.show(moment, present(moment.flow, facts, conversation.state), f"{cause}:present")

    async def next_in_line(self, work: UnitOfWork, account_id: str, cause: str) -> None:
        """The floor is free: the conversation that has waited longest begins, or one that was begun is shown again."""
        await work.accounts.set_floor(account_id, None)
        theirs = await work.conversations.of_account(account_id)
        ready = [one for one in theirs if one.status is ConversationStatus.WAITING]
        ready = ready or [one for one in theirs if one.status is ConversationStatus.ACTIVE]
        if ready:
            await self.take_floor(work, min(ready, key=lambda one: one.touched_at), f"{cause}:next")

    async def upgrade(self, work: UnitOfWork, conversation: Conversation, cause: str) -> None:
        """Staff chose to carry conversations over to the present version of the script; others end on their own."""
        moment = await self.moment(work, conversation, cause)
        old, new = moment.flow, self.catalogue.current(conversation.script, moment.around.participant.language)
        if new is None or new.version == old.version or conversation.status not in HOLDS:
            return
        turn = upgrade(old, new, moment.facts, conversation.state, moment.now)
        await self.carry_out.turn(
            replace(moment, flow=new, conversation=replace(conversation, version=new.version)), turn
        )

    async def remind(self, work: UnitOfWork, around: Circle, conversation: Conversation, prompt: Prompt) -> None:
        """A reminder, with the present question under it so that one press goes on."""
        kind, _, day = prompt.kind.partition(":")
        line = {"last_call": Line.LAST_CALL, "draft_goes": Line.DRAFT_GOES}.get(kind, Line.REMINDER)
        facts = around.facts(self.clock.now())
        text = self.post.speaking_to(around.participant).line(
            line,
            name=facts.name,
            about=facts.about,
            contact=facts.contact,
            date=facts.meeting,
            reads_by=facts.reads_by,
            goes=date.fromisoformat(day) if line is Line.DRAFT_GOES else "",
        )
        await self._with_question(work, conversation, tuple(text.split("\n\n")), prompt.id)

    async def outage(self, work: UnitOfWork, around: Circle, conversation: Conversation | None, prompt: Prompt) -> None:
        """The bot was off for long: what was written meanwhile may be lost at Telegram, so it is asked for again."""
        since = datetime.fromisoformat(prompt.kind.partition(":")[2])
        text = self.post.speaking_to(around.participant).line(Line.OUTAGE, since=since)
        if conversation is not None and conversation.status in HOLDS:
            await self._with_question(work, conversation, (text,), prompt.id)
        elif around.participant.account_id is not None:
            to = To(around.participant.account_id, around.participant.id, Lane.PROMPT)
            await self.post.say(work, to, f"outage:{prompt.id}", text)

    async def moment(
        self, work: UnitOfWork, conversation: Conversation, cause: str, pressed: int | None = None
    ) -> Moment:
        """Everything around a turn of this conversation, read now."""
        held = await work.participants.of_account(chat(conversation))
        joined = [person for person in held if person.state is ParticipantState.JOINED]
        around = await circle_of(work, conversation)
        return Moment(
            work=work,
            around=around,
            flow=self.flow_of(conversation, around.participant.language),
            conversation=conversation,
            now=self.clock.now(),
            cause=cause,
            pressed=pressed,
            names_whom=len(joined) > 1,
            languages=self.post.tongues.is_choice,
            alert_seen_by=self.carry_out.alarm.seen_by(self.clock.now()),
        )

    async def _with_question(
        self, work: UnitOfWork, conversation: Conversation, texts: tuple[str, ...], cause: str
    ) -> None:
        moment = replace(await self.moment(work, conversation, cause), lane=Lane.PROMPT)
        if conversation.status is ConversationStatus.WAITING:
            await self._say_that_it_waits(work, moment.around, conversation, texts)
            return
        asked = present(moment.flow, moment.facts, conversation.state)
        await self.carry_out.show(moment, replace(asked, texts=(*texts, *asked.texts)), f"{cause}:0")

    async def _say_that_it_waits(
        self, work: UnitOfWork, around: Circle, conversation: Conversation, before: tuple[str, ...] = ()
    ) -> None:
        post = self.post.speaking_to(around.participant)
        text = "\n\n".join((*before, post.line(Line.WHO_WAITS, about=around.about.first_name)))
        label = post.line(Line.ABOUT, about=around.about.first_name)
        to = To(chat(conversation), around.participant.id, Lane.PROMPT)
        key = f"waits:{conversation.id}:{len(before)}:{self.clock.now().date()}"
        await self.post.say(work, to, key, text, [Button(label, FLOOR + conversation.id)])

    async def _show(self, moment: Moment, turn: Turn) -> None:
        await self.carry_out.turn(moment, turn)

    async def _floor_is_taken(self, work: UnitOfWork, account: Account) -> bool:
        if account.floor is None:
            return False
        holder = await work.conversations.get(account.floor)
        return holder is not None and holder.status in HOLDS

    async def _account(self, work: UnitOfWork, around: Circle) -> Account:
        account = await work.accounts.get(around.participant.account_id or "")
        if account is None:
            raise ScriptSetAsideError
        return account


def chat(conversation: Conversation) -> str:
    """The account in whose chat a conversation is; empty, which is nobody's, between an old phone and a new one."""
    return conversation.account_id or ""
