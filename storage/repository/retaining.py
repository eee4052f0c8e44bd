"""What is past its day: counted, and deleted a few at a time. Which day that is, `conversations.retention` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update

from conversations.state import MediaId
from storage.bodies import ComplaintBody, NoteBody
from storage.columns import fixed
from storage.models import (
    AccountRow,
    AuditRow,
    ComplaintRow,
    ConversationRow,
    DigestRow,
    InRow,
    InviteRow,
    KeptLongerRow,
    MediaRow,
    NoteRow,
    OutRow,
    ParticipantRow,
    PictureRow,
    ReaderChangeRow,
    RecordingRow,
    ReviewRow,
    StaffLeftRow,
    StaffRow,
    SubmissionRow,
    YoungPersonRow,
)
from storage.records import (
    ComplaintState,
    ConversationStatus,
    Due,
    InState,
    StaffState,
    SubmissionState,
)
from storage.repository.base import Repository

_UNFINISHED = (ConversationStatus.WAITING, ConversationStatus.ACTIVE, ConversationStatus.PAUSED)


class Timed(StrEnum):
    """What goes by a time that stands in its own row."""

    INVITES = "invites"
    RECORDINGS = "recordings"
    AUDIT = "audit"
    PARKED = "parked"
    INBOX = "inbox"
    OUTBOX = "outbox"
    PICTURES = "pictures"


_TIMED: Final[Mapping[Timed, tuple[Any, tuple[ColumnElement[bool], ...]]]] = {
    Timed.INVITES: (InviteRow.expires_at, ()),
    Timed.RECORDINGS: (RecordingRow.at, ()),
    Timed.AUDIT: (AuditRow.at, ()),
    Timed.PARKED: (InRow.received_at, (InRow.state == fixed(InState.PARKED),)),
    Timed.INBOX: (InRow.received_at, (InRow.state == fixed(InState.DONE),)),
    Timed.OUTBOX: (OutRow.settled_at, (OutRow.settled_at.is_not(None),)),
    Timed.PICTURES: (PictureRow.created_at, ()),
}


class Retaining(Repository):
    """Each kind has a query for what is past its day. `limit` bounds one unit of work."""

    # What hangs on the day of a meeting

    async def drafts(self, touched_by: datetime, met_by: date) -> list[str]:
        """Return conversations of which nothing counts as sent, last touched by then, whose meeting is over."""
        sent = exists().where(
            SubmissionRow.conversation_id == ConversationRow.id, SubmissionRow.state == SubmissionState.SENT
        )
        old = (ConversationRow.status.in_(_UNFINISHED), ConversationRow.touched_at <= touched_by)
        found = select(ConversationRow.id).join(ReviewRow, ReviewRow.id == ConversationRow.review_id)
        old_ones = found.where(*old, ReviewRow.meeting <= met_by, ~sent).order_by(ConversationRow.id)
        # Whoever goes on with it at this moment keeps it: PostgreSQL looks again once the row is free.
        return list(await self._all(old_ones.with_for_update(of=ConversationRow, skip_locked=True)))

    async def sent(self, met_by: date, met_by_with_yes: date) -> list[str]:
        """Return conversations (paper too) of reviews that met by then; of those with a yes, by the other day."""
        yes = exists().where(KeptLongerRow.id == ConversationRow.participant_id)
        gone = or_(and_(~yes, ReviewRow.meeting <= met_by), and_(yes, ReviewRow.meeting <= met_by_with_yes))
        found = select(ConversationRow.id).join(ReviewRow, ReviewRow.id == ConversationRow.review_id)
        drafts = and_(ConversationRow.status.in_(_UNFINISHED), ~_has_sent())
        rows = await self._all(found.where(gone, ~drafts).order_by(ConversationRow.id))
        return list(rows)

    async def notes(self, met_by: date) -> list[str]:
        """Return the notes of such reviews that somebody has read."""
        found = select(NoteRow.id).join(ReviewRow, ReviewRow.id == NoteRow.review_id)
        return list(
            await self._all(found.where(NoteRow.read_at.is_not(None), ReviewRow.meeting <= met_by).order_by(NoteRow.id))
        )

    async def unread_notes(self, met_by: date) -> int:
        """Return how many notes of such reviews stay because nobody has read them."""
        unread = select(func.count()).select_from(NoteRow).join(ReviewRow, ReviewRow.id == NoteRow.review_id)
        return await self._one(unread.where(NoteRow.read_at.is_(None), ReviewRow.meeting <= met_by)) or 0

    async def digests(self, met_by: date) -> list[str]:
        """Return the digests of such reviews."""
        found = select(DigestRow.id).join(ReviewRow, ReviewRow.id == DigestRow.review_id)
        return list(await self._all(found.where(ReviewRow.meeting <= met_by).order_by(DigestRow.id)))

    async def people(self, met_by: date) -> list[str]:
        """Return young people whose reviews all met by then, and of whom nothing that anybody said is left."""
        reviews = select(ReviewRow.id).where(ReviewRow.young_person_id == YoungPersonRow.id)
        asked = select(ParticipantRow.id).where(ParticipantRow.young_person_id == YoungPersonRow.id)
        later = exists().where(ReviewRow.young_person_id == YoungPersonRow.id, ReviewRow.meeting > met_by)
        left: list[ColumnElement[bool]] = [
            exists().where(ConversationRow.review_id.in_(reviews)),
            exists().where(DigestRow.review_id.in_(reviews)),
            exists().where(NoteRow.participant_id.in_(asked)),
            exists().where(ComplaintRow.participant_id.in_(asked)),
        ]
        some = exists().where(ReviewRow.young_person_id == YoungPersonRow.id)
        gone = select(YoungPersonRow.id).where(some, ~later, *(~each for each in left))
        return list(await self._all(gone.order_by(YoungPersonRow.id)))

    async def oldest_meeting(self, met_by: date) -> date | None:
        """Return the day of the oldest meeting by then."""
        return await self._one(select(func.min(ReviewRow.meeting)).where(ReviewRow.meeting <= met_by))

    # Deleting what was found

    async def drop_conversation(self, conversation_id: str) -> None:
        """Delete a conversation with its answers, sendings and media; media of a note or a complaint stay with it."""
        who = await self._one(select(ConversationRow.participant_id).where(ConversationRow.id == conversation_id))
        kept = await self._noted_media(who or "")
        if kept:
            theirs = (MediaRow.conversation_id == conversation_id, MediaRow.id.in_(kept))
            await self._changed(update(MediaRow).where(*theirs).values(conversation_id=None))
        held = update(AccountRow).where(AccountRow.floor == conversation_id)
        await self._changed(held.values(floor=None))
        await self._remove(ConversationRow, id=conversation_id)

    async def drop_note(self, note_id: str) -> None:
        """Delete a note with its media."""
        row = await self._find(NoteRow, id=note_id)
        if row is not None:
            body = self._open(NoteRow.body, row.id, row.body, NoteBody)
            await self._drop_media([each.id for each in body.media])
            await self._remove(NoteRow, id=note_id)

    async def drop_complaint(self, complaint_id: str) -> None:
        """Delete a complaint with its media."""
        row = await self._find(ComplaintRow, id=complaint_id)
        if row is not None:
            body = self._open(ComplaintRow.body, row.id, row.body, ComplaintBody)
            await self._drop_media([each.id for each in body.media])
            await self._remove(ComplaintRow, id=complaint_id)

    async def drop_digest(self, digest_id: str) -> None:
        """Delete a digest with its deliveries."""
        await self._remove(DigestRow, id=digest_id)

    async def complaints(self, answered_by: datetime) -> list[str]:
        """Return complaints that were answered by then. One that nobody has answered stays."""
        done = (ComplaintRow.state == ComplaintState.ANSWERED, ComplaintRow.answered_at <= answered_by)
        return list(await self._all(select(ComplaintRow.id).where(*done).order_by(ComplaintRow.id)))

    # What goes by a time of its own

    async def due(self, timed: Timed, by: datetime) -> Due:
        """Return how many rows are of that time or before, and the day of the oldest."""
        column, gone = _TIMED[timed]
        found = await self._line.run(select(func.count(), func.min(column)).where(column <= by, *gone))
        count, oldest = found.one()
        return Due(count, oldest.date() if oldest is not None else None)

    async def drop(self, timed: Timed, by: datetime, limit: int) -> int:
        """Delete at most so many of them, the oldest first. Return how many."""
        column, gone = _TIMED[timed]
        [row] = column.class_.__table__.primary_key
        some = select(row).where(column <= by, *gone).order_by(column).limit(limit)
        return await self._changed(delete(column.class_).where(row.in_(some)))

    async def staff_seen_to_leave(self, now: datetime) -> None:
        """Note of every colleague who has left, and of whom it is not yet noted, that it was seen now."""
        noted = exists().where(StaffLeftRow.id == StaffRow.id)
        left = select(StaffRow.id).where(StaffRow.state == StaffState.ENDED, ~noted)
        for staff_id in await self._all(left):
            await self._insert_new(StaffLeftRow(id=staff_id, seen_at=now))

    async def staff(self, seen_by: datetime) -> list[str]:
        """Return colleagues who were seen to have left by then, and whom no review, change or complaint names."""
        named: list[ColumnElement[bool]] = [
            exists().where(or_(ReviewRow.professional_id == StaffRow.id, ReviewRow.coordinator_id == StaffRow.id)),
            exists().where(or_(ReaderChangeRow.staff_id == StaffRow.id, ReaderChangeRow.former_id == StaffRow.id)),
            exists().where(ComplaintRow.staff_id == StaffRow.id),
        ]
        left = select(StaffRow.id).join(StaffLeftRow, StaffLeftRow.id == StaffRow.id)
        gone = left.where(StaffRow.state == StaffState.ENDED, StaffLeftRow.seen_at <= seen_by)
        return list(await self._all(gone.where(*(~each for each in named)).order_by(StaffRow.id)))

    async def drop_staff(self, staff_id: str) -> None:
        """Delete a colleague, and their account where nobody else uses it."""
        account = await self._one(select(StaffRow.account_id).where(StaffRow.id == staff_id))
        await self._remove(StaffRow, id=staff_id)
        if account is not None:
            used = exists().where(or_(ParticipantRow.account_id == account))
            works = exists().where(StaffRow.account_id == account)
            await self._changed(delete(AccountRow).where(AccountRow.id == account, ~used, ~works))

    # The person's own yes

    async def keep_longer(self, participant_id: str, now: datetime) -> None:
        """The person lets their words be kept for next time."""
        await self._insert_new(KeptLongerRow(id=participant_id, since=now))

    async def keep_no_longer(self, participant_id: str) -> None:
        """The person takes that back, or never said it."""
        await self._remove(KeptLongerRow, id=participant_id)

    async def keeps_longer(self, participant_id: str) -> bool:
        """Say whether the person said yes."""
        return await self._find(KeptLongerRow, id=participant_id) is not None

    async def _noted_media(self, participant_id: str) -> list[str]:
        notes = await self._find_all(NoteRow, participant_id=participant_id)
        complaints = await self._find_all(ComplaintRow, participant_id=participant_id)
        media = [each for row in notes for each in self._open(NoteRow.body, row.id, row.body, NoteBody).media]
        media += [
            each for row in complaints for each in self._open(ComplaintRow.body, row.id, row.body, ComplaintBody).media
        ]
        return [each.id for each in media]

    async def _drop_media(self, ids: Sequence[MediaId]) -> None:
        """Bytes go along. What an answer refers to as well stays with the answer."""
        loose = (MediaRow.id.in_(ids), MediaRow.conversation_id.is_(None))
        await self._changed(delete(MediaRow).where(*loose))


def _has_sent() -> ColumnElement[bool]:
    return exists().where(
        SubmissionRow.conversation_id == ConversationRow.id, SubmissionRow.state == SubmissionState.SENT
    )
