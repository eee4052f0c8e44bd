"""Mail. What went wrong comes back as one of four verdicts, without address, subject or words."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as MAIL_LINES
from email.policy import SMTPUTF8 as WIDE_LINES
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from ipaddress import ip_address
from typing import Final

import aiosmtplib

from bot.settings import MailSecurity

_TRY_AGAIN: Final = range(400, 500)
_SIZE: Final = frozenset({523, 552})
"""More than the server, or the mailbox, takes (RFC 1870, RFC 5321)."""
_WIDE: Final = "SMTPUTF8"
_ENCODED: Final = "=?"


class MailVerdict(StrEnum):
    """How one sending ended."""

    SENT = "sent"
    RETRY = "retry"  # the server is down, slow or busy: the same again later
    TOO_LARGE = "too_large"  # the server takes no mail of this size: the reader gets a notice
    GIVE_UP_ADDRESS = "give_up_address"  # the address takes no mail: staff look at it
    SETTINGS = "settings"  # password, encryption, sender or the message itself refused: the operator looks at it


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mail leaves. `security` NONE is refused for any host but this machine; `timeout` is in seconds.

    Reports of failure go to `bounces_to`, else to the sender.
    """

    host: str
    port: int
    sender: str = field(repr=False)
    security: MailSecurity
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    bounces_to: str = field(default="", repr=False)


PDF: Final = "application/pdf"


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a mail. Its name tells what it is and nobody's name."""

    name: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class DigestMail:
    """One mail; without `html` or `file_name` it is words alone.

    `subject` and file names name nobody; `also` are further documents, `media` what people sent. `message_id` and
    `thread`, which all mails about one review share, are without angle brackets; they stay on a retry.
    """

    to: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    message_id: str
    at: datetime
    html: str = field(default="", repr=False)
    pdf: bytes = field(default=b"", repr=False)
    file_name: str = ""
    reply_to: str = field(default="", repr=False)
    thread: str = ""
    also: tuple[Enclosure, ...] = ()
    media: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Written:
    """A mail as it goes over the line; `is_wide` where an address has letters beyond ASCII."""

    sender: str = field(repr=False)
    to: str = field(repr=False)
    content: bytes = field(repr=False)
    is_wide: bool


async def send_digest(settings: MailSettings, mail: DigestMail) -> MailVerdict:
    """Hand one mail to the server.

    An answer lost after the hand-over says RETRY: the mail may then arrive twice, with the same Message-ID.
    """
    if settings.security is MailSecurity.NONE and not is_this_machine(settings.host):
        return MailVerdict.SETTINGS
    written = await asyncio.to_thread(_written, settings, mail)  # recordings make it large: half a second and more
    if isinstance(written, MailVerdict):
        return written
    client = aiosmtplib.SMTP(
        hostname=settings.host,
        port=settings.port,
        timeout=settings.timeout,
        use_tls=settings.security is MailSecurity.TLS,
        start_tls=False,  # asked for below, where its refusal can be told from others
        tls_context=_tls(settings.host),
    )
    try:
        refused = await _opened(client, settings)
        return refused or await _handed_over(client, written)
    finally:
        client.close()


def is_this_machine(host: str) -> bool:
    """Whether mail to this host never leaves the machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


async def _opened(client: aiosmtplib.SMTP, settings: MailSettings) -> MailVerdict | None:
    """Connect, encrypt, log in; a verdict if that cannot be."""
    try:
        await client.connect()
        if settings.security is MailSecurity.STARTTLS:
            await client.starttls()
        if settings.user:
            await client.login(settings.user, settings.password)
    except aiosmtplib.SMTPResponseException as error:
        return MailVerdict.RETRY if error.code in _TRY_AGAIN else MailVerdict.SETTINGS
    except (aiosmtplib.SMTPException, OSError) as error:
        return _unopened(error)
    return None


def _unopened(error: Exception) -> MailVerdict:
    causes = (error, error.__cause__, error.__context__)
    if any(isinstance(each, ssl.SSLError) for each in causes):
        return MailVerdict.SETTINGS
    if isinstance(error, OSError):  # aiosmtplib's lost and timed-out connections are among these
        return MailVerdict.RETRY
    return MailVerdict.SETTINGS  # the server offers no encryption, or no log-in


async def _handed_over(client: aiosmtplib.SMTP, written: _Written) -> MailVerdict:
    try:
        if written.is_wide:
            await client.ehlo()
            if not client.supports_extension(_WIDE):
                return MailVerdict.GIVE_UP_ADDRESS  # letters in the address that this server cannot carry
        options = [_WIDE] if written.is_wide else []
        await client.sendmail(written.sender, [written.to], written.content, mail_options=options)
    except aiosmtplib.SMTPRecipientsRefused as error:
        codes = [each.code for each in error.recipients]
        return MailVerdict.RETRY if any(code in _TRY_AGAIN for code in codes) else MailVerdict.GIVE_UP_ADDRESS
    except aiosmtplib.SMTPResponseException as error:
        return _refused(error.code)
    except (aiosmtplib.SMTPException, OSError):
        return MailVerdict.RETRY
    with suppress(aiosmtplib.SMTPException, OSError):
        await client.quit()  # the server has taken the mail: how it says goodbye no longer matters
    return MailVerdict.SENT


def _refused(code: int) -> MailVerdict:
    if code in _SIZE:
        return MailVerdict.TOO_LARGE
    return MailVerdict.RETRY if code in _TRY_AGAIN else MailVerdict.SETTINGS


def _written(settings: MailSettings, mail: DigestMail) -> _Written | MailVerdict:
    sender, to = _address(settings.sender), _address(mail.to)
    if to is None:
        return MailVerdict.GIVE_UP_ADDRESS
    if sender is None:
        return MailVerdict.SETTINGS
    message = EmailMessage(MAIL_LINES)
    message["From"] = sender
    message["To"] = to
    reply_to = _address(mail.reply_to)
    if reply_to is not None:
        message["Reply-To"] = reply_to
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{_one_line(mail.message_id)}>"
    if mail.thread:
        message["References"] = message["In-Reply-To"] = f"<{_one_line(mail.thread)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_writable(mail.text), cte="base64")
    if mail.html:
        message.add_alternative(_writable(mail.html), subtype="html", cte="base64")
    own = [Enclosure(mail.file_name, PDF, mail.pdf)] if mail.file_name else []
    for each in (*own, *mail.also, *mail.media):
        kind, _, form = each.mime.partition("/")
        message.add_attachment(each.content, maintype=kind, subtype=form, filename=_one_line(each.name))
    wide = not (sender.addr_spec + to.addr_spec).isascii()
    content = message.as_bytes(policy=WIDE_LINES if wide else MAIL_LINES)
    back = _address(settings.bounces_to) or sender
    return _Written(back.addr_spec, to.addr_spec, content, is_wide=wide)


def _address(written: str) -> Address | None:
    """The one address in `written`, or None: a line break or a second address in it is no address."""
    name, plain = parseaddr(_writable(written))
    if not plain or _ENCODED in plain or any(sign in written for sign in "\r\n,;"):
        return None
    try:
        return Address(display_name=_one_line(name), addr_spec=plain)
    except (MessageError, ValueError, IndexError):
        return None


def _one_line(text: str) -> str:
    """One line, and no encoded word: Python would decode it, and write the line breaks in it into the head."""
    return " ".join(_writable(text).replace(_ENCODED, "= ?").split())


def _writable(text: str) -> str:
    """`text` with half surrogate pairs, which no mail can carry, as their numbers."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _tls(host: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if is_this_machine(host):
        # Nothing leaves the machine, and certificates of test servers are self-signed.
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
