"""Bring a database to this program's version, from code. Each migration is stored whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engines import open_engine
from storage.errors import SchemaNewer, SchemaOlder

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_WAIT: Final = 30.0


async def migrate(url: str, target: str = "head") -> None:
    """Upgrade a database, a new and empty one too, to the present version (or to an older one that is named).

    Raises:
        SchemaNewer: it belongs to a newer program. Nothing was changed.
        DatabaseBusy, DatabaseGone, DatabaseFull: it cannot be used now.
    """
    await _with_connection(url, target)


async def current(url: str) -> str | None:
    """Return the version of a database, None where it is empty."""
    engine = open_engine(url, _WAIT)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_version)
    finally:
        await engine.dispose()


def require_current(connection: Connection) -> None:
    """Raise SchemaOlder or SchemaNewer where the database is not of this program's version."""
    version = _version(connection)
    scripts = ScriptDirectory(str(_MIGRATIONS))
    _refuse_newer(version, scripts)
    if version != scripts.get_current_head():
        raise SchemaOlder


async def _with_connection(url: str, target: str) -> None:
    engine = open_engine(url, _WAIT)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, target)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, target: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(461846184)")  # one process upgrades, others wait
    _refuse_newer(_version(connection), ScriptDirectory(str(_MIGRATIONS)))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(version: str | None, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    if version is not None and version not in known:
        raise SchemaNewer
