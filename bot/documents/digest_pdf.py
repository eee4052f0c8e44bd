"""A digest as an accessible PDF (PDF/UA-1). People's words go in as data, never as markup."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from importlib.resources import files

import typst

from bot.documents.fonts import drawable, families, fonts, is_right_to_left
from bot.documents.layout import lay_out
from bot.documents.page import Block, Page
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Phrase


def pdf(digest: Digest, words: DocumentWords) -> bytes:
    """The document of this copy. Equal copies give equal bytes."""
    page = lay_out(digest, words)
    try:
        return _compiled(page, digest, words, plain=False)
    except typst.TypstError:
        # A sign that is there but cannot be joined with its neighbours: draw what the text font has, box the rest.
        return _compiled(page, digest, words, plain=True)


def _compiled(page: Page, digest: Digest, words: DocumentWords, *, plain: bool) -> bytes:
    def ink(text: str) -> str:
        return drawable(text, words, plain=plain)

    content = {
        "title": ink(page.title),
        "head": ink(page.running_head),
        "fonts": families(),
        "page": words.say(Phrase.PAGE, number="#", total="##"),
        "quote": words.say(Phrase.QUOTE, words="#"),
        "dot": words.say(Phrase.DOT),
        "none": words.say(Phrase.MAT_EMPTY),
        "blocks": [_block(block, ink) for block in page.blocks],
    }
    return compiled("digest.typ", content, digest.made_at)


def _block(block: Block, ink: Callable[[str], str]) -> dict[str, object]:
    """A block as plain values: its kind, its texts in ink, and which way its words run."""
    plain: dict[str, object] = {each.name: _value(getattr(block, each.name), ink) for each in fields(block)}
    spoken = getattr(block, "words", "") or getattr(block, "text", "")
    return plain | {"kind": type(block).__name__, "rtl": is_right_to_left(spoken)}


def _value(value: object, ink: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return ink(value)
    if isinstance(value, tuple):
        return [_value(each, ink) for each in value]
    if is_dataclass(value):
        return {each.name: _value(getattr(value, each.name), ink) for each in fields(value)}
    return value


def compiled(template: str, content: object, at: datetime) -> bytes:
    """The PDF that a template of this folder makes of `content`.

    Raises:
        typst.TypstError: the document cannot be made.
    """
    compiler = typst.Compiler(files("bot.documents").joinpath(template).read_bytes(), font_paths=fonts())
    made = compiler.compile(
        format="pdf",
        sys_inputs={"content": json.dumps(content)},
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC),
    )
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made
