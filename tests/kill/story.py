"""Eight weeks of ten reviews, during which the bot is killed again and again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random

from bot.clock import FileClock, write_instant
from bot.demo.mailbox import Mailbox, MailRules
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from conversations.timetable import Stage
from storage.database import Database, open_database
from storage.records import DeliveryState, OutState, PromptState
from storage.unit_of_work import UnitOfWork
from tests.kill.college import STARTS, College, Guest, founded
from tests.kill.killer import MAIL_LATER, WITHIN, Fire, Killer, Kind
from tests.kill.process import BotProcess
from tests.kill.respondent import PATIENCE, Respondent
from tests.support.database import TEST_KEYS, fixed_keyring

SEED = 20261124
_ENDED = frozenset({PromptState.DONE, PromptState.MISSED, PromptState.CANCELLED, PromptState.NOT_NEEDED})
HALFWAY = 3
"""How many answers the first two people give before they have had enough."""
_CALLS = (Kind.UNHEARD, Kind.UNANSWERED, Kind.UNANSWERED)
_MAILS = (*_CALLS, Kind.MAILED, Kind.MAILED)
JOINING = Fire(3, (*_CALLS, Kind.HANDED_OUT), ("sendMessage", "getMe", "getUpdates", "answerCallbackQuery"), 6)
ANSWERING = Fire(
    11,
    (*_CALLS, Kind.HANDED_OUT),
    ("sendMessage", "sendMessage", "answerCallbackQuery", "editMessageText", "getUpdates", "setMyCommands"),
    14,
)
REMINDING = Fire(1, _CALLS, ("sendMessage",), 4)
CLOSING = Fire(4, _MAILS, ("sendMessage", "sendDocument"), 3, MAIL_LATER)
PACKING = Fire(2, _MAILS, ("sendMessage",), 3, MAIL_LATER)


@dataclass(slots=True)
class Story:
    """Everything that the story needs, and what it leaves for the checks."""

    database: Database
    telegram: TelegramStandIn
    mailbox: Mailbox
    college: College
    killer: Killer
    respondents: list[Respondent]
    silences: list[tuple[datetime, datetime]] = field(default_factory=list)
    _random: Random = field(default_factory=lambda: Random(SEED))

    async def told(self) -> None:
        """From the letters to the second digest."""
        await self._on(datetime(2026, 10, 1, 14, 0, tzinfo=UTC))
        await self._under_fire(self._people_join(), JOINING)
        await self._on(self._day(Stage.OPENING, time(15, 5)))
        await self._under_fire(self._people_answer(), ANSWERING)
        for stage in (Stage.REMINDER, Stage.LAST_CALL):
            await self._on(self._day(stage, time(16, 30)))
            await self._under_fire(self.quiet(), REMINDING)
        await self._on(self._day(Stage.CLOSE, time(12, 15)))
        await self._under_fire(self.quiet(), CLOSING)
        await self._on(self._day(Stage.PACK, time(12, 15)))
        await self._under_fire(self.quiet(), PACKING)

    async def quiet(self) -> None:
        """Return when nothing is left that is due, looked at whenever the bot asks for updates."""
        polling, pulse = self.telegram.polling, self.telegram.world.pulse
        while not await self._is_quiet():
            polls = polling.polls
            await pulse.until(lambda polls=polls: polling.polls > polls, within=WITHIN)  # type: ignore[misc]

    async def _is_quiet(self) -> bool:
        async with self.database.reading() as work:
            unsent = await work.outbox.counts()
            busy = unsent.get(OutState.QUEUED) or unsent.get(OutState.SENDING) or await work.inbox.waiting(1)
            if busy or self.telegram.updates.pending:
                return False
            return all([await self._is_done(work, review.id) for review in self.college.reviews])

    async def _is_done(self, work: UnitOfWork, review_id: str) -> bool:
        now = FileClock(self.killer.clock).now()
        for prompt in await work.prompts.of_review(review_id):
            waits = prompt.state is PromptState.PENDING and prompt.due_at > now
            if not (waits or prompt.state in _ENDED):
                return False
        deliveries = [
            one
            for digest in await work.digests.of_review(review_id)
            for one in await work.digests.deliveries(digest.id)
        ]
        return all(one.state is DeliveryState.SENT for one in deliveries)

    async def _on(self, moment: datetime) -> None:
        """The bot is off until this day; what it will say about that is part of the story."""
        if self.killer.process.starts:
            await self.killer.process.kill()
            async with self.database.reading() as work:
                beat = await work.meta.get("heartbeat")
            assert beat is not None
            self.silences.append((datetime.fromisoformat(beat), moment))
        write_instant(self.killer.clock, moment)
        await self.killer.process.start()

    async def _under_fire(self, work: Awaitable[None], fire: Fire) -> None:
        over = asyncio.ensure_future(work)
        try:
            for moment in fire.moments(self._random):
                if over.done():
                    over.result()  # somebody lost patience: say so at once
                await self.killer.strike(moment, over)
            await over
        finally:
            over.cancel()
            await asyncio.gather(over, return_exceptions=True)
        await self.quiet()

    async def _people_join(self) -> None:
        college = self.college
        await college.professional.start(college.link)
        await college.professional.until(lambda person: any(each.by_bot for each in person.messages), PATIENCE)
        async with asyncio.TaskGroup() as group:
            for guest in college.guests:
                if guest.by_link:
                    group.create_task(self._joins(guest))

    async def _joins(self, guest: Guest) -> None:
        invitation, okafor = guest.invitation, self.college.professional
        await guest.person.start(invitation.token)
        await guest.person.until(lambda person: any(each.by_bot for each in person.messages), PATIENCE)
        await guest.person.type(invitation.secret.text)
        check = f"desk:checked:{invitation.participant_id}"
        await okafor.until(lambda person: any(_has(each.buttons, check) for each in person.messages), PATIENCE)
        await okafor.press(lambda button: button.data == check)

    async def _people_answer(self) -> None:
        async with asyncio.TaskGroup() as group:
            for respondent in self.respondents:
                group.create_task(respondent.answers())

    def _day(self, stage: Stage, at: time) -> datetime:
        day = date.fromisoformat(self.college.reviews[0].timetable[stage.value])
        return datetime.combine(day, at, UTC)


def _has(buttons: object, data: str) -> bool:
    return isinstance(buttons, tuple) and any(button.data == data for button in buttons)


@asynccontextmanager
async def story(url: str, folder: Path) -> AsyncIterator[Story]:
    """Set up everything; the bot is not started yet. `url` is of a migrated, empty database."""
    clock = folder / "clock"
    write_instant(clock, STARTS)
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(TelegramStandIn(DEMO_TOKEN, FileClock(clock), limits=False))
        mailbox = await stack.enter_async_context(Mailbox(MailRules(starttls=False)))
        database = await stack.enter_async_context(await open_database(url, fixed_keyring(), 30.0))
        college = await founded(database, telegram)
        process = BotProcess(_settings(url, clock, telegram, mailbox), folder)
        stack.push_async_callback(process.take_away)
        respondents = [
            Respondent(guest, Random(SEED + number), HALFWAY if number < 2 else None)
            for number, guest in enumerate(college.guests)
        ]
        killer = Killer(process, telegram, mailbox, clock, Random(SEED))
        yield Story(database, telegram, mailbox, college, killer, respondents)


def _settings(url: str, clock: Path, telegram: TelegramStandIn, mailbox: Mailbox) -> dict[str, str]:
    return {
        "TOKEN": DEMO_TOKEN,
        "TELEGRAM_URL": telegram.origin,
        "DATABASE_URL": url,
        "KEYS": TEST_KEYS,
        "DEMO_CLOCK": str(clock),
        "MAIL_HOST": mailbox.host,
        "MAIL_PORT": str(mailbox.port),
        "MAIL_FROM": "firsthand@example.org",
        "MAIL_SECURITY": "none",
        "LOG_FORMAT": "json",
    }
