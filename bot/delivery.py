"""Sends what the outbox holds: in order within a chat, different chats at once, and notes what became of each row.

A row is claimed in one commit, sent, and noted in another. Between Telegram's yes and our note a crash leaves it
claimed; it is released later and sent a second time, with the same words and the same mark, so that either copy's
buttons do the same (decision 27). That is the one way in which a message appears twice; an answer that is lost on the
way counts as the same crash. The quick path and the sweep are the same function.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never, final

import structlog

from bot.clock import Clock
from bot.telegram.outbound import Outgoing, load, sets_keyboard
from bot.telegram.sending import Arrived, Outcome, Sender
from bot.telegram.verdicts import MOST_SERVER_ERRORS, End, GiveUp, Retry, Slower
from storage.database import Database
from storage.errors import StorageError
from storage.records import AccountState, OutKind, OutMessage, OutState
from storage.unit_of_work import UnitOfWork

AT_ONCE = 32
STUCK = timedelta(minutes=5)  # longer than any call takes
IDLE_SECONDS = 1.0  # how soon a row that becomes due by itself is seen
GRACE_SECONDS = 10.0
ODD_PAUSE = timedelta(minutes=1)

_STATES = {End.BLOCKED: OutState.BLOCKED, End.REJECTED: OutState.REJECTED, End.FAILED: OutState.FAILED}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """A claimed row that can be sent."""

    row: OutMessage
    chat_id: int
    outgoing: Outgoing


@dataclass(frozen=True, slots=True)
class _Ending:
    """What became of a claimed row."""

    row: OutMessage
    outcome: Outcome | OutState


@final
class Delivery:
    """One per process. Any number of processes may deliver from one database."""

    def __init__(
        self, database: Database, sender: Sender, clock: Clock, on_blocked: Callable[[str], Awaitable[None]]
    ) -> None:
        """`on_blocked` is told the account id of a person who cannot be reached; it ends their queue and prompts."""
        self._database = database
        self._sender = sender
        self._clock = clock
        self._on_blocked = on_blocked
        self._flying: dict[asyncio.Task[_Ending], datetime] = {}
        self._ended: list[_Ending] = []

    @property
    def busy(self) -> bool:
        """Whether something is being sent, or is not yet noted."""
        return bool(self._flying or self._ended)

    async def run_once(self) -> int:
        """Claim what is due, send it, note it; how many rows were handled."""
        handled = await self._take_off()
        while self._flying:
            self._land(await self._first_down(None))
        await self._note()
        return handled

    async def drain(self) -> int:
        """Send until nothing can be claimed; how many rows were handled. A row that must wait is left."""
        handled = 0
        while now_handled := await self.run_once():
            handled += now_handled
        return handled

    async def run_forever(self, wake: asyncio.Event, *, alone: bool = False) -> None:
        """Deliver until cancelled; `wake` says that something was queued.

        With `alone` no other process delivers, so that what a crash left claimed is released at once. On cancelling,
        calls under way get a few seconds to end.
        """
        await self._safely(lambda: self.release_stuck(everything=alone))
        swept = self._clock.now()
        try:
            while True:
                wake.clear()
                await self._safely(self._take_off)
                if not self._ended:
                    self._land(await self._first_down(wake))
                await self._safely(self._note)
                if self._clock.now() - swept >= STUCK:
                    await self._safely(self.release_stuck)
                    swept = self._clock.now()
        finally:
            await self._wind_down()

    async def release_stuck(self, *, everything: bool = False) -> int:
        """Give claimed rows that nobody sends any more back to the queue; how many there were."""
        now = self._clock.now()
        before = now + timedelta(microseconds=1) if everything else min([now - STUCK, *self._flying.values()])
        async with self._database.work() as work:
            released = await work.outbox.release_stuck(before)
            await work.commit()
        if released:
            log.warning("outbox_released", rows=released)
        return released

    async def _take_off(self) -> int:
        """Claim as many rows as there is room for and begin to send them."""
        room = AT_ONCE - len(self._flying)
        if room < 1:
            return 0
        now = self._clock.now()
        async with self._database.work() as work:
            rows = await work.outbox.claim(now, room)
            found = [await self._prepared(work, row) for row in rows]
            await work.commit()
        for parcel in found:
            if isinstance(parcel, _Ending):
                self._ended.append(parcel)
            else:
                self._flying[asyncio.create_task(self._send(parcel))] = now
        return len(found)

    async def _prepared(self, work: UnitOfWork, row: OutMessage) -> _Parcel | _Ending:
        account = await work.accounts.get(row.account_id)
        if account is None or account.state is AccountState.BLOCKED:
            return _Ending(row, OutState.BLOCKED)
        try:
            outgoing = load(row.payload)
        except ValueError:
            return _Ending(row, OutState.REJECTED)
        if outgoing.original and "message_id" not in outgoing.parameters:
            message_id = await work.outbox.message_id_of(outgoing.original)
            if message_id is None:
                return _Ending(row, OutState.CANCELLED)  # what it would change never arrived
            outgoing = replace(outgoing, parameters={**outgoing.parameters, "message_id": message_id})
        return _Parcel(row, account.chat_id, outgoing)

    async def _send(self, parcel: _Parcel) -> _Ending:
        row = parcel.row
        try:
            return _Ending(row, await self._sender.send(parcel.chat_id, parcel.outgoing, row.attempts))
        except Exception as error:  # noqa: BLE001 - one document that cannot be made must not stop everybody's messages
            log.warning("delivery_odd", row=row.id, kind=type(error).__name__, attempts=row.attempts)
            last = row.attempts >= MOST_SERVER_ERRORS
            return _Ending(row, GiveUp(End.FAILED) if last else Retry(ODD_PAUSE))

    async def _first_down(self, wake: asyncio.Event | None) -> Sequence[_Ending]:
        """Wait until a call has ended; with `wake`, not longer than until that or a moment has passed."""
        waiting: set[asyncio.Task[_Ending] | asyncio.Task[bool]] = {*self._flying}
        waker = asyncio.create_task(wake.wait()) if wake is not None else None
        if waker is not None:
            waiting.add(waker)
        try:
            await asyncio.wait(waiting, timeout=IDLE_SECONDS if wake else None, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if waker is not None:
                waker.cancel()
        return [task.result() for task in self._flying if task.done()]

    def _land(self, endings: Sequence[_Ending]) -> None:
        self._flying = {task: since for task, since in self._flying.items() if not task.done()}
        self._ended.extend(endings)

    async def _note(self) -> None:
        """Note everything that has ended, in one commit; until it is noted it stays claimed and is not sent again."""
        if not self._ended:
            return
        endings = tuple(self._ended)
        async with self._database.work() as work:
            for ending in endings:
                await self._settle(work, ending)
            await work.commit()
        for ending in endings:
            if ending.outcome == GiveUp(End.BLOCKED):
                await self._on_blocked(ending.row.account_id)
        del self._ended[: len(endings)]  # last: what fails above is done once more, which changes nothing

    async def _settle(self, work: UnitOfWork, ending: _Ending) -> None:
        now, row = self._clock.now(), ending.row
        match ending.outcome:
            case Arrived(message_id):
                await work.outbox.sent(row.id, message_id, now)
                await _noted(work, row, message_id, now)
            case Retry(after) | Slower(after):
                await work.outbox.retry(row.id, now + after)
            case GiveUp(why):
                log.warning("message_given_up", row=row.id, why=why.value, attempts=row.attempts)
                await work.outbox.settle(row.id, _STATES[why], now)
            case OutState() as state:
                log.info("message_not_sent", row=row.id, state=state.value)
                await work.outbox.settle(row.id, state, now)
            case _ as never:
                assert_never(never)

    async def _safely(self, deed: Callable[[], Awaitable[object]]) -> None:
        """Trouble with the database is waited out: what was sent is kept in mind until it can be noted."""
        try:
            await deed()
        except StorageError as error:
            log.warning("delivery_waits", kind=type(error).__name__)
            await self._sender.pause(IDLE_SECONDS)

    async def _wind_down(self) -> None:
        if self._flying:
            await asyncio.wait(self._flying, timeout=GRACE_SECONDS)
        for task in self._flying:
            task.cancel()
        await asyncio.gather(*self._flying, return_exceptions=True)
        done = [task.result() for task in self._flying if task.done() and not task.cancelled()]
        self._land(done)
        await self._safely(self._note)


async def _noted(work: UnitOfWork, row: OutMessage, message_id: int | None, now: datetime) -> None:
    """Note that it stands in the chat; of an edit that is known already."""
    if message_id is not None and row.kind in {OutKind.SEND, OutKind.DOCUMENT}:
        keyboard = sets_keyboard(load(row.payload))
        await work.chats.seen(row.account_id, message_id, row.claimed_at or now, now, keyboard=keyboard)
