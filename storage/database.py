"""The door to what is stored: open it with an address and a key ring, then work in units."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.engines import database_url, open_engine
from storage.line import Source
from storage.migrate import require_current
from storage.models import Base, VaultRow
from storage.postgresql import PostgresqlSource
from storage.sealing import KeyRing, Sealed
from storage.sqlite import SqliteSource
from storage.unit_of_work import UnitOfWork
from storage.vault import ROOT_CELL, Vault, new_root

WAIT: Final = 5.0  # seconds for a lock that another process holds


class Database:
    """An open database. Make it with `open_database`; close it, or use it as a context.

    On SQLite the writing units of one process take turns here; those of other processes wait for the file's lock.
    Never begin a writing unit within another: that is refused.
    """

    def __init__(self, source: Source, vault: Vault) -> None:
        self._source = source
        self._vault = vault

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def engine(self) -> Engine:
        """The engine, for those who listen to what it does."""
        return self._source.engine

    @property
    def vault(self) -> Vault:
        """What seals for this database."""
        return self._vault

    def blind(self, kind: str, value: str) -> str:
        """Return the blind index of a value: equal for equal values of a kind, and telling nothing else."""
        return self._vault.blind(kind, value)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """Begin a writing unit of work. It is rolled back unless it is committed.

        Raises:
            DatabaseBusy: another process holds the lock for longer than the time limit.
            DatabaseGone: the database cannot be reached.
        """
        async with self._source.writing() as line:
            yield UnitOfWork(line, self._vault)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """Begin a unit that only reads: it waits for no writer. What it changes is never stored."""
        async with self._source.reading() as line:
            yield UnitOfWork(line, self._vault)

    async def check(self) -> None:
        """Say that the database answers. Raises DatabaseGone or DatabaseBusy where it does not."""
        async with self.reading() as unit:
            await unit.meta.get("check")

    async def tidy(self) -> bool:
        """Let what was deleted be gone: empty SQLite's write-ahead log, or vacuum PostgreSQL's tables.

        Return False where somebody who reads at this moment kept SQLite from it: try again later.
        """
        return await self._source.tidy()

    async def renew_keys(self, ring: KeyRing) -> None:
        """Work with this ring from now on, and go on opening what older keys of this process sealed.

        Raises:
            KeyMissing, KeyWrong: with both together the database does not open. Nothing was changed.
        """
        both = ring.joined_by(self._vault.ring)
        async with self._source.reading() as line:
            sealed = (await line.run(select(VaultRow.root))).scalar_one()
        both.open(sealed, ROOT_CELL)
        self._vault.ring = both

    async def close(self) -> None:
        """Close every connection."""
        await self._source.close()


async def open_database(url: str, keyring: KeyRing, wait: float = WAIT) -> Database:
    """Open a database that `migrate` has brought up to date. `wait` is in seconds, for locks.

    Raises:
        SchemaOlder, SchemaNewer: it is not of this program's version.
        KeyMissing, KeyWrong: the key ring is not the one with which it was sealed.
        DatabaseBusy, DatabaseGone: it cannot be used now.
    """
    engine = open_engine(url, wait)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(require_current)
            sealed = await connection.run_sync(_root, keyring)
    finally:
        await engine.dispose()
    vault = Vault(keyring, keyring.open(sealed, ROOT_CELL))
    return Database(_source(url, wait), vault)


def _source(url: str, wait: float) -> Source:
    if database_url(url).get_backend_name() == "sqlite":
        return SqliteSource(url, wait)
    return PostgresqlSource(url, wait)


def _root(connection: Connection, keyring: KeyRing) -> Sealed:
    """Return the sealed root secret, made now where the database is new."""
    table = Base.metadata.tables[VaultRow.__tablename__]
    fresh = {"id": ROOT_CELL.row, "root": keyring.seal(new_root(), ROOT_CELL)}
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).values(fresh).on_conflict_do_nothing())
    else:
        connection.execute(sqlite.insert(table).values(fresh).on_conflict_do_nothing())
    return connection.execute(select(VaultRow.root)).scalar_one()
