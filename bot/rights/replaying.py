"""At every start: whoever deleted everything stays deleted, also after a backup was put back (decision 32)."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

from bot.rights.erasing import erase
from storage.database import Database
from storage.ledger import Ledger

log = structlog.get_logger(__name__)


async def replay(database: Database, ledger: Ledger, now: datetime) -> int:
    """Delete again whom the ledger names and the database holds, before anything is sent. Return how many.

    Raises:
        OSError: the ledger is there and cannot be read. Then nothing may be sent.
        StorageError: the database cannot be used.
    """
    ids = await asyncio.to_thread(ledger.ids)
    async with database.reading() as work:
        back = await work.forget.known(ids)
    for participant_id in back:
        async with database.work() as work:
            await erase(work, participant_id, now)
            await work.commit()
    if back:
        log.warning("deletions_replayed", people=len(back))
        await database.tidy()
    return len(back)
