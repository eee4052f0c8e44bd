"""Mail against a real mail server on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
import structlog

from bot.demo.mailbox import Mailbox, MailRules
from bot.mail import DigestMail, MailSettings, MailVerdict, is_this_machine, send_digest
from bot.settings import MailSecurity

MAIL = DigestMail(
    to="okoro@example.org",
    subject="Words for a review — 5 January",
    text="“Grüße 🥁”\nzwei",
    html="<p>“Grüße 🥁”</p>",
    pdf=b"%PDF-1.7\r\n\x00\xff binary\n.\n",
    file_name="review.pdf",
    message_id="d1.1@firsthand",
    at=datetime(2026, 12, 15, 12, 0, tzinfo=UTC),
    reply_to="office@example.org",
)
PRIVATE = ("okoro", "Words for", "Grüße", "hunter2")


def settings(mailbox: Mailbox, security: MailSecurity = MailSecurity.STARTTLS) -> MailSettings:
    return MailSettings("127.0.0.1", mailbox.port, "Hill College <bot@example.org>", security, timeout=2)


@asynccontextmanager
async def answering(*lines: bytes, then_close: bool = True) -> AsyncIterator[int]:
    """A port that says `lines`, one to begin with and one for each line it hears, then hangs up or falls silent."""

    done: set[asyncio.Future[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        done.add(task)
        with suppress(ConnectionError):
            for number, line in enumerate(lines):
                if number:
                    await reader.readline()
                writer.write(line + b"\r\n")
                await writer.drain()
            if not then_close:
                await reader.read()
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]
    await asyncio.gather(*done)


async def test_a_mail_arrives_whole_over_an_encrypted_line() -> None:
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), MAIL) is MailVerdict.SENT
        (arrived,) = mailbox.messages
    message = arrived.message
    assert arrived.encrypted
    assert arrived.recipients == ("okoro@example.org",)
    assert (message["Subject"], message["Message-ID"]) == (MAIL.subject, "<d1.1@firsthand>")
    assert message["From"].addresses[0].addr_spec == "bot@example.org"
    assert message["Reply-To"].addresses[0].addr_spec == "office@example.org"
    assert message["Date"].datetime == MAIL.at
    assert message["Auto-Submitted"] == "auto-generated"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == f"{MAIL.text}\n"
    assert MAIL.html in html.get_content()
    (pdf,) = message.iter_attachments()
    assert (pdf.get_content(), pdf.get_filename(), pdf.get_content_type()) == (
        MAIL.pdf,
        "review.pdf",
        "application/pdf",
    )


async def test_it_is_written_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_loop: list[bool] = []

    def noted(moment: datetime) -> str:
        on_the_loop.append(threading.current_thread() is threading.main_thread())
        return format_datetime(moment)

    monkeypatch.setattr("bot.mail.format_datetime", noted)
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), MAIL) is MailVerdict.SENT
    assert on_the_loop == [False]


async def test_a_password_opens_the_server_and_a_wrong_one_is_a_matter_of_settings() -> None:
    async with Mailbox(MailRules(user="bot", password="hunter2")) as mailbox:
        right = replace(settings(mailbox), user="bot", password="hunter2")
        assert await send_digest(right, MAIL) is MailVerdict.SENT
        assert mailbox.messages[0].authenticated
        assert await send_digest(replace(right, password="wrong"), MAIL) is MailVerdict.SETTINGS
        assert await send_digest(replace(right, user=""), MAIL) is MailVerdict.SETTINGS
        assert len(mailbox.messages) == 1


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("550 5.1.1 No such mailbox", MailVerdict.GIVE_UP_ADDRESS),
        ("553 5.1.3 Bad address", MailVerdict.GIVE_UP_ADDRESS),
        ("450 4.2.1 Try later", MailVerdict.RETRY),
    ],
)
async def test_a_refused_address_is_given_up_or_tried_again(reply: str, verdict: MailVerdict) -> None:
    async with Mailbox() as mailbox:
        mailbox.refuse_recipient(MAIL.to, reply)
        assert await send_digest(settings(mailbox), MAIL) is verdict
        assert mailbox.messages == []


@pytest.mark.parametrize(("reply", "verdict"), [("451 Later", MailVerdict.RETRY), ("554 Never", MailVerdict.SETTINGS)])
async def test_a_refused_message_is_tried_again_or_shown_to_the_operator(reply: str, verdict: MailVerdict) -> None:
    async with Mailbox() as mailbox:
        mailbox.refuse_next(reply)
        assert await send_digest(settings(mailbox), MAIL) is verdict
        if verdict is MailVerdict.RETRY:
            assert await send_digest(settings(mailbox), MAIL) is MailVerdict.SENT


async def test_a_server_that_is_down_is_tried_again() -> None:
    async with Mailbox() as mailbox:
        await mailbox.go_down()
        assert await send_digest(settings(mailbox), MAIL) is MailVerdict.RETRY


@pytest.mark.parametrize(
    ("lines", "then_close", "verdict"),
    [
        ((b"421 busy",), True, MailVerdict.RETRY),
        ((b"554 go away",), True, MailVerdict.SETTINGS),
        ((b"220 hello",), True, MailVerdict.RETRY),
        ((), False, MailVerdict.RETRY),
        ((b"220 hello", b"250 me", b"250 sender", b"250 recipient"), True, MailVerdict.RETRY),
        ((b"220 hello", b"250 me", b"452 full"), True, MailVerdict.RETRY),
        ((b"220 hello", b"250 me", b"550 not you"), True, MailVerdict.SETTINGS),
    ],
    ids=["busy", "unwelcome", "hangs up", "silent", "lost while sending", "sender later", "sender refused"],
)
async def test_every_way_a_server_can_fail_has_a_verdict(
    lines: tuple[bytes, ...], then_close: bool, verdict: MailVerdict
) -> None:
    async with answering(*lines, then_close=then_close) as port:
        given = MailSettings("127.0.0.1", port, "bot@example.org", MailSecurity.NONE, timeout=0.5)
        assert await send_digest(given, MAIL) is verdict


async def test_without_encryption_nothing_is_sent_where_it_was_asked_for() -> None:
    async with Mailbox(MailRules(starttls=False)) as mailbox:
        assert await send_digest(settings(mailbox), MAIL) is MailVerdict.SETTINGS
        assert await send_digest(settings(mailbox, MailSecurity.TLS), MAIL) is not MailVerdict.SENT
        assert mailbox.messages == []
        assert await send_digest(settings(mailbox, MailSecurity.NONE), MAIL) is MailVerdict.SENT


async def test_an_open_line_to_another_machine_is_refused_before_it_is_opened() -> None:
    given = MailSettings("mail.example.org", 25, "bot@example.org", MailSecurity.NONE)
    assert await send_digest(given, MAIL) is MailVerdict.SETTINGS


async def test_a_certificate_is_checked_on_any_machine_but_this(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Mailbox() as mailbox:
        monkeypatch.setattr("bot.mail.is_this_machine", lambda _: False)
        assert await send_digest(settings(mailbox), MAIL) is MailVerdict.SETTINGS
        assert mailbox.messages == []


@pytest.mark.parametrize(
    "address",
    ["", "no address", "a@b.org\r\nBcc: c@d.org", "a@b.org, c@d.org", "a@b.org;c@d.org", "@", "<>", "a@", "a b@c.org"],
)
async def test_what_is_no_single_address_gets_no_mail(address: str) -> None:
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), replace(MAIL, to=address)) is MailVerdict.GIVE_UP_ADDRESS
        assert await send_digest(replace(settings(mailbox), sender=address), MAIL) is MailVerdict.SETTINGS
        assert mailbox.messages == []


async def test_line_breaks_make_no_header() -> None:
    sly = replace(
        MAIL, subject="Words\r\nBcc: thief@example.org\r\n\r\nBody", file_name='a"\r\nX-Evil: 1.pdf', reply_to="x\r\ny"
    )
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), sly) is MailVerdict.SENT
        (arrived,) = mailbox.messages
    assert arrived.recipients == ("okoro@example.org",)
    assert arrived.message["Subject"] == "Words Bcc: thief@example.org Body"
    assert (arrived.message["Bcc"], arrived.message["X-Evil"], arrived.message["Reply-To"]) == (None, None, None)


async def test_signs_that_no_mail_can_carry_are_written_as_their_numbers() -> None:
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), replace(MAIL, text="a\ud800\x00b")) is MailVerdict.SENT
        plain = mailbox.messages[0].message.get_body(("plain",))
    assert plain is not None
    assert "a\\ud800\x00b" in plain.get_content()


async def test_an_address_that_mail_headers_cannot_carry_is_given_up() -> None:
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), replace(MAIL, to="öko@example.org")) is MailVerdict.GIVE_UP_ADDRESS


async def test_an_address_with_other_letters_is_sent_where_the_server_can_and_given_up_where_not() -> None:
    to = replace(MAIL, to="okoro@schüle.org")
    async with Mailbox() as mailbox:
        assert await send_digest(settings(mailbox), to) is MailVerdict.SENT
    async with answering(b"220 hello", b"250 me") as port:
        given = MailSettings("127.0.0.1", port, "bot@example.org", MailSecurity.NONE, timeout=0.5)
        assert await send_digest(given, to) is MailVerdict.GIVE_UP_ADDRESS


async def test_nothing_private_reaches_a_log_or_a_repr() -> None:
    with structlog.testing.capture_logs() as logs:
        async with Mailbox() as mailbox:
            mailbox.refuse_recipient(MAIL.to)
            given = replace(settings(mailbox), user="u", password="hunter2")
            await send_digest(given, MAIL)
    seen = f"{logs} {MAIL!r} {given!r}"
    assert not any(each in seen for each in PRIVATE)


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("LOCALHOST", True),
        ("10.0.0.1", False),
        ("localhost.evil.org", False),
    ],
)
def test_this_machine_is_known_by_its_address(host: str, here: bool) -> None:
    assert is_this_machine(host) is here
