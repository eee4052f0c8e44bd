"""Updates as they came, sealed: on disk before they are acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Integer, Select, bindparam, case, delete, select, update

from storage.columns import fixed
from storage.ids import new_id
from storage.models import InRow, cell
from storage.records import InState, InUpdate
from storage.repository.base import Repository

REMEMBERED = timedelta(days=3)
MAX_ATTEMPTS = 3


class Inbox(Repository):
    """Updates in the order in which they came. One that fails three times is parked and blocks nobody."""

    async def put(self, batch: Sequence[tuple[int, int | None, bytes]], now: datetime) -> int:
        """Store updates (update id, chat id, raw form). Return how many are new.

        An id that came within three days changes nothing. After that the messenger may use it again.
        """
        if not batch:
            return 0
        numbers = [update_id for update_id, _, _ in batch]
        forgotten = (InRow.update_id.in_(numbers), InRow.received_at <= now - REMEMBERED)
        await self._changed(update(InRow).where(*forgotten).values(update_id=None))
        rows = [self._row(update_id, chat_id, raw, now) for update_id, chat_id, raw in batch]
        return sum([await self._insert_new(row) for row in rows])

    async def waiting(self, limit: int) -> list[InUpdate]:
        """Return the oldest updates that are not done."""
        rows = await self._rows(InRow, _waiting(), {"at_most": limit})
        return [self._opened(row) for row in rows]

    async def next_for(self, chat: str) -> InUpdate | None:
        """Return the oldest update of a chat (its blind index) that is not done."""
        rows = await self._rows(InRow, _next(), {"of_chat": chat})
        return self._opened(rows[0]) if rows else None

    async def done(self, inbox_id: int) -> bool:
        """Note that an update was worked, and wipe it. Return False where somebody else was first."""
        done = {"state": InState.DONE, "raw": None}
        return await self._set(InRow, done, id=inbox_id, state=InState.QUEUED) > 0

    async def failed(self, inbox_id: int) -> int:
        """Count a failure; the third parks the update, whose raw form is kept. Return how many there were."""
        last = InRow.attempts + 1 >= MAX_ATTEMPTS
        state = case((last, fixed(InState.PARKED)), else_=fixed(InState.QUEUED))
        change = update(InRow).where(InRow.id == inbox_id, InRow.state == InState.QUEUED)
        await self._changed(change.values(attempts=InRow.attempts + 1, state=state))
        return await self._one(select(InRow.attempts).where(InRow.id == inbox_id)) or 0

    async def park(self, inbox_id: int) -> None:
        """Set aside an update that can never be worked; its raw form is kept, sealed."""
        queued = (InRow.id == inbox_id, InRow.state == InState.QUEUED)
        await self._changed(update(InRow).where(*queued).values(state=InState.PARKED))

    async def parked(self) -> list[InUpdate]:
        """Return what an operator must look at."""
        statement = select(InRow).where(InRow.state == fixed(InState.PARKED))
        return [self._opened(row) for row in await self._all(statement.order_by(InRow.id))]

    async def purge(self, before: datetime) -> int:
        """Delete done updates that came before this time (at least three days ago). Return how many."""
        old: ColumnElement[bool] = InRow.received_at < before
        return await self._changed(delete(InRow).where(InRow.state == fixed(InState.DONE), old))

    def _row(self, update_id: int, chat_id: int | None, raw: bytes, now: datetime) -> InRow:
        key = new_id()
        return InRow(
            key=key,
            update_id=update_id,
            chat="" if chat_id is None else self._vault.blind("chat", str(chat_id)),
            raw=self._vault.seal(raw, cell(InRow.raw, key)),
            state=InState.QUEUED,
            attempts=0,
            received_at=now,
        )

    def _opened(self, row: InRow) -> InUpdate:
        return InUpdate(
            id=row.id,
            update_id=row.update_id or 0,
            chat=row.chat,
            raw=b"" if row.raw is None else self._vault.open(row.raw, cell(InRow.raw, row.key)),
            state=row.state,
            attempts=row.attempts,
            received_at=row.received_at,
        )


@cache
def _waiting() -> Select[InRow]:
    queued = select(InRow).where(InRow.state == fixed(InState.QUEUED))
    return queued.order_by(InRow.id).limit(bindparam("at_most", type_=Integer))


@cache
def _next() -> Select[InRow]:
    queued = select(InRow).where(InRow.chat == bindparam("of_chat"), InRow.state == fixed(InState.QUEUED))
    return queued.order_by(InRow.id).limit(1)
