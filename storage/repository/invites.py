"""Invites: links that open once."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from storage.ids import new_id
from storage.models import InviteRow
from storage.records import Invite, InviteState
from storage.repository.base import Repository


class Invites(Repository):
    """Single-use links. Only the hash of a token is stored; 128 random bits need no salt."""

    async def add(
        self, token: str, *, expires_at: datetime, participant_id: str | None = None, staff_id: str | None = None
    ) -> Invite:
        """Add an open invite for one participant or one member of staff."""
        invite = Invite(new_id(), participant_id, staff_id, expires_at)
        row = InviteRow(
            id=invite.id,
            token=_hashed(token),
            participant_id=participant_id,
            staff_id=staff_id,
            expires_at=expires_at,
            state=invite.state,
        )
        await self._insert(row)
        return invite

    async def find(self, token: str) -> Invite | None:
        """Find by token, in whatever state; whether it still opens is the caller's question."""
        row = await self._find(InviteRow, token=_hashed(token))
        return None if row is None else _record(row)

    async def use(self, invite_id: str, account_id: str) -> bool:
        """Use an open invite for this account. Return False where it was used or ended before."""
        still_open = (InviteRow.id == invite_id, InviteRow.state == InviteState.OPEN)
        change = update(InviteRow).where(*still_open).values(state=InviteState.USED, used_by=account_id)
        return await self._changed(change) > 0

    async def used_by(self, invite_id: str) -> str | None:
        """Return the account that used it."""
        return await self._one(select(InviteRow.used_by).where(InviteRow.id == invite_id))

    async def latest(self, participant_id: str) -> Invite | None:
        """Return the newest invite of a participant, in whatever state."""
        newest = InviteRow.expires_at.desc(), InviteRow.id.desc()
        row = await self._one(select(InviteRow).where(InviteRow.participant_id == participant_id).order_by(*newest))
        return None if row is None else _record(row)

    async def get(self, invite_id: str) -> Invite | None:
        """Return one, in whatever state."""
        row = await self._find(InviteRow, id=invite_id)
        return None if row is None else _record(row)

    async def end_for(self, *, participant_id: str | None = None, staff_id: str | None = None) -> None:
        """End the open invites of a participant or a member of staff."""
        if participant_id is not None:
            await self._end(InviteRow.participant_id == participant_id)
        if staff_id is not None:
            await self._end(InviteRow.staff_id == staff_id)

    async def _end(self, theirs: ColumnElement[bool]) -> None:
        change = update(InviteRow).where(theirs, InviteRow.state == InviteState.OPEN)
        await self._changed(change.values(state=InviteState.ENDED))


def _record(row: InviteRow) -> Invite:
    return Invite(row.id, row.participant_id, row.staff_id, row.expires_at, row.state)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
