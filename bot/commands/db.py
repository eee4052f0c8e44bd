"""`firsthand db`: the state of the database, its backups, and what happens after one was put back."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.commands.desk import AsJson, clock_of, err, fail, out, settings_or_fail, show, work
from bot.outages import HEARTBEAT
from bot.restoring import count_on, epoch_file, pause
from bot.settings import Settings, SettingsError
from storage.backups import back_up, meta_value, put_back, see_that_it_opens, sqlite_file
from storage.database import Database
from storage.errors import StorageError
from storage.records import Unsent
from storage.sealing import KeyRing

app = typer.Typer(no_args_is_help=True, help="The database.")

_BESIDE: Final = timedelta(minutes=2)
_SERVER: Final = (
    "This database is on a PostgreSQL server. Use its own tools: pg_dump --format=custom --file FILE NAME, "
    "and pg_restore --clean --if-exists --dbname NAME FILE while the bot is stopped. "
    "Give the password in a .pgpass file, never on the command line."
)
_NOTED: Final = "Then run: firsthand db backup --done"
_NOTICED: Final = "At its next start the bot finds out that an older state was put back, and waits."


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Open it, bring it to this program's schema, and count what waits."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        async with database.reading() as unit:
            unsent = await unit.outbox.counts()
            parked = await unit.inbox.parked()
            due = await unit.prompts.next_due()
            paused, backup = await unit.paused.since(), await unit.paused.last_backup()
        rows = [{"what": f"outbox: {state}", "how many": str(number)} for state, number in sorted(unsent.items())]
        rows.append({"what": "updates that could not be read", "how many": str(len(parked))})
        rows.append({"what": "next prompt", "how many": _moment(due, "none")})
        rows.append({"what": "newest backup", "how many": _moment(backup, "none")})
        rows.append({"what": "nothing unasked is sent since", "how many": _moment(paused, "it is sent")})
        warn_of_backup(settings, backup)
        return rows

    show(work(task), as_json=as_json, empty="")


@app.command()
def migrate() -> None:
    """Bring the database to this program's schema. `firsthand run` does the same."""
    settings_or_fail()
    check(as_json=False)


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(help="The new file. One that is there is never written over.")] = None,
    *,
    done: Annotated[bool, typer.Option("--done", help="Note that a backup was made by other means.")] = False,
) -> None:
    """Make a whole copy while the bot runs, for your eyes alone. It is sealed like the database."""
    if (file is None) is not done:
        fail("Name the file for the backup, or --done if one was made by other means.", 2)

    async def task(settings: Settings, database: Database) -> None:
        place, now = sqlite_file(settings.database_url), clock_of(settings).now()
        if file is not None and place is None:
            fail(f"{_SERVER} {_NOTED}", 2)
        if file is not None and place is not None:
            await asyncio.to_thread(_backed_up, place, file)
        async with database.work() as unit:  # only now: one that failed is none
            await unit.paused.backed_up(now)
            await unit.commit()
        await count_on(database, epoch_file(settings.deletions_path))

    work(task)
    out.print("Noted." if file is None else f"Written: {file}", markup=False)
    out.print("Whoever was deleted since is still in older backups. Delete those when their time is over.")


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    *,
    anyway: Annotated[bool, typer.Option("--anyway", help="Also where it looks as if the bot still ran.")] = False,
) -> None:
    """Put a backup back; then nothing is sent until you have looked. Stop the bot first.

    Whoever was deleted since the backup was made is deleted again.
    """
    settings = settings_or_fail()
    place = sqlite_file(settings.database_url)
    if place is None:
        fail(f"{_SERVER} {_NOTICED}", 2)
    if not anyway and asyncio.run(_runs(settings)):
        fail("The bot still runs, or has run a moment ago. Stop it, wait two minutes, and try again.")
    try:
        see_that_it_opens(file, KeyRing.parse(settings.key_text()))
        put_back(file, place)
    except (StorageError, SettingsError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"This cannot be done: {error.strerror}.")

    async def task(settings: Settings, database: Database) -> list[Unsent]:
        now = clock_of(settings).now()
        await pause(database, epoch_file(settings.deletions_path), now)
        async with database.reading() as unit:
            return await unit.paused.waiting(now)

    show(_rows(work(task)), as_json=False, empty="Nothing waits to be sent.")
    out.print("\nPut back. Nothing unasked is sent until: firsthand db resume --send")


@app.command()
def resume(
    *,
    send: Annotated[bool, typer.Option("--send", help="Let go of what waits, and send again.")] = False,
    drop_older: Annotated[
        int | None, typer.Option(min=0, help="With --send: drop messages that have waited for more days than this.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """After a backup was put back: show what would be sent now. With --send it is, at decent hours."""

    async def task(settings: Settings, database: Database) -> tuple[bool, list[Unsent], int]:
        now, dropped = clock_of(settings).now(), 0
        async with database.work() as unit:
            if await unit.paused.since() is None:
                return False, [], 0
            waiting = await unit.paused.waiting(now)
            if send and drop_older is not None:
                dropped = await unit.paused.drop(now - timedelta(days=drop_older), now)
            if send:
                await unit.paused.end()
                await unit.audit.add(now, "operator", "resumed", "outbox")
            await unit.commit()
        return True, waiting, dropped

    paused, waiting, dropped = work(task)
    if not paused:
        fail("Nothing is paused.")
    show(_rows(waiting), as_json=as_json, empty="Nothing waits to be sent.")
    if as_json:
        return
    if send:
        out.print(f"\nDropped: {dropped}. The rest is sent from now on.")
    else:
        out.print("\nNothing was sent. To let it go: firsthand db resume --send")
        out.print("Without what has waited for more than 3 days: firsthand db resume --send --drop-older 3")


def warn_of_backup(settings: Settings, newest: datetime | None) -> None:
    """Say on the side where no backup is there, or none that is young enough."""
    now = clock_of(settings).now()
    if settings.is_demo or (newest is not None and now - newest <= timedelta(days=settings.backup_days)):
        return
    what = "No backup was made yet." if newest is None else f"The newest backup is from {newest:%Y-%m-%d}."
    err.print(f"{what} Make one: firsthand db backup FILE", markup=False)


async def _runs(settings: Settings) -> bool:
    """Whether a bot works on this database, as far as it can still be read."""
    place = sqlite_file(settings.database_url)
    said = await asyncio.to_thread(meta_value, place, HEARTBEAT) if place is not None else None
    return said is not None and clock_of(settings).now() - datetime.fromisoformat(said) < _BESIDE


def _backed_up(place: Path, file: Path) -> None:
    try:
        back_up(place, file)
    except FileExistsError:
        fail("This file is there already. Choose another name.", 2)
    except OSError as error:
        fail(f"The backup cannot be written there: {error.strerror}.", 2)


def _moment(moment: datetime | None, none: str) -> str:
    return moment.isoformat(timespec="minutes") if moment else none


def _rows(waiting: list[Unsent]) -> list[dict[str, str]]:
    return [
        {"what": each.what, "how many": str(each.count), "oldest": _moment(each.oldest, "")}
        for each in sorted(waiting, key=lambda each: each.what)
    ]
