"""Every language in which the bot can speak, with its sentences, and which of them people can choose.

A language that is there but not offered is still understood: the labels of its keyboard are reserved words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from conversations.emojis import unadorned
from conversations.inputs import Control
from conversations.languages import ENGLISH, ENGLISH_CODE, Language, Languages
from conversations.lines import Line, Lines, read_lines
from conversations.profile import HelpKey
from conversations.retelling import Kind

CONTROLS: Mapping[Line, Control] = MappingProxyType(
    {
        Line.CONTROL_BACK: Control.BACK,
        Line.CONTROL_EXPLAIN: Control.EXPLAIN,
        Line.CONTROL_STOP: Control.STOP,
        Line.CONTROL_ANSWERS: Control.MY_ANSWERS,
        Line.CONTROL_MY_WAY: Control.MY_WAY,
    }
)
HELP_KEYS: Mapping[HelpKey, Line] = MappingProxyType(
    {
        HelpKey.HELP: Line.CONTROL_HELP,
        HelpKey.WEATHER: Line.CONTROL_HELP_WEATHER,
        HelpKey.MUSIC: Line.CONTROL_HELP_MUSIC,
    }
)
"""The labels of the key for help. All of them are reserved, in every language, whoever chose which."""
_SHAPE = "\ufe0f"  # only says how the sign before it is drawn; some keyboards leave it out


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language with its sentences."""

    language: Language
    lines: Lines = field(repr=False)
    words: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tongues:
    """All of them by code; `offered` are those that people can choose, in the order in which they are shown."""

    known: Mapping[str, Tongue] = field(default_factory=dict, repr=False)
    offered: tuple[Language, ...] = (ENGLISH,)

    @property
    def is_choice(self) -> bool:
        """Whether there is more than one to choose."""
        return len(self.offered) > 1

    def of(self, code: str) -> Tongue | None:
        """The language of this code, if people can choose it."""
        return self.known.get(code) if any(each.code == code for each in self.offered) else None

    def control(self, text: str) -> Control | None:
        """The control whose whole label this is, in any language, with its sign or without."""
        said = text.strip().replace(_SHAPE, "")
        return next(
            (control for tongue in self.known.values() for line, control in CONTROLS.items()
             if said in labels(tongue.lines[line])), None
        )  # fmt: skip


def labels(label: str) -> frozenset[str]:
    """What counts as a press of this label: the whole of it, or its words alone."""
    return frozenset({label.replace(_SHAPE, ""), unadorned(label)})


def tongues(languages: Languages, words: Mapping[str, str], offered: Iterable[str]) -> Tongues:
    """All languages with their sentences, read now; `words` are the English ones. English where none is offered."""
    known = {
        language.code: Tongue(
            language,
            read_lines(language),
            MappingProxyType({key: language.say(Kind.WORD, text, key) for key, text in words.items()}),
        )
        for language in languages
    }
    can = tuple(known[code].language for code in dict.fromkeys(offered) if code in known)
    return Tongues(MappingProxyType(known), can or (known[ENGLISH_CODE].language,))
