"""A document as blocks, in the order they are read. Every renderer draws the same ones and adds no sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the document, and lines under it."""

    text: str = field(repr=False)
    under: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 1 is a part, 2 a person or topic, 3 a topic of a person."""

    level: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pairs:
    """A list of labels and what belongs to them."""

    rows: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Lines:
    """Plain sentences, quiet ones."""

    texts: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Listed:
    """A bulleted list under an introduction."""

    intro: str = field(repr=False)
    items: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notice:
    """Sentences in a frame: a mark made by rule, or a warning."""

    texts: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cite:
    """A line that a named member of staff wrote."""

    text: str = field(repr=False)
    by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """One answer. `words` are verbatim, without quotation marks; `notes` say how it was given and for whom it is."""

    asked: str = field(repr=False)
    words: str = field(repr=False)
    chosen: tuple[str, ...] = field(default=(), repr=False)
    item: str = field(default="", repr=False)
    refusal: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()
    only: str = field(default="", repr=False)
    large: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One point of the scale and the cards under it."""

    head: str
    cards: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mat:
    """Sorted cards in columns."""

    asked: str = field(repr=False)
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


Block: TypeAlias = Title | Heading | Pairs | Lines | Listed | Notice | Cite | Said | Mat


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document: its title for the reader's window, what stands on top of every page, its blocks."""

    title: str = field(repr=False)
    running_head: str = field(repr=False)
    blocks: tuple[Block, ...]
