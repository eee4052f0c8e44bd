"""Messages to send: queued in the unit that decided them, claimed and settled by delivery. Not an archive."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Update, bindparam, delete, exists, func, select, tuple_, update
from sqlalchemy.orm import aliased

from storage.columns import UtcTime, fixed
from storage.models import OutRow, cell
from storage.records import Lane, NewMessage, OutMessage, OutState
from storage.repository.base import Repository

_NOBODY: AbstractSet[str] = frozenset()


class Outbox(Repository):
    """First in, first out for each account and lane; interactive lanes before the rest.

    A crash between the messenger's yes and `sent` repeats a message; it carries the same mark and is harmless.
    """

    async def add(self, message: NewMessage) -> bool:
        """Queue a message. Return False, changing nothing, where its key was queued before (and is not purged)."""
        row = OutRow(
            account_id=message.account_id,
            participant_id=message.participant_id,
            lane=message.lane.value,
            kind=message.kind,
            payload=self._vault.seal(message.payload, cell(OutRow.payload, message.dedupe_key)),
            dedupe_key=message.dedupe_key,
            state=OutState.QUEUED,
            not_before=message.not_before,
            created_at=message.not_before,
        )
        return await self._insert_new(row)

    async def claim(self, now: datetime, limit: int, busy_accounts: AbstractSet[str] = _NOBODY) -> list[OutMessage]:
        """Claim at most one message per account, in one statement: nobody else gets them.

        It is the account's first unsent one by lane and number. Where that one waits (for a retry), so do all behind
        it; where one is being sent, nothing is claimed.
        """
        values = {"now": now, "at_most": limit, "busy": sorted(busy_accounts) or [""]}  # no account is called that
        rows = await self._rows(OutRow, _claim(), values)
        return sorted((self._opened(row) for row in rows), key=lambda message: (message.lane, message.id))

    async def sent(self, message_id: int, telegram_id: int | None, now: datetime) -> None:
        """Note that it was sent, under this id of the messenger (None for a deletion). Its content is wiped."""
        await self._end(message_id, {"state": OutState.SENT, "message_id": telegram_id, "settled_at": now})

    async def settle(self, message_id: int, state: OutState, now: datetime) -> None:
        """Note how it ended without being sent. Its content is wiped."""
        await self._end(message_id, {"state": state, "settled_at": now})

    async def retry(self, message_id: int, not_before: datetime) -> None:
        """Queue a claimed message again for later. Those behind it wait."""
        waits = {"state": OutState.QUEUED, "not_before": not_before, "claimed_at": None}
        await self._set(OutRow, waits, id=message_id, state=OutState.SENDING)

    async def cancel_for(self, *, account_id: str | None = None, participant_id: str | None = None) -> int:
        """Cancel and wipe what is queued for an account or a participant. Return how many.

        What is being sent at this moment cannot be fetched back; where that fails, it is not tried again.
        """
        if account_id is None and participant_id is None:
            return 0
        change = update(OutRow).where(OutRow.state.in_((OutState.QUEUED, OutState.SENDING, OutState.HELD)))
        if account_id is not None:
            change = change.where(OutRow.account_id == account_id)
        if participant_id is not None:
            change = change.where(OutRow.participant_id == participant_id)
        return await self._changed(change.values(state=OutState.CANCELLED, payload=None, settled_at=OutRow.created_at))

    async def cancel_staff(self, account_id: str) -> int:
        """Cancel and wipe what waits for a colleague's account, not what comes to it as somebody who is asked.

        Also what was put aside after a restore: it would be sent when the pause ends.
        """
        unsent = (OutState.QUEUED, OutState.SENDING, OutState.HELD)
        waits = OutRow.state.in_(unsent), OutRow.participant_id.is_(None)
        change = update(OutRow).where(OutRow.account_id == account_id, *waits)
        return await self._changed(change.values(state=OutState.CANCELLED, payload=None, settled_at=OutRow.created_at))

    async def release_stuck(self, before: datetime) -> int:
        """Queue again what was claimed before this time and never settled. Return how many."""
        stuck = (OutRow.state == fixed(OutState.SENDING), OutRow.claimed_at < before)
        return await self._changed(update(OutRow).where(*stuck).values(state=OutState.QUEUED, claimed_at=None))

    async def is_empty(self) -> bool:
        """Say whether nothing is queued or being sent."""
        unsent = OutRow.state.in_((OutState.QUEUED, OutState.SENDING))
        return await self._one(select(OutRow.id).where(unsent).limit(1)) is None

    async def is_known(self, dedupe_key: str) -> bool:
        """Say whether a message was queued under this key, sent or not."""
        return await self._one(select(OutRow.id).where(OutRow.dedupe_key == dedupe_key)) is not None

    async def message_id_of(self, dedupe_key: str) -> int | None:
        """Return the messenger's id of a sent message, so that it can be edited."""
        return await self._one(select(OutRow.message_id).where(OutRow.dedupe_key == dedupe_key))

    async def oldest_unsent(self) -> datetime | None:
        """Return when the oldest queued message was queued."""
        return await self._one(select(func.min(OutRow.created_at)).where(OutRow.state == fixed(OutState.QUEUED)))

    async def purge_sent(self, before: datetime) -> int:
        """Delete messages that were settled, in whatever way, before this time. Return how many."""
        return await self._changed(delete(OutRow).where(OutRow.settled_at.is_not(None), OutRow.settled_at < before))

    async def counts(self) -> dict[OutState, int]:
        """Return how many messages there are in each state. It counts every row: for an operator, not for a tick."""
        rows = await self._line.run(select(OutRow.state, func.count()).group_by(OutRow.state))
        return {state: number for state, number in rows}  # noqa: C416 - dict() loses the types of the pairs

    async def _end(self, message_id: int, values: dict[str, Any]) -> None:
        await self._set(OutRow, {"payload": None, **values}, id=message_id)

    def _opened(self, row: OutRow) -> OutMessage:
        sealed = row.payload
        return OutMessage(
            id=row.id,
            account_id=row.account_id,
            participant_id=row.participant_id,
            lane=Lane(row.lane),
            kind=row.kind,
            payload=b"" if sealed is None else self._vault.open(sealed, cell(OutRow.payload, row.dedupe_key)),
            dedupe_key=row.dedupe_key,
            state=row.state,
            not_before=row.not_before,
            attempts=row.attempts,
            claimed_at=row.claimed_at,
            message_id=row.message_id,
        )


@cache
def _claim() -> Update:
    ahead, sending = aliased(OutRow, name="ahead"), aliased(OutRow, name="in_flight")
    queued, now = fixed(OutState.QUEUED), bindparam("now", type_=UtcTime())
    first = ~exists().where(
        ahead.account_id == OutRow.account_id,
        ahead.state == queued,
        tuple_(ahead.lane, ahead.id) < tuple_(OutRow.lane, OutRow.id),
    )
    idle = ~exists().where(sending.account_id == OutRow.account_id, sending.state == fixed(OutState.SENDING))
    free = OutRow.account_id.not_in(bindparam("busy", expanding=True))
    due = select(OutRow.id).where(OutRow.state == queued, OutRow.not_before <= now, first, idle, free)
    ordered = due.order_by(OutRow.lane, OutRow.id).limit(bindparam("at_most", type_=Integer))
    claimed = ordered.with_for_update(skip_locked=True, of=OutRow).cte("due").prefix_with("MATERIALIZED")
    values = {"state": OutState.SENDING, "claimed_at": now, "attempts": OutRow.attempts + 1}
    return update(OutRow).where(OutRow.id.in_(select(claimed.c.id))).values(values).returning(OutRow)
