"""The emoji in people's own words, each with its picture and its name. The words themselves stay as they are."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

import emoji

from conversations import pictures
from conversations.script import Picture

_PRESENTATION: Final = "\ufe0f"
_NAMED: Final = frozenset(emoji.LANGUAGES)
_FIRST, _LAST = 0x1F000, 0x1FAFF  # the blocks in which new emoji appear


@dataclass(frozen=True, slots=True)
class Sign:
    """One emoji as it was sent, what it is called, and its picture where there is one."""

    emoji: str
    name: str
    picture: Picture | None = field(default=None)


def signs(text: str, language: str = "en") -> tuple[Sign, ...]:
    """Each distinct emoji of `text`, in the order in which it first stands there.

    One that no package knows yet is called by its name in the tables of characters, else by its code.
    """
    found = {int(each["match_start"]): str(each["emoji"]) for each in emoji.emoji_list(text)}
    covered = {at + step for at, sign in found.items() for step in range(len(sign))}
    new = {at: sign for at, sign in enumerate(text) if at not in covered and _looks_new(sign)}
    ordered = sorted((found | new).items())
    return tuple(_sign(each, language) for each in dict.fromkeys(sign for _, sign in ordered))


def picture_name(sign: str) -> str:
    """The name of an emoji's picture; empty where there is none, in any of the ways it can be written."""
    bare = sign.replace(_PRESENTATION, "")
    codes = ("-".join(f"{ord(each):04X}" for each in form) for form in (sign, bare))
    return next((code for code in codes if pictures.exists(code)), "")


def _looks_new(sign: str) -> bool:
    modifiers = 0x1F3FB <= ord(sign) <= 0x1F3FF
    return _FIRST <= ord(sign) <= _LAST and not modifiers and unicodedata.category(sign) in {"So", "Cn"}


def _sign(sign: str, language: str) -> Sign:
    code = picture_name(sign)
    name = _name(sign, language)
    return Sign(sign, name, Picture(code, name) if code else None)


def _name(sign: str, language: str) -> str:
    if emoji.is_emoji(sign):
        known = language if language in _NAMED else "en"
        return emoji.demojize(sign, language=known).strip(":").replace("_", " ")
    return unicodedata.name(sign, f"U+{ord(sign):04X}").lower().replace("u+", "U+")
