"""Cutting long words into messages, counted as Telegram counts: in UTF-16 units. Pure."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from itertools import accumulate

_BREAKS = ("\n\n", "\n", " ")
_JOINER = "\N{ZERO WIDTH JOINER}"
_LONGEST_CLUSTER = 64


def units(text: str) -> int:
    """Length in UTF-16 units: most emoji count two."""
    return len(text) + sum(char > "\uffff" for char in text)


def split(text: str, limit: int) -> tuple[str, ...]:
    """`text` in parts of at most `limit` units (at least 2), cut at blank lines, line ends or spaces where it can be.

    Only blanks at the cuts are lost. Parts that would hold nothing but blanks are left out.
    """
    parts: list[str] = []
    while units(text) > limit:
        end = _cut(text, limit)
        parts.append(text[:end].rstrip())
        text = text[end:].lstrip()
    parts.append(text)
    return tuple(part for part in parts if part.strip())


def _cut(text: str, limit: int) -> int:
    most = _fitting(text, limit)
    for mark in _BREAKS:
        at = text.rfind(mark, 0, most + 1)
        if text[: max(at, 0)].strip():
            return at
    return _between_clusters(text, most)


def _fitting(text: str, limit: int) -> int:
    """How many characters fit in `limit` units."""
    ends = list(accumulate(2 if char > "\uffff" else 1 for char in text[: limit + 1]))
    return bisect_right(ends, limit)


def _between_clusters(text: str, most: int) -> int:
    """The last place up to `most` that cuts no emoji and no accent apart, if one is near."""
    for at in range(most, max(most - _LONGEST_CLUSTER, 0), -1):
        if not _continues(text[at]) and text[at - 1] != _JOINER:
            return at
    return most


def _continues(char: str) -> bool:
    return char == _JOINER or unicodedata.category(char) in {"Mn", "Me", "Mc"} or "\U0001f3fb" <= char <= "\U0001f3ff"
