"""Where a long word may be parted so that it fits a narrow tile. Soft hyphens only: the words stay as they are."""

from __future__ import annotations

import re
from typing import Final

SOFT: Final = "\u00ad"
_MOST: Final = 6
_WORD: Final = re.compile(r"[A-Za-z\u00c0-\u024f]{8,}")
_VOWELS: Final = frozenset("aeiouy\u00e0\u00e1\u00e2\u00e4\u00e9\u00e8\u00ea\u00ed\u00f3\u00f4\u00f6\u00fa\u00fc")
_TOGETHER: Final = frozenset({"ch", "ck", "gh", "ph", "qu", "sh", "th", "wh", "ng", "st", "tr", "pr", "br", "cr", "dr"})


def softened(text: str) -> str:
    """`text` with a soft hyphen at every place where a Latin word of eight letters or more may be parted."""
    return _WORD.sub(lambda found: SOFT.join(parts(found[0])), text)


def parts(word: str) -> list[str]:
    """The parts of a word, none longer than six letters and none but a whole word shorter than two."""
    cuts: list[int] = []
    last = 0
    for place in range(2, len(word) - 1):
        if place - last < 2:
            continue
        if _may_part(word, place) or place - last >= _MOST:
            cuts.append(place)
            last = place
    return [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]


def _may_part(word: str, place: int) -> bool:
    """Between a vowel and a consonant before a vowel (mo-ment), or between two consonants of a kind (swim-ming)."""
    before, after = word[place - 1].lower(), word[place].lower()
    if after in _VOWELS or not any(letter in _VOWELS for letter in word[:place]):
        return False
    following = word[place + 1 : place + 2].lower()
    if before == after:
        return following in _VOWELS
    if before + after in _TOGETHER or not any(letter in _VOWELS for letter in word[place:]):
        return False
    return following in _VOWELS or after + following in _TOGETHER
