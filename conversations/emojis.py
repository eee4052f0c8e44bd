"""Emoji as people type them: the same one in any skin tone, gender or presentation. Compares, and changes nothing."""

from __future__ import annotations

import emoji

_TONES = {chr(code): None for code in range(0x1F3FB, 0x1F400)}
_PRESENTATION = {"\ufe0e": None, "\ufe0f": None}
_STRIP = str.maketrans(_TONES | _PRESENTATION)
_GENDERED = ("\u200d\u2640", "\u200d\u2642")
_PEOPLE = str.maketrans({"\U0001f468": "\U0001f9d1", "\U0001f469": "\U0001f9d1"})  # man and woman: person
_JOINER = "\u200d"
_KEYCAP = "\u20e3"


def plain(symbol: str) -> str:
    """The same for every skin tone, gender and presentation of one emoji."""
    bare = symbol.translate(_STRIP)
    for sign in _GENDERED:
        bare = bare.replace(sign, "")
    return bare.translate(_PEOPLE) if _JOINER in bare else bare


def without_emoji(text: str) -> str:
    """`text` without emoji and without the marks that only shape them."""
    return emoji.replace_emoji(text.replace(_KEYCAP, ""), "").translate(_STRIP).replace(_JOINER, "").strip()


def emoji_only(text: str) -> tuple[str, ...]:
    """The emoji of `text`, plain; empty when there is anything else in it."""
    if without_emoji(text):
        return ()
    return tuple(plain(str(found["emoji"])) for found in emoji.emoji_list(text))


def keycap(text: str) -> str:
    """The digits of keycap emoji as digits."""
    return text.replace("\ufe0f" + _KEYCAP, "").replace(_KEYCAP, "")
