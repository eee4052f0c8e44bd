"""The words of a picture, in the picture: a PNG says what it shows to whoever cannot see it. Pure."""

from __future__ import annotations

import struct
import zlib
from typing import Final, assert_never

from conversations.art import Art, Board, Mat, Tile

KEY: Final = "Description"
_CHOSEN: Final = "\u2713"
_HEAD: Final = 8 + 25  # the signature and the first chunk, which every PNG begins with


def described(art: Art) -> str:
    """All words of it on one line, in the order in which they are read."""
    match art:
        case Board(words, _, tiles):
            parts = [words, *map(_tile, tiles)]
        case Mat(title, columns):
            parts = [title, *(f"{each.head.label}: {', '.join(map(_tile, each.cards))}" for each in columns)]
        case _:
            assert_never(art)
    return "; ".join(" ".join(part.split()) for part in parts if part.strip())


def labelled(png: bytes, text: str) -> bytes:
    """The PNG with this text as its description, in the place that the format has for it."""
    body = KEY.encode() + b"\0\0\0\0\0" + text.encode("utf-8", "replace")
    chunk = struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", zlib.crc32(b"iTXt" + body))
    return png[:_HEAD] + chunk + png[_HEAD:]


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    width, height = struct.unpack(">II", png[16:24])
    return int(width), int(height)


def _tile(tile: Tile) -> str:
    number = str(tile.number) if tile.number else ""
    return " ".join(part for part in (number, tile.label, _CHOSEN if tile.chosen else "") if part)
