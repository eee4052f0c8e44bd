"""`getUpdates`: long polling, with one poller at a time."""

import asyncio
import contextlib
from typing import final

from bot.demo.methods import keep_allowed_updates
from bot.demo.refusals import OTHER_POLLER, WEBHOOK_SET, conflict
from bot.demo.wire import Call
from bot.demo.world import World

_LONGEST_POLL = 50


@final
class Polling:
    """Lets one bot wait for updates; a second one ends the first."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.polls = 0

    async def get_updates(self, call: Call) -> bytes:
        """The updates as a JSON array, each exactly as it was queued.

        Raises:
            RefusalError: a webhook is set, or another poller came while this one waited.
        """
        self.polls += 1
        turn = self.polls
        self._world.pulse.beat()
        keep_allowed_updates(self._world, call)
        offset, limit = call.integer("offset"), call.integer("limit", 100)
        shown = self._shown(turn, offset, limit)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(call.integer("timeout"), _LONGEST_POLL)):
                while not shown:
                    await self._world.pulse.next()
                    shown = self._shown(turn, offset, limit)
        return b"[" + b",".join(shown) + b"]"

    def _shown(self, turn: int, offset: int, limit: int) -> list[bytes]:
        if turn != self.polls:
            raise conflict(OTHER_POLLER)
        if self._world.webhook.settings:
            raise conflict(WEBHOOK_SET)
        return [waiting.body for waiting in self._world.updates.get(offset, limit)]
