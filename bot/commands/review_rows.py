"""What the list of reviews says of each person: where they stand, and on which day their words go."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from conversations.retention import Periods, draft_goes, sent_goes
from storage.records import ConversationStatus, Participant, Review
from storage.unit_of_work import UnitOfWork

_UNFINISHED = frozenset({ConversationStatus.ACTIVE, ConversationStatus.PAUSED})


async def standing(unit: UnitOfWork, review: Review, periods: Periods) -> list[dict[str, str]]:
    """A row for each person who is asked in a review."""
    person = await unit.people.get(review.young_person_id)
    sent = {each.participant_id for each in await unit.submissions.of_review(review.id)}
    return [
        {
            "review": review.id,
            "meeting": review.meeting.isoformat(),
            "about": person.first_name if person else "",
            "person": each.name or each.role.value,
            "participant": each.id,
            "stage": review.stage.value,
            "state": "sent" if each.id in sent else each.state.value,
            "age reason": review.age_reason,
            "words go": _said(await _goes(unit, review, each, periods, has_sent=each.id in sent)),
        }
        for each in await unit.participants.of_young_person(review.young_person_id)
    ]


async def _goes(
    unit: UnitOfWork, review: Review, person: Participant, periods: Periods, *, has_sent: bool
) -> date | None:
    """The day on which a person's words go; None where there are none."""
    held = [each for each in await unit.conversations.of_participant(person.id) if each.review_id == review.id]
    if has_sent or (held and held[0].status not in _UNFINISHED):
        longer = await unit.retaining.keeps_longer(person.id)
        return sent_goes(review.meeting, periods, longer=longer)
    drafts = [each for each in held if each.status in _UNFINISHED]
    if not drafts:
        return None
    setting = await unit.settings.get()
    zone = ZoneInfo(setting.zone if setting else "UTC")
    return draft_goes(drafts[-1].touched_at.astimezone(zone).date(), review.meeting, periods)


def _said(day: date | None) -> str:
    return day.isoformat() if day else ""
