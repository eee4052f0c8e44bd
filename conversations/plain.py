"""Plain language: what makes a sentence hard to read. It warns and offers other words; it never changes a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Final

from conversations.findings import Finding, Kind, Place
from conversations.hard_words import read_hard_words

MOST_WORDS: Final = 15
MANY_WORDS: Final = 12  # from here on it is worth a second look

_SAMPLES: Final = {
    "name": "Sam",
    "about": "Sam",
    "contact": "Ms Patel",
    "professional": "Ms Patel",
    "safeguarding": "Mr Jones",
    "date": "Tuesday 5 January 2027",
    "since": "Tuesday 5 January 2027",
    "until": "Tuesday 5 January 2027",
    "reads_by": "Tuesday 5 January 2027",
    "goes": "Tuesday 5 January 2027",
    "cut_off": "Monday 4 January 2027, 5 pm",
    "by": "Ms Patel",
    "count": "4",
    "part": "2",
    "parts": "4",
    "code": "KX3F",
}
_SAMPLE: Final = "Lessons"
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]*)\}")
_QUOTE: Final = re.compile(r"“\{[a-z_]+\}”")
_END: Final = re.compile(r"(?<=[.?!…])[”\"')]*\s+|\n+")
_WORD: Final = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}s?\b|\b(?:[A-Za-z]\.){2,}(?=[A-Z])")
_CLAUSE: Final = re.compile(r"[,;:–]| and | but | or | so | if | who | what | that ")
_NO: Final = re.compile(r"\b(?:not|no|never|nobody|nothing|none|neither|without|cannot|no one|\w+n't)\b")
_DONE_BY: Final = re.compile(
    r"\b(?:is|are|was|were|be|been|being) (?:\w+ed|\w+en|kept|sent|made|told|held|read|found|shown|done) "
    r"by (?!e-mail|post|phone|hand|law|video|\d)"
)


def filled(text: str) -> str:
    """The text with its placeholders as they might be filled in."""
    return _PLACEHOLDER.sub(lambda found: _SAMPLES.get(found[1], _SAMPLE), text)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, with its placeholders as they might be filled in and quotes of people left out."""
    shown = filled(_QUOTE.sub("", text))
    return tuple(each.strip() for each in _END.split(shown) if _WORD.search(each))


def words_of(sentence: str) -> tuple[str, ...]:
    """The words of a sentence, as a reader counts them."""
    return tuple(_WORD.findall(sentence))


def findings(text: str, place: Place) -> tuple[Finding, ...]:
    """Everything about these words that is hard to read."""
    here = replace(place, text=text)
    fixed = _PLACEHOLDER.sub("", text)
    return (*_sentences(text, here), *_signs(fixed, here), *_hard(fixed, here))


def _sentences(text: str, place: Place) -> Iterator[Finding]:
    for sentence in sentences(text):
        count = len(words_of(sentence))
        if count >= MANY_WORDS:
            kind = Kind.LONG_SENTENCE if count > MOST_WORDS else Kind.MANY_WORDS
            yield Finding(kind, place, f"{count} words in one sentence: “{sentence}”", "Make two sentences of it.")
        lowered = _lowered(sentence)
        if any(len(_NO.findall(clause)) > 1 for clause in _CLAUSE.split(lowered)):
            yield Finding(Kind.DOUBLE_NEGATIVE, place, f"Two times no: “{sentence}”", "Say it once, or say what is so.")
        if _DONE_BY.search(lowered):
            what = f"It says late who does it: “{sentence}”"
            yield Finding(Kind.PASSIVE, place, what, "Begin with who does it.")


def _signs(text: str, place: Place) -> Iterator[Finding]:
    if "!" in text:
        yield Finding(Kind.EXCLAMATION_MARK, place, "There is an exclamation mark.", "Use a full stop.")
    for capitals in dict.fromkeys(_CAPITALS.findall(text)):
        if capitals not in read_hard_words().capitals:
            yield Finding(Kind.ACRONYM, place, f"'{capitals}' is an acronym.", "Write the full words.")


def _lowered(text: str) -> str:
    lowered = text.casefold().replace("’", "'")
    for phrase in read_hard_words().allowed:
        lowered = lowered.replace(phrase, "")
    return lowered


def _hard(text: str, place: Place) -> Iterator[Finding]:
    known = read_hard_words().instead
    for each in dict.fromkeys(found[0] for found in _hard_pattern().finditer(_lowered(text))):
        instead = known[each]
        yield Finding(instead.kind, place, _SAID[instead.kind].format(each), f"Try: {instead.remedy}.")


_SAID: Final = {
    Kind.HARD_WORD: "'{}' is hard.",
    Kind.IDIOM: "'{}' is a figure of speech.",
    Kind.SHORT_FORM: "'{}' is a short form.",
    Kind.NOT_NEUTRAL: "'{}' is praise or pity.",
    Kind.FAMILY_WORD: "'{}' does not fit every family.",
}


@cache
def _hard_pattern() -> re.Pattern[str]:
    longest_first = sorted(read_hard_words().instead, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
