"""What the bot does by itself so that nothing is kept longer than it should be, and nothing is sent that should not."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.key_renewal import KeyRenewal
from bot.pace import STUCK
from bot.post import Post
from bot.restoring import Counting, epoch_file
from bot.retention import Retention
from bot.safeguarding.keeping import ALERTS
from bot.scheduler import Tick
from bot.settings import Settings
from bot.telegram.calls import Calls
from bot.tidying import Tidying
from conversations.retention import periods_in
from storage.database import Database
from storage.private_files import remove_drafts


@dataclass(frozen=True, slots=True)
class Keeping:
    """The parts, and when each has its turn."""

    database: Database
    tidying: Tidying
    retention: Retention
    counting: Counting
    keys: KeyRenewal

    @property
    def ticks(self) -> Mapping[str, tuple[timedelta, Tick]]:
        """What has its turn every minute."""
        return {
            "chats": (STUCK, self.tidying.tick),
            "epoch": (STUCK, self.counting.tick),
            "keys": (STUCK, self.keys.tick),
        }

    async def begin(self) -> None:
        """Before anything else: remove what a crash left half written, count, and note which keys are known."""
        await asyncio.to_thread(remove_drafts, self.counting.file.path.parent)
        await self.counting.tick()
        await self.keys.tick()

    async def tidy(self) -> None:
        """What is past its day goes, and from the database's files too."""
        await self.tidying.forget()
        await self.retention.run()
        await self.database.tidy()


def keeping(settings: Settings, database: Database, calls: Calls, post: Post, clock: Clock) -> Keeping:
    """The parts, wired up."""
    return Keeping(
        database=database,
        tidying=Tidying(database, calls, post, clock),
        retention=Retention(database, clock, periods_in(settings.retention), ALERTS),
        counting=Counting(database, clock, epoch_file(settings.deletions_path)),
        keys=KeyRenewal(database, clock, settings.key_file),
    )
