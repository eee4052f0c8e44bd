"""A real mail server in a thread of its own, for commands that run an event loop themselves."""

from __future__ import annotations

from collections.abc import Collection
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.demo.serving import bound


class Postbox:
    """`with Postbox(refused) as post:` takes mail, but for these addresses."""

    def __init__(self, refused: Collection[str]) -> None:
        self.taken: list[str] = []
        self._refused = refused
        with bound(0) as free:
            self.port: int = free.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._controller.stop()

    async def handle_RCPT(  # noqa: N802  the mail library's name and parameters
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take or refuse one address."""
        if address in self._refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  as above
        """Note whom a mail was for."""
        self.taken += envelope.rcpt_tos
        return "250 OK"
