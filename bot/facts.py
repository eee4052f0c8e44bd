"""From stored records to what a conversation must know of its review. Reads; never writes or sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.bank_holidays import bank_holidays
from conversations.calendar import SchoolCalendar, Term
from conversations.hours import DecentHours, local
from conversations.in_place import FLAG
from conversations.script import Flow
from conversations.spoken import place_name, still_said
from conversations.state import ReviewFacts
from conversations.timetable import DOCUMENTS_AT, Stage
from storage.records import Conversation, Participant, Review, Setting, Staff, YoungPerson
from storage.unit_of_work import UnitOfWork

SOON: Final = 2
"""School days within which words that come after the close are read."""


class NoSuchReviewError(LookupError):
    """A row names another that is not there: a programmer's mistake, never a person's."""


@dataclass(frozen=True, slots=True)
class Circle:
    """Everyone and everything around one participant in one review."""

    review: Review
    about: YoungPerson
    participant: Participant
    professional: Staff
    setting: Setting
    safeguarding: str = field(default="", repr=False)
    recorded: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What is read aloud in this person's script and language: the code of its words, by the place's name."""

    def stage(self, stage: Stage) -> date:
        """The day of a stage; one that was dropped falls back to the close, which always is."""
        return stage_day(self.review, stage)

    @property
    def cut_off(self) -> datetime:
        """Until when a sent submission can be changed: noon of the day the check ends."""
        return local(self.stage(Stage.CHECK_ENDS), DOCUMENTS_AT, self.setting.zone)

    def hours(self, quiet_days: frozenset[date]) -> DecentHours:
        """When this person may be written to unasked."""
        person = self.participant
        return DecentHours(person.zone, person.earliest, person.latest, frozenset(person.quiet_weekdays), quiet_days)

    def reads_by(self, now: datetime) -> date:
        """By which day the named professional reads: the close; later two school days, or the meeting if sooner."""
        today = now.astimezone(ZoneInfo(self.setting.zone)).date()
        close = self.stage(Stage.CLOSE)
        if today <= close:
            return close
        terms = tuple(Term(first, last) for first, last in self.setting.terms)
        free = _bank_holidays(today.year)
        soon = SchoolCalendar(free, terms, frozenset(self.setting.closures)).add_school_days(today, SOON)
        return min(soon, self.review.meeting) if today < self.review.meeting else soon

    def acts_in_place(self, now: datetime) -> bool:
        """Whether this person acts in place of the young person, today."""
        marked = self.participant.in_place
        return marked is not None and marked.holds(now.astimezone(ZoneInfo(self.setting.zone)).date())

    def facts(self, now: datetime, flow: Flow | None = None) -> ReviewFacts:
        """What the engine needs, and nothing more. With `flow`, also which of its questions can be read aloud."""
        return ReviewFacts(
            about=self.about.first_name,
            name=self.participant.name,
            contact=self.professional.name,
            safeguarding=self.safeguarding,
            meeting=self.review.meeting,
            reads_by=self.reads_by(now),
            cut_off=self.cut_off,
            plan_lines=self.review.plan_lines,
            goals=self.review.goals,
            flags=self.review.flags | ({FLAG} if self.acts_in_place(now) else set()),
            profile=self.participant.profile,
            read_aloud=still_said(flow, self.recorded) if flow is not None else frozenset(),
        )


def stage_day(review: Review, stage: Stage) -> date:
    """The day of a stage in a stored timetable; a dropped one falls back to the close."""
    return date.fromisoformat(review.timetable.get(stage.value) or review.timetable[Stage.CLOSE.value])


async def circle(work: UnitOfWork, review_id: str, participant_id: str) -> Circle:
    """The circle of a participant in a review.

    Raises:
        NoSuchReviewError: one of them is not stored.
    """
    review = await work.reviews.get(review_id)
    participant = await work.participants.get(participant_id)
    setting = await work.settings.get()
    if review is None or participant is None or setting is None:
        raise NoSuchReviewError
    about = await work.people.get(review.young_person_id)
    professional = await work.staff.get(review.professional_id)
    if about is None or professional is None:
        raise NoSuchReviewError
    lead = await work.staff.get(setting.safeguarding_lead)
    said = await work.recordings.said(participant.role.value, participant.language)
    recorded = {place_name(step, item): code for (step, item), code in said.items()}
    return Circle(review, about, participant, professional, setting, lead.name if lead else "", recorded)


async def circle_of(work: UnitOfWork, conversation: Conversation) -> Circle:
    """The circle in which a conversation stands."""
    return await circle(work, conversation.review_id, conversation.participant_id)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return bank_holidays(year, year + 1)
