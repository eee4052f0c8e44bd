"""Reads the tags of a PDF as an assistive program does, independently of what made it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

_DRAWING = frozenset({b"Tj", b"TJ", b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"sh", b"INLINE IMAGE"})


@dataclass(frozen=True, slots=True)
class Tag:
    """One element of the structure tree, with the words that stand for it where it is a picture."""

    kind: str
    alt: str
    depth: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """A whole document."""

    language: str
    title: str
    shows_title: bool
    marked: bool
    tags: tuple[Tag, ...]

    def of(self, kind: str) -> list[Tag]:
        """All elements of a kind, in reading order."""
        return [each for each in self.tags if each.kind == kind]


def tagged(pdf: bytes) -> Tagged:
    """The structure of a document."""
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.root_object
    assert reader.metadata is not None
    preferences, mark = _found(root["/ViewerPreferences"]), _found(root["/MarkInfo"])
    return Tagged(
        language=str(root["/Lang"]),
        title=str(reader.metadata.title),
        shows_title=str(preferences["/DisplayDocTitle"]).lower() == "true",
        marked=str(mark["/Marked"]).lower() == "true",
        tags=tuple(_walk(root["/StructTreeRoot"], 0)),
    )


def loose_content(pdf: bytes) -> list[int]:
    """The pages on which something is drawn outside every tag and every artifact."""
    reader = PdfReader(io.BytesIO(pdf))
    return [number for number, page in enumerate(reader.pages, 1) if _draws_outside(reader, page.get_contents())]


def text_sizes(pdf: bytes) -> dict[float, set[str]]:
    """Every size of text in points, with what is set in it."""
    found: dict[float, set[str]] = {}

    def visit(text: str, current: list[float], matrix: list[float], _: object, size: float) -> None:
        if text.strip():
            found.setdefault(round(abs(size * matrix[3] * current[3]), 1), set()).add("".join(text.split()))

    for page in PdfReader(io.BytesIO(pdf)).pages:
        page.extract_text(visitor_text=visit)
    return found


def smaller_than(pdf: bytes, least: float, but: str) -> set[str]:
    """What is set smaller than this, without runs of signs that stand in `but`."""
    small = (text for size, texts in text_sizes(pdf).items() if size < least for text in texts)
    return {text for text in small if text not in "".join(but.split())}


def _draws_outside(reader: PdfReader, content: object) -> bool:
    depth = 0
    for _, operator in ContentStream(content, reader).operations:
        depth += (operator in {b"BDC", b"BMC"}) - (operator == b"EMC")
        if depth == 0 and operator in _DRAWING:
            return True
    return False


def _walk(node: object, depth: int) -> Iterator[Tag]:
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, ArrayObject):
        for each in node:
            yield from _walk(each, depth)
    elif isinstance(node, DictionaryObject):
        if "/S" in node:
            yield Tag(str(node["/S"]), str(node.get("/Alt", "")), depth)
        if "/K" in node and "/Obj" not in node:
            yield from _walk(node["/K"], depth + 1)


def _found(value: object) -> DictionaryObject:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    assert isinstance(found, DictionaryObject)
    return found
