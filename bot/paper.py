"""Keeps what staff typed in from paper: beside what a person sent in the chat, never in its place.

It is frozen, numbered and given a receipt as everything that is sent. Nobody's chat is changed or written to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from bot.authority import Action, about_review, colleague, may
from bot.facts import Circle, circle
from bot.prompt_rows import ask_for_update
from conversations.effects import Submission
from conversations.hours import local
from conversations.paper import Read
from conversations.script import Flow
from conversations.state import ConversationId, ConversationState, Place, Spot
from storage.records import (
    Conversation,
    ConversationStatus,
    ReviewStage,
    Staff,
    StoredSubmission,
)
from storage.unit_of_work import UnitOfWork

NOON: Final = time(12, 0)
"""A paper bears a day and no hour; at noon it is the same day in every zone of ours."""
OLDEST: Final = timedelta(days=366)
ENTERED: Final = "entered_paper"
TAKEN_BACK: Final = "removed_paper"


class Denied(StrEnum):
    """Why nothing may be typed in, or taken back, here."""

    NO_REVIEW = "no_review"
    NOT_YOURS = "not_yours"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class PaperDesk:
    """Whose paper it is, in which review, and who types it in."""

    around: Circle
    staff: Staff

    @property
    def name(self) -> str:
        """The first name of the person whose paper it is."""
        return self.around.participant.name or self.around.about.first_name

    def moment(self, day: date) -> datetime:
        """The day that is written on the paper, as aware UTC."""
        return local(day, NOON, self.around.setting.zone)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is stored now. `new` is false where the very same was stored before, and nothing happened."""

    stored: StoredSubmission = field(repr=False)
    new: bool


async def at_desk(work: UnitOfWork, review_id: str, participant_id: str, email: str) -> PaperDesk | Denied:
    """Whether this member of staff may type in this person's paper: the coordinator or named professional may.

    They have to work here still, and it is never the review of their own child (decision 11).
    """
    review = await work.reviews.get(review_id)
    if review is None or review.stage is ReviewStage.CANCELLED:
        return Denied.NO_REVIEW
    staff = await work.staff.by_email(email)
    asking = await colleague(work, staff)
    if staff is None or not may(asking, Action.TYPE_IN_PAPER, about_review(review)).is_yes:
        return Denied.NOT_YOURS
    asked = await work.participants.of_young_person(review.young_person_id)
    if participant_id not in {each.id for each in asked}:
        return Denied.NOT_ASKED
    return PaperDesk(await circle(work, review.id, participant_id), staff)


async def keep(work: UnitOfWork, desk: PaperDesk, flow: Flow, read: Read, now: datetime) -> Kept:
    """Freeze what was typed in, in place of what was typed in before. The very same twice is kept once.

    Raises:
        Conflict: somebody else typed in this person's paper at the same moment.
    """
    around = desk.around
    paper_id = work.conversations.paper_id(around.participant.id, around.review.id)
    before = await work.submissions.latest(paper_id)
    if before is not None and _is_same(before.submission, flow, read):
        return Kept(before, new=False)
    number = await _next_number(work, desk, paper_id, flow, now)
    submission = Submission(
        conversation=paper_id,
        script=flow.id,
        version=flow.version,
        number=number,
        answers=read.answers,
        sent_at=now,
        late=now > around.cut_off,
        share=read.share,
    )
    stored = await work.submissions.add(submission, around.participant.id, around.review.id)
    await work.audit.add(now, desk.staff.id, ENTERED, around.participant.id)
    await ask_for_update(work, around.review, now, stored.id)
    return Kept(stored, new=True)


async def take_back(work: UnitOfWork, desk: PaperDesk, now: datetime) -> bool:
    """Take back what was typed in; false where nothing is. What the person sent in the chat stays as it is."""
    around = desk.around
    paper_id = work.conversations.paper_id(around.participant.id, around.review.id)
    latest = await work.submissions.latest(paper_id)
    if latest is None:
        return False
    await work.submissions.withdraw(paper_id)
    await work.audit.add(now, desk.staff.id, TAKEN_BACK, around.participant.id)
    await ask_for_update(work, around.review, now, f"paper-withdrawn-{latest.id}")
    return True


def is_likely(day: date, today: date) -> bool:
    """Whether a paper can bear this day: not one to come, and none of more than a year ago."""
    return today - OLDEST <= day <= today


def _is_same(before: Submission, flow: Flow, read: Read) -> bool:
    same_script = (before.script, before.version) == (flow.id, flow.version)
    return same_script and before.answers == read.answers and before.share == read.share


async def _next_number(work: UnitOfWork, desk: PaperDesk, paper_id: ConversationId, flow: Flow, now: datetime) -> int:
    """Count this paper. The row that counts is saved with the submission, so that of two writers one meets a conflict.

    It is closed, and in no chat: it holds numbers and no words.
    """
    held = await work.conversations.get(paper_id)
    number = held.state.sendings + 1 if held else 1
    state = ConversationState(
        paper_id, flow.id, flow.version, revision=number, place=Place(Spot.CLOSED), sendings=number
    )
    row = Conversation(
        id=paper_id,
        participant_id=desk.around.participant.id,
        review_id=desk.around.review.id,
        account_id=None,
        script=flow.id,
        version=flow.version,
        revision=number,
        status=ConversationStatus.PAPER,
        state=state,
        touched_at=now,
    )
    if held is None:
        await work.conversations.add(row)
    else:
        await work.conversations.save(replace(row, stored_version=held.stored_version))
    return number
