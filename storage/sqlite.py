"""SQLite without a thread between every statement and its answer.

A statement takes some 20 microseconds, a hop to a thread and back several times that: so statements run where they
are asked for, and only what waits for the disk (the commit) goes to a thread. Whoever waits for another process's
lock waits without holding up the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.sql.base import Executable
from typing_extensions import override

from storage.engines import BEGIN, NO_TRANSACTION, database_url, guard_file, prepare_sqlite
from storage.errors import DatabaseBusy
from storage.faults import speak_plainly
from storage.line import Line, Rows, Source, unit_is_over

_PAUSE: Final = 0.01  # seconds between two looks at a lock that another process holds
_SHORT: Final = 0.005  # seconds that SQLite itself may wait, holding up the loop


class SqliteLine(Line):
    """One transaction on SQLite."""

    def __init__(self, connection: Connection, apart: ThreadPoolExecutor) -> None:
        self._connection = connection
        self._apart = apart
        self._over = False

    @property
    @override
    def dialect(self) -> str:
        return "sqlite"

    @override
    async def run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Rows:
        if self._over:
            raise unit_is_over()
        return self._connection.execute(statement, values)

    @override
    async def commit(self) -> None:
        if self._over:
            raise unit_is_over()
        self._over = True
        await _to_its_end(self._apart, self._connection.commit)


class SqliteSource(Source):
    """One SQLite file. Writing transactions of this process take turns; other processes wait for the file's lock."""

    def __init__(self, url: str, wait: float) -> None:
        """Open the file. `wait` is in seconds, for a lock that another process holds."""
        address = database_url(url)
        guard_file(address)
        self._engine: Final = create_engine(
            address.set(drivername="sqlite"),
            hide_parameters=True,
            connect_args={"timeout": _SHORT, "check_same_thread": False},
        )
        speak_plainly(self._engine)
        prepare_sqlite(self._engine)
        self._wait = wait
        self._turn = asyncio.Lock()
        self._writer: asyncio.Task[object] | None = None
        self._apart = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sqlite-commit")

    @property
    @override
    def engine(self) -> Engine:
        return self._engine

    @override
    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Line]:
        if self._writer is not None and self._writer is asyncio.current_task():
            raise RuntimeError("a unit of work was begun within another")
        async with self._turn:
            self._writer = asyncio.current_task()
            try:
                async with self._transaction("IMMEDIATE") as line:
                    yield line
            finally:
                self._writer = None

    @override
    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Line]:
        async with self._transaction("DEFERRED") as line:
            yield line

    @override
    async def tidy(self) -> bool:
        with self._engine.connect() as connection:
            connection.execution_options(**{BEGIN: NO_TRANSACTION})
            row = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()
            return bool(row[0] == 0)  # the first column says whether somebody was in the way

    @override
    async def close(self) -> None:
        self._engine.dispose()
        self._apart.shutdown()

    @asynccontextmanager
    async def _transaction(self, begin: str) -> AsyncIterator[Line]:
        with self._engine.connect() as connection:
            connection.execution_options(**{BEGIN: begin})
            await self._begin(connection)
            yield SqliteLine(connection, self._apart)

    async def _begin(self, connection: Connection) -> None:
        end = asyncio.get_running_loop().time() + self._wait
        while True:
            try:
                connection.begin()
            except DatabaseBusy:
                if asyncio.get_running_loop().time() >= end:
                    raise
                await asyncio.sleep(_PAUSE)
            else:
                return


async def _to_its_end(apart: ThreadPoolExecutor, work: Callable[[], None]) -> None:
    """Do this in a thread. A cancelled caller still waits for its end: nobody may touch the connection before."""
    done = asyncio.get_running_loop().run_in_executor(apart, work)
    try:
        await asyncio.shield(done)
    except asyncio.CancelledError:
        while not done.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait([done])
        if not done.cancelled():
            done.exception()  # looked at, so that nobody warns that nobody did
        raise
