"""Changes of who reads, and who said no to one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.bodies import ReaderBody
from storage.models import ReaderChangeRow, ReaderNoRow
from storage.records import ReaderChange
from storage.repository.base import Repository


class Readers(Repository):
    """The named professionals of a review after the first, and what people say to each."""

    async def add(self, change: ReaderChange) -> None:
        """Add one."""
        row = ReaderChangeRow(
            id=change.id,
            review_id=change.review_id,
            staff_id=change.staff_id,
            former_id=change.former_id,
            at=change.at,
            body=self._seal(ReaderChangeRow.body, change.id, ReaderBody(change.reason)),
        )
        await self._insert(row)

    async def get(self, change_id: str) -> ReaderChange | None:
        """Return one."""
        row = await self._find(ReaderChangeRow, id=change_id)
        return None if row is None else self._opened(row)

    async def latest(self, review_id: str) -> ReaderChange | None:
        """Return the newest change of a review; None where its first named professional still reads."""
        mine = select(ReaderChangeRow).where(ReaderChangeRow.review_id == review_id)
        row = await self._one(mine.order_by(ReaderChangeRow.at.desc(), ReaderChangeRow.id.desc()))
        return None if row is None else self._opened(row)

    async def say_no(self, change_id: str, participant_id: str, at: datetime) -> bool:
        """Note that this person does not want this reader. Return False where they had said so."""
        return await self._insert_new(ReaderNoRow(change_id=change_id, participant_id=participant_id, at=at))

    async def said_no(self, change: ReaderChange) -> frozenset[str]:
        """Return the participants who do not want this reader: a no holds if the same colleague comes a second time."""
        same = (ReaderChangeRow.review_id == change.review_id, ReaderChangeRow.staff_id == change.staff_id)
        found = select(ReaderNoRow.participant_id).join(ReaderChangeRow, ReaderNoRow.change_id == ReaderChangeRow.id)
        return frozenset(await self._all(found.where(*same)))

    async def refused_by(self, participant_id: str, review_id: str) -> list[str]:
        """Return the staff to whom this person said no in a review, the first no first."""
        mine = (ReaderNoRow.participant_id == participant_id, ReaderChangeRow.review_id == review_id)
        found = select(ReaderChangeRow.staff_id).join(ReaderNoRow, ReaderNoRow.change_id == ReaderChangeRow.id)
        return list(await self._all(found.where(*mine).order_by(ReaderNoRow.at)))

    def _opened(self, row: ReaderChangeRow) -> ReaderChange:
        body = self._open(ReaderChangeRow.body, row.id, row.body, ReaderBody)
        return ReaderChange(row.id, row.review_id, row.staff_id, row.former_id, row.at, body.reason)
