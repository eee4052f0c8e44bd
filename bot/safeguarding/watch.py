"""Looks from outside whether the bot lives, and tells somebody once for each outage (decision 21).

It opens the database anew at each look, as the bot would have to. While the bot is off it also sends what an alert
needs sent by mail: nobody who needs help waits for a restart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

import structlog

from bot.clock import Clock
from bot.mail import DigestMail, MailVerdict, send_digest
from bot.mailing import mail_settings
from bot.outages import HEARTBEAT
from bot.post import Post
from bot.safeguarding.rooms import Safeguarding, safeguarding
from bot.settings import Settings
from conversations.catalogue import Catalogue
from conversations.lines import Line
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.ids import new_id
from storage.sealing import KeyRing

SILENT: Final = timedelta(minutes=10)
WATCHED: Final = "watched"
_TOLD: Final = "watch_told"

log = structlog.get_logger(__name__)


class Look(StrEnum):
    """What was seen."""

    WELL = "well"
    SILENT = "silent"  # the bot gives no sign of life
    NO_DATABASE = "no_database"


@dataclass(slots=True)
class Watch:
    """One watcher. It remembers whom to tell for when the database cannot be asked."""

    settings: Settings
    clock: Clock
    post: Post
    catalogue: Catalogue
    _emails: tuple[str, ...] = field(default=(), repr=False)
    _told_gone: bool = False

    async def look(self) -> Look:
        """Look once, tell where that has to be, and note that somebody watches."""
        try:
            database = await open_database(self.settings.database_url, KeyRing.parse(self.settings.key_text()))
        except (StorageError, OSError) as error:
            return await self._gone(error)
        async with database:
            try:
                found = await self._look(database)
            except StorageError as error:
                return await self._gone(error)
        self._told_gone = False
        return found

    async def _look(self, database: Database) -> Look:
        now = self.clock.now()
        async with database.work() as work:
            await work.meta.put(WATCHED, now.isoformat())
            since = await work.meta.get(HEARTBEAT)
            told = await work.meta.get(_TOLD)
            await work.commit()
        rooms = safeguarding(self.settings, database, self.clock, self.post, self.catalogue)
        await rooms.learn()
        self._emails = rooms.alarm.known.emails
        if since is not None and now - datetime.fromisoformat(since) <= SILENT:
            return Look.WELL
        log.error("bot_silent", since=since)
        if told != (since or "never"):
            await self._tell_silent(database, since, now)
        await self._help_out(rooms)
        return Look.SILENT

    async def _tell_silent(self, database: Database, since: str | None, now: datetime) -> None:
        moment = datetime.fromisoformat(since) if since else now
        if await self._mail(self.post.line(Line.STAFF_MAIL_OFF, since=moment)):
            async with database.work() as work:
                await work.meta.put(_TOLD, since or "never")
                await work.commit()

    async def _gone(self, error: Exception) -> Look:
        log.error("database_gone", error=type(error).__name__)
        if not self._told_gone:
            self._told_gone = await self._mail(self.post.line(Line.STAFF_MAIL_NO_DATABASE))
        return Look.NO_DATABASE

    async def _help_out(self, rooms: Safeguarding) -> None:
        """What an alert needs while the bot cannot do it; several processes may."""
        await rooms.bell.load()
        await rooms.stages.tick()
        await rooms.mails.tick()

    async def _mail(self, text: str) -> bool:
        """Whether it reached at least one of them."""
        line = mail_settings(self.settings)
        subject, sent = self.post.line(Line.STAFF_MAIL_OFF_SUBJECT), False
        for to in dict.fromkeys(filter(None, (self.settings.watch_contact, *self._emails))):
            mail = DigestMail(to, subject, text, f"{new_id()}@firsthand.invalid", self.clock.now())
            sent = await send_digest(line, mail) is MailVerdict.SENT or sent
        return sent
