"""Seal anew what an older key sealed, a few rows at a time. It opens values only to seal them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Select, Table, func, select, update

from storage.columns import SealedBytes
from storage.models import APART, Base, row_key
from storage.repository.base import Repository
from storage.sealing import Cell, Sealed


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """A column whose values are sealed."""

    table: Table
    column: Column[Sealed | None]

    def older(self, prefix: bytes, after: Any, limit: int) -> Select[Any, Any, Any]:  # noqa: ANN401 - text or number
        """Return the query for the next rows that do not begin with this key's prefix."""
        [number] = self.table.primary_key
        statement = select(number, self.table.columns[row_key(self.table.info)], self.column)
        begin = func.substr(self.column, 1, len(prefix))
        statement = statement.where(self.column.is_not(None), begin != prefix).order_by(number).limit(limit)
        if after is not None:
            statement = statement.where(number > after)
        return statement.with_for_update()


@dataclass(frozen=True, slots=True)
class Step:
    """How many rows were sealed anew, and the last of them."""

    rows: int
    last: Any


class Upkeep(Repository):
    """What the store does for itself."""

    async def reseal(self, place: SealedColumn, after: Any, limit: int) -> Step:  # noqa: ANN401 - text or number
        """Seal the next values of a column anew, in the order of the primary key. Raises KeyMissing or KeyWrong."""
        older = place.older(self._vault.ring.prefix(), after, limit)
        rows = (await self._line.run(older)).all()
        [number] = place.table.primary_key
        ring = self._vault.ring_of(apart=APART in place.table.info)
        for row, key, sealed in rows:
            cell = Cell(place.table.name, place.column.name, key)
            fresh = ring.seal(ring.open(sealed, cell), cell)
            await self._changed(update(place.table).where(number == row).values({place.column.name: fresh}))
        return Step(len(rows), rows[-1][0] if rows else after)


def sealed_columns() -> list[SealedColumn]:
    """Return every column whose values are sealed."""
    columns = ((table, column) for table in Base.metadata.sorted_tables for column in table.columns)
    return [SealedColumn(table, column) for table, column in columns if isinstance(column.type, SealedBytes)]
