"""Everything that keeps a translation from being spoken: what is missing, lost its form, or does not fit a button.

For a draft what is missing is a note, since English stands in; for an approved language it is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import emoji

from conversations.emojis import unadorned
from conversations.languages import Language, wrong_form
from conversations.messages import Message
from conversations.po_files import Book
from conversations.retelling import Kind
from conversations.steps import LABEL_LETTERS, LABEL_WORDS, REFUSAL_LETTERS

_COUNTED: Final = {"weekdays": 7, "months": 12}
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^>]*>|&[a-z]+;|\*\*|__|\]\(")
_CONTROLS: Final = "line.control_"
_BUTTONS: Final = frozenset({Kind.LABEL})
_OURS: Final = frozenset({Kind.WORD, Kind.LINE})


class Severity(StrEnum):
    """Whether it must be mended."""

    FINDING = "finding"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a translation. `where` is the context; `english` tells which sentence it is."""

    where: str
    english: str
    what: str
    severity: Severity = Severity.FINDING


def findings(language: Language, messages: Iterable[Message]) -> tuple[Finding, ...]:
    """What is wrong with a language as it is spoken: fuzzy and broken translations are missing from it already."""
    everything = tuple(messages)
    found = [finding for message in everything for finding in _message(language, message)]
    return (*found, *_same_controls(language, everything))


def book_findings(book: Book, language: Language | None, messages: Iterable[Message]) -> tuple[Finding, ...]:
    """What is wrong with a catalogue as a file, with the reason why each translation of it is not used."""
    everything = tuple(messages)
    if language is None:
        return (Finding("", "", "The header names no language, or English."),)
    unused = tuple(_unused(book, everything))
    told = {(each.where, each.english) for each in unused}
    spoken = (each for each in findings(language, everything) if (each.where, each.english) not in told)
    return (*unused, *spoken)


def complete(language: Language, messages: Iterable[Message]) -> tuple[int, int]:
    """How many messages with words are translated, and how many there are."""
    needed = [(each.context, each.english) for each in messages if each.has_words]
    return sum(key in language.translations for key in needed), len(needed)


def _unused(book: Book, messages: Iterable[Message]) -> Iterator[Finding]:
    severity = Severity.NOTE if book.approval is None else Severity.FINDING
    for message in messages:
        there = book.get(message.english, message.context)
        if there is None or not there.string:
            continue
        if there.fuzzy:
            yield Finding(message.context, message.english, "It is marked fuzzy, so it is not used.", severity)
        elif wrong := wrong_form(message.english, str(there.string)):
            yield Finding(message.context, message.english, wrong)


def _message(language: Language, message: Message) -> Iterator[Finding]:
    said = language.translations.get((message.context, message.english))
    if said is None:
        if message.has_words:
            severity = Severity.NOTE if language.is_draft else Severity.FINDING
            yield Finding(message.context, message.english, "It is not translated.", severity)
        return
    for what, severity in _faults(message, said):
        yield Finding(message.context, message.english, what, severity)


def _faults(message: Message, said: str) -> Iterator[tuple[str, Severity]]:
    if found := _MARKUP.search(said):
        yield f"'{found[0]}' would be shown as it is: there is no markup.", Severity.FINDING
    key = message.context.partition(".")[2]
    if key in _COUNTED and len(said.split()) != _COUNTED[key]:
        yield f"It must be {_COUNTED[key]} words with a space between.", Severity.FINDING
    if _sign(message.english) != _sign(said) and message.kind in _OURS:
        yield "The sign at its beginning is another one, or is gone.", Severity.FINDING
    if _is_button(message):
        yield from _too_long(message.english, said)


def _is_button(message: Message) -> bool:
    """Labels are; so are words of ours that begin with a sign and are as short as a button."""
    if message.kind in _BUTTONS:
        return True
    short = len(unadorned(message.english)) <= LABEL_LETTERS and "\n" not in message.english
    return message.kind in _OURS and bool(_sign(message.english)) and short and not message.placeholders


def _too_long(english: str, said: str) -> Iterator[tuple[str, Severity]]:
    bare = unadorned(said)
    most = LABEL_LETTERS if len(unadorned(english)) <= LABEL_LETTERS else REFUSAL_LETTERS
    if len(bare) > most or "\n" in bare:
        yield f"It has {len(bare)} letters. A button takes {most}, in one line.", Severity.FINDING
    elif len(bare.split()) > LABEL_WORDS and most == LABEL_LETTERS:
        yield f"It has {len(bare.split())} words. Try with {LABEL_WORDS}.", Severity.NOTE


def _sign(text: str) -> str:
    """The emoji at the very beginning."""
    found = emoji.emoji_list(text)
    return str(found[0]["emoji"]).replace("\ufe0f", "") if found and found[0]["match_start"] == 0 else ""


def _same_controls(language: Language, messages: tuple[Message, ...]) -> Iterator[Finding]:
    """Two controls with the same words could not be told apart."""
    seen: dict[str, str] = {}
    for message in messages:
        if not message.context.startswith(_CONTROLS):
            continue
        said = unadorned(language.translations.get((message.context, message.english), message.english))
        if said in seen:
            yield Finding(message.context, message.english, f"It has the same words as {seen[said]}.")
        seen.setdefault(said, message.context)
