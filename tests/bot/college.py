"""A college with four colleagues, a review to plan, and the bot's rooms around one database: no line to Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.clock import Clock, MovableClock
from bot.facts import Circle, circle
from bot.firsthand import Firsthand
from bot.joining import Joining
from bot.notices import Notices
from bot.ordering import Asked, Order
from bot.post import Post
from bot.prompt_rows import plan_messages
from bot.reviewing import Planned, Reviewing
from bot.settings import MailSecurity, Settings
from bot.telegram import outbound
from conversations import catalogue
from conversations.catalogue import Catalogue
from conversations.document_words import DocumentWords, load_document_words
from conversations.lines import Lines, read_lines
from conversations.offsets import ReviewKind
from conversations.script import Role
from storage.database import Database
from storage.records import (
    Conversation,
    Duty,
    OutMessage,
    Participant,
    ParticipantState,
    Prompt,
    Review,
    Setting,
    Staff,
)
from tests.support.database import TEST_KEYS, open_test_database

NOW = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
MEETING = date(2026, 11, 24)
OKAFOR = Staff("st-okafor", "Mr Okafor", "Learning support", "okafor@example.org", frozenset({Duty.PROFESSIONAL}))
PATEL = Staff("st-patel", "Ms Patel", "Coordinator", "patel@example.org", frozenset({Duty.COORDINATOR}))
REID = Staff("st-reid", "Ms Reid", "Safeguarding lead", "reid@example.org", frozenset({Duty.SAFEGUARDING}))
HALL = Staff("st-hall", "Mr Hall", "Deputy", "hall@example.org", frozenset({Duty.SAFEGUARDING}))
ORDER = Order(
    first_name="Sam",
    reference="RC-1",
    born=date(2009, 5, 14),
    meeting=MEETING,
    kind=ReviewKind.EHC_ANNUAL,
    professional=OKAFOR.email,
    coordinator=PATEL.email,
    carers=(Asked(Role.CARER, "Ann", "mother"),),
    plan_lines=("A quiet room",),
    goals=("I take the bus",),
)
TOKEN = "2000:a-token-for-tests-only"


def settings_in(folder: Path, telegram_url: str = "http://127.0.0.1:1", mail_port: int = 0) -> Settings:
    """Settings that nobody's environment can change. A mail port of 0: no mail."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        database_url=f"sqlite:///{folder / 'firsthand.db'}",
        keys=SecretStr(TEST_KEYS),
        key_file=None,
        telegram_url=telegram_url,
        mail_host="127.0.0.1" if mail_port else "",
        mail_port=mail_port or 587,
        mail_from="bot@example.org",
        mail_security=MailSecurity.STARTTLS,
        demo_clock=None,
    )


async def staffed(database: Database) -> None:
    """Everyone works here, and the college says who it is."""
    async with database.work() as work:
        for staff in (OKAFOR, PATEL, REID, HALL):
            await work.staff.add(staff)
        setting = Setting("se-1", "Riverside", safeguarding_lead=REID.id, safeguarding_deputy=HALL.id)
        await work.settings.put(setting)
        await work.meta.put("bot_username", "FirsthandTestBot")
        await work.commit()


