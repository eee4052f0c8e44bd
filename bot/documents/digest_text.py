"""A digest as plain text. People's words stand in it exactly as they were sent, on lines of their own making."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from bot.documents.layout import lay_out
from bot.documents.page import Block, Cite, Column, Heading, Lines, Listed, Mat, Notice, Pairs, Said, Table, Title
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Phrase

_UNDER = {1: "=", 2: "-", 3: "."}


def text(digest: Digest, words: DocumentWords) -> str:
    """The document of this copy. Half a surrogate pair, which no file can hold, is left to whoever writes one."""
    blocks = lay_out(digest, words).blocks
    return "\n\n".join("\n".join(_block(block, words)) for block in blocks) + "\n"


def about(said: Said, words: DocumentWords) -> str:
    """What an answer is about, where its question does not say so; else empty."""
    return words.say(Phrase.ABOUT_ITEM, item=said.item.words) if said.item else ""


def listed_cards(column: Column, words: DocumentWords) -> tuple[str, ...]:
    """The cards of a column as lines; a dash where there is none."""
    dot = words.say(Phrase.DOT)
    cards = (dot.join((card.shown.words, card.only)) if card.only else card.shown.words for card in column.cards)
    return tuple(cards) or (words.say(Phrase.MAT_EMPTY),)


def _block(block: Block, words: DocumentWords) -> Iterator[str]:
    match block:
        case Said():
            return _said(block, words)
        case Mat():
            return _mat(block, words)
        case Pairs():
            return (f"{label}: {value}" for label, value in block.rows)
        case Table():
            return _table(block)
        case Lines() | Notice():
            return iter(block.texts)
        case Title() | Heading() | Listed() | Cite():
            return iter(_few(block))
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[str]:
    """A cell under another; the empty ones, which are to write in, are left out."""
    for row in table.rows:
        yield from (f"{head}: {cell}" for head, cell in zip(table.heads, row, strict=True) if cell)
    if table.mark:
        yield table.mark


def _few(block: Title | Heading | Listed | Cite) -> tuple[str, ...]:
    match block:
        case Title():
            return (block.text, "=" * 40, *block.under)
        case Heading():
            return ("", block.text, _UNDER[block.level] * 40)
        case Listed():
            return (block.intro, *(f"- {item}" for item in block.items))
        case Cite():
            return (block.text, block.by)
        case _:
            assert_never(block)


def _said(said: Said, words: DocumentWords) -> Iterator[str]:
    yield from (each for each in (said.asked, about(said, words)) if each)
    yield from (f"- {each.words}" for each in said.chosen)
    if said.words:
        yield words.say(Phrase.QUOTE, words=said.words)
    yield from (words.say(Phrase.SIGN, emoji=each.emoji, name=each.name) for each in said.signs)
    yield from (words.say(Phrase.QUOTE, words=each) for each in said.heard)
    if said.heard_by:
        yield f"({said.heard_by})"
    if said.refusal:
        yield said.refusal
    notes = (*said.notes, said.only) if said.only else said.notes
    if notes:
        yield f"({words.say(Phrase.DOT).join(notes)})"


def _mat(mat: Mat, words: DocumentWords) -> Iterator[str]:
    yield mat.asked
    for column in mat.columns:
        yield f"{column.head.words}:"
        yield from (f"- {card}" for card in listed_cards(column, words))
    if mat.notes:
        yield f"({words.say(Phrase.DOT).join(mat.notes)})"
