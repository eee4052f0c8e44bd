"""Where the list of phrases is matched with words that no conversation looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.settings import Settings

Matching: TypeAlias = Callable[[str], tuple[str, ...]]
"""From words to the codes of the topics that they match; none for nearly all words."""


def matching(_settings: Settings) -> Matching:
    """What matches words at this setting. There is no list yet, so nothing matches."""
    return nothing_matches


def nothing_matches(_words: str) -> tuple[str, ...]:
    """There is no list of phrases."""
    return ()
