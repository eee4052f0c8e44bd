"""Splitting an answer of getUpdates into single updates, each by itself, as they came.

A parser fails for a whole batch where one update in it is broken. This one only counts brackets: however deep or odd
an update is, its neighbours are not its prisoners. Nothing is read here but two numbers.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.telegram.fields import object_in, whole
from bot.telegram.inbound import chat_of

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},]', re.DOTALL)
_OPENING = frozenset({b"[", b"{"})
_CLOSING = frozenset({b"]", b"}"})
_LIST_DEPTH = 2


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as it came; the numbers are `None` where it has none that a database can hold."""

    update_id: int | None
    chat_id: int | None = field(repr=False)
    raw: bytes = field(repr=False)

    @property
    def key(self) -> int:
        """The number under which it is stored: its own, or a negative one made of its bytes, the same every time."""
        if self.update_id is not None:
            return self.update_id
        return -1 - (int.from_bytes(hashlib.sha256(self.raw).digest()[:8]) >> 2)


class UnreadableBatchError(Exception):
    """An answer that holds no list of updates: an error page, or half an answer."""


def read_update(raw: bytes) -> RawUpdate:
    """One update by itself, as a webhook brings it."""
    update = object_in(raw)
    return RawUpdate(whole(update, "update_id"), chat_of(update), raw)


def read_batch(body: bytes) -> tuple[RawUpdate, ...]:
    """The updates in `{"ok": true, "result": [...]}`, in order.

    Of an answer that breaks off, those are returned that are whole.

    Raises:
        UnreadableBatchError: there is no list, or it breaks off in its first update.
    """
    found = tuple(read_update(raw) for raw in _elements(body))
    if not found and not _ends_well(body):
        raise UnreadableBatchError("an answer without a list of updates")
    return found


def _elements(body: bytes) -> Iterator[bytes]:
    """The text of each element of the list under `result`."""
    depth, begun, key = 0, -1, b""
    for token in _TOKEN.finditer(body):
        mark = token[0]
        depth += (mark in _OPENING) - (mark in _CLOSING)
        if begun < 0:
            if mark == b"[" and depth == _LIST_DEPTH and key == b'"result"':
                begun = token.end()
            key = mark if depth == 1 else b""
            continue
        closed = mark == b"]" and depth < _LIST_DEPTH
        if closed or (mark == b"," and depth == _LIST_DEPTH):
            element = body[begun : token.start()].strip()
            if element:
                yield element
            begun = token.end()
        if closed:
            return


def _ends_well(body: bytes) -> bool:
    return isinstance(object_in(body).get("result"), list)
