"""Say in our own words what a database driver reports. The driver's own text stays behind as the cause."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Final

import psycopg
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from storage.errors import Conflict, DatabaseBusy, DatabaseFull, DatabaseGone, StorageError

_SQLITE: Final[Mapping[int, type[StorageError]]] = {
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_READONLY: DatabaseGone,
    sqlite3.SQLITE_IOERR: DatabaseGone,
    sqlite3.SQLITE_CANTOPEN: DatabaseGone,
    sqlite3.SQLITE_CORRUPT: DatabaseGone,
    sqlite3.SQLITE_NOTADB: DatabaseGone,
}
_SQLITE_UNIQUE: Final = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
_PRIMARY_CODE: Final = 0xFF  # the rest of an SQLite code says more about the same thing
_POSTGRESQL: Final[Mapping[str, type[StorageError]]] = {
    "23505": Conflict,  # unique violation
    "40001": Conflict,  # serialization failure
    "40P01": Conflict,  # deadlock
    "53100": DatabaseFull,
    "55P03": DatabaseBusy,  # lock not available
    "53300": DatabaseBusy,  # too many connections
}
_POSTGRESQL_GONE: Final = ("08", "57P", "58", "XX")


def speak_plainly(engine: Engine) -> None:
    """Let every error of this engine that has a meaning here arrive as a StorageError."""

    @event.listens_for(engine, "handle_error")
    def handle(context: ExceptionContext) -> None:
        fault = fault_of(context.original_exception)
        if fault is not None:
            raise fault


def fault_of(error: BaseException) -> StorageError | None:
    """Return what an error of a driver means, or None where it is a programmer's."""
    match error:
        case sqlite3.Error():
            return _sqlite_fault(getattr(error, "sqlite_errorcode", 0))
        case psycopg.Error(sqlstate=str(code)):
            return _postgresql_fault(code)
        case psycopg.OperationalError() | OSError():
            return DatabaseGone()
        case _:
            return None


def _sqlite_fault(code: int) -> StorageError | None:
    if code in _SQLITE_UNIQUE:
        return Conflict()
    kind = _SQLITE.get(code & _PRIMARY_CODE)
    return None if kind is None else kind()


def _postgresql_fault(code: str) -> StorageError | None:
    kind = _POSTGRESQL.get(code)
    if kind is None and code.startswith(_POSTGRESQL_GONE):
        kind = DatabaseGone
    return None if kind is None else kind()
