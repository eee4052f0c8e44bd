"""Long polling that acknowledges an update only when it is on disk.

Telegram forgets an update as soon as it is asked for the next one. So the question is asked only after the commit;
whatever happens between receiving and committing, the same updates come again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import final

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.batch import UnreadableBatchError, read_batch
from bot.telegram.calls import Calls, Method
from bot.telegram.errors import WrongTokenError
from bot.telegram.transport import Inlet, Position
from storage.errors import DatabaseBusy, DatabaseFull, DatabaseGone

WAIT_SECONDS = 50
OTHER_POLLER_PAUSE = 30.0
LONGEST_PAUSE = 60.0

log = structlog.get_logger(__name__)


@final
class Poller:
    """Asks Telegram for updates, for one process: a second one is told by Telegram to go away."""

    def __init__(
        self,
        calls: Calls,
        inlet: Inlet,
        *,
        wait: int = WAIT_SECONDS,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """`wait` is how many seconds Telegram may hold a question open; `pause` waits for seconds."""
        self._calls = calls
        self._inlet = inlet
        self._wait = wait
        self._pause = pause
        self._position: Position | None = None
        self._ready = False
        self._troubles = 0
        self._told_of_other = False

    async def run(self) -> None:
        """Poll until cancelled. Trouble with the network, Telegram or the disk is waited out.

        Raises:
            WrongTokenError: nothing can ever come.
        """
        while True:
            seconds = await self._tried()
            if seconds:
                await self._pause(seconds)

    async def poll_once(self) -> int:
        """Ask once, store what came, and return how many there were. The next question acknowledges them.

        Raises:
            telegram.error.TelegramError: Telegram cannot be reached, or refuses.
            UnreadableBatchError: its answer holds no updates that could be told apart.
            storage.errors.StorageError: they could not be stored, and are not acknowledged.
        """
        if not self._ready:
            await self._calls.call(Method.DELETE_WEBHOOK, {})  # with one set, Telegram answers no poller
            self._position = await self._inlet.position()
            self._ready = True
        offset = self._position.offset(self._inlet.now()) if self._position else None
        updates = read_batch(await self._calls.updates(offset, self._wait))
        if not updates:
            return 0
        position = await self._inlet.keep(updates)
        if position is None:
            raise UnreadableBatchError("updates without an id cannot be acknowledged")
        self._position = position
        return len(updates)

    async def _tried(self) -> float:
        """Poll once; the seconds to wait before the next time."""
        try:
            await self.poll_once()
        except InvalidToken:
            wrong = True
        except Conflict:
            return self._another_poller()
        except RetryAfter as error:
            return _seconds(error.retry_after)
        except (TelegramError, UnreadableBatchError, DatabaseBusy, DatabaseFull, DatabaseGone) as error:
            return self._trouble(type(error).__name__)
        else:
            wrong = False
        if wrong:
            raise WrongTokenError
        self._troubles, self._told_of_other = 0, False
        return 0.0

    def _another_poller(self) -> float:
        if not self._told_of_other:
            log.error("another_poller", remedy="Another program uses the same token. Only one may. Stop the other.")
        self._told_of_other = True
        return OTHER_POLLER_PAUSE

    def _trouble(self, kind: str) -> float:
        self._troubles += 1
        log.warning("polling_trouble", kind=kind, times=self._troubles)
        return min(2.0 ** min(self._troubles - 1, 10), LONGEST_PAUSE)


def _seconds(span: int | timedelta) -> float:
    return span.total_seconds() if isinstance(span, timedelta) else float(span)
