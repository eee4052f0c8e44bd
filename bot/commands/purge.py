"""`firsthand purge`: delete now what is past its day, or show what would be."""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.desk import AsJson, clock_of, err, show, work
from bot.retention import Retention, Standing
from bot.safeguarding.keeping import ALERTS
from bot.settings import Settings
from conversations.retention import periods_in
from storage.database import Database


def purge(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go, and delete nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete what has been kept for its time. The running bot does it by itself, every hour."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        retention = Retention(database, clock_of(settings), periods_in(settings.retention), ALERTS)
        standing = await retention.standing()
        if dry_run:
            return [_row(each, each.due.count) for each in standing]
        gone = await retention.run()
        if gone and not await database.tidy():
            err.print("Somebody reads the database just now. The running bot empties its log within the hour.")
        return [_row(each, gone.get(each.kind, 0)) for each in standing]

    show(work(task), as_json=as_json, empty="")


def _row(standing: Standing, count: int) -> dict[str, str]:
    due = standing.due
    return {
        "what": standing.kind.value,
        "kept for": standing.period,
        "goes": str(count),
        "oldest": due.oldest.isoformat() if due.count and due.oldest else "",
        "stays unread": str(standing.held) if standing.held else "",
    }
