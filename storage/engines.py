"""Open SQLite and PostgreSQL so that a commit is on disk when it returns. Nothing is opened at import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from storage.faults import speak_plainly

BEGIN: Final = "sqlite_begin"  # an option of a connection: IMMEDIATE (the default), DEFERRED or NO_TRANSACTION
NO_TRANSACTION: Final = ""
_PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
)
_POSTGRESQL_OPTIONS: Final = "-c synchronous_commit=on -c lock_timeout={wait}ms -c timezone=UTC"


def database_url(url: str) -> URL:
    """Return the address with the driver that is used here, for `sqlite:///file` and `postgresql://...`.

    Raises:
        ValueError: it is another kind of database, or SQLite without a file.
    """
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite+aiosqlite")
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case _:
            raise ValueError("the database must be sqlite:///<file> or postgresql://<server>/<name>")


def open_engine(url: str, wait: float) -> AsyncEngine:
    """Return an engine that waits `wait` seconds for a lock. It makes a new SQLite file readable to its owner only."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, wait)
    options = _POSTGRESQL_OPTIONS.format(wait=int(wait * 1000))
    engine = create_async_engine(
        parsed,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=10,
        connect_args={"options": options, "connect_timeout": max(2, int(wait))},
    )
    speak_plainly(engine.sync_engine)
    return engine


def _sqlite(url: URL, wait: float) -> AsyncEngine:
    guard_file(url)
    engine = create_async_engine(url, hide_parameters=True, connect_args={"timeout": wait})
    speak_plainly(engine.sync_engine)
    prepare_sqlite(engine.sync_engine)
    return engine


def guard_file(url: URL) -> None:
    """See that nobody but its owner may read the database's file, nor the files that SQLite puts beside it."""
    path = Path(url.database or "")
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def prepare_sqlite(engine: Engine) -> None:
    """Set what every SQLite connection needs, and begin transactions ourselves."""

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
        untyped: Any = connection  # the driver's own attributes
        untyped.isolation_level = None  # the driver begins nothing; `begun` does
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        how = connection.get_execution_options().get(BEGIN, "IMMEDIATE")
        if how != NO_TRANSACTION:
            connection.exec_driver_sql(f"BEGIN {how}")
