"""Plain language: what makes a sentence hard to read. It warns and offers other words; it never changes a text.

The reading grade counts syllables by the letters, which is only about right: people who read little decide, not it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from conversations.hard_words import ALLOWED_CAPITALS, ALLOWED_PHRASES, INSTEAD

MOST_WORDS = 15
MANY_WORDS = 12

_SAMPLES = {
    "name": "Sam",
    "about": "Sam",
    "contact": "Ms Patel",
    "safeguarding": "Mr Jones",
    "date": "Tuesday 5 January 2027",
    "reads_by": "Tuesday 5 January 2027",
    "cut_off": "Monday 4 January 2027, 5 pm",
    "by": "Ms Patel",
    "count": "4",
    "part": "2",
    "parts": "4",
    "code": "KX3F",
}
_SAMPLE = "Lessons"
_PLACEHOLDER = re.compile(r"\{([a-z_]*)\}")
_QUOTE = re.compile(r"“\{[a-z_]+\}”")
_END = re.compile(r"(?<=[.?!…])[”\"')]*\s+|\n+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscgzxh]es)$")


class Severity(StrEnum):
    """A finding must not ship. A warning is worth a second look."""

    FINDING = "finding"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason to look again: where (script and step, or key), what, and what to do."""

    severity: Severity
    where: str
    what: str
    remedy: str

    def told(self) -> str:
        """In one line, for a terminal."""
        return f"{self.severity} {self.where}: {self.what} {self.remedy}"


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, with its placeholders as they might be filled in and quotes of people left out."""
    shown = _PLACEHOLDER.sub(lambda found: _SAMPLES.get(found[1], _SAMPLE), _QUOTE.sub("", text))
    return tuple(each.strip() for each in _END.split(shown) if _WORD.search(each))


def findings(text: str, where: str) -> tuple[Finding, ...]:
    """Everything about these words that is hard to read."""
    found: list[Finding] = []
    for sentence in sentences(text):
        found += _length(sentence, where)
    fixed = _PLACEHOLDER.sub("", text)
    if "!" in fixed:
        found.append(Finding(Severity.FINDING, where, "There is an exclamation mark.", "Use a full stop."))
    for capitals in _CAPITALS.findall(fixed):
        if capitals not in ALLOWED_CAPITALS:
            found.append(Finding(Severity.FINDING, where, f"'{capitals}' is an acronym.", "Write the full words."))
    return (*found, *_hard(fixed, where))


def _length(sentence: str, where: str) -> list[Finding]:
    count = len(_WORD.findall(sentence))
    if count <= MANY_WORDS:
        return []
    severity = Severity.FINDING if count > MOST_WORDS else Severity.WARNING
    return [Finding(severity, where, f"{count} words in one sentence: '{sentence}'", "Make two sentences of it.")]


def _hard(text: str, where: str) -> list[Finding]:
    lowered = text.casefold().replace("’", "'")
    for phrase in ALLOWED_PHRASES:
        lowered = lowered.replace(phrase, "")
    met = dict.fromkeys(found[0] for found in _hard_pattern().finditer(lowered))
    return [Finding(Severity.FINDING, where, f"'{each}' is hard.", f"Try: {INSTEAD[each]}.") for each in met]


@cache
def _hard_pattern() -> re.Pattern[str]:
    longest_first = sorted(INSTEAD, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, less a silent ending, at least one."""
    lowered = word.casefold()
    if not lowered.isascii() or not lowered.isalpha():
        lowered = "".join(letter for letter in lowered if letter.isascii() and letter.isalpha())
    return max(1, len(_VOWELS.findall(lowered)) - (1 if len(lowered) > 3 and _SILENT.search(lowered) else 0))


def grade(texts: Iterable[str]) -> float:
    """The Flesch-Kincaid grade of all the texts together (0.39 words a sentence + 11.8 syllables a word - 15.59).

    An American school year; 4 is about nine or ten years old. 0.0 for no words.
    """
    said = [sentence for text in texts for sentence in sentences(text)]
    words = [word for sentence in said for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(said) + 11.8 * spoken / len(words) - 15.59
