"""Emoji as people type them: the same one in any skin tone, gender or presentation. Compares, and changes nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

import emoji

_TONES = {chr(code): None for code in range(0x1F3FB, 0x1F400)}
_PRESENTATION = {"\ufe0e": None, "\ufe0f": None}
_STRIP = str.maketrans(_TONES | _PRESENTATION)
_GENDERED = ("\u200d\u2640", "\u200d\u2642")
_PEOPLE = str.maketrans({"\U0001f468": "\U0001f9d1", "\U0001f469": "\U0001f9d1"})  # man and woman: person
_JOINER = "\u200d"
_KEYCAP = "\u20e3"
_TEN = "\U0001f51f"
_EMOJI_BLOCKS = ("\U0001f300", "\U0001faff")
_GAP = re.compile(r" +(?=[.,;:?”])|(?<=“) +")


def plain(symbol: str) -> str:
    """The same for every skin tone, gender and presentation of one emoji."""
    bare = symbol.translate(_STRIP)
    for sign in _GENDERED:
        bare = bare.replace(sign, "")
    return bare.translate(_PEOPLE) if _JOINER in bare else bare


def without_emoji(text: str) -> str:
    """`text` without emoji and without the marks that only shape them."""
    bare = emoji.replace_emoji(text.replace(_KEYCAP, ""), "").translate(_STRIP).replace(_JOINER, "")
    return "".join(letter for letter in bare if not _is_newer(letter)).strip()


@lru_cache(maxsize=4096)
def unadorned(text: str) -> str:
    """A sentence of ours without its emoji; never for what a person wrote. One that is nothing else stays."""
    if not emoji.emoji_count(text):
        return text
    bare = emoji.replace_emoji(text, "").replace("\ufe0f", "")
    lines = (" ".join(_GAP.sub("", line).split()) for line in bare.split("\n"))
    return "\n".join(lines).strip() or text


def emoji_only(text: str) -> tuple[str, ...]:
    """The emoji of `text`, plain; empty when there is anything else in it."""
    if without_emoji(text):
        return ()
    found = [(int(each["match_start"]), plain(str(each["emoji"]))) for each in emoji.emoji_list(text)]
    found += [(place, letter) for place, letter in enumerate(text) if _is_newer(letter)]
    return tuple(symbol for _, symbol in sorted(found))


def keycap(text: str) -> str:
    """The digits of keycap emoji as digits."""
    return text.replace("\ufe0f" + _KEYCAP, "").replace(_KEYCAP, "").replace(_TEN, "10")


def keycaps_apart(text: str) -> str:
    """The digits of keycap emoji as numbers of their own: two keys in a row are two numbers."""
    return text.replace("\ufe0f" + _KEYCAP, " ").replace(_KEYCAP, " ").replace(_TEN, " 10 ")


def _is_newer(letter: str) -> bool:
    """Whether this is an emoji that came after the tables that we know: nothing yet, in a block that is all emoji."""
    return _EMOJI_BLOCKS[0] <= letter <= _EMOJI_BLOCKS[1] and category(letter) == "Cn" and not emoji.is_emoji(letter)
