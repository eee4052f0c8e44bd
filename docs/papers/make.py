"""Make the easy read papers as PDFs, pictures left and words right, from their Markdown. `make papers` runs it.

What is still marked to be filled in stands in the PDF as it is: fill it in first.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

from bot.clock import SystemClock
from bot.documents.setting import Content, Ink, Sheet, typeset
from bot.documents.style import PEOPLE
from conversations.document_words import load_document_words
from conversations.languages import load_languages

HERE: Final = Path(__file__).parent
EASY: Final = ("privacy-notice-young-person.md", "guides/for-young-people.md")
_ROW: Final = re.compile(r"^\| ([^\s|]+) [^|]*\| (.+) \|$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"(?<=[.?]) ")
_PLAIN: Final = ord("\ufe0f")
"""The sign after an emoji that asks for its colours; OpenMoji's names leave it out."""


def title_and_rows(text: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """The heading of a paper, and for each idea the name of its picture and its sentences."""
    rows = [
        ("-".join(f"{ord(sign):X}" for sign in emoji if ord(sign) != _PLAIN), _SENTENCE.split(said.replace("**", "")))
        for emoji, said in _ROW.findall(text)
        if emoji != "Picture"
    ]
    return text.splitlines()[0].lstrip("# "), rows


def easy_read(text: str) -> bytes:
    """A paper as an accessible PDF (PDF/UA-1)."""
    title, rows = title_and_rows(text)

    def content(ink: Ink) -> Content:
        return {
            "title": ink(title),
            "rows": [
                {"picture": {"name": name, "alt": ""}, "texts": ["\n".join(map(ink, said))]} for name, said in rows
            ],
        }

    words = load_document_words(load_languages().of("en"))
    return typeset(Sheet("notice.typ", PEOPLE, SystemClock().now(), words), content)


def make(folder: Path) -> list[Path]:
    """Write them into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = [folder / f"{Path(name).stem}.pdf" for name in EASY]
    for name, path in zip(EASY, made, strict=True):
        path.write_bytes(easy_read((HERE / name).read_text("utf-8")))
    return made


if __name__ == "__main__":
    make(Path(sys.argv[1]))
