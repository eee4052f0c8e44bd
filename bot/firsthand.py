"""One running bot: what it is made of, and what has its turn when."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery import Delivery
from bot.doors import AN_HOUR
from bot.help import HelpCard
from bot.intake import Intake
from bot.keeping import Keeping
from bot.mailing import Mailing
from bot.media_fetch import MediaFetch
from bot.menu import StaffMenus, set_menu
from bot.outages import Outages
from bot.pace import STUCK, TIDY, Pace
from bot.pictures.drawer import Drawer
from bot.prompts import Prompts
from bot.recording_fetch import RecordingFetch
from bot.safeguarding.rooms import Safeguarding
from bot.scheduler import scheduler
from bot.telegram.polling import Poller
from bot.telegram.transport import Inlet
from bot.transcribing import Transcribing
from conversations.catalogue import Catalogue
from conversations.lines import Lines
from storage.database import Database
from storage.errors import StorageError

log = structlog.get_logger(__name__)


@dataclass(slots=True, repr=False)
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
    keeping: Keeping
    help: HelpCard
    safeguarding: Safeguarding
    lines: Lines
    catalogue: Catalogue
    database: Database
    pace: Pace
    arrived: asyncio.Event
    drawer: Drawer
    staff_menus: StaffMenus
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
        """Note for the help card whom to talk to here, and give new staff their menu: both change beside a bot."""
        async with self.database.reading() as work:
            setting = await work.settings.get()
            lead = await work.staff.get(setting.safeguarding_lead) if setting else None
        if setting is not None and lead is not None:
            self.help.contact = {"setting": setting.name, "safeguarding": lead.name}
        await self.staff_menus.bring_up_to_date(self.database)

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
        done += await self.transcribing.tick() + await self.safeguarding.tick() + await self.keeping.tidying.tick()
        self.arrived.set()
        self.queued.set()
        return done

    async def tidy(self) -> None:
        """What is past its day goes, at once and from the database's files too."""
        async with self.database.work() as work:
            await work.wrong_links.purge(self.clock.now() - AN_HOUR)
            await work.commit()
        await self.keeping.tidy()

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
                **self.keeping.ticks,
                "tidy": (TIDY, self.tidy),
                "rights": (STUCK, self.intake.turns.rights.settle),
            }
        )
        await self.keeping.begin()
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
