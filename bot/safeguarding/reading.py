"""Readers open frozen words in their own chat with the bot: checked, logged, protected, and gone within a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.post import Post, To
from bot.safeguarding.alarm import Alarm, seen
from bot.safeguarding.stages import READ, SEEN, number_of
from bot.telegram.clip_calls import clip
from bot.telegram.outbound import Outgoing, delete, plain, protected
from bot.telegram.sending import FileId
from conversations.effects import Button
from conversations.lines import Line
from storage.database import Database
from storage.ids import new_id
from storage.records import Staff
from storage.records.alerts import Alert, AlertState, FrozenWords
from storage.unit_of_work import UnitOfWork

FROZEN: Final = "frozen:"
_SHOWN: Final = timedelta(hours=20)
"""Taken away within 24 hours: some are left for a bot that was off."""


@dataclass(frozen=True, slots=True)
class FrozenFiles:
    """Brings the bytes of frozen media to the outbox, which only names them."""

    database: Database

    async def load(self, key: str) -> bytes | FileId | None:
        """The bytes; None where the alert is gone."""
        async with self.database.reading() as work:
            return await work.frozen.data(key.removeprefix(FROZEN)) or None

    async def uploaded(self, key: str, file_id: FileId) -> None:
        """Telegram's name for it is not kept."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the buttons of a notice do."""

    alarm: Alarm
    post: Post
    clock: Clock

    async def pressed(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        """Read, or say that it was seen; what to show for a moment."""
        alert = await work.alerts.get(data.removeprefix(READ).removeprefix(SEEN))
        if alert is None or not await self.alarm.rota.may_read(work, staff, alert):
            return self.post.line(Line.STAFF_ALERT_NOT_YOURS)
        if data.startswith(READ):
            await self._show(work, staff, alert, cause)
            return ""
        return await self._seen(work, staff, alert)

    async def take_down(self, work: UnitOfWork, now: datetime) -> int:
        """Take frozen words out of the chats in which their time is over."""
        shown = await work.alert_notices.take_down(now)
        for each in shown:
            await self.post.change(work, To(each.account_id), delete(each.key), f"{each.key}:gone")
        return len(shown)

    async def _seen(self, work: UnitOfWork, staff: Staff, alert: Alert) -> str:
        if await seen(work, alert, staff, self.clock.now()):
            return self.post.line(Line.STAFF_ALERT_THANKS)
        before = await work.staff.get(alert.seen_by or "")
        return self.post.line(Line.STAFF_ALERT_SEEN_BEFORE, name=before.name if before else staff.name)

    async def _show(self, work: UnitOfWork, staff: Staff, alert: Alert, cause: str) -> None:
        now = self.clock.now()
        await work.audit.add(now, staff.id, "alert_read", alert.id)
        words = await work.frozen.of_alert(alert.id)
        rows = [[Button(self.post.line(Line.STAFF_ALERT_SEEN), SEEN + alert.id)]]
        waits = alert.state is AlertState.WAITING
        outgoing = [*plain(as_text(self.post, alert, words), rows if waits else ())]
        for each in words:
            kept = await work.frozen.media_of(each.id)
            outgoing += [clip(FROZEN + media.id, media.kind, media.mime, media.size) for media in kept]
        for number, each_out in enumerate(outgoing):
            await self._queue(work, staff, each_out, f"{cause}:frozen{number}:{new_id()}")

    async def _queue(self, work: UnitOfWork, staff: Staff, outgoing: Outgoing, key: str) -> None:
        account_id = staff.account_id or ""
        await self.post.change(work, To(account_id), protected(outgoing), key)
        await work.alert_notices.shown(account_id, key, self.clock.now() + _SHOWN)


def as_text(post: Post, alert: Alert, words: list[FrozenWords]) -> str:
    """An alert as its readers read it: who, about whom, and each thing that was said, exactly as it was."""
    who = f"{alert.who} ({alert.relation})" if alert.relation else alert.who
    head = post.line(Line.STAFF_ALERT_FROM, number=number_of(alert.id), name=who, about=alert.about or alert.who)
    return "\n\n".join([head, *(_said(post, each) for each in words)])


def _said(post: Post, words: FrozenWords) -> str:
    route = post.line(Line(f"staff_alert_{words.route.value}"), at=words.at)
    parts = [route, words.asked, *(f"• {each}" for each in words.chosen), f"“{words.words}”" if words.words else ""]
    parts += [f"[{each.kind.value}]" for each in words.media]
    return "\n".join(part for part in parts if part)
