"""How long closed alerts stay with their frozen words: the period "alerts" of the retention schedule."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.retention import Also, Keeper
from conversations.retention import Kind
from storage.records import Due
from storage.unit_of_work import UnitOfWork


async def _due(work: UnitOfWork, day: date) -> Due:
    return await work.alerts.past(_end_of(day))


async def _drop(work: UnitOfWork, day: date, most: int) -> int:
    return await work.alerts.purge(_end_of(day), most)


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)


ALERTS: Final[Also] = {Kind.ALERTS: Keeper(_due, _drop)}
"""What the tick and `firsthand purge` delete beside their own kinds. Alerts that nobody has closed always stay."""
