"""What is drawn beside the words: a board or a mat. Values only; drawing is done elsewhere.

Every word in a picture also stands as text in the message that carries it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from conversations.profile import Look
from conversations.script import Picture


@dataclass(frozen=True, slots=True)
class Tile:
    """One choice or card. `number` is what can be typed for it, 0 for none. `chosen` is marked by more than colour."""

    label: str = field(repr=False)
    picture: Picture | None = None
    number: int = 0
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """A question: its picture on the left, its words on the right, and below it the choices (none: a card).

    `columns` is 2, or 3 for the points of the scale. `rtl` mirrors it. `reusable` is False where it holds anything
    that belongs to one person (a name, a plan line): then no messenger's name for it is remembered.
    """

    words: str = field(repr=False)
    picture: Picture | None = None
    tiles: tuple[Tile, ...] = ()
    columns: int = 2
    look: Look = Look.LIGHT
    rtl: bool = False
    reusable: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One point of the scale with the cards that the person put there."""

    head: Tile
    cards: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Mat:
    """The sorted cards as one picture. Never reusable: it is what one person said."""

    title: str = field(repr=False)
    columns: tuple[Column, ...]
    look: Look = Look.LIGHT
    rtl: bool = False


Art: TypeAlias = Board | Mat
