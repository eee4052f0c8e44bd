"""Boards and mats to draw."""

from __future__ import annotations

import io

from PIL import Image

from bot.pictures.sets import open_set
from conversations.art import Board, Column, Mat, Tile
from conversations.document_words import load_document_words
from conversations.profile import Look
from conversations.script import Picture

WORDS = load_document_words()
SHIPPED = open_set(None)
STAR = Picture("1F31F", "a star")
LABELS = ("Making things", "Computers", "Sport", "Music", "Helping people", "Being funny", "Something else")


def tiles(count: int, chosen: int = 0) -> tuple[Tile, ...]:
    """So many choices; `chosen` is the number of the one that is marked."""
    return tuple(Tile(LABELS[n % 7], STAR, n + 1, n + 1 == chosen) for n in range(count))


def board(count: int = 6, chosen: int = 0, look: Look = Look.LIGHT) -> Board:
    """A question with so many choices."""
    return Board("What are you good at?", STAR, tiles(count, chosen), look=look)


def mat(*cards: int, rtl: bool = False) -> Mat:
    """Sorted cards, so many in each column."""
    columns = tuple(Column(Tile(f"Point {number}", STAR), tiles(count)) for number, count in enumerate(cards))
    return Mat("How things are going", columns, rtl=rtl)


def opened(png: bytes) -> Image.Image:
    """The picture, to be measured."""
    return Image.open(io.BytesIO(png)).convert("RGB")


def yellow(png: bytes, box: tuple[int, int, int, int]) -> int:
    """How many pixels of a star there are in this part of a picture."""
    raw = opened(png).crop(box).tobytes()
    pixels = zip(raw[::3], raw[1::3], raw[2::3], strict=True)
    return sum(red > 220 and green > 200 and blue < 120 for red, green, blue in pixels)
