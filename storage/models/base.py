"""What all tables share."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, MappedAsDataclass

from storage.columns import SealedBytes, UtcTime
from storage.sealing import Cell, Sealed

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, repr=False):
    """A row. Its dataclass form makes plain text in a sealed column a type error.

    Every table with a sealed column names in `row_key` the column that its values are bound to.
    """

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: UtcTime, Sealed: SealedBytes}


def cell(column: InstrumentedAttribute[Sealed] | InstrumentedAttribute[Sealed | None], row: str) -> Cell:
    """Return the cell of this column in the row with this key."""
    return Cell(str(column.class_.__tablename__), column.key, row)


def row_key(table_info: dict[Any, Any]) -> str:
    """Return the name of the column to which a table's sealed values are bound."""
    return str(table_info.get("row_key", "id"))
