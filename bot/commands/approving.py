"""`firsthand scripts approve`: somebody whom a script is for has read it and said yes."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.desk import clock_of, fail, out, work
from bot.settings import Settings
from conversations import catalogue
from storage.database import Database
from storage.ids import new_id
from storage.records import Approval, Approver


def approve(
    script: Annotated[str, typer.Argument(help="The script's id. `firsthand scripts list` shows them.")],
    by: Annotated[str, typer.Option(help="First name or role of who approved it, such as 'Kim, student council'.")],
    role: Annotated[Approver, typer.Option(help="As what they approved it.")],
    on: Annotated[str, typer.Option(help="The day: 2026-09-01. Else today.")] = "",
) -> None:
    """Note that a young person or a parent approved a script as it is now. A new version needs a new yes."""
    if not by.strip():
        fail("Please say who approved it: a first name or a role.", 2)

    async def task(settings: Settings, database: Database) -> int:
        flow = catalogue.load(settings.scripts_folder).current(script)
        if flow is None:
            fail("There is no such script. `firsthand scripts list` shows them.")
        async with database.work() as unit:
            setting, now = await unit.settings.get(), clock_of(settings).now()
            today = now.astimezone(ZoneInfo(setting.zone if setting else "Europe/London")).date()
            day = _day(on) if on else today
            if day > today:
                fail("The day is still to come.", 2)
            await unit.approvals.add(Approval(new_id(), flow.id, flow.version, role, day, by.strip()))
            await unit.audit.add(now, "staff", f"script_approved_{role.value}", f"{flow.id}-{flow.version}")
            await unit.commit()
        return flow.version

    out.print(f"Noted: {script}, version {work(task)}.", markup=False)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail("A date reads 2026-09-01.", 2)
