"""Sets a template of this folder as an accessible PDF (PDF/UA-1). People's words go in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from typing import Final, TypeAlias

import typst

from bot.documents.fonts import as_written, drawable, families, fonts
from bot.documents.pictures import OPENMOJI, Images, found, names_in
from bot.documents.style import COLOURS
from conversations.document_words import DocumentWords, Phrase

_REGIONS: Final = {"en": "GB"}
Content: TypeAlias = dict[str, object]
Ink: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a document is set: the template's name, its sizes, when it was made, its words and its pictures."""

    template: str
    sizes: Mapping[str, float]
    made_at: datetime
    words: DocumentWords
    images: Images = OPENMOJI
    page: str = "white"


def typeset(sheet: Sheet, content: Callable[[Ink], Content]) -> bytes:
    """The PDF. `content` gives the values of the template, each text put through the ink it is handed.

    A sign or a picture that cannot be drawn never keeps a document back: words in plain letters are the last resort.
    """
    tries = ((False, True), (True, True), (True, False))
    for plain, with_pictures in tries[:-1]:
        try:
            return _once(sheet, content, plain=plain, with_pictures=with_pictures)
        except typst.TypstError:
            # A sign that cannot be joined with its neighbours, or a broken picture: the next try does without.
            continue
    return _once(sheet, content, plain=True, with_pictures=False)


def pictured(sheet: Sheet, content: Callable[[Ink], Content], pixels_per_inch: float) -> list[bytes]:
    """The pages of the same document as PNG.

    Raises:
        typst.TypstError: the document cannot be made.
    """
    made = _compiler(sheet.template).compile(
        format="png", ppi=pixels_per_inch, sys_inputs={"content": json.dumps(_filled(sheet, content))}
    )
    return [page for page in (made if isinstance(made, list) else [made]) if page is not None]


def _once(sheet: Sheet, content: Callable[[Ink], Content], *, plain: bool, with_pictures: bool) -> bytes:
    filled = _filled(sheet, content, plain=plain, with_pictures=with_pictures)
    return compiled(sheet.template, filled, sheet.made_at)


def _filled(
    sheet: Sheet, content: Callable[[Ink], Content], *, plain: bool = False, with_pictures: bool = True
) -> Content:
    """What the template gets: what every document shares, and the document's own."""
    words = sheet.words

    def ink(text: str) -> str:
        drawn = drawable(text, words, plain=plain)
        return as_written(drawn) if words.rtl else drawn

    made = content(ink)
    drawn = found(sheet.images, names_in(made), rtl=words.rtl) if with_pictures else {}
    shared: Content = {
        "fonts": families(),
        "language": words.language,
        "region": _REGIONS.get(words.language),
        "rtl": words.rtl,
        "colours": dict(COLOURS),
        "sizes": dict(sheet.sizes),
        "ground": sheet.page,
        "pictures": drawn,
        "attribution": drawable(sheet.images.credit(drawn), words, plain=plain),
        "page": words.say(Phrase.PAGE, number="#", total="##"),
    }
    return shared | made


def compiled(template: str, content: Content, at: datetime) -> bytes:
    """The PDF that a template makes of `content`.

    Raises:
        typst.TypstError: the document cannot be made.
    """
    made = _compiler(template).compile(
        format="pdf",
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made


def _compiler(template: str) -> typst.Compiler:
    folder = files("bot.documents")
    source = b"\n".join(folder.joinpath(name).read_bytes() for name in ("style.typ", template))
    return typst.Compiler(source, font_paths=fonts())
