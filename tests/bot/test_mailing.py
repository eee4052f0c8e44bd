"""From the row of a delivery to a real mailbox: tried again, given up, and never silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
import structlog
from pydantic import SecretStr

from bot.demo.mailbox import Mailbox
from bot.documents.mailed import Envelope, mailed
from bot.documents.pictures import Images
from bot.mail import DigestMail
from bot.mailing import mail_settings
from conversations.digest import Digest
from conversations.document_words import DocumentWords
from conversations.lines import Line
from storage.records import Channel, DeliveryState, DigestDelivery, DigestKind
from tests.bot.college import OKAFOR, PATEL, College


async def made(college: College, kind: DigestKind = DigestKind.FIRST) -> str:
    """A digest whose deliveries wait; its id."""
    review = (await college.plan()).review
    async with college.database.work() as work:
        stored = await college.bot.prompts.digests.make(work, review, kind)
        await work.commit()
    assert stored is not None
    return stored.id


async def delivery(college: College, digest_id: str, channel: Channel = Channel.MAIL) -> DigestDelivery:
    async with college.database.reading() as work:
        (one,) = [each for each in await work.digests.deliveries(digest_id) if each.channel is channel]
    return one


async def test_a_digest_arrives_once_and_is_noted(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    await college.staff_joins()
    digest = await made(college)
    with structlog.testing.capture_logs() as logs:
        assert await college.bot.mailing.tick() == 2
    assert await college.bot.mailing.tick() == 0
    (mail,) = mailbox.messages
    assert mail.recipients == (OKAFOR.email,)
    assert mail.encrypted
    assert not any(name in str(mail.message["Subject"]) for name in ("Sam", "Okafor"))
    for channel in (Channel.MAIL, Channel.TELEGRAM):
        assert (await delivery(college, digest, channel)).state is DeliveryState.SENT
    assert not any(private in str(logs) for private in ("okafor", "Sam", "example.org"))


async def test_its_document_has_the_deployers_pictures(
    mailing_college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    college, given = mailing_college, list[Images]()

    def noted(
        digest: Digest, words: DocumentWords, envelope: Envelope, images: Images, *, with_pack: bool
    ) -> DigestMail:
        given.append(images)
        return mailed(digest, words, envelope, images, with_pack=with_pack)

    monkeypatch.setattr("bot.mailing.mailed", noted)
    await made(college)
    await college.bot.mailing.tick()
    assert given == [college.bot.drawer.images]


async def test_trouble_is_tried_again_later_each_time_and_the_mail_keeps_its_id(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    digest = await made(college)
    await mailbox.go_down()
    waits = []
    for _ in range(3):
        assert await college.bot.mailing.tick() == 1
        waiting = await delivery(college, digest)
        assert (waiting.state, waiting.last_error) == (DeliveryState.QUEUED, "retry")
        assert await college.bot.mailing.tick() == 0
        waits.append(waiting.not_before - college.clock.now())
        college.clock.move_to(waiting.not_before)
    assert waits == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    await mailbox.come_up()
    await college.bot.mailing.tick()
    (mail,) = mailbox.messages
    assert mail.message["Message-ID"] == f"<{(await delivery(college, digest)).id}@firsthand.invalid>"


async def test_a_version_that_waits_is_not_mailed_any_more_once_there_is_a_newer_one(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    planned = await college.plan()
    ids = []
    await mailbox.go_down()
    for kind in DigestKind.FIRST, DigestKind.PACK:
        async with college.database.work() as work:
            stored = await college.bot.prompts.digests.make(work, planned.review, kind)
            await work.commit()
        assert stored is not None
        ids.append(stored.id)
        await college.bot.mailing.tick()
    college.clock.move_by(timedelta(hours=2))
    await mailbox.come_up()
    await college.bot.mailing.tick()
    (mail,) = mailbox.messages
    older, newer = [await delivery(college, each) for each in ids]
    assert (older.state, older.last_error) == (DeliveryState.FAILED, "newer_version")
    assert mail.message["Message-ID"] == f"<{newer.id}@firsthand.invalid>"


async def test_after_ten_tries_staff_are_told(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    account = await college.staff_joins()
    digest = await made(college)
    await college.queued()
    await mailbox.go_down()
    for _ in range(10):
        assert await college.said_to(account) == []
        await college.bot.mailing.tick()
        college.clock.move_by(timedelta(hours=2))
    assert await college.bot.mailing.tick() == 0
    assert (await delivery(college, digest)).state is DeliveryState.FAILED
    assert await college.said_to(account) == [college.post.line(Line.STAFF_MAIL_FAILED, name="Sam")]


async def test_an_address_that_takes_no_mail_is_given_up_and_staff_are_told(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    account = await college.staff_joins()
    digest = await made(college)
    await college.queued()
    mailbox.refuse_recipient(OKAFOR.email)
    await college.bot.mailing.tick()
    gone = await delivery(college, digest)
    assert (gone.state, gone.last_error) == (DeliveryState.FAILED, "give_up_address")
    assert len(await college.said_to(account)) == 1


async def test_a_matter_of_settings_is_told_once_and_tried_again(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    account = await college.staff_joins()
    digest = await made(college)
    await college.queued()
    for _ in range(2):
        mailbox.refuse_next("554 Never")
        await college.bot.mailing.tick()
        college.clock.move_by(timedelta(hours=2))
    assert (await delivery(college, digest)).last_error == "settings"
    assert len(await college.said_to(account)) == 1
    await college.bot.mailing.tick()
    assert (await delivery(college, digest)).state is DeliveryState.SENT


async def test_what_a_process_left_claimed_is_due_again(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    await made(college)
    async with college.database.work() as work:
        assert await work.digests.claim_delivery(college.clock.now()) is not None
        await work.commit()
    assert await college.bot.mailing.tick() == 0
    await college.bot.mailing.release_stuck()
    assert await college.bot.mailing.tick() == 0
    college.clock.move_by(timedelta(minutes=11))
    await college.bot.mailing.release_stuck()
    assert await college.bot.mailing.tick() == 1
    assert len(mailbox.messages) == 1


async def test_a_pack_brings_the_copies_to_hand_out_and_the_first_version_does_not(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    review = (await college.plan()).review
    for kind in (DigestKind.FIRST, DigestKind.PACK):
        async with college.database.work() as work:
            await college.bot.prompts.digests.make(work, review, kind)
            await work.commit()
        await college.bot.mailing.tick()
    first, pack = (len(list(mail.message.iter_attachments())) for mail in mailbox.messages)
    assert first == 1
    assert pack >= first


def test_a_mail_password_is_handed_on(mailing_college: College) -> None:
    settings = mailing_college.bot.mailing.settings.model_copy(update={"mail_password": SecretStr("hunter2")})
    assert mail_settings(settings).password == "hunter2"
    assert "hunter2" not in repr(mail_settings(settings))


async def test_whoever_begins_alone_takes_over_at_once_what_a_process_left_claimed(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    await made(college)
    assert await college.bot.mailing._claim() is not None
    await college.bot.release_stuck()
    assert await college.bot.mailing.tick() == 0
    await college.bot.release_stuck(everything=True)
    assert await college.bot.mailing.tick() == 1
    assert len(mailbox.messages) == 1


async def test_nothing_goes_to_a_colleague_who_left_since_it_was_queued(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    await made(college)
    async with college.database.work() as work:
        await work.staff.end(OKAFOR.id)
        await work.commit()
    assert await college.bot.mailing.tick() == 1
    assert mailbox.messages == []


async def test_mails_about_one_review_share_a_thread_and_answers_go_to_the_coordinator(
    mailing_college: College, mailbox: Mailbox
) -> None:
    college = mailing_college
    review = (await college.plan()).review
    for kind in (DigestKind.FIRST, DigestKind.UPDATE):
        async with college.database.work() as work:
            assert await college.bot.prompts.digests.make(work, review, kind) is not None
            await work.commit()
        await college.bot.mailing.tick()
    first, second = (mail.message for mail in mailbox.messages)
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["Subject"] == second["Subject"]
    assert first["Reply-To"] == PATEL.email


async def test_reports_and_answers_go_where_the_deployer_says(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    changed = {"mail_reply_to": "reviews@example.org", "mail_bounces_to": "back@example.org"}
    mailing = replace(college.bot.mailing, settings=college.bot.mailing.settings.model_copy(update=changed))
    await made(college)
    await mailing.tick()
    (mail,) = mailbox.messages
    assert mail.message["Reply-To"] == "reviews@example.org"
    assert mail.sender == "back@example.org"
    assert mail.message["From"] == "bot@example.org"


async def test_where_policy_asks_for_it_mail_holds_nothing(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    digests = replace(college.bot.prompts.digests, notice_only=True)
    review = (await college.plan()).review
    async with college.database.work() as work:
        stored = await digests.make(work, review, DigestKind.FIRST)
        await work.commit()
    assert stored is not None
    await college.bot.mailing.tick()
    (mail,) = mailbox.messages
    assert mail.message.get_content_type() == "text/plain"
    assert "Sam" not in mail.message.as_string()
    assert "24 November 2026" in mail.message["Subject"]
    assert (await delivery(college, stored.id, Channel.NOTICE)).state is DeliveryState.SENT


async def test_a_mail_that_is_too_large_becomes_a_notice(mailing_college: College, mailbox: Mailbox) -> None:
    college = mailing_college
    small = replace(college.bot.mailing, settings=college.bot.mailing.settings.model_copy(update={"mail_limit_mb": 0}))
    digest = await made(college)
    await small.tick()
    assert (await delivery(college, digest)).last_error == "too_large"
    sent = replace(college.bot.mailing)
    await sent.tick()
    (mail,) = mailbox.messages
    assert mail.message.get_content_type() == "text/plain"
    assert (await delivery(college, digest, Channel.NOTICE)).state is DeliveryState.SENT
