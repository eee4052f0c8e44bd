"""What changes on the day on which somebody passes an age: decided by the kept days and the clock, never by hand."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts import Circle, circle
from bot.notices import Notices
from bot.prompt_rows import PromptKind, ask
from conversations.hours import local
from conversations.lines import Line
from conversations.schooling import is_young_person
from conversations.script import Role
from conversations.timetable import DOCUMENTS_AT
from storage.records import Participant, Review, Setting, Staff, YoungPerson
from storage.unit_of_work import UnitOfWork

_SAYS: Final = {
    PromptKind.BELOW_AGE: Line.STAFF_BELOW_AGE,
    PromptKind.TELEGRAM_AGE: Line.STAFF_TELEGRAM_AGE,
    PromptKind.OWN_RIGHT: Line.STAFF_OWN_RIGHT,
}


class BelowMinimumAgeError(Exception):
    """Somebody was to be invited to Telegram who is too young for it: whoever invites looks first."""


async def may_use_telegram(work: UnitOfWork, participant: Participant, now: datetime) -> bool:
    """Whether the day has come from which this person is old enough for Telegram. Parents and carers always are."""
    about = await work.people.get(participant.young_person_id)
    setting = await work.settings.get()
    if participant.role is not Role.YOUNG_PERSON or about is None or setting is None or about.telegram_from is None:
        return True
    return now.astimezone(ZoneInfo(setting.zone)).date() >= about.telegram_from


async def plan_age_notices(
    work: UnitOfWork, review: Review, person: YoungPerson, setting: Setting, now: datetime
) -> None:
    """The rows by which staff hear, on the day, that an invite is possible or that the review is the person's own."""
    today = now.astimezone(ZoneInfo(setting.zone)).date()
    over = local(review.meeting + timedelta(days=1), time(0, 0), setting.zone)
    if person.telegram_from is not None and today < person.telegram_from:
        await ask(work, review.id, PromptKind.BELOW_AGE, now, over)
        due = local(person.telegram_from, DOCUMENTS_AT, setting.zone)
        if due < over:
            await ask(work, review.id, PromptKind.TELEGRAM_AGE, due, over)
    leaving = person.leaving_date
    if leaving is not None and not is_young_person(leaving, today) and leaving < review.meeting:
        due = local(leaving + timedelta(days=1), DOCUMENTS_AT, setting.zone)
        await ask(work, review.id, PromptKind.OWN_RIGHT, due, over)


async def tell_of_age(work: UnitOfWork, notices: Notices, review: Review, kind: PromptKind, cause: str) -> None:
    """Tell the named professional and the coordinator what has changed, each once."""
    people = await work.participants.of_young_person(review.young_person_id)
    young = next((person for person in people if person.role is Role.YOUNG_PERSON), None)
    if young is None:
        return  # everything of them was deleted
    around = await circle(work, review.id, young.id)
    coordinator = await work.staff.get(review.coordinator_id)
    told: dict[str, Staff] = {each.id: each for each in (around.professional, coordinator) if each is not None}
    day = around.about.telegram_from or review.meeting
    text = notices.post.line(_SAYS[kind], name=around.about.first_name, date=review.meeting, day=day)
    for staff in told.values():
        await notices.to_staff(work, staff, f"age:{cause}:{staff.id}", text)


def past_an_age(around: Circle, now: datetime) -> str | None:
    """Why nothing may be sent to this person today: too young for Telegram, or the plan has ended at 25 (P12).

    A coordinator's recorded reason counts for the second alone.
    """
    about, review = around.about, around.review
    today = now.astimezone(ZoneInfo(around.setting.zone)).date()
    is_young = around.participant.role is Role.YOUNG_PERSON
    if is_young and about.telegram_from is not None and today < about.telegram_from:
        return "below_minimum_age"
    if about.plan_ends is not None and today >= about.plan_ends and not review.age_reason:
        return "plan_ended"
    return None
