"""From an art value to a PNG, by typst. Pure but for reading its template; takes some 25 ms, so not on the loop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Final, TypeAlias, assert_never

import typst

from bot.documents.fonts import as_written, drawable, families, fonts
from bot.documents.pictures import Images
from bot.pictures.described import described, labelled, size_of
from bot.pictures.palette import COLOURS, MOST_IN_COLUMN, SIZES
from bot.pictures.parting import softened
from conversations.art import Art, Board, Column, Mat, Tile
from conversations.document_words import DocumentWords
from conversations.pictures import facing
from conversations.profile import Look
from conversations.script import Picture

DASH: Final = "\u2014"
MOST_SIDES: Final = 10_000
"""Pixels of width and height together: Telegram takes no larger photo."""
_PIXELS_PER_INCH: Final = 72.0

Plain: TypeAlias = Mapping[str, object]


class CannotDrawError(Exception):
    """This art cannot be drawn. The text holds none of its words."""


def draw(art: Art, images: Images, words: DocumentWords) -> bytes:
    """A PNG, 1080 pixels wide and as tall as it needs. Equal art gives equal bytes.

    A picture that is missing is left out; its label stands. `words` name the signs that no font has.

    Raises:
        CannotDrawError: the typesetter refuses it, or it would be too tall.
    """
    for plain in (False, True):  # the second time with what the text font has; all else as named boxes
        try:
            made = _compiled(_Ink(images, words, plain=plain, rtl=art.rtl).content(art))
        except typst.TypstError:
            continue
        if sum(size_of(made)) > MOST_SIDES:
            raise CannotDrawError("it is too tall for a messenger")
        return labelled(made, described(art))
    raise CannotDrawError("the typesetter refuses it")


@cache
def template() -> bytes:
    """The template's bytes."""
    return files("bot.pictures").joinpath("board.typ").read_bytes()


class _Ink:
    """Turns art into plain values for the template."""

    def __init__(self, images: Images, words: DocumentWords, *, plain: bool, rtl: bool) -> None:
        self._images, self._words, self._plain, self._rtl = images, words, plain, rtl

    def content(self, art: Art) -> Plain:
        match art:
            case Board():
                made = self._board(art)
            case Mat():
                made = self._mat(art)
            case _:
                assert_never(art)
        look = {"colours": asdict(COLOURS[art.look]), "sizes": asdict(SIZES), "plated": art.look is Look.DARK}
        return {**look, "rtl": art.rtl, "fonts": families(), **made}

    def _board(self, board: Board) -> Plain:
        picture = self._svg(board.picture)
        tiles = [self._tile(each) for each in board.tiles]
        return {
            "kind": "board", "words": self._said(board.words), "picture": picture, "tiles": tiles,
            "columns": board.columns,
        }  # fmt: skip

    def _mat(self, mat: Mat) -> Plain:
        most = max((len(column.cards) for column in mat.columns), default=0)
        return {
            "kind": "mat", "words": self._said(mat.title), "dash": DASH, "banded": most > MOST_IN_COLUMN,
            "columns": [self._column(each) for each in mat.columns],
        }  # fmt: skip

    def _column(self, column: Column) -> Plain:
        return {"head": self._tile(column.head), "cards": [self._tile(each) for each in column.cards]}

    def _tile(self, tile: Tile) -> Plain:
        picture = self._svg(tile.picture)
        return {"label": self._said(tile.label), "picture": picture, "number": tile.number, "chosen": tile.chosen}

    def _said(self, text: str) -> str:
        said = softened(drawable(text, self._words, plain=self._plain).strip())
        return as_written(said) if self._rtl else said

    def _svg(self, picture: Picture | None) -> str | None:
        return self._images.svg(facing(picture.name, rtl=self._rtl)) if picture else None


def _compiled(content: Plain) -> bytes:
    compiler = typst.Compiler(template(), font_paths=fonts())
    made = compiler.compile(format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"content": json.dumps(content)})
    if not isinstance(made, bytes):
        raise TypeError("a board is one page")
    return made
