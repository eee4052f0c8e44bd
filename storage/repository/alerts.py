"""Alerts: raised, told of in stages, seen by name, closed. One that nobody has seen falls due again and again."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, delete, func, select, update

from storage.bodies_apart import AlertBody
from storage.columns import UtcTime, fixed
from storage.models import AlertMailRow, AlertRow
from storage.records import DeliveryState, Due
from storage.records.alerts import Alert, AlertState
from storage.repository.apart import ApartRepository

_CLOSED = (AlertState.REAL, AlertState.NOT_REAL)


class Alerts(ApartRepository):
    """Each stage of each alert is claimed once, whatever number of processes look."""

    async def add(self, alert: Alert) -> None:
        """Add one."""
        body = AlertBody(
            review_id=alert.review_id,
            professional_id=alert.professional_id,
            elsewhere=alert.elsewhere,
            young_person_id=alert.young_person_id,
            who=alert.who,
            role=alert.role,
            relation=alert.relation,
            about=alert.about,
            reference=alert.reference,
        )
        row = AlertRow(
            id=alert.id,
            participant_id=alert.participant_id,
            state=alert.state,
            stage=alert.stage,
            raised_at=alert.raised_at,
            body=self._seal(AlertRow.body, alert.id, body),
            due_at=alert.due_at,
        )
        await self._insert(row)

    async def get(self, alert_id: str) -> Alert | None:
        """Return one."""
        row = await self._find(AlertRow, id=alert_id)
        return None if row is None else self._opened(row)

    async def all(self) -> list[Alert]:
        """Return every alert, the newest first. For a person who reads a list, not for a tick."""
        statement = select(AlertRow).order_by(AlertRow.raised_at.desc(), AlertRow.id.desc())
        return [self._opened(row) for row in await self._all(statement)]

    async def of_participant(self, participant_id: str) -> list[Alert]:
        """Return all of one person, the oldest first."""
        rows = await self._find_all(AlertRow, "raised_at", "id", participant_id=participant_id)
        return [self._opened(row) for row in rows]

    async def claim_due(self, now: datetime) -> Alert | None:
        """Claim the next stage of the alert that has been due longest: `stage` has grown, and nothing is due.

        Whoever claims it says in the same unit of work when the next stage is (`plan`).
        """
        rows = await self._rows(AlertRow, _claim(), {"now": now})
        return self._opened(rows[0]) if rows else None

    async def plan(self, alert_id: str, due_at: datetime) -> None:
        """Note when the next stage is."""
        await self._set(AlertRow, {"due_at": due_at}, id=alert_id)

    async def seen(self, alert_id: str, staff_id: str, now: datetime) -> bool:
        """Note who has seen it first; nothing more falls due, and mails that wait are not sent. False: somebody had."""
        values = {"state": AlertState.SEEN, "seen_at": now, "seen_by": staff_id, "due_at": None}
        done = await self._set(AlertRow, values, id=alert_id, state=AlertState.WAITING)
        if done:
            queued = (AlertMailRow.alert_id == alert_id, AlertMailRow.state == DeliveryState.QUEUED)
            await self._changed(delete(AlertMailRow).where(*queued))
        return done > 0

    async def close(self, alert_id: str, staff_id: str, now: datetime, *, real: bool) -> bool:
        """Note whether there was a concern. False where nobody has seen it, or it was closed before."""
        state = AlertState.REAL if real else AlertState.NOT_REAL
        values = {"state": state, "closed_at": now, "closed_by": staff_id}
        return await self._set(AlertRow, values, id=alert_id, state=AlertState.SEEN) > 0

    async def release(self, alert_id: str, staff_id: str, now: datetime) -> bool:
        """Let the words stand in the digest from now on. False where that was done before."""
        values = {"released_at": now, "released_by": staff_id}
        kept_back = (AlertRow.id == alert_id, AlertRow.released_at.is_(None))
        return await self._changed(update(AlertRow).where(*kept_back).values(values)) > 0

    async def unreached(self) -> list[Alert]:
        """Return those that wait and of which no notice has left yet, the oldest first."""
        waits = (AlertRow.state == fixed(AlertState.WAITING), AlertRow.reached_at.is_(None))
        statement = select(AlertRow).where(*waits).order_by(AlertRow.raised_at, AlertRow.id)
        return [self._opened(row) for row in await self._all(statement)]

    async def reached(self, alert_id: str, now: datetime) -> None:
        """Note that a notice has left for somebody."""
        missing = (AlertRow.id == alert_id, AlertRow.reached_at.is_(None))
        await self._changed(update(AlertRow).where(*missing).values(reached_at=now))

    async def to_tell(self) -> list[Alert]:
        """Return those that somebody has seen, and whose person has not been told so."""
        waits = (AlertRow.state != fixed(AlertState.WAITING), AlertRow.told_at.is_(None))
        return [self._opened(row) for row in await self._all(select(AlertRow).where(*waits).order_by(AlertRow.seen_at))]

    async def told(self, alert_id: str, now: datetime) -> bool:
        """Note that the person was told, or is not to be. False where another process was first."""
        untold = (AlertRow.id == alert_id, AlertRow.told_at.is_(None))
        return await self._changed(update(AlertRow).where(*untold).values(told_at=now)) > 0

    async def past(self, before: datetime) -> Due:
        """Return how many were closed before this time, and the day on which the oldest was."""
        old = (AlertRow.state.in_(_CLOSED), AlertRow.closed_at < before)
        found = await self._line.run(select(func.count(), func.min(AlertRow.closed_at)).where(*old))
        count, oldest = found.one()
        return Due(count, oldest.date() if oldest is not None else None)

    async def purge(self, before: datetime, most: int) -> int:
        """Delete at most so many that were closed before this time, with their frozen words. Return how many."""
        old = (AlertRow.state.in_(_CLOSED), AlertRow.closed_at < before)
        first = select(AlertRow.id).where(*old).order_by(AlertRow.closed_at).limit(most)
        return await self._changed(delete(AlertRow).where(AlertRow.id.in_(first)))

    def _opened(self, row: AlertRow) -> Alert:
        body = self._open(AlertRow.body, row.id, row.body, AlertBody)
        plain: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN}
        return Alert(
            review_id=body.review_id,
            professional_id=body.professional_id,
            elsewhere=body.elsewhere,
            young_person_id=body.young_person_id,
            who=body.who,
            role=body.role,
            relation=body.relation,
            about=body.about,
            reference=body.reference,
            **plain,
        )


_PLAIN = (
    "id", "participant_id", "state", "stage", "raised_at", "due_at", "reached_at", "seen_at", "seen_by", "told_at",
    "closed_at", "closed_by", "released_at", "released_by",
)  # fmt: skip


@cache
def _claim() -> Update:
    now = bindparam("now", type_=UtcTime())
    due = select(AlertRow.id).where(AlertRow.state == fixed(AlertState.WAITING), AlertRow.due_at <= now)
    first = due.order_by(AlertRow.due_at, AlertRow.id).limit(1)
    claimed = first.with_for_update(skip_locked=True).cte("due").prefix_with("MATERIALIZED")
    values = {"stage": AlertRow.stage + 1, "due_at": None}
    return update(AlertRow).where(AlertRow.id.in_(select(claimed.c.id))).values(values).returning(AlertRow)
