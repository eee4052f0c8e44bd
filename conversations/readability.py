"""A reading grade by formula. It counts syllables by the letters, which is only about right: readers decide, not it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from conversations.plain import sentences, words_of

_VOWELS: Final = re.compile(r"[aeiouy]+")
_SILENT: Final = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscgzxh]es)$")


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
    words = [word for sentence in said for word in words_of(sentence)]
    if not words:
        return 0.0
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / len(said) + 11.8 * spoken / len(words) - 15.59
