"""Words and figures of speech that are hard to read, each with what to write instead. Reads the list; judges nothing.

The list stands in `said/hard_words.yaml`, so that people who write scripts can read it and add to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from conversations.findings import Kind
from conversations.said_files import said

_SECTIONS: Final = {
    "hard": Kind.HARD_WORD,
    "idiom": Kind.IDIOM,
    "short": Kind.SHORT_FORM,
    "neutral": Kind.NOT_NEUTRAL,
    "family": Kind.FAMILY_WORD,
}


@dataclass(frozen=True, slots=True)
class Instead:
    """What kind of hard word it is, and what to write instead."""

    kind: Kind
    remedy: str


@dataclass(frozen=True, slots=True)
class HardWords:
    """The list. Every phrase is in lower case with a straight apostrophe."""

    instead: Mapping[str, Instead]
    explain: tuple[str, ...]
    capitals: frozenset[str]
    allowed: tuple[str, ...]


@cache
def read_hard_words() -> HardWords:
    """The shipped list, read once."""
    raw = said(resources.files("conversations").joinpath("said", "hard_words.yaml").read_text("utf-8"))
    instead = {
        phrase: Instead(kind, remedy) for name, kind in _SECTIONS.items() for phrase, remedy in raw[name].items()
    }
    return HardWords(
        MappingProxyType(instead), tuple(raw["explain"]), frozenset(raw["capitals"]), tuple(raw["allowed"])
    )
