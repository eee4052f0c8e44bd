"""The composition root: the only file that knows everybody. Everything is built here by plain calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog
from telegram import Bot, BotCommand

from bot.bank_holidays import bank_holidays
from bot.carry_out import CarryOut
from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.digests import Digests
from bot.doors import Doors
from bot.files import DigestFiles
from bot.help import HelpCard
from bot.intake import Intake
from bot.joining import Joining
from bot.locks import ChatLocks
from bot.mailing import Mailing
from bot.media_fetch import MediaFetch
from bot.notices import Notices
from bot.opening import Opening
from bot.outages import Outages
from bot.outside import Outside
from bot.post import Post
from bot.prompts import Prompts
from bot.scheduler import scheduler
from bot.settings import Settings
from bot.talking import Talking
from bot.telegram.calls import Calls
from bot.telegram.limiter import Limiter, Limits
from bot.telegram.polling import Poller
from bot.telegram.request import make_bot
from bot.telegram.sending import Sender
from bot.telegram.transport import Inlet
from bot.turns import Turns
from conversations import catalogue as catalogues
from conversations.catalogue import Catalogue
from conversations.document_words import load_document_words
from conversations.lines import Line, Lines, read_lines
from storage.database import Database
from storage.errors import StorageError

log = structlog.get_logger(__name__)

TICK: Final = timedelta(seconds=20)
SWEEP: Final = timedelta(seconds=5)
STUCK: Final = timedelta(minutes=1)
TIDY: Final = timedelta(hours=1)
INBOX_KEPT: Final = timedelta(days=3)
OUTBOX_KEPT: Final = timedelta(days=60)
"""An edit of an older question finds its message by the row; the words in it are wiped when it is sent."""
MENU: Final = (
    ("help", Line.MENU_HELP),
    ("stop", Line.MENU_STOP),
    ("answers", Line.MENU_ANSWERS),
    ("who", Line.MENU_WHO),
)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the ticks run, and how fast messages go; the demo and the tests are in more of a hurry."""

    tick: timedelta = TICK
    sweep: timedelta = SWEEP
    wait: int = 50
    limits: Limits = field(default_factory=Limits)


@dataclass(slots=True)
class Firsthand:
    """One running bot."""

    clock: Clock
    bot: Bot
    poller: Poller
    inlet: Inlet
    intake: Intake
    delivery: Delivery
    prompts: Prompts
    mailing: Mailing
    media: MediaFetch
    outages: Outages
    help: HelpCard
    lines: Lines
    catalogue: Catalogue
    database: Database
    pace: Pace
    arrived: asyncio.Event
    queued: asyncio.Event = field(default_factory=asyncio.Event)
    sent_in: asyncio.Event = field(default_factory=asyncio.Event)

    async def greet(self) -> None:
        """Try the token, note the bot's name for links, set the menu, and fill the help card.

        Raises:
            telegram.error.TelegramError: Telegram refuses the token or cannot be reached.
        """
        await self.bot.initialize()
        commands = [BotCommand(name, self.lines[line]) for name, line in MENU]
        await self.bot.set_my_commands(commands)
        async with self.database.work() as work:
            await work.meta.put("bot_username", self.bot.username)
            await work.commit()
        await self.learn_contact()
        for problem in self.catalogue.problems:
            log.error("script_set_aside", file=problem.file, line=problem.line)

    async def learn_contact(self) -> None:
        """Note for the help card whom to talk to here: staff may change it beside a running bot."""
        async with self.database.reading() as work:
            setting = await work.settings.get()
            lead = await work.staff.get(setting.safeguarding_lead) if setting else None
        if setting is not None and lead is not None:
            line = self.lines[Line.HELP_CONTACT]
            self.help.contact = line.format(setting=setting.name, safeguarding=lead.name)

    async def run(self) -> None:
        """Serve until cancelled, by long polling.

        Raises:
            WrongTokenError: the token is wrong; nothing can ever come.
        """
        await self._serve(self.poller.run(), alone=True)

    async def run_without_polling(self, server: Awaitable[object]) -> None:
        """Serve until cancelled; `server` takes the webhook's calls. Others may serve beside it."""
        await self._serve(server, alone=False)

    async def tick(self) -> int:
        """Do at once what the ticks would do later, for whoever moves the clock; how many things were done."""
        await self.learn_contact()
        done = await self.prompts.tick() + await self.mailing.tick() + await self.media.tick()
        self.arrived.set()
        self.queued.set()
        return done

    async def tidy(self) -> None:
        """Rows that are settled and wiped long ago go: the inbox and the outbox are no archives."""
        now = self.clock.now()
        async with self.database.work() as work:
            await work.inbox.purge(now - INBOX_KEPT)
            await work.outbox.purge_sent(now - OUTBOX_KEPT)
            await work.commit()

    async def release_stuck(self, *, everything: bool = False) -> None:
        """Take over what a process that died had claimed; all of it where this process has just begun, alone."""
        await self.prompts.release_stuck(everything=everything)
        await self.mailing.release_stuck(everything=everything)

    async def is_idle(self) -> bool:
        """Whether nothing waits that could be done now: no update, no message on its way, no media to fetch."""
        if self.intake.busy or self.delivery.busy:
            return False
        async with self.database.reading() as work:
            # In the order in which work flows: what one of them gave on is seen in the next, on PostgreSQL too.
            return not await work.inbox.waiting(1) and not await work.media.pending() and await work.outbox.is_empty()

    async def close(self) -> None:
        """Close the line to Telegram."""
        await self.bot.shutdown()

    async def _serve(self, listening: Awaitable[object], *, alone: bool) -> None:
        ticks = scheduler(
            {
                "intake": (self.pace.sweep, self._look_again),
                "prompts": (self.pace.tick, self._then_send(self.prompts.tick)),
                "mail": (self.pace.tick, self._then_send(self.mailing.tick)),
                "media": (self.pace.sweep, self._then_send(self.media.tick)),
                "heartbeat": (self.pace.tick, self.outages.beat),
                "contact": (STUCK, self.learn_contact),
                "stuck": (STUCK, self.release_stuck),
                "tidy": (TIDY, self.tidy),
            }
        )
        await self.outages.beat()
        await self.release_stuck(everything=alone)
        ticks.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_awaited(listening))
                group.create_task(self.intake.run(self.arrived, self._worked))
                group.create_task(self._fetch())
                group.create_task(self.delivery.run_forever(self.queued, alone=alone))
        finally:
            ticks.shutdown(wait=False)

    def _worked(self) -> None:
        self.queued.set()
        self.sent_in.set()

    async def _look_again(self) -> None:
        self.arrived.set()

    async def _fetch(self) -> None:
        """Apart from taking in: a slow download holds up nobody's words."""
        while True:
            await self.sent_in.wait()
            self.sent_in.clear()
            try:
                await self._then_send(self.media.tick)()
            except StorageError as error:  # the sweep looks again
                log.warning("media_waits", error=type(error).__name__)

    def _then_send(self, tick: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[object]]:
        async def run() -> None:
            if await tick():
                self.queued.set()

        return run


