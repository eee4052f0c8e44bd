"""The demo's stage: a stand-in for Telegram and a mailbox on loopback, a clock that moves, and the unmodified bot.

Everything on it is invented. Nothing leaves this machine, and all of it is gone when the stage is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot.app import build
from bot.clock import MovableClock
from bot.demo.mailbox import Mailbox, MailRules
from bot.demo.serving import LoopbackServer
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from bot.firsthand import Firsthand
from bot.pace import Pace
from bot.restoring import epoch_file, notice_restore
from bot.rights.replaying import replay
from bot.settings import LogFormat, MailSecurity, Settings
from bot.telegram.limiter import Limits
from bot.telegram.webhook import Doorway, webhook_app
from storage.database import WAIT, Database, open_database
from storage.ledger import Ledger
from storage.migrate import migrate
from storage.sealing import KeyRing

_UNHURRIED: Final = Limits(overall=100_000, burst=100_000, chat_seconds=0.0)
_DOOR: Final = Doorway("hook", "a-secret-for-loopback-only")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a test wants different: its own database (with its keys), Telegram's real limits, a webhook, mail rules.

    `lock_wait` is in seconds. An empty `database_url` makes a new database.
    """

    database_url: str = ""
    keys: str = field(default="", repr=False)
    lock_wait: float = WAIT
    limits: bool = False
    webhook: bool = False
    mail: MailRules = field(default_factory=MailRules)
    scripts: Path | None = None

    @property
    def pace(self) -> Pace:
        """Ticks are called by whoever moves the clock; messages wait only where limits are asked for."""
        limits = Limits() if self.limits else _UNHURRIED
        return Pace(tick=timedelta(hours=1), sweep=timedelta(seconds=1), wait=5, limits=limits)


@dataclass(slots=True, repr=False)
class Stage:
    """What the story and its listeners need. The bot can be stopped and started again, on the same database."""

    telegram: TelegramStandIn
    mailbox: Mailbox
    clock: MovableClock
    settings: Settings
    bot: Firsthand
    database: Database
    terms: Terms = field(default_factory=Terms)
    running: asyncio.Task[None] | None = None
    _up: AsyncExitStack = field(default_factory=AsyncExitStack, repr=False)

    async def stop(self) -> None:
        """End the bot, as an operator does; Telegram and the mailbox stay."""
        await self._up.aclose()

    async def restart(self, settings: Settings | None = None) -> None:
        """End the bot and start it again, perhaps with other settings."""
        await self.stop()
        self.settings = settings or self.settings
        self.database, self.bot = await _opened(self.settings, self.clock, self.terms)
        await self.run()

    async def run(self) -> None:
        """Greet Telegram and serve, by long polling or by a webhook."""
        self._up = AsyncExitStack()
        self._up.push_async_callback(self.database.close)
        self._up.push_async_callback(self.bot.close)
        await self.bot.greet()
        await self.bot.keeping.begin()
        await self.bot.outages.beat()  # the bot does so too when it serves; here nobody may move the clock before
        self.running = asyncio.create_task(await self._served())
        self._up.push_async_callback(_stopped, self.running)

    async def _served(self) -> Coroutine[None, None, None]:
        if not self.terms.webhook:
            return self.bot.run()
        server = LoopbackServer(webhook_app(self.bot.inlet, _DOOR, _always))
        await server.up()
        self._up.push_async_callback(server.close)
        await self.bot.bot.set_webhook(
            f"http://127.0.0.1:{server.port}/telegram/{_DOOR.path}", secret_token=_DOOR.secret
        )
        return self.bot.run_without_polling(asyncio.Event().wait())

    async def calm(self) -> None:
        """Return when the bot has taken in everything that people wrote, and has done everything that is due.

        Raises:
            TimeoutError: that did not happen within a minute of real time.
        """
        async with asyncio.timeout(60):
            await self._quiet()
            while await self.bot.tick():
                await self._quiet()

    async def _quiet(self) -> None:
        """Return when everything that was written is taken in and answered."""
        await self.telegram.settled(quiet=0.002, within=60)
        while self.telegram.updates.pending or not await self.bot.is_idle():  # noqa: ASYNC110  a database rings no bell
            await asyncio.sleep(0.01)

    async def move_to(self, moment: datetime) -> None:
        """Move the clock, hour by hour where something is due on the way, and let the bot do what is due."""
        while (step := await self._next_due(moment)) is not None:
            await self._at(step)
        await self._at(moment)

    async def _at(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        await self.bot.outages.lived()
        await self.calm()

    async def to_next_event(self) -> None:
        """Move to the next thing that the review's clock has planned; a day where there is none."""
        async with self.database.reading() as work:
            due = await work.prompts.next_due()
        tomorrow = self.clock.now() + timedelta(days=1)
        await self.move_to(tomorrow if due is None else max(due, self.clock.now()))

    async def _next_due(self, moment: datetime) -> datetime | None:
        async with self.database.reading() as work:
            due = await work.prompts.next_due()
        return due if due is not None and self.clock.now() < due <= moment else None


@asynccontextmanager
async def stage(start: datetime, terms: Terms | None = None) -> AsyncIterator[Stage]:
    """Set the stage and start the bot; take everything down at the end."""
    clock, terms = MovableClock(start), terms or Terms()
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="firsthand-demo-")))
        telegram = await stack.enter_async_context(TelegramStandIn(DEMO_TOKEN, clock, limits=terms.limits))
        mailbox = await stack.enter_async_context(Mailbox(terms.mail))
        settings = demo_settings(folder, telegram, mailbox).model_copy(update=_changes(terms))
        if not terms.database_url:
            await migrate(settings.database_url)
        database, bot = await _opened(settings, clock, terms)
        made = Stage(telegram, mailbox, clock, settings, bot, database, terms)
        stack.push_async_callback(made.stop)
        await made.run()
        yield made


