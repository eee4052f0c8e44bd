"""Complaints: asked for, kept, answered. They go with the person who made them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from conversations.state import MediaId
from storage.bodies import ComplaintBody
from storage.models import ComplaintRow
from storage.records import Complaint, ComplaintState
from storage.repository.base import Repository


class Complaints(Repository):
    """What people complain about, until somebody has answered it."""

    async def add(self, complaint: Complaint) -> None:
        """Add one."""
        row = ComplaintRow(
            id=complaint.id,
            participant_id=complaint.participant_id,
            staff_id=complaint.staff_id,
            at=complaint.at,
            answer_by=complaint.answer_by,
            state=complaint.state,
            body=self._seal(ComplaintRow.body, complaint.id, _body(complaint)),
            listens_until=complaint.listens_until,
            answered_at=complaint.answered_at,
            answered_by=complaint.answered_by,
        )
        await self._insert(row)

    async def get(self, complaint_id: str) -> Complaint | None:
        """Return one."""
        row = await self._find(ComplaintRow, id=complaint_id)
        return None if row is None else self._opened(row)

    async def save(self, complaint: Complaint) -> None:
        """Store changed words, media, state and times. Whose it is and whom it goes to stay."""
        body = self._seal(ComplaintRow.body, complaint.id, _body(complaint))
        values = {
            "at": complaint.at,
            "answer_by": complaint.answer_by,
            "state": complaint.state,
            "body": body,
            "listens_until": complaint.listens_until,
            "answered_at": complaint.answered_at,
            "answered_by": complaint.answered_by,
        }
        await self._set(ComplaintRow, values, id=complaint.id)

    async def remove(self, complaint_id: str) -> None:
        """Delete one that nobody wrote."""
        await self._remove(ComplaintRow, id=complaint_id)

    async def of_participant(self, participant_id: str) -> list[Complaint]:
        """Return all of one person, the oldest first; also one that was asked for and not yet said."""
        rows = await self._find_all(ComplaintRow, "at", "id", participant_id=participant_id)
        return [self._opened(row) for row in rows]

    async def of_staff(self, staff_id: str) -> list[Complaint]:
        """Return what went to one colleague, the soonest due first."""
        said = (ComplaintRow.staff_id == staff_id, ComplaintRow.state != ComplaintState.ASKED)
        statement = select(ComplaintRow).where(*said).order_by(ComplaintRow.answer_by, ComplaintRow.id)
        return [self._opened(row) for row in await self._all(statement)]

    async def open_ones(self) -> list[Complaint]:
        """Return what nobody has answered yet, the soonest due first."""
        statement = select(ComplaintRow).where(ComplaintRow.state == ComplaintState.KEPT)
        ordered = statement.order_by(ComplaintRow.answer_by, ComplaintRow.id)
        return [self._opened(row) for row in await self._all(ordered)]

    async def listening(self, participant_id: str, now: datetime) -> Complaint | None:
        """Return the complaint to which the next words of this person belong."""
        waits = (ComplaintRow.participant_id == participant_id, ComplaintRow.listens_until > now)
        row = await self._one(select(ComplaintRow).where(*waits).order_by(ComplaintRow.at.desc()))
        return None if row is None else self._opened(row)

    async def holding(self, participant_id: str, media_id: MediaId) -> Complaint | None:
        """Return this person's complaint that a medium belongs to."""
        theirs = await self.of_participant(participant_id)
        return next((each for each in theirs if any(media.id == media_id for media in each.media)), None)

    def _opened(self, row: ComplaintRow) -> Complaint:
        body = self._open(ComplaintRow.body, row.id, row.body, ComplaintBody)
        return Complaint(
            id=row.id,
            participant_id=row.participant_id,
            staff_id=row.staff_id,
            at=row.at,
            answer_by=row.answer_by,
            state=row.state,
            words=body.words,
            media=body.media,
            sources=body.sources,
            listens_until=row.listens_until,
            answered_at=row.answered_at,
            answered_by=row.answered_by,
            answer=body.answer,
        )


def _body(complaint: Complaint) -> ComplaintBody:
    return ComplaintBody(complaint.words, complaint.media, complaint.sources, complaint.answer)
