"""Raises an alert to the safeguarding team. So far it only leaves a line in the audit trail, without content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from conversations.effects import RaiseAlert
from storage.records import Participant
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Alarm:
    """Tells the safeguarding team, without a word of what was said."""

    async def raise_alert(
        self, work: UnitOfWork, who: Participant, review_id: str | None, alert: RaiseAlert, now: datetime
    ) -> None:
        """Note that an alert was raised, by ids alone."""
        await work.audit.add(now, who.id, "alert_raised", review_id or who.id)
