"""The tick: one that fails is said without words, runs again, and stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.scheduler import Tick, scheduler

HOURLY = timedelta(hours=1)


@asynccontextmanager
async def ticking(ticks: Mapping[str, Tick]) -> AsyncIterator[AsyncIOScheduler]:
    made = scheduler({name: (HOURLY, tick) for name, tick in ticks.items()})
    made.start()
    try:
        yield made
    finally:
        made.shutdown(wait=False)


def now(made: AsyncIOScheduler, *names: str) -> None:
    for name in names:
        made.modify_job(name, next_run_time=datetime(2020, 1, 1, tzinfo=UTC))


async def test_a_tick_that_fails_is_said_without_words_runs_again_and_stops_no_other() -> None:
    well, twice, failures = asyncio.Event(), asyncio.Event(), list[int]()

    async def fails() -> None:
        failures.append(1)
        if len(failures) == 2:
            twice.set()
        raise ValueError("planted words")

    async def works() -> None:
        well.set()

    async with asyncio.timeout(5), ticking({"bad": fails, "good": works}) as made:
        with structlog.testing.capture_logs() as logs:
            now(made, "bad", "good")
            await well.wait()
            now(made, "bad")
            await twice.wait()
    assert [(entry["event"], entry["tick"], entry["error"]) for entry in logs] == [
        ("tick_failed", "bad", "ValueError")
    ] * 2
    assert "planted" not in str(logs)


async def test_ticks_that_were_slept_through_run_once() -> None:
    ran, seen = asyncio.Event(), list[int]()

    async def tick() -> None:
        seen.append(1)
        ran.set()

    async with asyncio.timeout(5), ticking({"late": tick}) as made:
        now(made, "late")
        await ran.wait()
        await asyncio.sleep(0)
        (job,) = made.get_jobs()
        assert job.coalesce
        assert job.max_instances == 1
        assert job.misfire_grace_time is None
    assert len(seen) == 1
