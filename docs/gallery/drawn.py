"""Draws what is planned into a folder, on two threads: the typesetter lets others run meanwhile."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import typst
from pypdf import PdfReader

from bot.documents.fonts import fonts
from bot.pictures.described import size_of
from bot.pictures.drawing import draw
from bot.pictures.sets import open_set
from conversations.document_words import load_document_words
from conversations.languages import Languages
from docs.gallery.documents import Document
from docs.gallery.plan import Drawing, Plan

_THREADS: Final = 2
_DOTS_PER_INCH: Final = 96.0
_PAGES: Final = b"""
#set page(width: auto, height: auto, margin: 0pt)
#let c = json(bytes(sys.inputs.content))
#for number in range(1, c.pages + 1) { if number > 1 { pagebreak() }; image(c.file, page: number) }
"""
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of the gallery: its file, its size in pixels, and all its words."""

    file: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Hung:
    """Everything that was drawn: the image of each drawing, and for each document its file and its pages."""

    drawings: tuple[tuple[Drawing, Image], ...]
    documents: tuple[tuple[Document, str, tuple[Image, ...]], ...]

    @property
    def pieces(self) -> int:
        """How many pictures and documents there are."""
        return len(self.drawings) + sum(1 + len(pages) for _, _, pages in self.documents)

    @property
    def files(self) -> tuple[str, ...]:
        """All of them, by their place in the folder."""
        papers = (name for _, file, pages in self.documents for name in (file, *(each.file for each in pages)))
        return (*(image.file for _, image in self.drawings), *papers)


def hang(planned: Plan, languages: Languages, folder: Path) -> Hung:
    """Draw all of it into `folder`.

    Raises:
        CannotDrawError: a board cannot be drawn; nothing is left out in silence.
    """
    images = open_set(None)
    words = {code: load_document_words(languages.of(code)) for code in languages.known}

    def one(drawing: Drawing) -> Image:
        made = draw(drawing.shown.art, images, words[drawing.language])
        _kept(folder / drawing.file, made)
        return Image(drawing.file, *size_of(made), drawing.alt)

    def document(each: Document) -> tuple[str, tuple[Image, ...]]:
        file = f"{each.folder}/{each.name}.pdf"
        made = each.make()
        _kept(folder / file, made)
        return file, tuple(_pages(made, folder / file, file))

    drawn = _all(one, planned.drawings)
    made = _all(document, planned.documents)
    papers = tuple((each, *found) for each, found in zip(planned.documents, made, strict=True))
    return Hung(tuple(zip(planned.drawings, drawn, strict=True)), papers)


def _all(make: Callable[[_Given], _Made], things: Iterable[_Given]) -> list[_Made]:
    with ThreadPoolExecutor(_THREADS) as pool:
        return list(pool.map(make, things))


def _kept(path: Path, made: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made)


def _pages(made: bytes, path: Path, file: str) -> Iterable[Image]:
    """The pages of a document as they are printed, each with its words."""
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(made)).pages]
    content = json.dumps({"file": f"/{path.name}", "pages": len(texts)})
    compiler = typst.Compiler(_PAGES, root=path.parent, font_paths=fonts())
    found = compiler.compile(format="png", ppi=_DOTS_PER_INCH, sys_inputs={"content": content})
    drawn = [found] if isinstance(found, bytes) else found or []
    for number, (page, text) in enumerate(zip(drawn, texts, strict=True), 1):
        name = f"{file.removesuffix('.pdf')}-page-{number}.png"
        _kept(path.parent / Path(name).name, page)
        yield Image(name, *size_of(page), f"Page {number} of {len(texts)}. {' '.join(text.split())}")
