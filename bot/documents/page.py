"""A document as blocks, in the order they are read. Every renderer draws the same ones and adds no sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.documents.signs import Sign
from conversations.script import Picture


@dataclass(frozen=True, slots=True)
class Shown:
    """A label as it was shown: its words, and its emoji or picture, of which each renderer draws one."""

    label: str = field(repr=False)
    emoji: str = ""
    picture: Picture | None = None

    @property
    def words(self) -> str:
        """The label behind its emoji, in a line of text."""
        return f"{self.emoji} {self.label}".strip() if not self.label.startswith(self.emoji) else self.label


@dataclass(frozen=True, slots=True)
class Title:
    """The name of the document, and lines under it: first how the person likes to be asked, where that may be told."""

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
    """One answer. `words` are verbatim, without quotation marks; `notes` say how it was given and for whom it is.

    `signs` name the emoji in `words`. `heard` is what a machine heard in a voice message and its owner confirmed,
    `heard_by` the mark that says so.
    """

    asked: str = field(repr=False)
    words: str = field(repr=False)
    chosen: tuple[Shown, ...] = field(default=(), repr=False)
    item: Shown | None = field(default=None, repr=False)
    signs: tuple[Sign, ...] = field(default=(), repr=False)
    heard: tuple[str, ...] = field(default=(), repr=False)
    heard_by: str = ""
    refusal: str = field(default="", repr=False)
    notes: tuple[str, ...] = ()
    only: str = field(default="", repr=False)
    large: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One sorted card; `only` marks one that nobody else reads."""

    shown: Shown = field(repr=False)
    only: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One point of the scale and the cards under it."""

    head: Shown
    cards: tuple[Card, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mat:
    """Sorted cards in columns."""

    asked: str = field(repr=False)
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. An empty cell is room to write in; `mark` stands under the table and was made by a rule."""

    heads: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    mark: str = ""


Block: TypeAlias = Title | Heading | Pairs | Lines | Listed | Notice | Cite | Said | Mat | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A whole document: its title for the reader's window, what stands on top of every page, its blocks."""

    title: str = field(repr=False)
    running_head: str = field(repr=False)
    blocks: tuple[Block, ...]