def _changes(terms: Terms) -> dict[str, object]:
    changes: dict[str, object] = {
        "scripts_folder": terms.scripts,
        "mail_user": terms.mail.user,
        "mail_password": SecretStr(terms.mail.password),
    }
    if terms.database_url:
        changes |= {"database_url": terms.database_url, "keys": SecretStr(terms.keys)}
    return changes


async def _opened(settings: Settings, clock: MovableClock, terms: Terms) -> tuple[Database, Firsthand]:
    database = await open_database(settings.database_url, KeyRing.parse(settings.key_text()), terms.lock_wait)
    await replay(database, Ledger(settings.deletions_path), clock.now())
    await notice_restore(database, epoch_file(settings.deletions_path), clock.now())
    return database, build(settings, database, clock, terms.pace)


async def _always() -> bool:
    return True


def demo_settings(folder: Path, telegram: TelegramStandIn, mailbox: Mailbox) -> Settings:
    """Settings that nobody's environment can change: the demo never meets a real token, database or mail server."""
    return Settings(
        _env_file=None,
        token=SecretStr(DEMO_TOKEN),
        database_url=f"sqlite:///{folder / 'demo.db'}",
        keys=SecretStr(KeyRing.generate().reveal()),
        key_file=None,
        telegram_url=telegram.origin,
        webhook_url="",
        webhook_secret=None,
        mail_host=mailbox.host,
        mail_port=mailbox.port,
        mail_user="",
        mail_password=None,
        mail_from="firsthand@example.org",
        mail_security=MailSecurity.STARTTLS,
        scripts_folder=None,
        log_format=LogFormat.CONSOLE,
        deletions_file=folder / "deletions",
        complaints_contact="",
        safeguarding_hours="Mon-Fri 08:30-16:30",
        alert_minutes=30,
        out_of_hours_email="out-of-hours@example.org",
        out_of_hours_phone="01632 960000",
        concerns_contact="patel@example.org",
        watch_contact="it@example.org",
        alert_folder=folder / "alerts",
        privacy_notice="https://riverside.example.org/privacy",
        local_links_file=Path(__file__).with_name("local.yaml"),
        demo_clock=folder / "clock",
    )


async def _stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
