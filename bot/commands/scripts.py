"""`firsthand scripts`: what the bot asks, and whether it is fit to be asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.approving import approve
from bot.commands.desk import AsJson, clock_of, err, fail, out, show, work
from bot.commands.paper import print_
from bot.commands.script_check import Folder, check
from bot.prompt_rows import PromptKind, ask
from bot.settings import Settings
from conversations import catalogue
from storage.database import Database

app = typer.Typer(no_args_is_help=True, help="The scripts.")

WITHIN = timedelta(days=7)
app.command()(check)
app.command()(approve)
app.command("print")(print_)


@app.command("list")
def list_(folder: Folder = None, *, as_json: AsJson = False) -> None:
    """Show the scripts that can be played."""
    found = catalogue.load(folder)
    rows = [
        {"script": flow.id, "version": str(flow.version), "title": flow.title, "for": flow.role.value}
        for flow in found.flows.values()
    ]
    show(rows, as_json=as_json, empty="There is no script.")
    for problem in found.problems:
        err.print(f"{problem.file}, line {problem.line}: {problem.what} {problem.remedy}", markup=False)


@app.command()
def upgrade(script: Annotated[str, typer.Argument(help="The script's id.")]) -> None:
    """Carry conversations that began on an older version over to the present one. Without this they end on theirs."""

    async def task(settings: Settings, database: Database) -> int:
        now = clock_of(settings).now()
        flow = catalogue.load(settings.scripts_folder).current(script)
        if flow is None:
            fail("There is no such script. `firsthand scripts list` shows them.")
        async with database.work() as unit:
            older = [one for one in await unit.conversations.open_ones() if one.script == script]
            kind = f"{PromptKind.UPGRADE}:{flow.version}"
            asked = [
                await ask(unit, one.review_id, kind, now, now + WITHIN, one.participant_id)
                for one in older
                if one.version < flow.version
            ]
            await unit.commit()
        return sum(asked)

    out.print(f"{work(task)} conversations will be carried over, each at a decent hour.")
