"""Sees digests to the named professional's mailbox. Trouble is tried again; what cannot be sent is shown to staff."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.bounces import MESSAGE_HOST
from bot.changes.readers import content_of, must_wait
from bot.clock import Clock
from bot.documents.digest_docx import MIME as WORD
from bot.documents.mailed import Envelope, mailed
from bot.documents.own_template import TemplateFaultError, filled
from bot.documents.pictures import OPENMOJI, Images
from bot.mail import DigestMail, Enclosure, MailSettings, MailVerdict, send_digest
from bot.mail_media import MEGABYTE, enclosed, size_of, with_media
from bot.notices import Notices
from bot.post import Post
from bot.settings import Settings
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Phrase
from conversations.hours import local
from conversations.lines import Line
from storage.database import Database
from storage.records import Channel, DeliveryState, DigestDelivery, DigestKind, StaffState

TRIES: Final = 10
LONGEST: Final = timedelta(hours=2)
STUCK: Final = timedelta(minutes=10)
_TOMORROW: Final = timedelta(days=1)
_NOT_YET: Final = "people_can_say_no"
_OVERTAKEN: Final = "newer_version"
_HOPELESS: Final = frozenset({MailVerdict.GIVE_UP_ADDRESS, MailVerdict.TOO_LARGE})

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Mailing:
    """Claims deliveries one by one; each is settled with a code, never with words."""

    database: Database
    clock: Clock
    notices: Notices
    words: DocumentWords
    settings: Settings
    images: Images = OPENMOJI

    async def tick(self) -> int:
        """Carry out every delivery that is due; how many were handled."""
        handled = 0
        while (delivery := await self._claim()) is not None:
            await self._carry_out(delivery)
            handled += 1
        return handled

    async def release_stuck(self, *, everything: bool = False) -> None:
        """Deliveries that a process claimed and never settled, because it died, are due again.

        With `everything`, all of them: nobody else works beside this process, which has just begun.
        """
        before = self.clock.now() + timedelta(microseconds=1) if everything else self.clock.now() - STUCK
        async with self.database.work() as work:
            await work.digests.release_stuck(before)
            await work.commit()

    async def _claim(self) -> DigestDelivery | None:
        now = self.clock.now()
        async with self.database.work() as work:
            if await work.paused.since() is not None:
                return None
            delivery = await work.digests.claim_delivery(now)
            await work.commit()
        return delivery

    async def _carry_out(self, delivery: DigestDelivery) -> None:
        if delivery.channel is Channel.TELEGRAM:
            await self._settle(delivery, DeliveryState.SENT)  # the notice is in the outbox, which sees to it
            return
        if (waits := await self._waits(delivery)) is not None:
            await self._settle(delivery, DeliveryState.QUEUED, waits, _NOT_YET)
            return
        if await self._is_overtaken(delivery):
            await self._settle(delivery, DeliveryState.FAILED, error=_OVERTAKEN)
            return
        verdict = await self._sent(await self._mail(delivery))
        log.info("digest_mail", delivery=delivery.id, verdict=verdict.value, attempts=delivery.attempts)
        if verdict is MailVerdict.SENT:
            await self._settle(delivery, DeliveryState.SENT)
        elif verdict is MailVerdict.TOO_LARGE and delivery.channel is Channel.MAIL:
            await self._say_so_instead(delivery)
        elif verdict in _HOPELESS or delivery.attempts >= TRIES:
            await self._settle(delivery, DeliveryState.FAILED, error=verdict.value)
            await self._tell_staff(delivery)
        else:
            wait = min(timedelta(minutes=2**delivery.attempts), LONGEST)
            await self._settle(delivery, DeliveryState.QUEUED, self.clock.now() + wait, verdict.value)
            if verdict is MailVerdict.SETTINGS and delivery.attempts == 1:
                await self._tell_staff(delivery)

    async def _waits(self, delivery: DigestDelivery) -> datetime | None:
        """Until when a new reader gets nothing by mail, since people have their days to say no (decision 3)."""
        now = self.clock.now()
        async with self.database.reading() as work:
            stored, setting = await work.digests.get(delivery.digest_id), await work.settings.get()
            waits = await must_wait(work, stored.review_id, now) if stored else None
        if waits is None or setting is None:
            return None
        return now + _TOMORROW if waits.until is None else local(waits.until, time(0, 0), setting.zone)

    async def _is_overtaken(self, delivery: DigestDelivery) -> bool:
        """Whether a newer version is there, which has a delivery of its own: this one may hold words taken back."""
        async with self.database.reading() as work:
            stored = await work.digests.get(delivery.digest_id)
            latest = await work.digests.latest(stored.review_id) if stored else None
        return latest is not None and latest.id != delivery.digest_id

    async def _sent(self, mail: DigestMail | None) -> MailVerdict:
        if mail is None:
            return MailVerdict.SETTINGS
        if mail.html and size_of(mail) > self.settings.mail_limit_mb * MEGABYTE:
            return MailVerdict.TOO_LARGE
        return await send_digest(mail_settings(self.settings), mail)

    async def _say_so_instead(self, delivery: DigestDelivery) -> None:
        """No way for a mail of this size: the reader gets one that says what to open in Telegram."""
        now = self.clock.now()
        async with self.database.work() as work:
            error = MailVerdict.TOO_LARGE.value
            await work.digests.settle_delivery(delivery.id, DeliveryState.FAILED, now, error=error)
            await work.digests.add_delivery(delivery.digest_id, delivery.staff_id, Channel.NOTICE, now)
            await work.commit()

    async def _mail(self, delivery: DigestDelivery) -> DigestMail | None:
        async with self.database.reading() as work:
            stored = await work.digests.get(delivery.digest_id)
            staff = await work.staff.get(delivery.staff_id)
            review = await work.reviews.get(stored.review_id) if stored else None
            coordinator = await work.staff.get(review.coordinator_id) if review else None
        if stored is None or review is None or staff is None or staff.state is not StaffState.ACTIVE:
            return None
        envelope = Envelope(
            to=staff.email,
            message_id=f"{delivery.id}@{MESSAGE_HOST}",
            at=self.clock.now(),
            reply_to=self.settings.mail_reply_to or (coordinator.email if coordinator else ""),
            thread=f"review-{review.id}@{MESSAGE_HOST}",
        )
        if delivery.channel is Channel.NOTICE:
            return notice(self.notices.post, review.meeting, envelope)
        with_pack = stored.kind is not DigestKind.FIRST  # version 1 is still being checked by the young person
        async with self.database.reading() as work:
            digest = await content_of(work, stored)
        mail = await asyncio.to_thread(mailed, digest, self.words, envelope, self.images, with_pack=with_pack)
        mail = await self._in_own_template(mail, digest) if with_pack and self.settings.word_template else mail
        return await self._with_media(mail, digest) if self.settings.mail_media else mail

    async def _in_own_template(self, mail: DigestMail, digest: Digest) -> DigestMail:
        """With the digest in the deployer's own template, too. One that has a fault now keeps no mail back."""
        try:
            content = await asyncio.to_thread(filled, self.settings.word_template or Path(), digest, self.words)
        except TemplateFaultError as error:
            log.error("word_template_fault", error=type(error).__name__)  # noqa: TRY400  its text is for `firsthand check`
            return mail
        name = self.words.say(Phrase.MAIL_DOCX_OWN, date=digest.meeting.isoformat())
        return replace(mail, also=(*mail.also, Enclosure(name, WORD, content)))

    async def _with_media(self, mail: DigestMail, digest: Digest) -> DigestMail:
        async with self.database.reading() as work:
            found = await enclosed(work, digest, mail, self.settings.mail_limit_mb)
        return with_media(mail, found, self.words)

    async def _settle(
        self, delivery: DigestDelivery, state: DeliveryState, not_before: datetime | None = None, error: str = ""
    ) -> None:
        now = self.clock.now()
        async with self.database.work() as work:
            await work.digests.settle_delivery(delivery.id, state, now, not_before=not_before, error=error)
            await work.commit()

    async def _tell_staff(self, delivery: DigestDelivery) -> None:
        """Never silent: the professional hears in Telegram that the mail did not go, and can open it there."""
        async with self.database.work() as work:
            staff = await work.staff.get(delivery.staff_id)
            stored = await work.digests.get(delivery.digest_id)
            review = await work.reviews.get(stored.review_id) if stored else None
            person = await work.people.get(review.young_person_id) if review else None
            if staff is not None and person is not None:
                text = self.notices.post.line(Line.STAFF_MAIL_FAILED, name=person.first_name)
                await self.notices.to_staff(work, staff, f"mail:{delivery.id}", text)
            await work.commit()


def mail_settings(settings: Settings) -> MailSettings:
    """How mail leaves, from the operator's settings."""
    password = settings.mail_password.get_secret_value() if settings.mail_password else ""
    return MailSettings(
        host=settings.mail_host,
        port=settings.mail_port,
        sender=settings.mail_from,
        security=settings.mail_security,
        user=settings.mail_user,
        password=password,
        bounces_to=settings.mail_bounces_to,
    )


def notice(post: Post, meeting: date, envelope: Envelope) -> DigestMail:
    """A mail that says that there is something to read, and nothing of it."""
    return DigestMail(
        to=envelope.to,
        subject=post.line(Line.STAFF_MAIL_NOTICE_SUBJECT, date=meeting),
        text=post.line(Line.STAFF_MAIL_NOTICE, date=meeting),
        message_id=envelope.message_id,
        at=envelope.at,
        reply_to=envelope.reply_to,
        thread=envelope.thread,
    )
