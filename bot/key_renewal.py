"""Lets a running bot learn a new key from its key file, and says in the database which keys it knows.

`firsthand keys rotate` waits for that: nothing is sealed under a key that the running bot cannot open.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import orjson
import structlog

from bot.clock import Clock
from storage.database import Database
from storage.errors import StorageError
from storage.keyfile import read_key_file
from storage.sealing import KeyRing
from storage.unit_of_work import UnitOfWork

_KNOWN: Final = "known_keys"
_LIVES: Final = timedelta(minutes=5)
"""A bot that said nothing for so long does not run."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class KeyRenewal:
    """Reads the key file again each minute. Keys from the environment change with a restart alone."""

    database: Database
    clock: Clock
    file: Path | None

    async def tick(self) -> None:
        """Take in new keys, and note which are known. An old key that left the file is kept until the restart."""
        ring = await asyncio.to_thread(self._read) if self.file is not None else None
        vault = self.database.vault
        if ring is not None and ring.reveal() != vault.ring.reveal():
            await self.database.renew_keys(ring)
            log.info("keys_renewed", keys=",".join(vault.ring.ids))
        async with self.database.work() as work:
            said = {"at": self.clock.now().isoformat(), "keys": vault.ring.ids}
            await work.meta.put(_KNOWN, orjson.dumps(said).decode())
            await work.commit()

    def _read(self) -> KeyRing | None:
        try:
            return read_key_file(self.file or Path())
        except (StorageError, OSError, UnicodeError) as error:
            log.warning("keys_not_read", error=type(error).__name__)
            return None


async def is_unknown_to_bot(work: UnitOfWork, key_id: str, now: datetime) -> bool:
    """Whether a bot runs that does not know this key yet."""
    value = await work.meta.get(_KNOWN)
    if value is None:
        return False
    said = orjson.loads(value)
    return bool(now - datetime.fromisoformat(said["at"]) < _LIVES and key_id not in said["keys"])
