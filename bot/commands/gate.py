"""The one gate of inviting (P14): whoever plans or invites for real goes through here, and nowhere else."""

from __future__ import annotations

from datetime import datetime

from bot.bank_holidays import bank_holidays
from bot.commands.desk import fail
from bot.golive import missing
from bot.reviewing import Reviewing
from bot.settings import Settings
from bot.timetables import offsets_in
from storage.database import Database


async def inviting(settings: Settings, database: Database, now: datetime) -> Reviewing:
    """What plans and invites, by this operator's rules; while anything is missing it ends with exit code 3."""
    lacking = await missing(settings, database, now)
    if lacking:
        fail("Nobody can be invited yet. Missing:\n" + "\n".join(f"- {each}" for each in lacking), 3)
    return Reviewing(
        bank_holidays(now.year - 1, now.year + 3),
        offsets=offsets_in(settings.timetable),
        minimum_age=settings.minimum_age,
    )
