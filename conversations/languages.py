"""The languages that there are: English, which is the source, and one message catalogue for each other one.

Files are read where a load function is called, never at import. A broken file is set aside; English always stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from conversations.bounded import read_at_most
from conversations.help_lines import help_key
from conversations.messages import bubbles, context_of, placeholders
from conversations.placeholders import fault
from conversations.po_files import MOST_BYTES, Approval, Book, BrokenBookError, read_book
from conversations.problems import Problem
from conversations.retelling import Kind, retold
from conversations.script import Flow

ENGLISH_CODE: Final = "en"
SUFFIX: Final = ".po"
_KEPT: Final = 8
"""Catalogues of equal bytes are read once in a process."""
_MEND: Final = "Look at it with `firsthand languages check`, or take the file away."


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its own name, which way it is written, who approved it, and what it has for each message.

    `translations` are by context and English. Nothing fuzzy or broken is in it: what is not there is said in English.
    `broken` counts the translations that lost a placeholder or a blank line.
    """

    code: str
    name: str
    rtl: bool = False
    approval: Approval | None = None
    translations: Mapping[tuple[str, str], str] = field(default_factory=dict, repr=False)
    broken: int = 0

    @property
    def is_english(self) -> bool:
        """Whether it is the source itself."""
        return self.code == ENGLISH_CODE

    @property
    def is_draft(self) -> bool:
        """Whether nobody who speaks it has approved the translation yet."""
        return self.approval is None and not self.is_english

    def say(self, kind: Kind, english: str, key: str = "") -> str:
        """The sentence in this language; the English one where there is none."""
        return self.translations.get((context_of(kind, key), english.strip()), english)


ENGLISH: Final = Language(ENGLISH_CODE, "English")


@dataclass(frozen=True, slots=True)
class Languages:
    """Every language by its code, English first, and which files were set aside."""

    known: Mapping[str, Language] = field(default_factory=lambda: MappingProxyType({ENGLISH_CODE: ENGLISH}))
    problems: tuple[Problem, ...] = ()

    def of(self, code: str) -> Language:
        """The language of this code; English where there is none."""
        return self.known.get(code, ENGLISH)

    def only(self, codes: Iterable[str]) -> Languages:
        """Those of these codes that are there, in this order."""
        return replace(self, known=MappingProxyType({code: self.known[code] for code in codes if code in self.known}))

    def __iter__(self) -> Iterator[Language]:
        return iter(self.known.values())

    def __len__(self) -> int:
        return len(self.known)


def translated(flow: Flow, language: Language) -> Flow:
    """The script in this language, with its words; ids, order and conditions are the same."""
    words = {key: language.say(Kind.WORD, text, key) for key, text in flow.words.items()}
    told = retold(flow, lambda kind, text, where: language.say(kind, text), MappingProxyType(words))
    calls = {name: language.say(Kind.LINE, text, help_key(name)) for name, text in flow.calls.items()}
    return replace(told, language=language.code, rtl=language.rtl, calls=MappingProxyType(calls))


def load_languages(folder: Path | None = None) -> Languages:
    """All languages: the shipped catalogues, and those in `folder`, which stand in place of shipped ones."""
    known = {ENGLISH_CODE: ENGLISH}
    problems: list[Problem] = []
    for file in files_of(folder):
        try:
            language, found = _language(read_at_most(file, MOST_BYTES), file.name)
        except BrokenBookError as error:
            problems.append(Problem(file.name, 0, f"It is set aside: {error}.", _MEND))
            continue
        except OSError as error:
            problems.append(Problem(file.name, 0, f"It cannot be read ({error.strerror}).", _MEND))
            continue
        problems += found
        if language is not None:
            known[language.code] = language
    return Languages(MappingProxyType(known), tuple(problems))


@lru_cache(maxsize=_KEPT)
def _language(content: bytes, name: str) -> tuple[Language | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    language = language_in(read_book(content), problems, name)
    return language, tuple(problems)


def files_of(folder: Path | None = None) -> list[Traversable]:
    """The catalogue files: the shipped ones, then those of `folder`, each by name."""
    shipped = files("conversations") / "languages"
    places: list[Traversable] = [shipped, *([folder] if folder is not None else [])]
    return [file for place in places if place.is_dir() for file in _in(place)]


def language_in(book: Book, problems: list[Problem], name: str) -> Language | None:
    """The language of a catalogue; where it names none, that goes to `problems`, by the name of its file."""
    if book.locale is None or str(book.locale) == ENGLISH_CODE:
        problems.append(Problem(name, 0, "Its header names no language, or English.", "Give it 'Language: <code>'."))
        return None
    found = {
        (message.context or "", str(message.id)): str(message.string)
        for message in book
        if message.id and message.string and not message.fuzzy
    }
    good = {key: text for key, text in found.items() if not wrong_form(key[1], text)}
    return Language(
        code=str(book.locale),
        name=book.own_name or book.locale.get_display_name() or str(book.locale),
        rtl=book.locale.text_direction == "rtl",
        approval=book.approval,
        translations=MappingProxyType(good),
        broken=len(found) - len(good),
    )


def wrong_form(english: str, text: str) -> str:
    """Why a translation cannot stand for its English, in a few words; empty when it can."""
    try:
        wanted = placeholders(english)
    except ValueError:
        return "Its English is none of ours: a { or } stands alone in it."
    if wrong := fault(text, wanted):
        return wrong
    if lost := wanted - placeholders(text):
        return f"It lacks {', '.join(f'{{{name}}}' for name in sorted(lost))}."
    if bubbles(english) != bubbles(text):
        return f"It has {bubbles(text)} parts between blank lines, the English has {bubbles(english)}."
    return ""


def _in(place: Traversable) -> list[Traversable]:
    found = [each for each in place.iterdir() if each.is_file() and each.name.endswith(SUFFIX)]
    return sorted(found, key=lambda each: each.name)
