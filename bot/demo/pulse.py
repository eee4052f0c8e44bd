"""Waking whoever waits for a change, so that nobody has to sleep and look again."""

import asyncio
from collections.abc import Callable
from typing import final


@final
class Pulse:
    """Beats at each change; within one event loop only."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        """Wake everybody who waits now."""
        beaten, self._next = self._next, asyncio.Event()
        beaten.set()

    async def next(self) -> None:
        """Return at the next beat."""
        await self._next.wait()

    async def until(self, condition: Callable[[], object], *, within: float) -> None:
        """Return as soon as `condition` holds, looked at now and at each beat.

        Raises:
            TimeoutError: it did not hold within `within` seconds of real time.
        """
        async with asyncio.timeout(within):
            while not condition():
                await self.next()
