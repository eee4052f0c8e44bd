"""A digest to and from canonical JSON bytes. `load_digest(dump_digest(x)) == x` for every digest."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Final, NewType, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from conversations.digest import Digest

VERSION: Final = 1
_T = TypeVar("_T")


class DigestUnreadableError(ValueError):
    """These bytes are no digest of a version that this program knows."""


def dump_digest(digest: Digest) -> bytes:
    """The same bytes for equal digests, on any machine. Any text survives, half a surrogate pair too."""
    kept = {"v": VERSION, "digest": _plain(digest)}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def load_digest(data: bytes) -> Digest:
    """The digest behind these bytes.

    Raises:
        DigestUnreadableError: they hold none, or one of a later version.
    """
    try:
        kept = json.loads(data)
        if kept["v"] != VERSION:
            raise DigestUnreadableError
        return _made(Digest, kept["digest"])
    except (ValueError, TypeError, KeyError) as error:
        # The cause could quote what people said: only its kind is told.
        raise DigestUnreadableError(type(error).__name__) from None


def _plain(value: object) -> object:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted((_plain(each) for each in value), key=str)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value


def _made(kind: type[_T], value: object) -> _T:
    """What is missing takes its default: a digest kept before a field was there still opens."""
    hints = get_type_hints(kind)
    given = cast(dict[str, object], value)
    return kind(**{name: _read(hint, given[name]) for name, hint in hints.items() if name in given})


def _read(hint: object, value: object) -> object:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in {Union, UnionType}:
        return None if value is None else _read(next(each for each in inner if each is not NoneType), value)
    if origin in {tuple, frozenset}:
        made = (_read(inner[0], each) for each in cast(Iterable[object], value))
        return tuple(made) if origin is tuple else frozenset(made)
    if isinstance(hint, NewType):
        return _read(hint.__supertype__, value)
    return _single(cast(type[object], hint), value)


def _single(kind: type[object], value: object) -> object:
    if is_dataclass(kind):
        return _made(kind, value)
    if issubclass(kind, Enum):
        return kind(value)
    if issubclass(kind, datetime | date):
        return kind.fromisoformat(cast(str, value))
    if type(value) is not kind:
        raise TypeError
    return value
