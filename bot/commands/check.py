"""`firsthand check`: is everything there that real people need?"""

from __future__ import annotations

import typer

from bot.commands.db import warn_of_backup
from bot.commands.desk import AsJson, clock_of, err, out, show, work
from bot.golive import missing
from bot.settings import Settings
from storage.database import Database


def check(*, as_json: AsJson = False) -> None:
    """Print what is missing before real people can be invited. Exit code 3 while something is."""

    async def task(settings: Settings, database: Database) -> list[str]:
        async with database.reading() as unit:
            warn_of_backup(settings, await unit.paused.last_backup())
            if await unit.paused.since() is not None:
                err.print("A backup was put back. Nothing unasked is sent until: firsthand db resume", markup=False)
        return await missing(settings, database, clock_of(settings).now())

    lacking = work(task)
    show([{"missing": each} for each in lacking], as_json=as_json, empty="Everything is there.")
    if lacking:
        if not as_json:
            out.print("\nUntil then nobody can be invited. `firsthand demo` works without any of it.")
        raise typer.Exit(3)
