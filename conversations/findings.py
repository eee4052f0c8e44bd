"""What the check of scripts can find, where, and how bad it is. Values only: what looks for them is elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Severity(StrEnum):
    """A finding must not ship. A warning is worth a second look."""

    FINDING = "finding"
    WARNING = "warning"


class Kind(StrEnum):
    """Every kind of finding, by the short code that stands in reports. docs/scripts.md says what to do about each."""

    BROKEN_FILE = "broken-file"
    # words
    LONG_SENTENCE = "long-sentence"
    MANY_WORDS = "many-words"
    EXCLAMATION_MARK = "exclamation-mark"
    ACRONYM = "acronym"
    SHORT_FORM = "short-form"
    HARD_WORD = "hard-word"
    IDIOM = "idiom"
    NOT_NEUTRAL = "not-neutral"
    FAMILY_WORD = "family-word"
    DOUBLE_NEGATIVE = "double-negative"
    PASSIVE = "passive"
    READING_GRADE = "reading-grade"
    NO_GLOSSARY = "no-glossary"
    # questions
    NO_EXPLAIN = "no-explain"
    GOES_NOWHERE = "goes-nowhere"
    NO_REFUSAL = "no-refusal"
    NO_WAY_ON = "no-way-on"
    NO_OWN_WORDS = "no-own-words"
    AT_MOST = "at-most"
    MANY_OPTIONS = "many-options"
    MANY_BUBBLES = "many-bubbles"
    LONG_CAPTION = "long-caption"
    LONG_MESSAGE = "long-message"
    # labels and pictures
    SAME_LABEL = "same-label"
    SAME_EMOJI = "same-emoji"
    NO_PICTURE = "no-picture"
    UNKNOWN_PICTURE = "unknown-picture"
    BROKEN_PICTURE = "broken-picture"
    MIXED_PICTURES = "mixed-pictures"
    # who gets where
    UNREACHABLE = "unreachable"
    NEVER_TRUE = "never-true"
    ASKS_NOTHING = "asks-nothing"
    # what a script of this role must hold
    AGREEMENT = "agreement"
    AGREEMENT_OPTIONS = "agreement-options"
    WAY_OPTIONS = "way-options"
    SHARE = "share"
    SHARE_ORDER = "share-order"
    CARER_SHARES = "carer-shares"
    CARER_DECIDES = "carer-decides"
    SAFETY_SILENT = "safety-silent"
    SAFETY_SEEN = "safety-seen"


WARNINGS: Final = frozenset(
    {
        Kind.MANY_WORDS,
        Kind.DOUBLE_NEGATIVE,
        Kind.PASSIVE,
        Kind.MANY_OPTIONS,
        Kind.LONG_CAPTION,
        Kind.MIXED_PICTURES,
    }
)
"""Kinds that do not keep a script from being used."""


class Spot(StrEnum):
    """What kind of thing `Place.name` names."""

    FILE = "file"
    PART = "part"
    STEP = "step"
    SCALE = "scale"
    GLOSSARY = "glossary"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a script or a file, a step (or another thing) in it, an option in that, the words themselves.

    `line` counts from 1; 0 means that it is not known, or the file as a whole.
    """

    script: str
    name: str = ""
    spot: Spot = Spot.FILE
    item: str = ""
    text: str = ""
    line: int = 0

    def told(self) -> str:
        """For a terminal, without the line."""
        named = f", {self.spot} {self.name}" if self.name else ""
        return f"{self.script}{named}, {self.item}" if self.item else f"{self.script}{named}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to look again: what kind, where, what, and what to do."""

    kind: Kind
    place: Place
    what: str
    remedy: str

    @property
    def severity(self) -> Severity:
        """Whether it keeps the script from being used."""
        return Severity.WARNING if self.kind in WARNINGS else Severity.FINDING

    @property
    def where(self) -> str:
        """Script and step, in words."""
        return self.place.told()

    def told(self) -> str:
        """In one line, for a terminal."""
        return f"{self.severity} {self.where}: {self.what} {self.remedy}"
