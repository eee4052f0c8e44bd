"""Who wants to be counted, and what was printed of a term."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from storage.models import CountedInRow, InsightReportRow
from storage.repository.base import Repository


class Insights(Repository):
    """Choices by participant; reports as they were printed: they never change, so that none can be subtracted."""

    async def count_in(self, participant_id: str, now: datetime) -> None:
        """This person wants to be counted; a second time it changes nothing."""
        await self._insert_new(CountedInRow(id=participant_id, since=now))

    async def count_out(self, participant_id: str) -> None:
        """This person does not want to be counted, or no longer."""
        await self._remove(CountedInRow, id=participant_id)

    async def counts_in(self, participant_id: str) -> bool:
        """Say whether this person wants to be counted."""
        return await self._find(CountedInRow, id=participant_id) is not None

    async def counted(self) -> frozenset[str]:
        """Return all who want to be counted."""
        return frozenset(await self._all(select(CountedInRow.id)))

    async def report(self, name: str) -> str | None:
        """Return what was printed under this name; None before that."""
        row = await self._find(InsightReportRow, id=name)
        return None if row is None else row.content

    async def keep_report(self, name: str, content: str, now: datetime) -> bool:
        """Store what was printed; false where another process was first: then its print holds."""
        return await self._insert_new(InsightReportRow(id=name, made_at=now, content=content))
