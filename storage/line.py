"""What a repository needs of a database: carry out a statement within one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeAlias

from sqlalchemy import CursorResult, Engine
from sqlalchemy.sql.base import Executable

Rows: TypeAlias = CursorResult[*tuple[Any, ...]]


class Line(Protocol):
    """One open transaction. What is not committed is rolled back when its context ends."""

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""

    async def run(self, statement: Executable, values: Mapping[str, Any] | None = None) -> Rows:
        """Carry out a statement."""

    async def commit(self) -> None:
        """Store everything; the transaction is over then."""


class Source(Protocol):
    """Where transactions come from: one open database."""

    @property
    def engine(self) -> Engine:
        """The engine, for those who listen to it."""

    def writing(self) -> AbstractAsyncContextManager[Line]:
        """Begin a transaction that may write. Raises DatabaseBusy or DatabaseGone."""

    def reading(self) -> AbstractAsyncContextManager[Line]:
        """Begin a transaction that only reads. Raises DatabaseBusy or DatabaseGone."""

    async def tidy(self) -> bool:
        """Let what was deleted be gone. False where somebody who reads is in the way."""

    async def close(self) -> None:
        """Close every connection."""


def unit_is_over() -> RuntimeError:
    """The error of those who go on after a commit."""
    return RuntimeError("this unit of work is over: begin another")
