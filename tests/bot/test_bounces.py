"""Mail that comes back: only a report of a failure for good counts, once, and staff are told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bounces import BOUNCED, Bounces, returned
from bot.demo.mailbox import Mailbox
from bot.telegram import outbound
from conversations.lines import Line
from storage.records import Channel, DeliveryState, DigestDelivery, DigestKind
from tests.bot.college import PATEL, College, college_in

OURS = "0190a1b2-aaaa@firsthand.invalid"


def report(
    action: str = "failed", status: str = "5.1.1", message_id: str = OURS, kind: str = "message/rfc822"
) -> bytes:
    """A report as mail servers write it (RFC 3464)."""
    back = f"Message-ID: <{message_id}>\r\nSubject: Words for a review meeting\r\n\r\n"
    return (
        "From: MAILER-DAEMON@mail.example.org\r\nTo: bot@example.org\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nIt did not go.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; okafor@example.org\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--b\r\nContent-Type: {kind}\r\n\r\n{back}\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_failure_names_the_delivery(kind: str) -> None:
    assert returned(report(kind=kind)) == "0190a1b2-aaaa"


@pytest.mark.parametrize(
    "other",
    [
        report(action="delayed", status="4.4.1"),
        report(action="failed", status="4.2.2"),
        report(message_id="somebody@else.example.org"),
        b"",
        b"\x00\xff not a mail",
        b"Subject: On holiday\r\nIn-Reply-To: <" + OURS.encode() + b">\r\n\r\nBack on Monday.",
        b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n--b--",
        b"Content-Type: multipart/report\r\n\r\nnothing",
    ],
)
def test_what_is_no_failure_changes_nothing(other: bytes) -> None:
    assert returned(other) is None


@given(st.binary(max_size=3000))
def test_whatever_arrives_is_read_or_put_aside(noise: bytes) -> None:
    assert returned(noise) is None
    returned(report().replace(b"It did not go.", noise))


@pytest.fixture
async def college(tmp_path: Path) -> AsyncIterator[College]:
    async with Mailbox() as mailbox, college_in(tmp_path, mail_port=mailbox.port) as made:
        yield made


async def mailed(college: College) -> DigestDelivery:
    """A digest that went by mail."""
    await college.staff_joins()
    review = (await college.plan()).review
    async with college.database.work() as work:
        account = await work.accounts.add(501)
        await work.staff.attach(PATEL.id, account.id)
        stored = await college.bot.prompts.digests.make(work, review, DigestKind.FIRST)
        await work.commit()
    assert stored is not None
    await college.bot.mailing.tick()
    return await delivery(college, stored.id)


async def delivery(college: College, digest_id: str) -> DigestDelivery:
    async with college.database.reading() as work:
        (one,) = [each for each in await work.digests.deliveries(digest_id) if each.channel is Channel.MAIL]
    return one


async def came_back(college: College, delivery_id: str) -> bool:
    async with college.database.work() as work:
        news = await Bounces(college.notices).came_back(work, delivery_id)
        await work.commit()
    return news


async def test_a_mail_that_came_back_counts_as_not_sent_and_both_are_told_once(college: College) -> None:
    sent = await mailed(college)
    assert sent.state is DeliveryState.SENT
    assert await came_back(college, sent.id)
    now = await delivery(college, sent.digest_id)
    assert (now.state, now.sent_at, now.last_error) == (DeliveryState.FAILED, None, BOUNCED)
    assert not await came_back(college, sent.id), "a second report tells nobody again"
    told = [str(outbound.load(each.payload).parameters.get("text", "")) for each in await college.queued()]
    assert told.count(college.post.line(Line.STAFF_MAIL_FAILED, name="Sam")) == 1
    assert told.count(college.post.line(Line.STAFF_MAIL_BOUNCED, name="Sam", reader="Mr Okafor")) == 1


async def test_a_report_about_nothing_of_ours_changes_nothing(college: College) -> None:
    assert not await came_back(college, "never-was")


def test_reports_with_hundreds_of_parts_are_not_followed_to_their_end() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    for _ in range(80):
        message.add_attachment(b"x", maintype="application", subtype="octet-stream")
    assert returned(message.as_bytes()) is None
