"""The buttons of the help card that call somebody. They work with the database off (decision 23)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.outside import latest_review, person_of
from bot.post import Post
from bot.safeguarding.alarm import Alarm
from bot.safeguarding.mails import AlertMails
from bot.safeguarding.spool import Call, Spool
from bot.safeguarding.telling import Telling
from conversations.effects import AlertRoute, RaiseAlert
from conversations.lines import Line
from storage.database import Database
from storage.errors import StorageError
from storage.records import Participant
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bell:
    """Turns a press into an alert, whatever else is broken, and says what is true."""

    database: Database
    clock: Clock
    alarm: Alarm
    telling: Telling
    mails: AlertMails
    post: Post
    spool: Spool

    async def rung(self, chat_id: int, message_id: int, *, elsewhere: bool) -> str:
        """Somebody pressed it in this chat; the words to say. With `elsewhere` it is about staff, so not the team."""
        now = self.clock.now()
        try:
            async with self.database.work() as work:
                person, told = await _who(work, chat_id), ""
                if person is not None:
                    alert_id = await self._raise(work, person, now, elsewhere=elsewhere)
                    told = await self.alarm.first_reader(work, alert_id)
                await work.commit()
        except StorageError as error:
            log.error("bell_without_database", message=message_id, error=type(error).__name__)  # noqa: TRY400  no trace
            return await self._kept_apart(Call(chat_id, now, elsewhere))
        post = self.post.speaking_to(person)
        if person is None:
            return post.line(Line.ALERT_STRANGER)
        return f"{post.line(Line.ALERT_THANKS)}\n\n{self.telling.next(post, now, told)}"

    async def load(self) -> int:
        """Bring the calls that waited into the database, which is back; how many."""
        calls = await asyncio.to_thread(self.spool.waiting)
        for name, call in calls:
            async with self.database.work() as work:
                person = await _who(work, call.chat_id)
                if person is not None:
                    await self._raise(work, person, call.at, elsewhere=call.elsewhere)
                await work.commit()
            # A crash here brings the same call again: it joins the alert that waits.
            await asyncio.to_thread(self.spool.done, name)
            log.warning("alert_file_loaded", file=name, known=person is not None)
        return len(calls)

    async def _raise(self, work: UnitOfWork, person: Participant, at: datetime, *, elsewhere: bool) -> str:
        review = await latest_review(work, person)
        raised = RaiseAlert(AlertRoute.ASKED, elsewhere=elsewhere)
        return await self.alarm.raise_alert(work, person, review.id if review else None, raised, at)

    async def _kept_apart(self, call: Call) -> str:
        """Sealed to a file and mailed: somebody is told also while the database is off."""
        try:
            name = await asyncio.to_thread(self.spool.put, call)
        except OSError as error:
            log.error("alert_file_failed", error=type(error).__name__)  # noqa: TRY400  no trace
            name = "0"
        post = self.post
        subject, text = (
            post.line(Line.STAFF_MAIL_ALERT_SUBJECT),
            post.line(Line.STAFF_MAIL_ALERT_NO_DATABASE, number=name[-6:]),
        )
        sent = [await self.mails.plain(to, subject, text, f"{name}.{number}") for number, to in self._addresses(call)]
        if not any(sent):
            return post.line(Line.ALERT_NOBODY_NOW)
        known = self.alarm.known
        told = (call.elsewhere and known.contact) or known.lead
        return f"{post.line(Line.ALERT_THANKS)}\n\n{self.telling.next(post, call.at, told)}"

    def _addresses(self, call: Call) -> list[tuple[int, str]]:
        known, rules = self.alarm.known, self.alarm.rota.rules
        people = [known.contact_email or rules.out_of_hours_email] if call.elsewhere else [*known.emails]
        if not self.alarm.is_open(call.at):
            people.append(rules.out_of_hours_email)
        return list(enumerate(dict.fromkeys(filter(None, people))))


async def _who(work: UnitOfWork, chat_id: int) -> Participant | None:
    account = await work.accounts.by_chat(chat_id)
    return await person_of(work, account) if account is not None else None
