"""Where updates come ashore: on disk, sealed, in one commit, before anybody tells Telegram that we have them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import final

import structlog

from bot.clock import Clock
from bot.telegram.batch import RawUpdate
from storage.database import Database

QUIET_DAYS = timedelta(days=6)
_POSITION = "telegram.position"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Position:
    """The id to ask for next, and when the last update came."""

    next: int
    at: datetime

    def offset(self, now: datetime) -> int | None:
        """What to ask for. After a quiet week Telegram begins anew, perhaps lower: then ask for whatever there is."""
        return None if now - self.at >= QUIET_DAYS else self.next


@final
class Inlet:
    """Puts raw updates into the inbox, and wakes whoever works it off."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        wake: Callable[[], None],
        first: Callable[[Sequence[RawUpdate]], Awaitable[None]] | None = None,
    ) -> None:
        """`first` is shown updates before anything is stored: help must not wait for a disk (P8)."""
        self._first = first
        self._database = database
        self._clock = clock
        self._wake = wake

    def now(self) -> datetime:
        """The present instant."""
        return self._clock.now()

    async def keep(self, updates: Sequence[RawUpdate]) -> Position | None:
        """Store `updates` and the new position in one commit; ids already seen change nothing.

        The position is that after the last one received, never the highest. It is `None` where none has an id.

        Raises:
            storage.errors.StorageError: nothing was stored, nothing may be acknowledged.
        """
        await self._show_first(updates)
        now = self._clock.now()
        ids = [update.update_id for update in updates if update.update_id is not None]
        position = Position(ids[-1] + 1, now) if ids else None
        async with self._database.work() as work:
            await work.inbox.put([(update.key, update.chat_id, update.raw) for update in updates], now)
            if position is not None:
                await work.meta.put(_POSITION, json.dumps([position.next, position.at.isoformat()]))
            await work.commit()
        self._wake()
        return position

    async def _show_first(self, updates: Sequence[RawUpdate]) -> None:
        if self._first is None:
            return
        try:
            await self._first(updates)
        except Exception as error:  # noqa: BLE001 - whatever fails there, the updates must still get to the disk
            log.warning("first_look_failed", kind=type(error).__name__)

    async def position(self) -> Position | None:
        """The position that was stored last, if any."""
        async with self._database.work() as work:
            stored = await work.meta.get(_POSITION)
        if stored is None:
            return None
        number, at = json.loads(stored)
        return Position(int(number), datetime.fromisoformat(at))
