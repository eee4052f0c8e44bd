"""What every command shares: settings, the store, and how results and mistakes are said."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar

import orjson
import typer
from rich.table import Table
from rich.text import Text

from bot.clock import Clock, FileClock, SystemClock
from bot.commands.screen import Screen, harmless, harmless_json
from bot.logs import logs_aside
from bot.restoring import epoch_file, notice_restore
from bot.rights.replaying import replay
from bot.settings import ENV_FILE, PREFIX, Settings, SettingsError
from bot.settings_read import load_settings, unknown_names
from storage.backups import sqlite_file
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.ledger import Ledger
from storage.migrate import migrate
from storage.private_files import OWNER_ONLY, readable_by_others
from storage.records import Staff, StaffState
from storage.sealing import KeyRing
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for a script.")]

out = Screen(highlight=False, soft_wrap=True, emoji=False)
err = Screen(stderr=True, highlight=False, soft_wrap=True, emoji=False)
wide = Screen(highlight=False, emoji=False, width=10_000)


def fail(message: str, code: int = 1) -> NoReturn:
    """Say kindly what is wrong and what to do, and end with this exit code."""
    err.print(message, markup=False)
    raise typer.Exit(code)


def settings_or_fail() -> Settings:
    """The settings, or one line for each that is missing or wrong. A name that is none is told, and does no harm."""
    try:
        settings = load_settings()
    except SettingsError as error:
        fail(f"{error}\nWrite them into a file named .env; .env.example shows how.", 2)
    for line in unknown_names():
        err.print(line, markup=False)
    return settings


def clock_of(settings: Settings) -> Clock:
    """The machine's clock; the demo's, where the demo said so."""
    return FileClock(settings.demo_clock) if settings.demo_clock else SystemClock()


@asynccontextmanager
async def store(settings: Settings) -> AsyncIterator[Database]:
    """The database, opened with its keys, brought to this program's schema. Who deleted everything stays deleted.

    Raises:
        StorageError: it cannot be used, or the keys are not its own.
        SettingsError: the key file, the list of deletions or the database's file cannot be opened.
    """
    keys = KeyRing.parse(settings.key_text())
    try:
        close_to_others(settings)
        await migrate(settings.database_url)
        database = await open_database(settings.database_url, keys)
    except OSError as error:
        raise SettingsError(f"{PREFIX}DATABASE_URL: this file cannot be opened: {error.strerror}.") from None
    try:
        await _keep_deleted(settings, database)
        yield database
    finally:
        await database.close()


def close_to_others(settings: Settings) -> None:
    """Let nobody but their owner read the database's files and the lists beside it, and say where others could.

    A key file that others can read is refused before.
    """
    place, ledger = sqlite_file(settings.database_url), settings.deletions_path
    files = [ledger, epoch_file(ledger).path]
    if place is not None:
        files += [place, *(place.with_name(f"{place.name}-{each}") for each in ("wal", "shm"))]
    for path in readable_by_others(files):
        path.chmod(OWNER_ONLY)
        err.print(f"Other people could read {path.name}. Now they cannot. Find out who did.", markup=False)
    for path in readable_by_others([Path(ENV_FILE)]):
        err.print(f"Other people can read {path.name}. Run: chmod 600 {path.name}", markup=False)


async def _keep_deleted(settings: Settings, database: Database) -> None:
    now = clock_of(settings).now()
    try:
        await replay(database, Ledger(settings.deletions_path), now)
        await notice_restore(database, epoch_file(settings.deletions_path), now)
    except OSError as error:
        raise SettingsError(f"{PREFIX}DELETIONS_FILE: this file cannot be read: {error.strerror}.") from None


def work(task: Callable[[Settings, Database], Awaitable[T]]) -> T:
    """Run one task on the store; what can go wrong there is said in words."""

    async def run() -> T:
        settings = settings_or_fail()
        async with store(settings) as database:
            return await task(settings, database)

    try:
        with logs_aside():
            return asyncio.run(run())
    except (StorageError, SettingsError) as error:
        fail(str(error))


def show(rows: list[dict[str, str]], *, as_json: bool, empty: str) -> None:
    """Print rows as a table, or as JSON. Whatever a cell holds is printed whole: a link must not lose its end."""
    if as_json:
        out.print(harmless_json(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode()), markup=False)
        return
    if not rows:
        out.print(empty)
        return
    table = Table(*rows[0].keys(), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(harmless(each)) for each in row.values()))
    wide.print(table)


async def serving(unit: UnitOfWork, email: str) -> Staff:
    """The colleague with this e-mail, who works here; the command ends where there is none."""
    staff = await unit.staff.by_email(email)
    if staff is None or staff.state is not StaffState.ACTIVE:
        fail("Nobody with this e-mail works here. `firsthand staff list` shows who does.")
    return staff
