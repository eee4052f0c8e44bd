"""Where the list of phrases is matched with words that no conversation looks at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.settings import Settings
from conversations.safety import matched
from conversations.safety_file import own_phrases

Matching: TypeAlias = Callable[[str], tuple[str, ...]]
"""From words to the codes of the topics that they match; none for nearly all words."""


def matching(settings: Settings) -> Matching:
    """What matches words at this setting: the list that ships, as the safeguarding lead changed it."""
    phrases = own_phrases(settings.safety_phrases)[0]
    return lambda words: matched(words, phrases)
