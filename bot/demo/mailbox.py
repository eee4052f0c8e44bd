"""A real mail server on loopback that keeps what it gets and passes nothing on."""

import asyncio
import logging
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Self, final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.demo.certificates import SelfSigned, self_signed
from bot.demo.pulse import Pulse
from bot.demo.serving import HOST, abort, bound

# It warns at each login about an attribute of its own that nobody here uses.
logging.getLogger("mail.log").setLevel(logging.ERROR)

_ACCEPTED = "250 OK"
_LARGEST = 40 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class MailRules:
    """What the server offers and asks for; a user name without STARTTLS is refused."""

    starttls: bool = True
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.user and not self.starttls:
            raise ValueError("a password is taken over an encrypted connection only")


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message as it arrived."""

    sender: str = field(repr=False)
    recipients: tuple[str, ...] = field(repr=False)
    message: EmailMessage = field(repr=False)
    encrypted: bool
    authenticated: bool


@final
class Mailbox:
    """`async with Mailbox(rules) as mailbox:` takes mail until the block ends."""

    host = HOST

    def __init__(self, rules: MailRules | None = None) -> None:
        self.rules = rules or MailRules()
        self.messages: list[Delivered] = []
        self._pulse = Pulse()
        self._certificate = self_signed() if self.rules.starttls else None
        self._refused: dict[str, str] = {}
        self._refuse_next: deque[str] = deque()
        self._reserved = bound(0)
        self._listener: asyncio.Server | None = None
        self._open: set[SMTP] = set()
        self.port: int = self._reserved.getsockname()[1]

    async def __aenter__(self) -> Self:
        await self.come_up()
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.go_down()
        self._reserved.close()

    async def come_up(self) -> None:
        """Take connections, at the same port as before."""
        if self._listener is None:
            loop = asyncio.get_running_loop()
            self._listener = await loop.create_server(self._session, sock=bound(self.port))

    async def go_down(self) -> None:
        """Break every connection and refuse new ones."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        listener.close()
        abort(self._open)
        self._open.clear()
        await asyncio.sleep(0)
        await listener.wait_closed()

    @property
    def certificate(self) -> str | None:
        """The server's own certificate as PEM, for a client in another process to trust."""
        return self._certificate.certificate if self._certificate else None

    def trusting_context(self) -> ssl.SSLContext:
        """A client's TLS settings that trust this server's certificate and no other.

        Raises:
            LookupError: the server offers no TLS.
        """
        if self._certificate is None:
            raise LookupError("this mailbox offers no TLS")
        return self._certificate.client_context()

    def refuse_recipient(self, address: str, reply: str = "550 5.1.1 No such mailbox") -> None:
        """Refuse one address from now on, with a reply such as `450 4.2.1 Try later`."""
        self._refused[address.lower()] = reply

    def refuse_next(self, reply: str = "451 4.3.0 Try again later", *, times: int = 1) -> None:
        """Refuse the next messages after they were transferred."""
        self._refuse_next.extend([reply] * times)

    async def until(self, condition: Callable[["Mailbox"], object], within: float = 5.0) -> None:
        """Return when `condition` holds; raises `TimeoutError` after `within` real seconds."""
        await self._pulse.until(lambda: condition(self), within=within)

    async def handle_RCPT(  # noqa: N802 - the mail library's name and parameters
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        """Take or refuse one address."""
        if refusal := self._refused.get(address.lower()):
            return refusal
        envelope.rcpt_tos.append(address)
        return _ACCEPTED

    async def handle_DATA(  # noqa: N802 - the mail library's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep or refuse one message."""
        if self._refuse_next:
            return self._refuse_next.popleft()
        content = envelope.original_content or b""
        self.messages.append(
            Delivered(
                envelope.mail_from or "",
                tuple(envelope.rcpt_tos),
                message_from_bytes(content, policy=policy.default),
                encrypted=session.ssl is not None,
                authenticated=bool(session.authenticated),
            )
        )
        self._pulse.beat()
        return _ACCEPTED

    def _session(self) -> SMTP:
        certificate: SelfSigned | None = self._certificate
        session = SMTP(
            self,
            data_size_limit=_LARGEST,
            enable_SMTPUTF8=True,
            hostname="localhost",
            ident="mailbox",
            tls_context=certificate.server_context() if certificate else None,
            require_starttls=certificate is not None,
            auth_required=bool(self.rules.user),
            auth_require_tls=True,
            authenticator=self._authenticate,
            loop=asyncio.get_running_loop(),
        )
        self._open.add(session)
        return session

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: object
    ) -> AuthResult:
        expected = (self.rules.user.encode(), self.rules.password.encode())
        given = isinstance(login, LoginPassword) and (login.login, login.password)
        return AuthResult(success=given == expected, handled=False)
