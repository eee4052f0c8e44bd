"""Planning a review: who it is about, when, who runs it, who is asked. Out come single-use invites.

A birth date is used here and not kept (decision 30). What a person can get wrong comes back as a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.ages import BelowMinimumAgeError, may_use_telegram, plan_age_notices
from bot.facts import circle
from bot.naming import as_name
from bot.ordering import Asked, Fault, Order, age_fault
from bot.prompt_rows import plan_messages, plan_review
from bot.secrets_by_hand import Secret, SecretKind, hashed, new_secret
from conversations.calendar import SchoolCalendar, Term
from conversations.languages import ENGLISH_CODE
from conversations.offsets import DEFAULTS, Offsets, ReviewKind
from conversations.planning import plan
from conversations.schooling import age_days, school_leaving_date
from conversations.script import Role
from conversations.state import PlanLine
from conversations.timetable import Booking, Refused, Timetable, at_a_glance
from storage.ids import new_id, new_token
from storage.records import (
    Participant,
    ParticipantState,
    Review,
    ReviewStage,
    Setting,
    Staff,
    StaffState,
    YoungPerson,
)
from storage.unit_of_work import UnitOfWork

INVITE_LASTS: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What staff hand over: the link or letter by one way, the secret by another. Shown once, not kept.

    `language` is the code of the one that the letter is in.
    """

    participant_id: str
    name: str = field(repr=False)
    role: Role
    token: str = field(repr=False)
    secret: Secret
    expires_at: datetime
    language: str = field(default=ENGLISH_CODE, repr=False)


@dataclass(frozen=True, slots=True)
class Planned:
    """A review that stands, its days, and its invites. `on_paper`: too young for Telegram, so there is no invite."""

    review: Review
    timetable: Timetable
    invitations: tuple[Invitation, ...]
    on_paper: Participant | None = None


