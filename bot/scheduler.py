"""APScheduler, as a tick and nothing else: what is due stands in our own tables (ADR 5).

Its job store is memory, late ticks are run once, and a tick never overlaps itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[object]]

log = structlog.get_logger(__name__)


def scheduler(ticks: Mapping[str, tuple[timedelta, Tick]]) -> AsyncIOScheduler:
    """A scheduler, not yet started, that runs each tick at its interval."""
    made = AsyncIOScheduler(timezone="UTC")
    for name, (interval, tick) in ticks.items():
        made.add_job(
            _guarded(name, tick),
            trigger="interval",
            seconds=interval.total_seconds(),
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
            replace_existing=True,
        )
    return made


def _guarded(name: str, tick: Tick) -> Tick:
    async def run() -> None:
        try:
            await tick()
        except asyncio.CancelledError:
            log.debug("tick_ended", tick=name)  # the scheduler cancels what runs when it stops; nothing waits for it
        except Exception as error:  # noqa: BLE001  one failed tick must not end the others; it is said, and runs again
            log.error("tick_failed", tick=name, error=type(error).__name__)  # noqa: TRY400  a trace could hold words

    return run
