"""Works off the inbox: chat by chat in order, different chats at once. One update that fails blocks nobody else.

An update that fails three times is parked, sealed, for the operator to see (decision 24).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import structlog

from bot.afterwards import carry
from bot.locks import ChatLocks
from bot.telegram.calls import Calls
from bot.telegram.fields import parsed
from bot.telegram.inbound import chat_of
from bot.turns import Turns, UnreadableUpdateError
from storage.database import Database
from storage.errors import DatabaseBusy, DatabaseFull, DatabaseGone, KeyMissing, StorageError
from storage.records import InUpdate

_BATCH = 200
_AT_ONCE = 16

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Intake:
    """Hands stored updates to `Turns`, and does what is left to do at Telegram after each."""

    database: Database
    calls: Calls
    turns: Turns
    locks: ChatLocks
    _at_work: dict[str, asyncio.Task[int | None]] = field(default_factory=dict)
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    @property
    def busy(self) -> bool:
        """Whether an update is being worked, or what is left to do after it."""
        return bool(self._at_work)

    async def run(self, arrived: asyncio.Event, worked: Callable[[], None]) -> None:
        """Serve until cancelled. `arrived` says that there may be something; `worked` is called after each chat."""

        def ended() -> None:
            worked()
            arrived.set()

        try:
            while True:
                await arrived.wait()
                arrived.clear()
                try:
                    await self._begin(ended)
                except StorageError as error:  # nothing is lost: the sweep looks again
                    log.warning("intake_waits", error=type(error).__name__)
        finally:
            working = list(self._at_work.values())
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def drain(self) -> int:
        """Work until nothing waits; how many updates were taken or parked."""
        handled = 0
        while True:
            await self._begin()
            working = list(self._at_work.values())
            if not working:
                return handled
            done = await asyncio.gather(*working)
            handled += sum(each or 0 for each in done)
            if None in done:
                return handled

    async def _begin(self, ended: Callable[[], None] | None = None) -> None:
        """Begin on every chat that has something waiting and that nobody works on: no chat waits for another."""
        by_chat: defaultdict[str, list[InUpdate]] = defaultdict(list)
        for row in await self._waiting():
            by_chat[_chat_of(row)].append(row)
        for chat, rows in by_chat.items():
            if chat not in self._at_work:
                task = self._at_work[chat] = asyncio.create_task(self._chat(chat, rows))
                task.add_done_callback(partial(self._ended, chat, ended))

    def _ended(self, chat: str, ended: Callable[[], None] | None, task: asyncio.Task[int | None]) -> None:
        del self._at_work[chat]
        if ended is not None and not task.cancelled() and task.result() is not None:
            ended()

    async def _waiting(self) -> list[InUpdate]:
        async with self.database.reading() as work:
            return list(await work.inbox.waiting(_BATCH))

    async def _chat(self, chat: str, rows: list[InUpdate]) -> int | None:
        """How many were taken or parked; None where the database does not answer: the sweep looks again."""
        handled = 0
        try:
            async with self._room, self.locks.of(chat):
                for row in rows:
                    handled += 1
                    if not await self._one(row):
                        break
        except StorageError as error:
            log.warning("intake_waits", error=type(error).__name__)
            return None
        return handled

    async def _one(self, row: InUpdate) -> bool:
        """Whether the next update of this chat may be taken: an earlier one is always tried first.

        Raises:
            StorageError: the database is busy, full or gone, or a key is not known yet: not this update's fault.
        """
        try:
            deeds = await self.turns.take(row)
        except UnreadableUpdateError:
            await self._park(row, "UnreadableUpdateError")
            return True
        except (DatabaseBusy, DatabaseFull, DatabaseGone, KeyMissing):
            raise
        except Exception as error:  # noqa: BLE001  whatever fails in one update, the process and other chats live on
            return await self._failed(row, type(error).__name__)
        await carry(self.calls, deeds)
        await self.turns.rights.settle()
        return True

    async def _failed(self, row: InUpdate, error: str) -> bool:
        async with self.database.work() as work:
            attempts = await work.inbox.failed(row.id)
            await work.commit()
        log.error("update_failed", row=row.id, error=error, attempts=attempts)
        return False

    async def _park(self, row: InUpdate, error: str) -> None:
        async with self.database.work() as work:
            await work.inbox.park(row.id)
            await work.commit()
        log.warning("update_parked", row=row.id, error=error)


def _chat_of(row: InUpdate) -> str:
    """The key of the lock that ticks use for the same chat; a row without a chat stands alone."""
    chat = chat_of(raw) if isinstance(raw := parsed(row.raw), dict) else None
    return str(chat) if chat is not None else f"row{row.id}"
