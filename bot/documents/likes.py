"""How a person likes to be asked, in one or two sentences. It stands first in every copy that may tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.documents.answers import Telling
from conversations.document_words import Family, Phrase
from conversations.profile import Look, Profile
from conversations.script import Way
from conversations.voices import Voice

_CHOICES: Final = {3: Phrase.CHOICES_THREE, 4: Phrase.CHOICES_FOUR, 6: Phrase.CHOICES_SIX}


def likes(telling: Telling, voice: Voice) -> tuple[str, ...]:
    """One line, or none where the person was not asked or this copy may not tell (`Voice.profile`, decision 1)."""
    profile, words = voice.profile, telling.words
    if profile is None or profile.asked_on is None:
        return ()
    own = telling.is_own(voice)
    likes_it = Phrase.PROFILE_LIKES_OWN if own else Phrase.PROFILE_LIKES
    kinds = [tuple(_looks(telling, profile)), tuple(_ways(telling, profile))]
    said = [words.say(likes_it, name=telling.name(voice), what=words.listed(each)) for each in kinds if each]
    if voice.supporters:
        helped = Phrase.PROFILE_HELPED_OWN if own else Phrase.PROFILE_HELPED
        said.append(words.say(helped, name=telling.name(voice), who=words.listed(voice.supporters)))
    return (" ".join(said),)


def _looks(telling: Telling, profile: Profile) -> Iterator[str]:
    words = telling.words
    yield words.of(Family.SHOWS, profile.shows)
    if profile.choices in _CHOICES:
        yield words.say(_CHOICES[profile.choices])
    if profile.look is not Look.LIGHT:
        yield words.of(Family.LOOK, profile.look)
    if not profile.emoji:
        yield words.say(Phrase.PROFILE_NO_EMOJI)


def _ways(telling: Telling, profile: Profile) -> Iterator[str]:
    words = telling.words
    if profile.reading_help:
        yield words.say(Phrase.PROFILE_READING)
    if profile.voice:
        yield words.say(Phrase.PROFILE_VOICE)
    if profile.way is Way.SHORT:
        yield words.say(Phrase.PROFILE_SHORT)
