"""What a person's answers and presses make of their access profile. Values only; shows nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Final, Literal, assert_never

from conversations.profile import CHOICES, HelpKey, Look, Profile, Shows
from conversations.script import PlainStep, Records, Way
from conversations.state import Answer, ConversationState
from conversations.wording import ZONE


class Part(StrEnum):
    """The parts of a profile that one press changes."""

    SHOWS = "shows"
    CHOICES = "choices"
    LOOK = "look"
    EMOJI = "emoji"
    WAY = "way"
    READING = "reading"
    VOICE = "voice"
    KEY = "key"


ON: Final = "on"
OFF: Final = "off"
VALUES: Final[Mapping[Part, tuple[str, ...]]] = {
    Part.SHOWS: tuple(Shows),
    Part.CHOICES: tuple(str(count) for count in CHOICES),
    Part.LOOK: tuple(Look),
    Part.EMOJI: (ON, OFF),
    Part.WAY: tuple(Way),
    Part.READING: (ON, OFF),
    Part.VOICE: (ON, OFF),
    Part.KEY: tuple(HelpKey),
}


def value_of(state: ConversationState, part: Part) -> str:
    """The present value of this part, as `VALUES` has it."""
    profile = state.profile
    match part:
        case Part.SHOWS:
            return profile.shows
        case Part.CHOICES:
            return str(profile.choices)
        case Part.LOOK:
            return profile.look
        case Part.WAY:
            return state.way
        case Part.KEY:
            return profile.help_key
        case Part.EMOJI | Part.READING | Part.VOICE:
            flags = {Part.EMOJI: profile.emoji, Part.READING: profile.reading_help, Part.VOICE: profile.voice}
            return ON if flags[part] else OFF
        case _:
            assert_never(part)


def with_value(profile: Profile, part: Part, value: str) -> Profile:
    """The profile with this value, which is one of `VALUES`."""
    match part:
        case Part.SHOWS:
            return replace(profile, shows=Shows(value))
        case Part.CHOICES:
            return replace(profile, choices=int(value))
        case Part.LOOK:
            return replace(profile, look=Look(value))
        case Part.WAY:
            return replace(profile, way=Way(value))
        case Part.KEY:
            return replace(profile, help_key=HelpKey(value))
        case Part.EMOJI | Part.READING | Part.VOICE:
            return _switched(profile, part, on=value == ON)
        case _:
            assert_never(part)


def _switched(profile: Profile, part: Literal[Part.EMOJI, Part.READING, Part.VOICE], *, on: bool) -> Profile:
    match part:
        case Part.EMOJI:
            return replace(profile, emoji=on)
        case Part.READING:
            return replace(profile, reading_help=on)
        case Part.VOICE:
            return replace(profile, voice=on)
        case _:
            assert_never(part)


def after_answer(step: PlainStep, answer: Answer, profile: Profile) -> Profile:
    """What this answer makes of the profile: most leave it as it is."""
    chosen = answer.choices[0] if answer.choices else ""
    match step.records:
        case Records.WAY if chosen in set(Way):
            return replace(profile, way=Way(chosen))
        case Records.ACCESS if answer.refused is None:
            asked = replace(profile, asked_on=local_day(answer))
            return _as_asked(asked, chosen)
        case _:
            return profile


def local_day(answer: Answer) -> date:
    """The day of an answer by the clocks of England."""
    return answer.at.astimezone(ZONE).date()


def _as_asked(profile: Profile, chosen: str) -> Profile:
    """The four plain answers; any other option, and own words, say nothing that a question could follow."""
    if chosen in set(Shows):
        return replace(profile, shows=Shows(chosen), voice=False)
    return replace(profile, voice=True) if chosen == "voice" else profile
