"""Tells the team of an alert, without content; then the deputy, then the route out of hours, until it was seen.

Each stage is a row that falls due. It is claimed in the commit that queues its notices: once, by one process, and not
lost by a crash.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.notices import Notices
from bot.safeguarding.alarm import LAST, Alarm
from conversations.effects import Button
from conversations.lines import Line
from storage.database import Database
from storage.records import Staff
from storage.records.alerts import Alert, NoticeTo
from storage.unit_of_work import UnitOfWork

ALERT: Final = "desk:alert:"
READ: Final = f"{ALERT}read:"
SEEN: Final = f"{ALERT}seen:"
_AGAIN: Final = timedelta(days=1)

log = structlog.get_logger(__name__)


def number_of(alert_id: str) -> str:
    """By what staff speak of an alert: the end of its id."""
    return alert_id[-6:]


def notice_key(alert_id: str, stage: int, staff_id: str) -> str:
    """The outbox key of a notice in a colleague's chat."""
    return f"alert:{alert_id}:{stage}:{staff_id}"


@dataclass(frozen=True, slots=True)
class Stages:
    """Who is told at each stage, and when the next one is."""

    database: Database
    clock: Clock
    alarm: Alarm
    notices: Notices

    async def tick(self) -> int:
        """Carry out every stage that is due; how many there were."""
        done = 0
        while await self._one():
            done += 1
        return done

    async def _one(self) -> bool:
        now = self.clock.now()
        async with self.database.work() as work:
            alert = await work.alerts.claim_due(now)
            if alert is not None:
                await self._tell(work, alert, now)
            await work.commit()
        return alert is not None

    async def _tell(self, work: UnitOfWork, alert: Alert, now: datetime) -> None:
        rota = self.alarm.rota
        hours = rota.hours(await work.settings.get(), now)
        readers = await rota.readers(work, alert)
        for staff in _told(alert, readers):
            await self._staff(work, alert, staff, now)
        at_once = alert.stage == 1 and not hours.is_open(now)
        if at_once or alert.stage >= LAST or not readers or (alert.elsewhere and alert.stage > 1):
            await self._out_of_hours(work, alert, now)
        due = now + _AGAIN if alert.stage >= LAST else rota.next_stage(hours, now)
        await work.alerts.plan(alert.id, due)
        log.info("alert_stage", alert=alert.id, stage=alert.stage, told=len(readers))

    async def _staff(self, work: UnitOfWork, alert: Alert, staff: Staff, now: datetime) -> None:
        post = self.notices.post
        line = Line.STAFF_ALERT if alert.stage == 1 else Line.STAFF_ALERT_AGAIN
        buttons = (
            Button(post.line(Line.STAFF_ALERT_READ), READ + alert.id),
            Button(post.line(Line.STAFF_ALERT_SEEN), SEEN + alert.id),
        )
        text = post.line(line, number=number_of(alert.id))
        await self.notices.to_staff(work, staff, notice_key(alert.id, alert.stage, staff.id), text, *buttons)
        if self.alarm.rota.rules.by_mail:
            await work.alert_notices.add(alert.id, alert.stage, NoticeTo.STAFF, staff.id, now)

    async def _out_of_hours(self, work: UnitOfWork, alert: Alert, now: datetime) -> None:
        rules = self.alarm.rota.rules
        if rules.by_mail and rules.out_of_hours_email:
            await work.alert_notices.add(alert.id, alert.stage, NoticeTo.OUT_OF_HOURS, "", now)


def _told(alert: Alert, readers: list[Staff]) -> list[Staff]:
    """All of them; at the second stage the one after the first, where there is one."""
    return readers[1:2] or readers if alert.stage == 2 else readers
