"""What is printed in a terminal. Names and words stand there as text: a terminal would obey what is hidden in them.

A message can hold the signs with which a program clears the screen, changes its title or writes over the line above,
and marks that turn the writing direction round, so that a name reads as another one.
"""

from __future__ import annotations

import re
from typing import Any, Final

from rich.console import Console
from typing_extensions import override

_COMMANDS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_SYMBOLS: Final = 0x2400


class Screen(Console):
    """A console whose texts cannot command it. Styles and tables are its own."""

    @override
    def print(self, *objects: Any, **options: Any) -> None:
        """As `Console.print`."""
        super().print(*(harmless(each) if isinstance(each, str) else each for each in objects), **options)


def harmless(text: str) -> str:
    """The text with each such sign as a picture of it, or as its number."""
    return _COMMANDS.sub(_shown, text)


def harmless_json(text: str) -> str:
    """JSON with each such sign as an escape: a script reads the same values."""
    return _COMMANDS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    return chr(_SYMBOLS + code) if code < 0x20 else f"<U+{code:04X}>"
