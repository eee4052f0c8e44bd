"""Small facts about the bot itself, and the audit trail. No person's words."""

from __future__ import annotations

from datetime import datetime

from storage.models import AuditRow, MetaRow
from storage.records import AuditLine
from storage.repository.base import Repository


class Meta(Repository):
    """Values by name: the poll position, the heartbeat."""

    async def get(self, key: str) -> str | None:
        """Return a value, if it was put."""
        row = await self._find(MetaRow, key=key)
        return None if row is None else row.value

    async def put(self, key: str, value: str) -> None:
        """Store a value in place of an earlier one."""
        if not await self._set(MetaRow, {"value": value}, key=key):
            await self._insert(MetaRow(key=key, value=value))


class Audit(Repository):
    """Who did what to whom, in ids and codes. Lines are added and never changed."""

    async def add(self, at: datetime, actor: str, what: str, subject: str) -> None:
        """Add a line."""
        await self._insert(AuditRow(at=at, actor=actor, what=what, subject=subject))

    async def about(self, subject: str) -> list[AuditLine]:
        """Return what was done to one subject, in order."""
        rows = await self._find_all(AuditRow, "id", subject=subject)
        return [AuditLine(row.id, row.at, row.actor, row.what, row.subject) for row in rows]

    async def all(self) -> list[AuditLine]:
        """Return every line, in order."""
        rows = await self._find_all(AuditRow, "id")
        return [AuditLine(row.id, row.at, row.actor, row.what, row.subject) for row in rows]
