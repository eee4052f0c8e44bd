"""What may stand in a cell of a list that a spreadsheet opens."""

from __future__ import annotations

from typing import Final

from bot.commands.screen import harmless

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins a formula, for some program."""


def cell(text: str) -> str:
    """A cell that a spreadsheet takes for words, whatever it begins with: never for a formula."""
    plain = harmless(text)
    return f"'{plain}" if text.startswith(FORMULA) else plain
