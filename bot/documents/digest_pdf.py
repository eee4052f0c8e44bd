"""A digest as an accessible PDF. Its blocks go to the template as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass

from bot.documents.fonts import is_right_to_left
from bot.documents.layout import lay_out
from bot.documents.page import Block, Page
from bot.documents.pictures import OPENMOJI, Images
from bot.documents.setting import Content, Ink, Sheet, typeset
from bot.documents.style import PEOPLE, STAFF
from conversations.digest import Digest, ReaderKind
from conversations.document_words import DocumentWords, Phrase
from conversations.script import Picture


def pdf(digest: Digest, words: DocumentWords, images: Images = OPENMOJI) -> bytes:
    """The document of this copy. Equal copies give equal bytes."""
    for_people = digest.reader in {ReaderKind.YOUNG_PERSON, ReaderKind.CARER}
    sheet = Sheet("digest.typ", PEOPLE if for_people else STAFF, digest.made_at, words, images)
    return page_pdf(lay_out(digest, words), sheet)


def page_pdf(page: Page, sheet: Sheet) -> bytes:
    """These blocks as an accessible PDF."""
    words = sheet.words

    def content(ink: Ink) -> Content:
        return {
            "title": ink(page.title),
            "head": ink(page.running_head),
            "quote": words.say(Phrase.QUOTE, words="#"),
            "dot": words.say(Phrase.DOT),
            "about": ink(words.say(Phrase.ABOUT_ITEM, item="#")),
            "none": words.say(Phrase.MAT_EMPTY),
            "blocks": [_block(block, ink) for block in page.blocks],
        }

    return typeset(sheet, content)


def _block(block: Block, ink: Callable[[str], str]) -> dict[str, object]:
    """A block as plain values: its kind, its texts in ink, and which way its words run."""
    plain: dict[str, object] = {each.name: _value(getattr(block, each.name), ink) for each in fields(block)}
    spoken = getattr(block, "words", "") or getattr(block, "text", "")
    return plain | {"kind": type(block).__name__, "rtl": is_right_to_left(spoken)}


def _value(value: object, ink: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return ink(value)
    if isinstance(value, Picture):
        return {"name": value.name, "alt": ink(value.alt)}  # a name is no text: nothing is put around it
    if isinstance(value, tuple):
        return [_value(each, ink) for each in value]
    if is_dataclass(value):
        return {each.name: _value(getattr(value, each.name), ink) for each in fields(value)}
    return value
