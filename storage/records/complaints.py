"""Complaints, opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from conversations.state import Media


class ComplaintState(StrEnum):
    """How far a complaint has come."""

    ASKED = "asked"  # the person was asked what is wrong, and has said nothing yet
    KEPT = "kept"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Complaint:
    """What somebody complained about. `staff_id` is whom it goes to, `answer_by` a day in the setting's zone.

    Until `listens_until` the next words of this person belong to it. `sources` are the messenger's own references of
    the messages that it came in, so that an edit of one finds it. `answer` is empty where it was given another way.
    """

    id: str
    participant_id: str
    staff_id: str
    at: datetime
    answer_by: date
    state: ComplaintState = ComplaintState.ASKED
    words: str = field(default="", repr=False)
    media: tuple[Media, ...] = ()
    sources: tuple[str, ...] = ()
    listens_until: datetime | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None
    answer: str = field(default="", repr=False)
