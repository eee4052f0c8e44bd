"""Words and media that answered no question."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select, update

from storage.bodies import NoteBody
from storage.models import NoteRow
from storage.records import Note
from storage.repository.base import Repository


class Notes(Repository):
    """Notes that wait until a person has read them."""

    async def add(self, note: Note) -> None:
        """Add one."""
        row = NoteRow(
            id=note.id,
            participant_id=note.participant_id,
            review_id=note.review_id,
            at=note.at,
            body=self._seal(NoteRow.body, note.id, NoteBody(note.words, note.media)),
            read_at=note.read_at,
            read_by=note.read_by,
            read_due=note.read_due,
            alert_id=note.alert_id,
        )
        await self._insert(row)

    async def unread(self, review_id: str | None = None) -> list[Note]:
        """Return what nobody has read, the oldest first: of one review, or all."""
        statement = select(NoteRow).where(NoteRow.read_at.is_(None))
        if review_id is not None:
            statement = statement.where(NoteRow.review_id == review_id)
        return [self._opened(row) for row in await self._all(statement.order_by(NoteRow.at, NoteRow.id))]

    async def overdue(self, today: date) -> list[str]:
        """Return the reviews with unread words that should have been read before today; alerts are not among them."""
        late = (NoteRow.read_at.is_(None), NoteRow.read_due < today, NoteRow.alert_id.is_(None))
        statement = select(NoteRow.review_id).where(*late, NoteRow.review_id.is_not(None)).distinct()
        return [review_id for review_id in await self._all(statement) if review_id is not None]

    async def of_participant(self, participant_id: str) -> list[Note]:
        """Return all that one participant left, read or not, the oldest first."""
        statement = select(NoteRow).where(NoteRow.participant_id == participant_id)
        return [self._opened(row) for row in await self._all(statement.order_by(NoteRow.at, NoteRow.id))]

    async def mark_read(self, note_id: str, staff_id: str, at: datetime) -> bool:
        """Note who read it first. Return False where somebody had."""
        unread = (NoteRow.id == note_id, NoteRow.read_at.is_(None))
        return await self._changed(update(NoteRow).where(*unread).values(read_at=at, read_by=staff_id)) > 0

    async def keep_apart(self, note_id: str, alert_id: str) -> None:
        """Note that these words raised an alert: the safeguarding team reads them, and nobody else."""
        await self._set(NoteRow, {"alert_id": alert_id, "read_due": None}, id=note_id)

    async def alert_seen(self, alert_id: str, staff_id: str, at: datetime) -> None:
        """Note that the words which raised an alert were read with it."""
        unread = (NoteRow.alert_id == alert_id, NoteRow.read_at.is_(None))
        await self._changed(update(NoteRow).where(*unread).values(read_at=at, read_by=staff_id))

    async def alert_released(self, alert_id: str, read_due: date | None) -> None:
        """Let the words which raised an alert wait like any others, for whoever reads the review's."""
        values = {"alert_id": None, "read_at": None, "read_by": None, "read_due": read_due}
        await self._changed(update(NoteRow).where(NoteRow.alert_id == alert_id).values(values))

    def _opened(self, row: NoteRow) -> Note:
        body = self._open(NoteRow.body, row.id, row.body, NoteBody)
        return Note(
            id=row.id,
            participant_id=row.participant_id,
            at=row.at,
            review_id=row.review_id,
            words=body.words,
            media=body.media,
            read_at=row.read_at,
            read_by=row.read_by,
            read_due=row.read_due,
            alert_id=row.alert_id,
        )
