"""Approvals of scripts. They are added and never changed: another version needs another yes."""

from __future__ import annotations

from storage.bodies import ApprovalBody
from storage.models import ApprovalRow
from storage.records import Approval, Approver
from storage.repository.base import Repository


class Approvals(Repository):
    """Who said yes to which version of which script."""

    async def add(self, approval: Approval) -> None:
        """Add one."""
        row = ApprovalRow(
            id=approval.id,
            script=approval.script,
            version=approval.version,
            role=approval.role.value,
            day=approval.day,
            body=self._seal(ApprovalRow.body, approval.id, ApprovalBody(approval.by)),
        )
        await self._insert(row)

    async def all(self) -> list[Approval]:
        """Return all, the oldest first."""
        return [
            Approval(row.id, row.script, row.version, Approver(row.role), row.day, self._by(row))
            for row in await self._find_all(ApprovalRow, "day", "id")
        ]

    def _by(self, row: ApprovalRow) -> str:
        return self._open(ApprovalRow.body, row.id, row.body, ApprovalBody).by
