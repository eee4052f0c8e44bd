"""What a turn needs of whoever tells the safeguarding team."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from conversations.effects import RaiseAlert
from storage.records import Participant
from storage.unit_of_work import UnitOfWork


class RaisesAlerts(Protocol):
    """Tells the safeguarding team, and freezes what was said for them."""

    async def raise_alert(
        self, work: UnitOfWork, who: Participant, review_id: str | None, alert: RaiseAlert, now: datetime
    ) -> None:
        """Raise it within this unit of work."""
