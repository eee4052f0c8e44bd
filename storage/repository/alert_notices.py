"""Mails that tell of an alert without content, and messages with frozen words that must leave a chat again."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Update, bindparam, delete, exists, select, update

from storage.bodies_apart import NoticeBody
from storage.columns import UtcTime, fixed
from storage.ids import new_id
from storage.models import AlertMailRow, AlertRow, ShownRow
from storage.records import DeliveryState
from storage.records.alerts import AlertMail, AlertState, NoticeTo, Shown
from storage.repository.apart import ApartRepository


class AlertNotices(ApartRepository):
    """Each mail is made once for alert, stage and reader, and claimed by one process at a time."""

    async def add(self, alert_id: str, stage: int, to: NoticeTo, staff_id: str, not_before: datetime) -> bool:
        """Queue a mail. Return False, changing nothing, where this reader has it for this stage already."""
        mail_id = self._vault.blind("alert_mail", "|".join((alert_id, str(stage), to, staff_id)))
        row = AlertMailRow(
            id=mail_id,
            alert_id=alert_id,
            not_before=not_before,
            state=DeliveryState.QUEUED,
            body=self._seal(AlertMailRow.body, mail_id, NoticeBody(to, staff_id)),
        )
        return await self._insert_new(row)

    async def claim(self, now: datetime) -> AlertMail | None:
        """Claim the mail that has been due longest, in one statement: nobody else gets it."""
        rows = await self._rows(AlertMailRow, _claim(), {"now": now})
        if not rows:
            return None
        row = rows[0]
        body = self._open(AlertMailRow.body, row.id, row.body, NoticeBody)
        return AlertMail(row.id, row.alert_id, body.to, body.staff_id, row.attempts)

    async def settle(
        self, mail_id: str, state: DeliveryState, now: datetime, not_before: datetime | None = None, error: str = ""
    ) -> None:
        """Note how a mail ended; QUEUED with `not_before` tries it again then. `error` is a code."""
        values: dict[str, Any] = {"state": state, "last_error": error}
        if state is DeliveryState.SENT:
            values["sent_at"] = now
        if not_before is not None:
            values["not_before"] = not_before
        await self._set(AlertMailRow, values, id=mail_id)

    async def release_stuck(self, before: datetime) -> int:
        """Queue again what was claimed before this time and never settled. Return how many."""
        stuck = (AlertMailRow.state == fixed(DeliveryState.SENDING), AlertMailRow.claimed_at < before)
        return await self._changed(update(AlertMailRow).where(*stuck).values(state=DeliveryState.QUEUED))

    async def states(self, alert_id: str) -> list[tuple[DeliveryState, int]]:
        """Return how each mail of an alert stands, with its tries."""
        statement = select(AlertMailRow.state, AlertMailRow.attempts).where(AlertMailRow.alert_id == alert_id)
        return [(state, tries) for state, tries in await self._line.run(statement)]

    async def is_mail_down(self) -> bool:
        """Say whether a mail of an alert that waits was tried in vain, and is to be tried again."""
        waits = (AlertRow.id == AlertMailRow.alert_id, AlertRow.state == fixed(AlertState.WAITING))
        failing = (AlertMailRow.state == fixed(DeliveryState.QUEUED), AlertMailRow.attempts > 0)
        return await self._one(select(AlertMailRow.id).where(*failing, exists().where(*waits))) is not None

    async def shown(self, account_id: str, key: str, until: datetime) -> None:
        """Note that the message under this key of the outbox must leave the chat at that time."""
        await self._insert(ShownRow(id=new_id(), account_id=account_id, key=key, until=until))

    async def take_down(self, now: datetime) -> list[Shown]:
        """Return, and forget, the messages whose time is over. Whoever asks queues their end in the same unit."""
        rows = await self._all(select(ShownRow).where(ShownRow.until <= now).with_for_update(skip_locked=True))
        for row in rows:
            await self._changed(delete(ShownRow).where(ShownRow.id == row.id))
        return [Shown(row.id, row.account_id, row.key) for row in rows]


@cache
def _claim() -> Update:
    now = bindparam("now", type_=UtcTime())
    queued = (AlertMailRow.state == fixed(DeliveryState.QUEUED), AlertMailRow.not_before <= now)
    first = select(AlertMailRow.id).where(*queued).order_by(AlertMailRow.not_before, AlertMailRow.id).limit(1)
    claimed = first.with_for_update(skip_locked=True).cte("due").prefix_with("MATERIALIZED")
    values = {"state": DeliveryState.SENDING, "claimed_at": now, "attempts": AlertMailRow.attempts + 1}
    return update(AlertMailRow).where(AlertMailRow.id.in_(select(claimed.c.id))).values(values).returning(AlertMailRow)
