"""Finds out that an older database was put back, and keeps the bot from sending what was sent before (decision 32)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.clock import Clock
from storage.database import Database
from storage.epoch import EpochFile

log = structlog.get_logger(__name__)


def epoch_file(deletions: Path) -> EpochFile:
    """The counter's file, beside the list of deletions."""
    return EpochFile(deletions.with_name(f"{deletions.name}.epoch"))


async def notice_restore(database: Database, file: EpochFile, now: datetime) -> bool:
    """Pause where this database is older than the file knows. Return whether it is paused, since now or before.

    Raises:
        OSError: the file is there and cannot be read. Then nothing may be sent.
        StorageError: the database cannot be used.
    """
    known = await asyncio.to_thread(file.read)  # first: a bot that runs counts in the database before the file
    async with database.reading() as work:
        is_older, since = await work.paused.epoch() < known, await work.paused.since()
    if is_older:
        await pause(database, file, now)
    elif since is not None:
        log.warning("still_paused")
    return is_older or since is not None


async def pause(database: Database, file: EpochFile, now: datetime) -> None:
    """Send nothing unasked from now on, until `firsthand db resume`. Raises OSError or StorageError."""
    async with database.work() as work:
        held = await work.paused.begin(now)
        await work.commit()
    log.error("paused_after_restore", held=held)
    await count_on(database, file)


async def count_on(database: Database, file: EpochFile) -> None:
    """Let the counter grow: first in the database, then in the file. Raises OSError or StorageError."""
    known = await asyncio.to_thread(file.read)
    async with database.work() as work:
        number = await work.paused.next_epoch(known)
        await work.commit()
    await asyncio.to_thread(file.write, number)


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts on while the bot runs."""

    database: Database
    clock: Clock
    file: EpochFile

    async def tick(self) -> None:
        """One more. A disk that takes no line is said, and stops nobody's conversation."""
        try:
            await count_on(self.database, self.file)
        except OSError as error:
            log.error("epoch_not_kept", error=type(error).__name__)  # noqa: TRY400  a trace could hold a path