def school_calendar(setting: Setting, quiet_days: frozenset[date]) -> SchoolCalendar:
    """The setting's own terms and closures, with the bank holidays."""
    terms = tuple(Term(first, last) for first, last in setting.terms)
    return SchoolCalendar(quiet_days, terms, frozenset(setting.closures))


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Plans reviews and makes invites. `minimum_age`, in years, is what the operator decided for Telegram."""

    quiet_days: frozenset[date]
    minimum_age: int | None = None
    offsets: dict[ReviewKind, Offsets] = field(default_factory=lambda: dict(DEFAULTS))

    async def looked_at(self, work: UnitOfWork, order: Order, now: datetime) -> Refused | Fault | None:
        """What keeps this from being planned; nothing is stored, and a faultless order is only looked at."""
        found = await self._timed(work, order, now)
        if not isinstance(found, tuple):
            return found
        return await _clash(work, order)

    async def plan(self, work: UnitOfWork, order: Order, now: datetime) -> Planned | Refused | Fault:
        """Plan one review; nothing is stored unless it can be."""
        found = await self._timed(work, order, now)
        if not isinstance(found, tuple):
            return found
        if (clash := await _clash(work, order)) is not None:
            return clash
        timetable, staff = found
        return await self._store(work, order, timetable, staff, now)

    async def _timed(
        self, work: UnitOfWork, order: Order, now: datetime
    ) -> tuple[Timetable, tuple[Staff, Staff]] | Refused | Fault:
        """The days and the colleagues of an order, where it can have them."""
        setting = await work.settings.get()
        if setting is None:
            return Fault.NO_SETTING
        staff = await self._staff(work, order)
        if isinstance(staff, Fault):
            return staff
        today = now.astimezone(ZoneInfo(setting.zone)).date()
        days = age_days(order.born, self.minimum_age)
        if (fault := age_fault(order, days)) is not None:
            return fault
        # Nobody is asked before the day on which the young person has a review of their own.
        first_day = today if order.age_reason.strip() else max(today, days.asked_from)
        booking = Booking(order.meeting, order.kind, first_day, bool(order.short_notice_reason.strip()))
        timetable = plan(booking, self.offsets[order.kind], school_calendar(setting, self.quiet_days))
        if isinstance(timetable, Refused):
            return timetable
        return timetable, staff

    async def invite(self, work: UnitOfWork, participant: Participant, kind: SecretKind, now: datetime) -> Invitation:
        """A new invite; an old one and an old account end at once for this person (a lost or new phone).

        Raises:
            BelowMinimumAgeError: they are too young for Telegram today; `may_use_telegram` says so before.
        """
        if not await may_use_telegram(work, participant, now):
            raise BelowMinimumAgeError
        await work.invites.end_for(participant_id=participant.id)
        await work.outbox.cancel_for(participant_id=participant.id)
        await work.participants.set_state(participant.id, ParticipantState.INVITED)
        await work.participants.detach(participant.id)
        await work.conversations.hand_over(participant.id, None)
        secret, token = new_secret(kind), new_token()
        await work.participants.set_secret(participant.id, kind, hashed(secret))
        expires = now + INVITE_LASTS
        await work.invites.add(token, participant_id=participant.id, expires_at=expires)
        await work.audit.add(now, "staff", "invited", participant.id)
        return Invitation(
            participant.id, participant.name, participant.role, token, secret, expires, participant.language
        )

    async def in_language(self, work: UnitOfWork, participant: Participant, code: str) -> Participant:
        """The person, who is invited in this language from now on; with no code, in the language they had."""
        if code in {"", participant.language}:
            return participant
        changed = replace(participant, language=code)
        await work.participants.save(changed)
        return changed

    async def _staff(self, work: UnitOfWork, order: Order) -> tuple[Staff, Staff] | Fault:
        if not as_name(order.first_name) or any(not as_name(carer.name) for carer in order.carers):
            return Fault.NO_NAME
        if len({_who(carer) for carer in order.carers}) < len(order.carers):
            return Fault.SAME_CARER_TWICE
        professional = await work.staff.by_email(order.professional)
        coordinator = await work.staff.by_email(order.coordinator)
        if professional is None or professional.state is not StaffState.ACTIVE:
            return Fault.NO_PROFESSIONAL
        if coordinator is None or coordinator.state is not StaffState.ACTIVE:
            return Fault.NO_COORDINATOR
        return professional, coordinator

    async def _store(
        self, work: UnitOfWork, order: Order, timetable: Timetable, staff: tuple[Staff, Staff], now: datetime
    ) -> Planned:
        known = await work.people.by_reference(as_name(order.reference))
        days = age_days(order.born, self.minimum_age)
        person = replace(
            known or YoungPerson(new_id(), as_name(order.first_name), as_name(order.reference)),
            leaving_date=days.leaving,
            plan_ends=days.plan_ends,
            telegram_from=days.telegram_from,
        )
        await (work.people.add(person) if known is None else work.people.save(person))
        review = Review(
            id=new_id(),
            young_person_id=person.id,
            kind=order.kind.value,
            meeting=order.meeting,
            professional_id=staff[0].id,
            coordinator_id=staff[1].id,
            planned_at=now,
            timetable={stage.value: day.isoformat() for stage, day in at_a_glance(timetable)},
            stage=ReviewStage.PLANNED,
            plan_lines=_quoted("p", order.plan_lines, staff[1]),
            goals=_quoted("g", order.goals, staff[1]),
            short_notice_reason=as_name(order.short_notice_reason),
            flags=order.flags,
            age_reason=as_name(order.age_reason),
        )
        await work.reviews.add(review)
        setting = await work.settings.get()
        if setting is not None:
            await plan_review(work, review, setting)
            await plan_age_notices(work, review, person, setting, now)
        await work.audit.add(now, staff[1].id, "planned", review.id)
        if review.age_reason:
            await work.audit.add(now, staff[1].id, "age_rule_set_aside", review.id)
        asked = (Asked(Role.YOUNG_PERSON, person.first_name, "", order.secret, order.language), *order.carers)
        invitations = await self._invite_all(work, review, asked, now)
        people = await work.participants.of_young_person(person.id)
        too_young = [each for each in people if not await may_use_telegram(work, each, now)]
        return Planned(review, timetable, tuple(invitations), next(iter(too_young), None))

    async def _invite_all(
        self, work: UnitOfWork, review: Review, asked: Sequence[Asked], now: datetime
    ) -> list[Invitation]:
        """Who is in from an earlier review stays in, and hears of this one; everyone else gets an invite."""
        held = {_who(one): one for one in await work.participants.of_young_person(review.young_person_id)}
        invitations = []
        for each in asked:
            participant = held.get(_who(each))
            if participant is None:
                participant = Participant(
                    id=new_id(),
                    young_person_id=review.young_person_id,
                    role=each.role,
                    relation=as_name(each.relation),
                    name=as_name(each.name),
                    quiet_weekdays=(5, 6),
                    language=each.language or ENGLISH_CODE,
                )
                await work.participants.add(participant)
            if participant.state is ParticipantState.JOINED:
                await plan_messages(work, await circle(work, review.id, participant.id), now)
            elif await may_use_telegram(work, participant, now):
                asked_in = await self.in_language(work, participant, each.language)
                invitations.append(await self.invite(work, asked_in, each.secret, now))
        return invitations


async def _clash(work: UnitOfWork, order: Order) -> Fault | None:
    """What is there already and does not go with this order."""
    known = await work.people.by_reference(as_name(order.reference))
    if known is None:
        return None
    if not _is_the_same(known, order):
        return Fault.ANOTHER_PERSON
    same_day = (review.meeting == order.meeting for review in await work.reviews.of_young_person(known.id))
    return Fault.PLANNED_ALREADY if any(same_day) else None


def _who(one: Asked | Participant) -> tuple[Role, str, str]:
    """By what the same person is known in another review; capitals and spaces do not matter."""
    return one.role, as_name(one.name).casefold(), as_name(one.relation).casefold()


def _is_the_same(known: YoungPerson, order: Order) -> bool:
    """Whether a reference that is known means the person of this order: a slip would ask somebody else's circle."""
    same_name = known.first_name.casefold() == as_name(order.first_name).casefold()
    return same_name and known.leaving_date in {None, school_leaving_date(order.born)}


def _quoted(mark: str, texts: Sequence[str], by: Staff) -> tuple[PlanLine, ...]:
    """Words that staff wrote, shown as a quote with their name (decision 7)."""
    return tuple(
        PlanLine(f"{mark}{number}", as_name(text), by.name) for number, text in enumerate(texts, 1) if as_name(text)
    )
