"""The mail server on loopback, driven by the client that the service uses."""

import ssl
from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import pytest

from bot.demo.mailbox import Mailbox, MailRules


def letter(to: str = "teacher@school.example") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "firsthand@school.example"
    message["To"] = to
    message["Subject"] = "Zoë’s review 😀"
    message.set_content("Here it is.\n")
    message.add_attachment(bytes(range(256)) * 40, maintype="application", subtype="pdf", filename="digest.pdf")
    return message


async def send(mailbox: Mailbox, message: EmailMessage, user: str = "", password: str = "") -> None:
    tls = mailbox.rules.starttls
    await aiosmtplib.send(
        message,
        hostname=mailbox.host,
        port=mailbox.port,
        start_tls=tls,
        tls_context=mailbox.trusting_context() if tls else None,
        username=user or None,
        password=password or None,
        timeout=5,
    )


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox(MailRules(user="firsthand", password="let me in")) as box:
        yield box


async def test_mail_arrives_encrypted_whole_and_from_whom_it_says(mailbox: Mailbox) -> None:
    await send(mailbox, letter(), "firsthand", "let me in")
    await mailbox.until(lambda box: box.messages)
    (delivered,) = mailbox.messages
    assert delivered.encrypted
    assert delivered.authenticated
    assert delivered.sender == "firsthand@school.example"
    assert delivered.recipients == ("teacher@school.example",)
    assert delivered.message["Subject"] == "Zoë’s review 😀"
    (attachment,) = delivered.message.iter_attachments()
    assert attachment.get_content() == bytes(range(256)) * 40


async def test_a_wrong_password_and_none_at_all_are_refused(mailbox: Mailbox) -> None:
    with pytest.raises(aiosmtplib.SMTPAuthenticationError):
        await send(mailbox, letter(), "firsthand", "wrong")
    with pytest.raises(aiosmtplib.SMTPResponseException):
        await send(mailbox, letter())
    assert mailbox.messages == []


async def test_a_certificate_that_nobody_signed_is_not_trusted_by_default(
    mailbox: Mailbox,
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        await aiosmtplib.send(letter(), hostname=mailbox.host, port=mailbox.port, start_tls=True, timeout=5)
    assert mailbox.messages == []


async def test_its_certificate_can_be_handed_to_another_process(mailbox: Mailbox) -> None:
    context = ssl.create_default_context(cadata=mailbox.certificate)
    async with aiosmtplib.SMTP(hostname=mailbox.host, port=mailbox.port, start_tls=True, tls_context=context) as client:
        assert client.is_connected


async def test_mail_without_encryption_is_refused_where_it_is_offered(mailbox: Mailbox) -> None:
    with pytest.raises(aiosmtplib.SMTPException):
        await aiosmtplib.send(letter(), hostname=mailbox.host, port=mailbox.port, start_tls=False, timeout=5)
    assert mailbox.messages == []


async def test_a_server_may_offer_no_encryption() -> None:
    async with Mailbox(MailRules(starttls=False)) as mailbox:
        with pytest.raises(aiosmtplib.SMTPException):
            await aiosmtplib.send(letter(), hostname=mailbox.host, port=mailbox.port, start_tls=True, timeout=5)
        await send(mailbox, letter())
        assert [delivered.encrypted for delivered in mailbox.messages] == [False]
        assert mailbox.certificate is None
        with pytest.raises(LookupError):
            mailbox.trusting_context()
    with pytest.raises(ValueError, match="encrypted"):
        MailRules(starttls=False, user="firsthand")


async def test_a_recipient_can_be_refused_for_now_or_for_good() -> None:
    async with Mailbox() as mailbox:
        mailbox.refuse_recipient("Nobody@school.example")
        mailbox.refuse_recipient("later@school.example", "450 4.2.1 Try later")
        for address, code in (("nobody@school.example", 550), ("later@school.example", 450)):
            with pytest.raises(aiosmtplib.SMTPRecipientsRefused) as refused:
                await send(mailbox, letter(address))
            assert [each.code for each in refused.value.recipients] == [code]
        await send(mailbox, letter())
        assert len(mailbox.messages) == 1


@pytest.mark.parametrize("reply", ["451 4.3.0 Try again later", "554 5.7.1 Rejected"])
async def test_the_next_messages_can_be_refused(reply: str) -> None:
    async with Mailbox() as mailbox:
        mailbox.refuse_next(reply, times=2)
        for _ in range(2):
            with pytest.raises(aiosmtplib.SMTPDataError, match=reply[4:]) as refused:
                await send(mailbox, letter())
            assert refused.value.code == int(reply[:3])
        await send(mailbox, letter())
        assert len(mailbox.messages) == 1


async def test_it_goes_down_and_comes_back_at_the_same_port() -> None:
    async with Mailbox() as mailbox:
        client = aiosmtplib.SMTP(
            hostname=mailbox.host,
            port=mailbox.port,
            start_tls=True,
            tls_context=mailbox.trusting_context(),
        )
        await client.connect()
        await mailbox.go_down()
        await mailbox.go_down()
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await client.send_message(letter())
        with pytest.raises(aiosmtplib.SMTPConnectError):
            await send(mailbox, letter())
        await mailbox.come_up()
        await send(mailbox, letter())
        assert len(mailbox.messages) == 1


def test_addresses_and_passwords_do_not_show_in_a_repr() -> None:
    assert "let me in" not in repr(MailRules(user="firsthand", password="let me in"))
