"""A delivery, and all around it: people who hear, files, a clock and steady seconds that are moved."""

import asyncio
from datetime import datetime
from itertools import count

import pytest

from bot.clock import MovableClock
from bot.delivery import Delivery
from bot.demo.people import Person
from bot.demo.telegram_server import TelegramStandIn
from bot.files import DrawnBoards
from bot.pictures.drawer import drawer_for
from bot.pictures.sets import open_set
from bot.telegram import outbound
from bot.telegram.calls import Calls
from bot.telegram.limiter import Limiter
from bot.telegram.outbound import Outgoing
from bot.telegram.sending import FileId, Sender
from conversations.document_words import load_document_words
from storage.database import Database
from storage.records import AccountState, Lane, NewMessage, OutState
from tests.bot.telegram.stage import VirtualTime


class Shelf:
    """Files for messages, by name."""

    def __init__(self) -> None:
        self.files: dict[str, bytes | FileId] = {"pack": b"%PDF-1.7 pack"}
        self.whole = {"pack": b"%PDF-1.7 pack"}
        self.broken: set[str] = set()

    async def load(self, key: str, *, fresh: bool = False) -> bytes | FileId | None:
        if key in self.broken:
            raise RuntimeError("somebody's words")
        return self.whole.get(key) if fresh else self.files.get(key)

    async def uploaded(self, key: str, file_id: FileId) -> None:
        self.files[key] = file_id


class Stage:
    """A delivery, and all around it."""

    def __init__(self, database: Database, telegram: TelegramStandIn, calls: Calls, clock: MovableClock) -> None:
        self.database, self.telegram, self.clock = database, telegram, clock
        self.time, self.shelf, self.limiter = VirtualTime(), Shelf(), Limiter()
        self.blocked: list[str] = []
        self.drawer = drawer_for(open_set(None), load_document_words())
        self.boards = DrawnBoards(database, self.drawer, clock)
        self.sender = Sender(calls, self.limiter, self.shelf, self.time.monotonic, self.time.pause, self.boards)
        self.delivery = self.another()
        self.accounts: dict[int, str] = {}
        self._keys = count()

    def another(self) -> Delivery:
        """A process that was started anew."""
        return Delivery(self.database, self.sender, self.clock, self._on_blocked)

    async def person(self, name: str) -> Person:
        person = self.telegram.person(name)
        await person.start()
        async with self.database.work() as work:
            account = await work.accounts.add(person.id)
            await work.commit()
        self.accounts[person.id] = account.id
        return person

    async def queue(self, person: Person, *parts: Outgoing, key: str = "", lane: Lane = Lane.CONVERSATION) -> None:
        async with self.database.work() as work:
            for part in parts:
                await work.outbox.add(
                    NewMessage(
                        self.accounts[person.id], None, lane, part.kind, outbound.dump(part),
                        key or f"key{next(self._keys)}", self.clock.now(),
                    )
                )  # fmt: skip
            await work.commit()

    async def say(self, person: Person, *texts: str, lane: Lane = Lane.CONVERSATION) -> None:
        for text in texts:
            await self.queue(person, *outbound.plain(text), lane=lane)

    async def counts(self) -> dict[OutState, int]:
        async with self.database.reading() as work:
            return {state: number for state, number in (await work.outbox.counts()).items() if number}

    async def _on_blocked(self, account_id: str) -> None:
        self.blocked.append(account_id)
        async with self.database.work() as work:
            await work.outbox.cancel_for(account_id=account_id)
            await work.accounts.set_state(account_id, AccountState.BLOCKED)
            await work.commit()


def heard(person: Person) -> list[str]:
    return [message.words for message in person.messages if message.by_bot]


class running:  # noqa: N801 - reads as a word in `async with`
    """Deliver in the background until the block ends."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._wake = asyncio.Event()

    async def __aenter__(self) -> asyncio.Event:
        self._task = asyncio.create_task(self._stage.delivery.run_forever(self._wake))
        return self._wake

    async def __aexit__(self, *_error: object) -> None:
        self._task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await self._task


async def until(stage: Stage, counts: dict[OutState, int]) -> datetime:
    async with asyncio.timeout(5):
        while await stage.counts() != counts:  # noqa: ASYNC110 - nobody tells of a commit
            await asyncio.sleep(0)
    return stage.clock.now()
