"""Digests and their way to each reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, select, update

from storage.columns import UtcTime, fixed
from storage.ids import new_id
from storage.models import DeliveryRow, DigestRow, cell
from storage.records import Channel, DeliveryState, DigestDelivery, StoredDigest
from storage.repository.base import Repository


class Digests(Repository):
    """Versions of digests, each made once; and deliveries, each once for reader and channel."""

    async def add(self, digest: StoredDigest) -> StoredDigest | None:
        """Store a version with its code. Return None where this version of the review exists already."""
        stored = replace(digest, code=self._vault.receipt("digest", digest.content))
        row = DigestRow(
            id=stored.id,
            review_id=stored.review_id,
            version=stored.version,
            kind=stored.kind,
            made_at=stored.made_at,
            code=stored.code,
            content=self._vault.seal(stored.content, cell(DigestRow.content, stored.id)),
        )
        return stored if await self._insert_new(row) else None

    async def get(self, digest_id: str) -> StoredDigest | None:
        """Return one."""
        return self._record(await self._one(select(DigestRow).where(DigestRow.id == digest_id)))

    async def latest(self, review_id: str) -> StoredDigest | None:
        """Return the newest version of a review."""
        statement = select(DigestRow).where(DigestRow.review_id == review_id)
        return self._record(await self._one(statement.order_by(DigestRow.version.desc())))

    async def of_review(self, review_id: str) -> list[StoredDigest]:
        """Return all versions of a review, the oldest first."""
        statement = select(DigestRow).where(DigestRow.review_id == review_id)
        return [self._opened(row) for row in await self._all(statement.order_by(DigestRow.version))]

    async def add_delivery(self, digest_id: str, staff_id: str, channel: Channel, not_before: datetime) -> bool:
        """Queue a digest for a reader. Return False, changing nothing, where that was done before."""
        row = DeliveryRow(
            id=new_id(),
            digest_id=digest_id,
            staff_id=staff_id,
            channel=channel,
            not_before=not_before,
            state=DeliveryState.QUEUED,
        )
        return await self._insert_new(row)

    async def claim_delivery(self, now: datetime) -> DigestDelivery | None:
        """Claim the delivery that has been due longest, in one statement: nobody else gets it."""
        rows = await self._rows(DeliveryRow, _claim(), {"now": now})
        return _delivery(rows[0]) if rows else None

    async def settle_delivery(
        self,
        delivery_id: str,
        state: DeliveryState,
        now: datetime,
        not_before: datetime | None = None,
        error: str = "",
    ) -> None:
        """Note how a delivery ended; QUEUED with `not_before` tries it again then. `error` is a code."""
        values: dict[str, Any] = {"state": state, "last_error": error}
        if state is DeliveryState.SENT:
            values["sent_at"] = now
        if not_before is not None:
            values["not_before"] = not_before
        await self._changed(update(DeliveryRow).where(DeliveryRow.id == delivery_id).values(values))

    async def cancel_deliveries(self, review_id: str, now: datetime) -> None:
        """End what is still to be delivered of a review."""
        its = select(DigestRow.id).where(DigestRow.review_id == review_id)
        queued = (DeliveryRow.digest_id.in_(its), DeliveryRow.state == fixed(DeliveryState.QUEUED))
        values = {"state": DeliveryState.FAILED, "last_error": "called_off", "not_before": now}
        await self._changed(update(DeliveryRow).where(*queued).values(values))

    async def bounced(self, delivery_id: str, error: str) -> DigestDelivery | None:
        """A mail that counted as sent came back: it counts as failed and never sent. None where it did not count."""
        counted = (
            DeliveryRow.id == delivery_id,
            DeliveryRow.state == fixed(DeliveryState.SENT),
            DeliveryRow.channel.in_((Channel.MAIL, Channel.NOTICE)),
        )
        values = {"state": DeliveryState.FAILED, "sent_at": None, "last_error": error}
        rows = await self._rows(DeliveryRow, update(DeliveryRow).where(*counted).values(values).returning(DeliveryRow))
        return _delivery(rows[0]) if rows else None

    async def opened(self, delivery_id: str, at: datetime) -> None:
        """Note when a reader first opened it in Telegram."""
        unopened = (DeliveryRow.id == delivery_id, DeliveryRow.opened_at.is_(None))
        await self._changed(update(DeliveryRow).where(*unopened).values(opened_at=at))

    async def read(self, delivery_id: str, at: datetime) -> bool:
        """Note when a reader first said that they have read it. Return False where they had said so."""
        unread = (DeliveryRow.id == delivery_id, DeliveryRow.read_at.is_(None))
        return await self._changed(update(DeliveryRow).where(*unread).values(read_at=at)) > 0

    async def deliveries(self, digest_id: str) -> list[DigestDelivery]:
        """Return all deliveries of a digest."""
        statement = select(DeliveryRow).where(DeliveryRow.digest_id == digest_id)
        return [_delivery(row) for row in await self._all(statement.order_by(DeliveryRow.id))]

    async def release_stuck(self, before: datetime) -> int:
        """Queue again what was claimed before this time and never settled. Return how many.

        A crash between the mail server's yes and our note of it repeats a delivery: the same digest, once more.
        """
        stuck = (DeliveryRow.state == fixed(DeliveryState.SENDING), DeliveryRow.claimed_at < before)
        return await self._changed(update(DeliveryRow).where(*stuck).values(state=DeliveryState.QUEUED))

    def _record(self, row: DigestRow | None) -> StoredDigest | None:
        return None if row is None else self._opened(row)

    def _opened(self, row: DigestRow) -> StoredDigest:
        return StoredDigest(
            id=row.id,
            review_id=row.review_id,
            version=row.version,
            kind=row.kind,
            made_at=row.made_at,
            content=self._vault.open(row.content, cell(DigestRow.content, row.id)),
            code=row.code,
        )


@cache
def _claim() -> Update:
    now = bindparam("now", type_=UtcTime())
    due = select(DeliveryRow.id).where(DeliveryRow.state == fixed(DeliveryState.QUEUED), DeliveryRow.not_before <= now)
    ordered = due.order_by(DeliveryRow.not_before, DeliveryRow.id).limit(1)
    claimed = ordered.with_for_update(skip_locked=True).cte("due").prefix_with("MATERIALIZED")
    values = {"state": DeliveryState.SENDING, "claimed_at": now, "attempts": DeliveryRow.attempts + 1}
    return update(DeliveryRow).where(DeliveryRow.id.in_(select(claimed.c.id))).values(values).returning(DeliveryRow)


def _delivery(row: DeliveryRow) -> DigestDelivery:
    return DigestDelivery(
        id=row.id,
        digest_id=row.digest_id,
        staff_id=row.staff_id,
        channel=row.channel,
        not_before=row.not_before,
        state=row.state,
        attempts=row.attempts,
        sent_at=row.sent_at,
        opened_at=row.opened_at,
        read_at=row.read_at,
        last_error=row.last_error,
    )
