"""The heartbeat, and what is said after a long silence: Telegram keeps updates for about a day (decision 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.notices import Notices
from bot.prompt_rows import PromptKind, ask
from conversations.lines import Line
from storage.database import Database
from storage.unit_of_work import UnitOfWork

LONG: Final = timedelta(hours=20)
STILL_USEFUL: Final = timedelta(days=3)
HEARTBEAT: Final = "heartbeat"
"""The name in the database under which the bot says when it last lived."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Outages:
    """Notes that the bot lives, and finds out when it did not."""

    database: Database
    clock: Clock
    notices: Notices

    async def beat(self) -> None:
        """The bot lives now. Before noting that, look how long it did not."""
        now = self.clock.now()
        async with self.database.work() as work:
            stored = await work.meta.get(HEARTBEAT)
            await work.meta.put(HEARTBEAT, now.isoformat())
            since = datetime.fromisoformat(stored) if stored is not None else now
            if now - since > LONG:  # in the same commit: a crash here must not forget the outage
                await self._ask_again(work, since, now)
            await work.commit()

    async def lived(self) -> None:
        """Note that the bot has lived until now, for whoever moves the clock: time that is skipped is no outage."""
        async with self.database.work() as work:
            await work.meta.put(HEARTBEAT, self.clock.now().isoformat())
            await work.commit()

    async def _ask_again(self, work: UnitOfWork, since: datetime, now: datetime) -> None:
        """Each open conversation is asked, at its decent hour, to send again what was written; staff are told."""
        for conversation in await work.conversations.open_ones():
            kind = f"{PromptKind.OUTAGE}:{since.isoformat()}"
            await ask(work, conversation.review_id, kind, now, now + STILL_USEFUL, conversation.participant_id)
        text = self.notices.post.line(Line.STAFF_OUTAGE, since=since, until=now)
        for staff in await work.staff.all():
            await self.notices.to_staff(work, staff, f"outage:{since.isoformat()}:{staff.id}", text)
        if await work.paused.since() is not None:
            await work.paused.hold()  # at a start nobody has asked for anything yet
        log.warning("outage", since=since.isoformat(), until=now.isoformat())
