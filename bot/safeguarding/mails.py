"""Sees the notices of alerts to mailboxes: at once, and again until they have gone or somebody has seen the alert."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.mail import DigestMail, MailSettings, MailVerdict, send_digest
from bot.post import Post
from bot.safeguarding.alarm import Alarm
from bot.safeguarding.stages import number_of
from conversations.lines import Line
from storage.database import Database
from storage.records import DeliveryState, StaffState
from storage.records.alerts import AlertMail, AlertState, NoticeTo
from storage.unit_of_work import UnitOfWork

LONGEST: Final = timedelta(minutes=10)
STUCK: Final = timedelta(minutes=5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AlertMails:
    """Claims mails one by one. They hold a number, and nothing of anybody."""

    database: Database
    clock: Clock
    alarm: Alarm
    post: Post
    line: MailSettings

    async def tick(self) -> int:
        """Send every mail that is due; how many were handled."""
        handled = 0
        while (mail := await self._claim()) is not None:
            await self._send(mail)
            handled += 1
        return handled

    async def release_stuck(self, *, everything: bool = False) -> None:
        """Mails that a process claimed and never settled, because it died, are due again."""
        before = self.clock.now() + timedelta(microseconds=1) if everything else self.clock.now() - STUCK
        async with self.database.work() as work:
            await work.alert_notices.release_stuck(before)
            await work.commit()

    async def plain(self, to: str, subject: str, text: str, message_id: str) -> bool:
        """Send words alone, now; whether the server took them."""
        if not self.line.host or not to:
            return False
        mail = DigestMail(to, subject, text, f"{message_id}@firsthand.invalid", self.clock.now())
        return await send_digest(self.line, mail) is MailVerdict.SENT

    async def _claim(self) -> AlertMail | None:
        async with self.database.work() as work:
            mail = await work.alert_notices.claim(self.clock.now())
            await work.commit()
        return mail

    async def _send(self, mail: AlertMail) -> None:
        made = await self._made(mail)
        verdict = MailVerdict.GIVE_UP_ADDRESS if made is None else await send_digest(self.line, made)
        log.info("alert_mail", alert=mail.alert_id, verdict=verdict.value, attempts=mail.attempts)
        now = self.clock.now()
        async with self.database.work() as work:
            if verdict is MailVerdict.SENT:
                await work.alert_notices.settle(mail.id, DeliveryState.SENT, now)
                await work.alerts.reached(mail.alert_id, now)
            elif verdict is MailVerdict.GIVE_UP_ADDRESS:
                await work.alert_notices.settle(mail.id, DeliveryState.FAILED, now, error=verdict.value)
            else:
                wait = min(timedelta(minutes=mail.attempts), LONGEST)
                await work.alert_notices.settle(mail.id, DeliveryState.QUEUED, now, now + wait, verdict.value)
            await work.commit()

    async def _made(self, mail: AlertMail) -> DigestMail | None:
        """None where nobody is there to read it any more, or somebody has seen the alert."""
        async with self.database.reading() as work:
            alert, to = await work.alerts.get(mail.alert_id), await self._address(work, mail)
            setting = await work.settings.get()
        if alert is None or alert.state is not AlertState.WAITING or not to:
            return None
        number, where = number_of(mail.alert_id), setting.name if setting else ""
        line = Line.STAFF_MAIL_ALERT if mail.to is NoticeTo.STAFF else Line.STAFF_MAIL_ALERT_OUT_OF_HOURS
        text = self.post.line(line, number=number, setting=where, safeguarding=self.alarm.known.lead)
        subject = self.post.line(Line.STAFF_MAIL_ALERT_SUBJECT)
        return DigestMail(to, subject, text, f"{mail.id}@firsthand.invalid", self.clock.now())

    async def _address(self, work: UnitOfWork, mail: AlertMail) -> str:
        if mail.to is NoticeTo.OUT_OF_HOURS:
            return self.alarm.rota.rules.out_of_hours_email
        staff = await work.staff.get(mail.staff_id)
        return staff.email if staff is not None and staff.state is StaffState.ACTIVE else ""
