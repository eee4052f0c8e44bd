"""Keeps words of another direction in their place: a name in Latin letters inside a sentence in Urdu."""

from __future__ import annotations

from typing import Final

BEGIN: Final = "\u2068"  # first strong isolate
END: Final = "\u2069"  # pop directional isolate


def isolated(text: str) -> str:
    """`text`, each line set apart from the sentence around it; nothing that is shown changes but the order.

    A line in which something is set apart already is ours, in the language around it, and stays as it is: its
    direction would else be judged without those words.
    """
    return "\n".join(f"{BEGIN}{line}{END}" if line.strip() and BEGIN not in line else line for line in text.split("\n"))


def without_isolates(text: str) -> str:
    """`text` without the marks of `isolated`."""
    return text.replace(BEGIN, "").replace(END, "")
