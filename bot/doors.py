"""Who comes in and who goes: links, secrets, wrong tries, people who block the bot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.afterwards import Afterwards, AnswerPress, DeleteMessage, SayDirectly
from bot.choosing import pressed
from bot.joining import PICTURE, Joining
from bot.telegram.inbound import BlockedUs, EditedWords, Incoming, NotOurs, Pressed, Start, Unwanted, Words
from conversations.lines import Line
from storage.records import Account, AccountState, ParticipantState
from storage.unit_of_work import UnitOfWork

WRONG_LINKS: Final = 10
"""Wrong links that one chat may open in an hour. A right link is 128 random bits: this is against noise."""
AN_HOUR: Final = timedelta(hours=1)
_NOT_IN_YET: Final = frozenset({ParticipantState.INVITED, ParticipantState.ANSWERED_CODE})


@dataclass(frozen=True, slots=True)
class Doors:
    """In front of everything that is about a person."""

    joining: Joining

    async def opened(self, work: UnitOfWork, chat_id: int, token: str, now: datetime) -> Sequence[Afterwards]:
        """Someone opened a link. Wrong ones count for the chat that opens them, and for nobody else."""
        if await work.wrong_links.tries(chat_id, now - AN_HOUR) >= WRONG_LINKS:
            return [SayDirectly(chat_id, await self._line(work, chat_id, Line.JOIN_TOO_MANY))]
        wrong = await self.joining.start(work, chat_id, token, now)
        if wrong is None:
            return []
        if wrong is Line.JOIN_UNKNOWN:
            await work.wrong_links.count(chat_id, now, now - AN_HOUR)
        return [SayDirectly(chat_id, await self._line(work, chat_id, wrong))]

    async def is_for(self, work: UnitOfWork, account: Account, incoming: Incoming) -> bool:
        """Whether this comes from somebody who is not in yet.

        Where the same account is in for somebody else, only what can be a secret is taken for one.
        """
        states = {person.state for person in await work.participants.of_account(account.id)}
        if ParticipantState.JOINED not in states:
            return bool(states & _NOT_IN_YET)
        if isinstance(incoming, Words):
            return await self.joining.may_be_secret(work, account, incoming.text)
        return ParticipantState.INVITED in states and _picture(incoming) is not None

    async def knocked(self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str) -> Sequence[Afterwards]:
        """From somebody who is not in yet: nothing but a secret is taken, and a right one does not stay in the chat."""
        said = incoming.text if isinstance(incoming, Words | EditedWords) else _picture(incoming)
        deeds: list[Afterwards] = [AnswerPress(incoming.callback_id)] if isinstance(incoming, Pressed) else []
        if code := pressed(incoming):
            await self.joining.language_chosen(work, account, code, cause)
            return deeds
        if said is None or not await self.joining.owes_secret(work, account):
            await self.joining.say_again(work, account, cause)
            gone = isinstance(incoming, Unwanted) and incoming.deletes
        else:
            gone = await self.joining.secret_said(work, account, said, self.joining.post.clock.now())
        return [*deeds, DeleteMessage(incoming.chat_id, incoming.message_id)] if gone else deeds

    async def reached(self, work: UnitOfWork, account: Account, incoming: Incoming, now: datetime) -> None:
        """Whoever writes can be written to; whoever presses Start after they had blocked the bot wants to carry on."""
        if isinstance(incoming, BlockedUs):
            return
        if account.state is AccountState.BLOCKED:
            await work.accounts.set_state(account.id, AccountState.OPEN)
        if isinstance(incoming, Start):
            await self.joining.comes_back(work, account, now)

    async def blocked(self, work: UnitOfWork, account: Account, now: datetime) -> None:
        """The person blocked the bot: nothing more is sent, and what was queued ends (P12)."""
        await work.accounts.set_state(account.id, AccountState.BLOCKED)
        await work.outbox.cancel_for(account_id=account.id)
        for person in await work.participants.of_account(account.id):
            if person.state is ParticipantState.JOINED:  # one who was never let in has nothing to come back to
                await work.participants.set_state(person.id, ParticipantState.BLOCKED)
            await work.prompts.cancel_for(participant_id=person.id)

    async def _line(self, work: UnitOfWork, chat_id: int, line: Line) -> str:
        return (await self.joining.post_in(work, await work.accounts.by_chat(chat_id))).line(line)


def _picture(incoming: Incoming) -> str | None:
    """The picture that was pressed as a secret."""
    match incoming:
        case Pressed(data=NotOurs(data=data)) if data.startswith(PICTURE):
            return data.removeprefix(PICTURE)
        case _:
            return None
