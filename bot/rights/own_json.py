"""A person's copy for a computer: JSON whose keys are explained in `docs/my-data.md`. Times are UTC in ISO form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

import orjson

from bot.rights.kept import OwnData

FORMAT: Final = "firsthand-my-data-1"
_INNER: Final = frozenset({"id"})
"""What only the database needs: a name in the copy is enough."""


def as_json(data: OwnData) -> bytes:
    """The copy, every key in its fixed order."""
    return plain_json(FORMAT, data)


def plain_json(form: str, data: object) -> bytes:
    """Any value of fields, in the order of its class, under the name of its form."""
    return orjson.dumps({"format": form} | _plain_fields(data), option=orjson.OPT_INDENT_2)


def _plain_fields(value: object) -> dict[str, object]:
    named = fields(value) if is_dataclass(value) and not isinstance(value, type) else ()
    return {each.name: _plain(getattr(value, each.name)) for each in named if each.name not in _INNER}


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case datetime() | date():
            return value.isoformat()
        case tuple():
            return [_plain(each) for each in value]
        case str():
            return value.encode("utf-8", "replace").decode()  # half a sign, as some phones send it, is no JSON
        case int() | None:
            return value
        case _:
            return _of_names(value) if isinstance(value, Mapping) else _plain_fields(value)


def _of_names(value: Mapping[str, object]) -> dict[str, object]:
    return {str(key): _plain(each) for key, each in value.items()}
