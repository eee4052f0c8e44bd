"""`firsthand db`: the state of the database."""

from __future__ import annotations

import typer

from bot.commands.desk import AsJson, settings_or_fail, show, work
from bot.settings import Settings
from storage.database import Database

app = typer.Typer(no_args_is_help=True, help="The database.")


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Open it, bring it to this program's schema, and count what waits."""

    async def task(_: Settings, database: Database) -> list[dict[str, str]]:
        async with database.work() as unit:
            unsent = await unit.outbox.counts()
            parked = await unit.inbox.parked()
            due = await unit.prompts.next_due()
        rows = [{"what": f"outbox: {state}", "how many": str(number)} for state, number in sorted(unsent.items())]
        rows.append({"what": "updates that could not be read", "how many": str(len(parked))})
        rows.append({"what": "next prompt", "how many": due.isoformat(timespec="minutes") if due else "none"})
        return rows

    show(work(task), as_json=as_json, empty="")


@app.command()
def migrate() -> None:
    """Bring the database to this program's schema. `firsthand run` does the same."""
    settings_or_fail()
    check(as_json=False)