async def _awaited(listening: Awaitable[object]) -> None:
    await listening


def build(settings: Settings, database: Database, clock: Clock, pace: Pace | None = None) -> Firsthand:
    """Wire everything up. Nothing is read or sent yet, but the scripts."""
    lines, catalogue = read_lines(), catalogues.load(settings.scripts_folder)
    words = load_document_words()
    bot = make_bot(settings.token.get_secret_value(), settings.telegram_url)
    calls, locks, arrived = Calls(bot), ChatLocks(), asyncio.Event()
    year = clock.now().year
    quiet_days = bank_holidays(year - 1, year + 3)
    post = Post(lines, catalogue.words, clock)
    notices = Notices(post)
    carry_out = CarryOut(post, notices)
    opening = Opening(catalogue, carry_out, clock)
    digests = Digests(catalogue, post, clock, by_mail=bool(settings.mail_host))
    talking = Talking(opening, carry_out, Outside(post, notices, clock), clock)
    joining = Joining(post)
    doors = Doors(joining)
    help_card = HelpCard(calls, lines)
    turns = Turns(database, clock, help_card, doors, Desk(joining, post, clock), talking)
    pace = pace or Pace()
    inlet = Inlet(database, clock, arrived.set, help_card.answer_first)

    async def on_blocked(account_id: str) -> None:
        async with database.work() as work:
            account = await work.accounts.get(account_id)
            if account is not None:
                await doors.blocked(work, account, clock.now())
            await work.commit()

    sender = Sender(calls, Limiter(pace.limits), DigestFiles(database, words), monotonic)
    return Firsthand(
        clock=clock,
        bot=bot,
        poller=Poller(calls, inlet, wait=pace.wait),
        inlet=inlet,
        intake=Intake(database, calls, turns, locks),
        delivery=Delivery(database, sender, clock, on_blocked),
        prompts=Prompts(database, clock, locks, opening, digests, quiet_days),
        mailing=Mailing(database, clock, notices, words, settings),
        media=MediaFetch(database, calls, talking, locks, clock),
        outages=Outages(database, clock, notices),
        help=help_card,
        lines=lines,
        catalogue=catalogue,
        database=database,
        pace=pace,
        arrived=arrived,
    )
