"""Column types that cannot be misused: times are aware UTC, sealed columns take sealed values only."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Enum, Integer, LargeBinary, literal_column
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from storage.sealing import Sealed

E = TypeVar("E", bound=StrEnum)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, stored and returned in UTC. A naive one is a programmer's error (ValueError)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class SealedBytes(TypeDecorator[Sealed]):
    """A sealed value. Anything else is refused (TypeError), so that plain text cannot slip in past the type check."""

    impl = LargeBinary
    cache_ok = True

    @override
    def process_bind_param(self, value: Sealed | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("only a sealed value may be stored here")
        return bytes(value)

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(value)


def serial() -> TypeEngine[int]:
    """Return the type of a row number: 64 bits on PostgreSQL, the row id on SQLite."""
    return BigInteger().with_variant(Integer, "sqlite")


def word(states: type[E]) -> Enum:
    """Return the type of a column that holds one of these words, readable in the database."""
    return Enum(states, native_enum=False, create_constraint=False, length=16, values_callable=_values)


def fixed(state: StrEnum) -> ColumnElement[Any]:
    """Return a state as a literal of the statement: a partial index is used only where its state stands as one."""
    return literal_column(f"'{state.value}'")


def _values(states: type[StrEnum]) -> list[str]:
    return [state.value for state in states]
