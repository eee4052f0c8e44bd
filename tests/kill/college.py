"""The invented college of the kill test: ten reviews, a young person and a carer each, and who is in already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.bank_holidays import bank_holidays
from bot.demo.chats import Standing
from bot.demo.people import Person
from bot.demo.telegram_server import TelegramStandIn
from bot.facts import circle
from bot.ordering import Asked, Order
from bot.prompt_rows import plan_messages
from bot.reviewing import Invitation, Planned, Reviewing
from bot.secrets_by_hand import SecretKind
from conversations.offsets import ReviewKind
from conversations.script import Role
from storage.database import Database
from storage.ids import new_id, new_token
from storage.records import Duty, ParticipantState, Review, Setting, Staff
from storage.unit_of_work import UnitOfWork

STARTS = datetime(2026, 9, 28, 9, 0, tzinfo=UTC)
MEETING = date(2026, 11, 24)
REVIEWS = 10
BY_LINK = 2  # in so many reviews both people come in by link, secret and the colleague's press


@dataclass(frozen=True, slots=True)
class Guest:
    """One person who is asked, with their phone."""

    person: Person
    review: Review
    invitation: Invitation
    by_link: bool

    @property
    def is_young_person(self) -> bool:
        """Whether the review is theirs."""
        return self.invitation.role is Role.YOUNG_PERSON


@dataclass(frozen=True, slots=True, repr=False)
class College:
    """Who is there."""

    professional: Person
    link: str
    guests: tuple[Guest, ...]

    @property
    def reviews(self) -> tuple[Review, ...]:
        """The ten reviews."""
        return tuple({guest.review.id: guest.review for guest in self.guests}.values())


async def founded(database: Database, telegram: TelegramStandIn) -> College:
    """Plan everything; most people are in already, as they would be after joining by their link."""
    link = await _staffed(database)
    guests: list[Guest] = []
    for number in range(REVIEWS):
        planned = await _planned(database, number)
        for invitation in planned.invitations:
            person = telegram.person(invitation.name)
            guest = Guest(person, planned.review, invitation, by_link=number < BY_LINK)
            guests.append(guest)
            if not guest.by_link:
                await _is_in(database, guest)
    return College(telegram.person("Okafor"), link, tuple(guests))


async def _staffed(database: Database) -> str:
    okafor = Staff(new_id(), "Mr Okafor", "Lead", "okafor@example.org", frozenset({Duty.PROFESSIONAL}))
    patel = Staff(new_id(), "Ms Patel", "SENCO", "patel@example.org", frozenset({Duty.COORDINATOR}))
    reid = Staff(new_id(), "Ms Reid", "Safeguarding", "reid@example.org", frozenset({Duty.SAFEGUARDING}))
    token = new_token()
    async with database.work() as work:
        for staff in (okafor, patel, reid):
            await work.staff.add(staff)
        await work.settings.put(
            Setting(new_id(), "Riverside College", safeguarding_lead=reid.id, safeguarding_deputy=patel.id)
        )
        await work.invites.add(token, staff_id=okafor.id, expires_at=datetime(2026, 12, 31, tzinfo=UTC))
        await work.commit()
    return token


async def _planned(database: Database, number: int) -> Planned:
    order = Order(
        first_name=f"Young{number}",
        reference=f"RC-{number:04}",
        born=date(2009, 5, 14),
        meeting=MEETING,
        kind=ReviewKind.EHC_ANNUAL,
        professional="okafor@example.org",
        coordinator="patel@example.org",
        carers=(Asked(Role.CARER, f"Carer{number}", "mother", SecretKind.DIGITS),),
        goals=("I travel to college by bus on my own.",),
    )
    async with database.work() as work:
        made = await Reviewing(bank_holidays(2025, 2029)).plan(work, order, STARTS)
        assert isinstance(made, Planned)
        await work.commit()
    return made


async def _is_in(database: Database, guest: Guest) -> None:
    guest.person.chat.standing = Standing.OPEN
    async with database.work() as work:
        account = await work.accounts.add(guest.person.id)
        participant = guest.invitation.participant_id
        await work.participants.attach(participant, account.id)
        await work.participants.set_state(participant, ParticipantState.JOINED)
        await _messages_planned(work, guest)
        await work.commit()


async def _messages_planned(work: UnitOfWork, guest: Guest) -> None:
    around = await circle(work, guest.review.id, guest.invitation.participant_id)
    await plan_messages(work, around, STARTS)
