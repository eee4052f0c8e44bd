"""The composition root: the only file that knows everybody. Everything is built here by plain calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic

import structlog
from telegram import Bot

from bot.bank_holidays import bank_holidays
from bot.blocking import on_blocked
from bot.carry_out import CarryOut
from bot.clock import Clock
from bot.delivery import Delivery
from bot.desk import Desk
from bot.digests import Digests
from bot.doors import Doors
from bot.files import PICTURES_KEPT, DigestFiles, DrawnBoards, Shelves, Source
from bot.hearing import Command
from bot.help import HelpCard
from bot.intake import Intake
from bot.joining import Joining
from bot.locks import ChatLocks
from bot.mailing import Mailing
from bot.media_fetch import MediaFetch
from bot.media_files import MEDIA, RECORDING, MediaFiles, RecordingFiles
from bot.menu import set_menu, tell_what_is_set_aside
from bot.notices import Notices
from bot.offered import offered
from bot.opening import Opening
from bot.outages import Outages
from bot.outside import Outside
from bot.own_copies import OwnCopies
from bot.own_pages import PAGE, OwnPages
from bot.pace import INBOX_KEPT, OUTBOX_KEPT, STUCK, TIDY, Pace
from bot.pictures.drawer import Drawer, drawer_for
from bot.post import Post
from bot.prompts import Prompts
from bot.recording import Studio
from bot.recording_fetch import RecordingFetch
from bot.rights.complaints import Complaining
from bot.rights.copies import COPY, Copies
from bot.rights.erasing import Erasing
from bot.rights.office import Rights
from bot.safeguarding.rooms import Safeguarding, safeguarding
from bot.scheduler import scheduler
from bot.settings import Settings
from bot.talking import Talking
from bot.telegram.calls import Calls
from bot.telegram.limiter import Limiter
from bot.telegram.polling import Poller
from bot.telegram.request import make_bot
from bot.telegram.sending import Sender
from bot.telegram.transport import Inlet
from bot.tongues import tongues
from bot.transcribing import Transcribing
from bot.turns import Turns
from conversations import catalogue as catalogues
from conversations.catalogue import Catalogue
from conversations.document_words import load_document_words
from conversations.languages import ENGLISH_CODE, load_languages
from conversations.lines import Lines, read_lines
from storage.database import Database
from storage.errors import StorageError
from storage.ledger import Ledger

log = structlog.get_logger(__name__)


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
    recordings: RecordingFetch
    transcribing: Transcribing
    outages: Outages
    help: HelpCard
    safeguarding: Safeguarding
    lines: Lines
    catalogue: Catalogue
    database: Database
    pace: Pace
    arrived: asyncio.Event
    drawer: Drawer
    queued: asyncio.Event = field(default_factory=asyncio.Event)
    sent_in: asyncio.Event = field(default_factory=asyncio.Event)
    kept: asyncio.Event = field(default_factory=asyncio.Event)

    async def greet(self) -> None:
        """Try the token, note the bot's name for links, set the menu, and fill the help card.

        Raises:
            telegram.error.TelegramError: Telegram refuses the token or cannot be reached.
        """
        await self.bot.initialize()
        await set_menu(self.bot, self.help.tongues)
        async with self.database.work() as work:
            await work.meta.put("bot_username", self.bot.username)
            await work.commit()
        await self.learn_contact()
        await self.safeguarding.learn()

    async def learn_contact(self) -> None:
        """Note for the help card whom to talk to here: staff may change it beside a running bot."""
        async with self.database.reading() as work:
            setting = await work.settings.get()
            lead = await work.staff.get(setting.safeguarding_lead) if setting else None
        if setting is not None and lead is not None:
            self.help.contact = {"setting": setting.name, "safeguarding": lead.name}

    async def run(self) -> None:
        """Serve until cancelled, by long polling.

        Raises:
            WrongTokenError: the token is wrong; nothing can ever come.
        """
        await self._serve(self.poller.run, alone=True)

    async def run_without_polling(self, server: Awaitable[object]) -> None:
        """Serve until cancelled; `server` takes the webhook's calls. Others may serve beside it."""
        await self._serve(lambda: server, alone=False)

    async def tick(self) -> int:
        """Do at once what the ticks would do later, for whoever moves the clock; how many things were done."""
        await self.learn_contact()
        done = await self.prompts.tick() + await self.mailing.tick() + await self._fetched()
        done += await self.transcribing.tick() + await self.safeguarding.tick()
        self.arrived.set()
        self.queued.set()
        return done

    async def tidy(self) -> None:
        """Rows that are settled and wiped long ago go: the inbox and the outbox are no archives."""
        now = self.clock.now()
        async with self.database.work() as work:
            await work.inbox.purge(now - INBOX_KEPT)
            await work.outbox.purge_sent(now - OUTBOX_KEPT)
            await work.pictures.purge(now - PICTURES_KEPT)
            await work.commit()
        await self.safeguarding.purge()
        await self.database.tidy()

    async def release_stuck(self, *, everything: bool = False) -> None:
        """Take over what a process that died had claimed; all of it where this process has just begun, alone."""
        await self.prompts.release_stuck(everything=everything)
        await self.mailing.release_stuck(everything=everything)
        await self.safeguarding.mails.release_stuck(everything=everything)

    async def is_idle(self) -> bool:
        """Whether nothing waits that could be done now: no update, no message on its way, no media to fetch."""
        if self.intake.busy or self.delivery.busy:
            return False
        async with self.database.reading() as work:
            # In the order in which work flows: what one of them gave on is seen in the next, on PostgreSQL too.
            to_fetch = await work.media.pending() or await work.recordings.pending()
            return not await work.inbox.waiting(1) and not to_fetch and await work.outbox.is_empty()

    async def close(self) -> None:
        """Close the line to Telegram, and end the drawing."""
        self.drawer.close()
        await self.bot.shutdown()

    async def _serve(self, listen: Callable[[], Awaitable[object]], *, alone: bool) -> None:
        ticks = scheduler(
            {
                "intake": (self.pace.sweep, self._look_again),
                "prompts": (self.pace.tick, self._then_send(self.prompts.tick)),
                "mail": (self.pace.tick, self._then_send(self.mailing.tick)),
                "alerts": (self.pace.tick, self._then_send(self.safeguarding.tick)),
                "media": (self.pace.sweep, self._then_send(self._fetched)),
                "heartbeat": (self.pace.tick, self.outages.beat),
                "contact": (STUCK, self.learn_contact),
                "stuck": (STUCK, self.release_stuck),
                "tidy": (TIDY, self.tidy),
                "rights": (STUCK, self.intake.turns.rights.settle),
            }
        )
        await self.outages.beat()
        await self.release_stuck(everything=alone)
        ticks.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.drawer.warm())  # fonts take a second: nobody shall wait for them
                group.create_task(_awaited(listen()))
                group.create_task(self.intake.run(self.arrived, self._worked))
                group.create_task(self._fetch())
                group.create_task(self.transcribing.run(self.kept, self.queued, self.pace.tick.total_seconds()))
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
                await self._then_send(self._fetched)()
                self.kept.set()
            except StorageError as error:  # the sweep looks again
                log.warning("media_waits", error=type(error).__name__)

    async def _fetched(self) -> int:
        return await self.media.tick() + await self.recordings.tick()

    def _then_send(self, tick: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[object]]:
        async def run() -> None:
            if await tick():
                self.queued.set()

        return run


