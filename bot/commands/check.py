"""`firsthand check`: is everything there that real people need?"""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.db import warn_of_backup
from bot.commands.desk import AsJson, clock_of, err, out, show, work
from bot.golive import missing
from bot.mail import MailVerdict
from bot.settings import Settings
from bot.trial_mail import note_tried, send_trial, to_try
from storage.database import Database


def check(
    *,
    try_mail: Annotated[
        bool, typer.Option("--try-mail", help="Send a test mail to those who have to be reachable, and note the day.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print what is missing before real people can be invited. Exit code 3 while something is."""

    async def task(settings: Settings, database: Database) -> list[str]:
        if try_mail:
            await _try_mail(settings, database)
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


async def _try_mail(settings: Settings, database: Database) -> None:
    """One mail to each; what went wrong is told, and the others are still tried."""
    if not settings.mail_host:
        err.print("No mail server is set: FIRSTHAND_MAIL_HOST.")
        return
    now = clock_of(settings).now()
    async with database.reading() as reading:
        people = await to_try(reading, settings)
    for staff in people:
        verdict = await send_trial(settings, staff, now)
        if verdict is not MailVerdict.SENT:
            err.print(f"The test mail to {staff.name} did not go. {_REMEDIES[verdict]}", markup=False)
            continue
        async with database.work() as unit:
            await note_tried(unit, settings, staff, now)
            await unit.commit()
        err.print(f"A test mail went to {staff.name}.", markup=False)


_REMEDIES = {
    MailVerdict.RETRY: "The mail server is busy or cannot be reached. Please try again later.",
    MailVerdict.GIVE_UP_ADDRESS: "The address takes no mail. Please check it.",
    MailVerdict.SETTINGS: "The mail server refused. Please check host, user, password and sender.",
}