@dataclass(frozen=True, slots=True, repr=False)
class College:
    """The rooms, and short ways to look into them."""

    database: Database
    clock: MovableClock
    bot: Firsthand

    @property
    def post(self) -> Post:
        return Post(self.bot.lines, self.bot.catalogue.words, self.clock)

    @property
    def notices(self) -> Notices:
        return self.bot.mailing.notices

    async def plan(self, order: Order = ORDER) -> Planned:
        async with self.database.work() as work:
            made = await Reviewing(self.bot.prompts.quiet_days).plan(work, order, self.clock.now())
            assert isinstance(made, Planned), made
            await work.commit()
        return made

    async def staff_joins(self, chat_id: int = 500) -> str:
        async with self.database.work() as work:
            account = await work.accounts.add(chat_id)
            await work.staff.attach(OKAFOR.id, account.id)
            await work.commit()
        return account.id

    async def joins(self, participant_id: str, chat_id: int) -> str:
        """The person has said the secret, and staff say that they checked; the account's id."""
        async with self.database.work() as work:
            account = await work.accounts.by_chat(chat_id) or await work.accounts.add(chat_id)
            await work.participants.attach(participant_id, account.id)
            await work.participants.set_state(participant_id, ParticipantState.ANSWERED_CODE)
            await work.commit()
        async with self.database.work() as work:
            await Joining(self.post).checked(work, OKAFOR, participant_id, self.clock.now())
            await work.commit()
        return account.id

    async def around(self, review: Review, participant_id: str) -> Circle:
        async with self.database.reading() as work:
            return await circle(work, review.id, participant_id)

    async def plan_messages(self, around: Circle) -> None:
        async with self.database.work() as work:
            await plan_messages(work, around, self.clock.now())
            await work.commit()

    async def set_state(self, participant_id: str, state: ParticipantState) -> None:
        async with self.database.work() as work:
            await work.participants.set_state(participant_id, state)
            await work.commit()

    async def prompts(self, review: Review) -> list[Prompt]:
        async with self.database.reading() as work:
            return list(await work.prompts.of_review(review.id))

    async def prompt(self, review: Review, kind: str, participant_id: str | None = None) -> Prompt:
        found = [each for each in await self.prompts(review) if each.kind.startswith(kind)]
        (one,) = [each for each in found if participant_id is None or each.participant_id == participant_id]
        return one

    async def people(self, review: Review) -> list[Participant]:
        async with self.database.reading() as work:
            return list(await work.participants.of_young_person(review.young_person_id))

    async def conversations(self, review: Review) -> list[Conversation]:
        async with self.database.reading() as work:
            return list(await work.conversations.of_review(review.id))

    async def queued(self) -> list[OutMessage]:
        """Everything that waits in the outbox; looking at it sends it, so that each is seen once."""
        found: list[OutMessage] = []
        async with self.database.work() as work:
            while batch := await work.outbox.claim(self.clock.now(), 100):
                found += batch
                for message in batch:
                    await work.outbox.sent(message.id, message.id, self.clock.now())
            await work.commit()
        return found

    async def said_to(self, account_id: str) -> list[str]:
        """The words that wait for this account."""
        mine = [message for message in await self.queued() if message.account_id == account_id]
        sent = [outbound.load(message.payload).parameters for message in mine]
        return [str(each.get("text", each.get("caption", ""))) for each in sent]


@cache
def shipped() -> tuple[Lines, Catalogue, DocumentWords]:
    """What every bot reads at its start; it never changes, and reading it takes a second."""
    return read_lines(), catalogue.load(), load_document_words()


def built(settings: Settings, database: Database, clock: Clock) -> Firsthand:
    """The bot, with what it reads at its start read only once for all tests."""
    lines, scripts, words = shipped()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.app.read_lines", lambda: lines)
        patch.setattr("bot.app.catalogues.load", lambda *_: scripts)
        patch.setattr("bot.app.load_document_words", lambda: words)
        return build(settings, database, clock)


@asynccontextmanager
async def college_in(
    folder: Path, telegram_url: str = "http://127.0.0.1:1", mail_port: int = 0
) -> AsyncIterator[College]:
    """The rooms on a new SQLite file, everyone at work, nobody asked yet."""
    clock = MovableClock(NOW)
    async with await open_test_database(folder) as database:
        bot = built(settings_in(folder, telegram_url, mail_port), database, clock)
        made = College(database, clock, bot)
        await staffed(database)
        yield made
        await bot.close()
        await bot.bot.request.shutdown()


def another(first_name: str, reference: str, order: Order = ORDER) -> Order:
    """The same order for another young person."""
    return replace(order, first_name=first_name, reference=reference, carers=())
