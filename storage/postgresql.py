"""PostgreSQL by psycopg, for any number of processes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Engine, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable
from typing_extensions import override

from storage.engines import open_engine
from storage.line import Line, Rows, Source, unit_is_over


class PostgresqlLine(Line):
    """One transaction on PostgreSQL."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._over = False

    @property
    @override
    def dialect(self) -> str:
        return "postgresql"

    @override
    async def run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Rows:
        if self._over:
            raise unit_is_over()
        return await self._connection.execute(statement, values)

    @override
    async def commit(self) -> None:
        if self._over:
            raise unit_is_over()
        self._over = True
        await self._connection.commit()


class PostgresqlSource(Source):
    """One database on a server; its own locks keep writers apart."""

    def __init__(self, url: str, wait: float) -> None:
        """Make ready to connect. `wait` is in seconds, for a lock that another connection holds."""
        self._engine = open_engine(url, wait)

    @property
    @override
    def engine(self) -> Engine:
        return self._engine.sync_engine

    @override
    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Line]:
        async with self._engine.connect() as connection:
            await connection.begin()
            yield PostgresqlLine(connection)

    @override
    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Line]:
        async with self._engine.connect() as connection:
            await connection.begin()
            yield PostgresqlLine(connection)

    @override
    async def tidy(self) -> bool:
        async with self._engine.connect() as connection:
            outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
            await outside.execute(text("VACUUM"))
        return True

    @override
    async def close(self) -> None:
        await self._engine.dispose()
