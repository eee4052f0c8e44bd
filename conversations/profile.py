"""How a person likes to be asked: the access profile. Asked once, used from then on, asked again after a year.

It never changes which questions there are or what they are called, only how they look (so answers stay comparable).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from conversations.script import Way

CHOICES: Final = (3, 4, 6)
"""How many options can stand on a page (decision 16)."""

YEAR: Final = timedelta(days=365)


class Shows(StrEnum):
    """What a question is made of. The words always stand as text too."""

    BOTH = "both"  # a picture board and all words
    PICTURES = "pictures"  # a picture board and the question itself, no more
    WORDS = "words"  # words alone


class Look(StrEnum):
    """The colours of cards and boards."""

    LIGHT = "light"
    CREAM = "cream"
    DARK = "dark"


class HelpKey(StrEnum):
    """What the key for help is called: by its name, or by a word that says nothing to who looks on (decision 20)."""

    HELP = "help"
    WEATHER = "weather"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class Profile:
    """One person's access profile. Who helps is no part of it: that is asked anew each time, and stands in the answers.

    `reading_help`: likes things read to them. `voice`: likes to speak rather than type. `way` is the way chosen last.
    `asked_on` is None until the person has chosen. `help_key` is theirs alone: no document tells it.
    """

    shows: Shows = Shows.BOTH
    emoji: bool = True
    choices: int = 6
    look: Look = Look.LIGHT
    reading_help: bool = False
    voice: bool = False
    way: Way | None = None
    asked_on: date | None = None
    help_key: HelpKey = HelpKey.HELP

    def is_fresh(self, today: date) -> bool:
        """Whether it was asked less than a year before `today`."""
        return self.asked_on is not None and today < self.asked_on + YEAR
