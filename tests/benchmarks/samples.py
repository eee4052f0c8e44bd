"""A card and a board whose words differ by a number, so that no two are drawn as one."""

from __future__ import annotations

from conversations.art import Board, Tile
from conversations.script import Picture

_CHOICES = (
    ("Making things", "1F3A8"), ("Computers", "1F4BB"), ("Sport", "26BD"),
    ("Music", "1F3B5"), ("Helping people", "1F91D"), ("Being funny", "1F602"),
)  # fmt: skip
_STAR = Picture("1F31F", "A bright star")


def card(number: int) -> Board:
    """A question without choices."""
    return Board(f"What must stay the same? ({number})", _STAR, reusable=True)


def board(number: int) -> Board:
    """A question with six choices, each with a picture."""
    tiles = tuple(Tile(label, Picture(code, label), n) for n, (label, code) in enumerate(_CHOICES, 1))
    return Board(f"What are you good at? ({number})", _STAR, tiles, reusable=True)
