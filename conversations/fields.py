"""Take typed values out of a node, noting every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from conversations.problems import Report, nearest
from conversations.reading import Items, Node, Pairs, Scalar

E = TypeVar("E", bound=StrEnum)

_ID = re.compile(r"[a-z0-9_]{1,16}")
_WHOLE = re.compile(r"[0-9]{1,6}")
_EMPTY = ("", "~", "null")


def has_value(node: Node | None) -> bool:
    """False for a key that is not there, or has nothing behind it."""
    return node is not None and not (isinstance(node, Scalar) and node.plain and node.value.lower() in _EMPTY)


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of one thing (a step, an option), read one by one. What is missing reads as an empty value."""

    node: Pairs
    report: Report
    what: str

    @property
    def line(self) -> int:
        """Where the thing begins."""
        return self.node.line

    def allow(self, *known: str) -> None:
        """Report every key that is not known, with the nearest that is."""
        for key, _ in self.node.values:
            if key.value not in known:
                self.report.add(key.line, f"{self.what} has an unknown key '{key.value}'.", nearest(key.value, known))

    def get(self, key: str) -> Node | None:
        """The node behind `key`, or None where there is nothing."""
        found = next((value for name, value in self.node.values if name.value == key), None)
        return found if has_value(found) else None

    def need(self, key: str) -> Node | None:
        """Like `get`, and a missing key is a problem."""
        found = self.get(key)
        if found is None:
            self.report.add(self.line, f"{self.what} has no '{key}'.", f"Add a line '{key}: ...'.")
        return found

    def text(self, key: str, *, required: bool = True) -> str:
        """One text."""
        node = self.need(key) if required else self.get(key)
        if node is None:
            return ""
        if isinstance(node, Scalar) and node.value.strip():
            return node.value
        self.report.add(node.line, f"'{key}' must be a text.", "Write one text behind it.")
        return ""

    def texts(self, key: str, *, required: bool = False) -> tuple[tuple[int, str], ...]:
        """One text or a list of texts, each with its line."""
        node = self.need(key) if required else self.get(key)
        if node is None:
            return ()
        nodes = node.values if isinstance(node, Items) else (node,)
        if not nodes:
            self.report.add(node.line, f"'{key}' is an empty list.", "Add a text or take the key out.")
        good = [(each.line, each.value) for each in nodes if isinstance(each, Scalar) and each.value.strip()]
        if len(good) != len(nodes):
            self.report.add(node.line, f"'{key}' must hold texts.", 'Put each text in quotes: ["One.", "Two."]')
        return tuple(good)

    def id(self, key: str = "id") -> str:
        """A short name that never changes its meaning."""
        value = self.text(key)
        if value and not _ID.fullmatch(value):
            self.report.add(
                self.line, f"'{value}' is not an id.", "Use at most 16 of a-z, 0-9 and _ (it goes into buttons)."
            )
        return value

    def whole(self, key: str, *, default: int | None = None) -> int:
        """A whole number of at least 1. Without a default the key must be there."""
        node = self.need(key) if default is None else self.get(key)
        if node is None:
            return default or 1
        return whole(node, key, self.report)

    def flag(self, key: str) -> bool:
        """`true` or `false`; false when missing."""
        node = self.get(key)
        if node is None:
            return False
        if isinstance(node, Scalar) and node.value in {"true", "false"}:
            return node.value == "true"
        self.report.add(node.line, f"'{key}' must be true or false.", f"Write '{key}: true' or take it out.")
        return False

    def one_of(self, key: str, kind: type[E], *, required: bool = False) -> E | None:
        """One of the values of an enum, None when missing."""
        value = self.text(key, required=required)
        if not value:
            return None
        if value in set(kind):
            return kind(value)
        line = getattr(self.get(key), "line", self.line)
        self.report.add(line, f"'{value}' is not allowed in '{key}'.", nearest(value, kind))
        return None

    def some_of(self, key: str, kind: type[E]) -> frozenset[E]:
        """Some of the values of an enum; all of them when missing."""
        if self.get(key) is None:
            return frozenset(kind)
        chosen: set[E] = set()
        for line, value in self.texts(key):
            if value in set(kind):
                chosen.add(kind(value))
            else:
                self.report.add(line, f"'{value}' is not allowed in '{key}'.", nearest(value, kind))
        return frozenset(chosen)

    def each(self, key: str, what: str, *, required: bool = True) -> Iterator[Fields]:
        """The things in the list behind `key`."""
        node = self.need(key) if required else self.get(key)
        if node is None:
            return
        if not isinstance(node, Items):
            self.report.add(node.line, f"'{key}' must be a list.", "Begin each entry with '- '.")
            return
        if not node.values:
            self.report.add(node.line, f"'{key}' is an empty list.", "Add an entry.")
        for entry in node.values:
            if isinstance(entry, Pairs):
                yield Fields(entry, self.report, what)
            else:
                self.report.add(entry.line, f"{what} must have keys.", "Write '- id: ...' and so on.")


def whole(node: Node, key: str, report: Report) -> int:
    """A whole number of at least 1 (and 1 after a problem)."""
    if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.value) and int(node.value) >= 1:
        return int(node.value)
    report.add(node.line, f"'{key}' must be a whole number from 1 up.", f"Write for example '{key}: 1'.")
    return 1
