"""Looking into JSON that nobody has checked: every function here takes anything and never raises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TypeAlias

import orjson

Fields: TypeAlias = Mapping[str, object]

SMALLEST = -(2**63)
LARGEST = 2**63 - 1


def parsed(raw: bytes) -> object:
    """What `raw` says as JSON, or `None`. Half surrogates, NaN and a byte order mark are read too."""
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(raw)  # reads what orjson refuses on principle, and counts how deep it goes
    except (ValueError, RecursionError):
        return None


def object_in(raw: bytes) -> Fields:
    """The JSON object in `raw`, or an empty one where there is none."""
    value = parsed(raw)
    return value if isinstance(value, dict) else {}


def part(fields: Fields, *path: str) -> Fields:
    """The object at `path`, or an empty one."""
    for key in path:
        inner = fields.get(key)
        if not isinstance(inner, dict):
            return {}
        fields = inner
    return fields


def whole(fields: Fields, key: str) -> int | None:
    """A whole number that a database can hold, or `None`."""
    value = fields.get(key)
    return value if type(value) is int and SMALLEST <= value <= LARGEST else None


def amount(fields: Fields, key: str) -> int | None:
    """A whole number from 0 upwards, or `None`."""
    value = whole(fields, key)
    return value if value is not None and value >= 0 else None


def text(fields: Fields, key: str) -> str:
    """Text that can be stored, otherwise unchanged: half a surrogate becomes U+FFFD and NUL becomes U+2400.

    Empty where there is none.
    """
    value = fields.get(key)
    if not isinstance(value, str):
        return ""
    return storable(value)


def storable(value: str) -> str:
    """`value` without the two things that UTF-8 or PostgreSQL cannot hold."""
    try:
        value.encode()
    except UnicodeEncodeError:
        value = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return value.replace("\0", "\N{SYMBOL FOR NULL}")
