"""The one place where an input changes a conversation.

One stored update, one lock, one unit of work, one commit: the input is marked done in the same commit as all that it
changed, so that it counts once however often Telegram repeats it (P2, P3), and in the order it came (P4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import structlog

from bot.afterwards import Afterwards, LeaveChat, SayDirectly
from bot.cards import Cards
from bot.changes.new_reader import SayingNo
from bot.clock import Clock
from bot.desk import Desk
from bot.doors import Doors
from bot.help import HelpCard
from bot.rights.office import Rights
from bot.talking import Talking
from bot.telegram import inbound
from bot.telegram.inbound import (
    Attachment,
    BlockedUs,
    CommandGiven,
    EditedWords,
    Ignored,
    Incoming,
    Malformed,
    NotPrivate,
    Pressed,
    Start,
    UnblockedUs,
    Unwanted,
    Words,
)
from conversations.lines import Line
from storage.database import Database
from storage.records import Account, InUpdate
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


class UnreadableUpdateError(Exception):
    """The update is not one that Telegram could have sent; it is parked for the operator to see."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Decides who an update is from, and hands it to the right room."""

    database: Database
    clock: Clock
    help: HelpCard
    doors: Doors
    desk: Desk
    talking: Talking
    rights: Rights
    cards: Cards
    saying_no: SayingNo

    async def take(self, row: InUpdate) -> Sequence[Afterwards]:
        """Carry out one stored update; what is left to do at Telegram after the commit.

        Raises:
            UnreadableUpdateError: it cannot be read; the caller parks it.
        """
        incoming = read_stored(row)
        async with self.database.work() as work:
            if not await work.inbox.done(row.id):
                return ()  # another process was first
            deeds = await self._react(work, incoming, row) if incoming is not None else ()
            await work.commit()
        if incoming is not None and self.help.asked_for(incoming):
            await self.help.answer(incoming)
        return deeds

    async def _react(self, work: UnitOfWork, incoming: Incoming, row: InUpdate) -> Sequence[Afterwards]:
        match incoming:
            case NotPrivate(chat_id=chat_id):
                return [LeaveChat(chat_id)]
            case _ if self.help.asked_for(incoming):
                return []
        account = await work.accounts.by_chat(incoming.chat_id)
        if account is not None:
            await self.doors.reached(work, account, incoming, self.clock.now())
            await self.talking.tidying.noted(work, account, incoming)
        if isinstance(incoming, Start) and incoming.payload:
            return await self.doors.opened(work, incoming.chat_id, incoming.payload, self.clock.now())
        if account is None:
            return self._stranger(incoming)
        return await self._known(work, account, incoming, f"in{row.id}")

    def _stranger(self, incoming: Incoming) -> Sequence[Afterwards]:
        """Nothing of a stranger is stored (decision 13)."""
        match incoming:
            case BlockedUs() | UnblockedUs():
                return []
            case _ if (deeds := self.cards.to_stranger(incoming)) is not None:
                return deeds
            case _:
                return [SayDirectly(incoming.chat_id, self.talking.post.line(Line.STRANGER))]

    async def _known(self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str) -> Sequence[Afterwards]:
        match incoming:
            case BlockedUs():
                await self.doors.blocked(work, account, self.clock.now())
            case UnblockedUs() | NotPrivate():
                pass
            case Pressed() if self.desk.is_for(incoming):
                return await self.desk.pressed(work, account, incoming, cause)
            case Pressed() | Words() | Attachment() | EditedWords() | CommandGiven() | Start() | Unwanted():
                return await self._said(work, account, incoming, cause)
            case _:
                assert_never(incoming)
        return []

    async def _said(self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str) -> Sequence[Afterwards]:
        if await self.doors.is_for(work, account, incoming):
            deeds = await self.cards.heard(work, account, incoming, cause)
            return deeds if deeds is not None else await self.doors.knocked(work, account, incoming, cause)
        await self.talking.tidying.say_what_stayed(work, account, cause)
        for room in (self.talking.tidying, self.rights, self.saying_no, self.desk, self.cards, self.talking):
            if (deeds := await room.heard(work, account, incoming, cause)) is not None:
                return deeds
        return ()


def read_stored(row: InUpdate) -> Incoming | None:
    """What a stored update says; None: nothing that concerns us.

    Raises:
        UnreadableUpdateError: it is none that Telegram could have sent.
    """
    match inbound.decode(row.raw):
        case Malformed():
            raise UnreadableUpdateError
        case Ignored():
            return None
        case incoming:
            return incoming
