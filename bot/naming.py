"""Names as staff type them, made fit to stand in any sentence, line, list and head of a mail."""

from __future__ import annotations

from typing import Final
from unicodedata import category

_JOINERS: Final = "\u200c\u200d"
"""Some writing systems need them within a word."""


def as_name(text: str) -> str:
    """The same on one line, without what cannot be seen: control signs, and marks that turn the writing round."""
    return " ".join("".join(_seen(sign) for sign in text).split())


def _seen(sign: str) -> str:
    match category(sign):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf" | "Cs" | "Co" if sign not in _JOINERS:
            return ""
        case _:
            return sign
