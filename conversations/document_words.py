"""The sentences of digests and letters, by name. Their text stands in `said/document_words.yaml`, never here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum, StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from conversations.digest import DigestPart, FollowUpKind
from conversations.directions import isolated
from conversations.languages import ENGLISH, Language
from conversations.phrases import Phrase
from conversations.plan_sections import PlanSection
from conversations.profile import Look, Shows
from conversations.retelling import Kind
from conversations.said_files import said
from conversations.script import Heading
from conversations.state import Means, MediaKind, Others, Refused
from conversations.voices import Change, Standing, TriedKind

__all__ = ["NEEDED", "DocumentWords", "Family", "Phrase", "load_document_words"]


class Family(StrEnum):
    """Sentences of which there is one for each member of an enum: the key is `<family>_<member>`."""

    PART = "part"
    HEADING = "heading"
    REFUSED = "refused"
    MEANS = "means"
    MEDIA = "media"
    EMPTY = "empty"
    TRIED = "tried"
    CHANGE = "change"
    FOLLOW_UP = "follow_up"
    SHOWS = "shows"
    LOOK = "look"
    OTHERS = "others"
    SECTION = "section"


_UNTITLED: Final = frozenset({DigestPart.HEADER, Change.NONE})
_MEMBERS: Final[Mapping[Family, tuple[Enum, ...]]] = {
    Family.PART: tuple(DigestPart),
    Family.HEADING: tuple(Heading),
    Family.REFUSED: tuple(Refused),
    Family.MEANS: tuple(Means),
    Family.MEDIA: tuple(MediaKind),
    Family.EMPTY: tuple(Standing),
    Family.TRIED: tuple(TriedKind),
    Family.CHANGE: tuple(Change),
    Family.FOLLOW_UP: tuple(FollowUpKind),
    Family.SHOWS: tuple(Shows),
    Family.LOOK: tuple(Look),
    Family.OTHERS: tuple(Others),
    Family.SECTION: tuple(PlanSection),
}


def _key(family: Family, member: Enum) -> str:
    name = member.name.lower() if isinstance(member, DigestPart) else member.value
    return f"{family}_{name}"


NEEDED: Final = frozenset(each.value for each in Phrase) | {
    _key(family, member) for family, members in _MEMBERS.items() for member in members if member not in _UNTITLED
}


class DocumentWords:
    """The catalogue, with what is filled in. Filled-in words are never looked at for placeholders again.

    `language` is a code such as `en`; with `rtl` a document runs from right to left.

    Raises:
        ValueError: a sentence is missing, or there is one that nobody says.
    """

    def __init__(self, texts: Mapping[str, str], language: str = "en", *, rtl: bool = False) -> None:
        lacking, unknown = NEEDED - texts.keys(), texts.keys() - NEEDED
        if lacking or unknown:
            raise ValueError(f"the document words lack {sorted(lacking)} and have too much: {sorted(unknown)}")
        self._texts = MappingProxyType(dict(texts))
        self.language = language
        self.rtl = rtl

    def say(self, phrase: Phrase, **filled: str) -> str:
        """A sentence that stands alone."""
        return self._texts[phrase].format_map(self._apart(filled))

    def of(self, family: Family, member: Enum, **filled: str) -> str:
        """The sentence for a member of an enum."""
        return self._texts[_key(family, member)].format_map(self._apart(filled))

    def review_kind(self, kind: str) -> str:
        """The words for a kind of review; the general word for a kind that the catalogue does not know."""
        return self._texts.get(f"review_kind_{kind}", self._texts[Phrase.REVIEW_KIND_OTHER])

    def day(self, day: date) -> str:
        """As in "Tuesday 5 January 2027"."""
        weekday = self._texts[Phrase.WEEKDAYS].split()[day.weekday()]
        return self.say(Phrase.DAY, weekday=weekday, day=str(day.day), month=self._month(day), year=str(day.year))

    def short_day(self, day: date) -> str:
        """As in "5 January 2027"."""
        return self.say(Phrase.SHORT_DAY, day=str(day.day), month=self._month(day), year=str(day.year))

    def listed(self, things: Sequence[str]) -> str:
        """As in "a", "a and b" or "a, b, and c"."""
        *before, last = things
        if len(before) < 2:
            return self.say(Phrase.LIST_TWO, first=before[0], last=last) if before else last
        return self.say(Phrase.LIST_MORE, first=self.say(Phrase.COMMA).join(before), last=last)

    def _apart(self, filled: Mapping[str, str]) -> Mapping[str, str]:
        """From right to left, a name or a number that is filled in keeps its own order."""
        return {name: isolated(text) for name, text in filled.items()} if self.rtl else filled

    def _month(self, day: date) -> str:
        return self._texts[Phrase.MONTHS].split()[day.month - 1]


def load_document_words(language: Language = ENGLISH) -> DocumentWords:
    """The shipped catalogue in this language, read now; what is not translated stands in English.

    Raises:
        ValueError: the file lacks a sentence, or holds one that nobody says.
    """
    texts = {key: language.say(Kind.DOCUMENT, text, key) for key, text in read_phrases().items()}
    return DocumentWords(texts, language.code, rtl=language.rtl)


@cache
def read_phrases() -> Mapping[str, str]:
    """The shipped sentences by key, in English, read once."""
    text = resources.files("conversations").joinpath("said", "document_words.yaml").read_text("utf-8")
    texts: dict[str, str] = said(text)
    return MappingProxyType(texts)