async def _awaited(listening: Awaitable[object]) -> None:
    await listening


def build(settings: Settings, database: Database, clock: Clock, pace: Pace | None = None) -> Firsthand:
    """Wire everything up. Nothing is read or sent yet, but the scripts."""
    languages = load_languages(settings.languages_folder)
    codes = offered(settings, languages)
    catalogue = catalogues.load(settings.scripts_folder, languages.only((ENGLISH_CODE, *codes)))
    tell_what_is_set_aside(catalogue, languages, settings)
    spoken, lines = tongues(languages, catalogue.words, codes), read_lines()
    words = load_document_words()
    bot = make_bot(settings.token.get_secret_value(), settings.telegram_url)
    calls, locks, arrived = Calls(bot), ChatLocks(), asyncio.Event()
    quiet_days = bank_holidays(clock.now().year - 1, clock.now().year + 3)
    post = Post(lines, catalogue.words, clock, spoken)
    notices = Notices(post)
    safe = safeguarding(settings, database, clock, post, catalogue)
    carry_out = CarryOut(post, notices, safe.alarm)
    complaining = Complaining(notices, clock, safe.overheard, settings.complaints_contact)
    opening = Opening(catalogue, carry_out, clock)
    digests = Digests(catalogue, post, clock, by_mail=bool(settings.mail_host))
    outside = Outside(post, notices, clock, complaining, safe.overheard)
    talking = Talking(opening, carry_out, outside, clock)
    joining = Joining(post)
    doors = Doors(joining)
    studio = Studio(post, catalogue, clock)
    help_card = HelpCard(calls, lines, spoken)
    erasing = Erasing(notices, clock, Ledger(settings.deletions_path))
    rights = Rights(post, clock, erasing, complaining, database)
    desk = Desk(joining, post, clock, studio, safe.reading)
    turns = Turns(database, clock, help_card, doors, desk, talking, rights)
    pace = pace or Pace()
    inlet = Inlet(database, clock, arrived.set, help_card.answer_first)
    drawer = drawer_for(settings.pictures_folder, words)
    others: dict[str, Source] = {MEDIA: MediaFiles(database), RECORDING: RecordingFiles(database)}
    others |= safe.files
    others[PAGE] = OwnPages(database, catalogue, drawer.images)
    others[COPY] = Copies(database, catalogue, clock, drawer.images)
    shelves = Shelves(DigestFiles(database, words, OwnCopies(catalogue), drawer.images), others)
    command = Command.parse(settings.transcribe_command)
    if command is not None and not command.is_there:
        log.error("transcribe_command_missing")
    boards = DrawnBoards(database, drawer, clock)
    sender = Sender(calls, Limiter(pace.limits), shelves, monotonic, boards=boards)
    return Firsthand(
        clock=clock,
        bot=bot,
        poller=Poller(calls, inlet, wait=pace.wait),
        inlet=inlet,
        intake=Intake(database, calls, turns, locks),
        delivery=Delivery(database, sender, clock, on_blocked(database, doors, clock)),
        prompts=Prompts(database, clock, locks, opening, digests, quiet_days),
        mailing=Mailing(database, clock, notices, words, settings, drawer.images),
        media=MediaFetch(database, calls, talking, locks, clock, transcribes=command is not None),
        recordings=RecordingFetch(database, calls, locks, studio),
        transcribing=Transcribing(database, talking, locks, command),
        outages=Outages(database, clock, notices),
        help=help_card,
        safeguarding=safe,
        lines=lines,
        catalogue=catalogue,
        database=database,
        pace=pace,
        arrived=arrived,
        drawer=drawer,
    )
