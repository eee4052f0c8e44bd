"""What a colleague sees of their reviews in the chat: days and where people stand, never a word of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.authority import Action, about_review, colleague, may
from bot.changes.nudging import Nudge, nudge
from bot.post import Post, To
from bot.prompt_rows import summary_now
from conversations.effects import Button
from conversations.lines import Line
from conversations.script import Role
from storage.records import Participant, ParticipantState, Review, ReviewStage, Staff
from storage.unit_of_work import UnitOfWork

COMMAND: Final = "reviews"
NUDGE: Final = "desk:nudge:"
SUMMARY: Final = "desk:summary:"
_MOST: Final = 12
"""Messages in a row that somebody reads."""
_OVER: Final = frozenset({ReviewStage.HELD, ReviewStage.CANCELLED})
_STANDS: Final[Mapping[ParticipantState, Line]] = {
    ParticipantState.INVITED: Line.STAFF_STANDS_INVITED,
    ParticipantState.ANSWERED_CODE: Line.STAFF_STANDS_TO_CHECK,
    ParticipantState.JOINED: Line.STAFF_STANDS_IN,
    ParticipantState.LEFT: Line.STAFF_STANDS_LEFT,
    ParticipantState.BLOCKED: Line.STAFF_STANDS_BLOCKED,
}
"""Whoever stands otherwise is asked in another way."""


@dataclass(frozen=True, slots=True)
class Board:
    """Shows a colleague's reviews, the next meeting first, with what can be done about each."""

    post: Post

    async def show(self, work: UnitOfWork, staff: Staff, now: datetime, cause: str) -> None:
        """One message for each review to come."""
        to = To(staff.account_id or "")
        reviews = await self._mine(work, staff)
        if not reviews:
            await self.post.say(work, to, f"{cause}:none", self.post.line(Line.STAFF_NO_REVIEWS))
        for review in reviews[:_MOST]:
            text = await self._text(work, review, now)
            await self.post.say(work, to, f"{cause}:{review.id}", text, self._buttons(staff, review))
        if len(reviews) > _MOST:
            more = self.post.line(Line.STAFF_MORE_REVIEWS, count=str(len(reviews) - _MOST))
            await self.post.say(work, to, f"{cause}:more", more)

    async def nudge(self, work: UnitOfWork, staff: Staff, data: str, now: datetime) -> str:
        """Remind people once more, as the rules give it; who that is."""
        review = await self._allowed(work, staff, data.removeprefix(NUDGE), Action.CHANGE_REVIEW)
        if review is None:
            return self.post.line(Line.STAFF_NOT_YOURS)
        fates = await nudge(work, review, staff, now)
        people = await work.participants.of_young_person(review.young_person_id)
        names = [each.name for each in people if fates[each.id] is Nudge.COMES]
        line = Line.STAFF_NUDGED if names else Line.STAFF_NUDGED_NOBODY
        return self.post.line(line, names=", ".join(names))

    async def summary(self, work: UnitOfWork, staff: Staff, data: str, now: datetime) -> str:
        """The digest as it stands, now."""
        review = await self._allowed(work, staff, data.removeprefix(SUMMARY), Action.OPEN_DIGEST)
        if review is None:
            return self.post.line(Line.STAFF_NOT_YOURS)
        await summary_now(work, review, now)
        return self.post.line(Line.STAFF_SUMMARY_COMES)

    async def _mine(self, work: UnitOfWork, staff: Staff) -> list[Review]:
        asking = await colleague(work, staff)
        mine = [each for each in await work.reviews.for_staff(staff.id) if each.stage not in _OVER]
        allowed = (each for each in mine if may(asking, Action.SEE_WHAT_WAITS, about_review(each)).is_yes)
        return sorted(allowed, key=lambda each: (each.meeting, each.id))

    async def _allowed(self, work: UnitOfWork, staff: Staff, review_id: str, action: Action) -> Review | None:
        review = await work.reviews.get(review_id)
        if review is None or review.stage in _OVER:
            return None
        return review if may(await colleague(work, staff), action, about_review(review)).is_yes else None

    async def _text(self, work: UnitOfWork, review: Review, now: datetime) -> str:
        about, setting = await work.people.get(review.young_person_id), await work.settings.get()
        today = now.astimezone(ZoneInfo(setting.zone if setting else "UTC")).date()
        sent = {each.participant_id for each in await work.submissions.of_review(review.id)}
        name, days = about.first_name if about else "", _days(review.meeting, today)
        head = self.post.line(Line.STAFF_REVIEW, name=name, date=review.meeting, days=days)
        people = await work.participants.of_young_person(review.young_person_id)
        return "\n".join((head, *(self._stands(each, has_sent=each.id in sent) for each in people)))

    def _stands(self, person: Participant, *, has_sent: bool) -> str:
        line = Line.STAFF_STANDS_SENT if has_sent else _STANDS.get(person.state, Line.STAFF_STANDS_ELSEWHERE)
        name = f"{person.name} ({person.relation})" if person.role is Role.CARER and person.relation else person.name
        return self.post.line(line, name=name)

    def _buttons(self, staff: Staff, review: Review) -> list[Button]:
        found = [Button(self.post.line(Line.STAFF_NUDGE), NUDGE + review.id)]
        if staff.id == review.professional_id:
            found.append(Button(self.post.line(Line.STAFF_SUMMARY), SUMMARY + review.id))
        return found


def _days(meeting: date, today: date) -> str:
    return str(max((meeting - today).days, 0))
