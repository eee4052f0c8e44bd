"""What all repositories share: insert, read, change. It keeps nothing between calls and never commits.

Building a statement costs more than carrying it out, so each is built once and given its values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar, cast

from sqlalchemy import Column, Insert, Select, Table, Update, bindparam, delete, insert, inspect, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import Delete

from storage.bodies import dump, load
from storage.line import Line
from storage.models import Base, cell
from storage.sealing import Sealed
from storage.vault import Vault

T = TypeVar("T", bound=Base)
B = TypeVar("B")
R = TypeVar("R")

_IS: Final = "is_"  # before the name of a column whose value a statement looks for


class Repository:
    """One kind of record within one unit of work."""

    def __init__(self, line: Line, vault: Vault) -> None:
        self._line = line
        self._vault = vault

    def _seal(self, column: InstrumentedAttribute[Sealed], row: str, body: object) -> Sealed:
        return self._vault.seal(dump(body), cell(column, row))

    def _open(self, column: InstrumentedAttribute[Sealed], row: str, sealed: Sealed, kind: type[B]) -> B:
        return load(kind, self._vault.open(sealed, cell(column, row)))

    async def _insert(self, row: Base) -> None:
        await self._line.run(_insertion(type(row)), _values(row))

    async def _insert_new(self, row: Base) -> bool:
        """Insert, or do nothing where a unique key is taken. Return whether the row is new."""
        found = await self._line.run(_insertion_or_nothing(type(row), self._line.dialect), _values(row))
        return found.first() is not None

    async def _find(self, kind: type[T], **equal: object) -> T | None:
        """Return the row in which these columns have these values."""
        rows = await self._find_all(kind, **equal)
        return rows[0] if rows else None

    async def _find_all(self, kind: type[T], *order: str, **equal: object) -> Sequence[T]:
        """Return the rows in which these columns have these values, in the order of the columns named."""
        return await self._rows(kind, _selection(kind, tuple(equal), order), _sought(equal))

    async def _set(self, kind: type[Base], values: Mapping[str, Any], **equal: object) -> int:
        """Set columns of the rows in which these columns have these values. Return how many."""
        return await self._changed(_change(kind, tuple(equal)), {**values, **_sought(equal)})

    async def _remove(self, kind: type[Base], **equal: object) -> int:
        """Delete the rows in which these columns have these values. Return how many."""
        return await self._changed(_deletion(kind, tuple(equal)), _sought(equal))

    async def _rows(self, _: type[T], statement: Executable, values: Mapping[str, Any] | None = None) -> Sequence[T]:
        """Return the rows of a statement that selects all columns of this table, or returns them."""
        rows = (await self._line.run(statement, values)).all()
        return cast("Sequence[T]", rows)  # a row has the attributes of the class that describes its table

    async def _one(self, statement: Select[R]) -> R | None:
        """Return the first row of a statement made on the spot: a row of a table, or the value of one column."""
        rows = await self._all(statement.limit(1))
        return rows[0] if rows else None

    async def _all(self, statement: Select[R]) -> Sequence[R]:
        """Return the rows of a statement made on the spot: rows of a table, or the values of one column."""
        found = await self._line.run(statement)
        if statement.column_descriptions[0]["entity"] is statement.column_descriptions[0]["expr"]:
            return cast("Sequence[R]", found.all())  # as in `_rows`
        return found.scalars().all()

    async def _changed(self, statement: Insert | Update | Delete, values: Mapping[str, Any] | None = None) -> int:
        """Carry out a statement. Return how many rows it touched."""
        return (await self._line.run(statement, values)).rowcount


def table_of(kind: type[Base]) -> Table:
    """Return the table that a class describes."""
    return Base.metadata.tables[kind.__tablename__]


def _sought(equal: Mapping[str, object]) -> dict[str, object]:
    return {f"{_IS}{name}": value for name, value in equal.items()}


def _equal(table: Table, names: tuple[str, ...]) -> list[Any]:
    columns: list[Column[Any]] = [table.columns[name] for name in names]
    return [column == bindparam(f"{_IS}{column.name}", type_=column.type) for column in columns]


@cache
def _insertion(kind: type[Base]) -> Insert:
    return insert(table_of(kind))


@cache
def _insertion_or_nothing(kind: type[Base], dialect: str) -> Executable:
    table = table_of(kind)
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing().returning(*table.primary_key)
    return sqlite.insert(table).on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _selection(kind: type[Base], equal: tuple[str, ...], order: tuple[str, ...]) -> Select[Any]:
    table = table_of(kind)
    return select(table).where(*_equal(table, equal)).order_by(*(table.columns[name] for name in order))


@cache
def _change(kind: type[Base], equal: tuple[str, ...]) -> Update:
    table = table_of(kind)
    return update(table).where(*_equal(table, equal))  # what is set, the values say


@cache
def _deletion(kind: type[Base], equal: tuple[str, ...]) -> Delete:
    table = table_of(kind)
    return delete(table).where(*_equal(table, equal))


@cache
def _names(kind: type[Base]) -> tuple[str, ...]:
    return tuple(column.key for column in inspect(kind).column_attrs)


def _values(row: Base) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in _names(type(row))}
    if values.get("id", "") is None:  # the database counts these
        del values["id"]
    return values
