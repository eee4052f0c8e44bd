"""Whole copies of a SQLite database, made and put back while it may be in use. What is sealed stays sealed.

SQLite's own online backup is used (https://www.sqlite.org/backup.html): it copies a state that was committed, with what
still stands in the write-ahead log, and puts one back as a whole or not at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from storage.engines import database_url
from storage.errors import DatabaseGone
from storage.private_files import OWNER_ONLY
from storage.sealing import KeyRing, Sealed
from storage.vault import ROOT_CELL

_WAIT: Final = 30.0


class NoBackup(DatabaseGone):
    """A file is no whole database of this program."""

    remedy = "This file is no whole backup of Firsthand. Take another one."


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database; None for a database on a server."""
    parsed = database_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def back_up(database: Path, target: Path) -> None:
    """Copy a database into a new file that its owner alone can read. On the disk when this returns.

    Raises:
        FileExistsError: the target is there already: a backup is never written over.
        OSError: it cannot be written. Nothing is left of it.
        NoBackup: the copy is not whole.
    """
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), OWNER_ONLY))
    try:
        with _opened(database) as source, _opened(target) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, with no log beside it
        see_that_it_is_whole(target)
        _flush(target)
    except BaseException:
        for left in (target, *target.parent.glob(f"{target.name}-*")):
            left.unlink(missing_ok=True)
        raise


def put_back(backup: Path, database: Path) -> None:
    """Put a backup in the place of a database, as a whole or not at all.

    Raises:
        NoBackup: the file is no whole database of this program.
        DatabaseGone: the present one cannot be written, or is in use.
    """
    see_that_it_is_whole(backup)
    os.close(os.open(database, os.O_WRONLY | os.O_CREAT, OWNER_ONLY))
    database.chmod(OWNER_ONLY)
    try:
        with _opened(backup) as source, _opened(database) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = WAL")
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        raise DatabaseGone("The database cannot be put back now. Stop the bot, and try again.") from None


def see_that_it_is_whole(file: Path) -> None:
    """Raise NoBackup where it is not, whatever it is."""
    if not file.is_file():
        raise NoBackup
    try:
        with _opened(file) as opened:
            [[said]] = opened.execute("PRAGMA integrity_check(1)").fetchall()
            tables = {name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error:
        raise NoBackup from None
    if said != "ok" or not {"vault", "alembic_version"} <= tables:
        raise NoBackup


def see_that_it_opens(file: Path, ring: KeyRing) -> None:
    """Raise KeyMissing or KeyWrong where these keys do not open a backup, before anything is put in its place.

    Raises:
        NoBackup: the file is no whole database of this program.
    """
    see_that_it_is_whole(file)
    with _opened(file) as opened:
        found = opened.execute("SELECT root FROM vault WHERE id = ?", (ROOT_CELL.row,)).fetchone()
    if found is None:
        raise NoBackup
    ring.open(Sealed(found[0]), ROOT_CELL)


def meta_value(file: Path, key: str) -> str | None:
    """Return a small fact about the bot from a database that may be damaged; None where it cannot be read."""
    if not file.is_file():
        return None
    try:
        with _opened(file) as opened:
            found = opened.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    except sqlite3.Error:
        return None
    return None if found is None else str(found[0])


@contextmanager
def _opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file, timeout=_WAIT)) as connection:
        yield connection
        connection.commit()


def _flush(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
