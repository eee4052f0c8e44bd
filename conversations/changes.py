"""What happened to one person's words since the version of the digest before, told by numbers and never by words."""

from __future__ import annotations

from collections.abc import Mapping

from conversations.voices import Change, Standing, Voice


def numbers_of(voice: Voice) -> dict[str, int]:
    """What the next version must know of this one: the numbers of what was sent, and of what was on paper; 0: none."""
    return {voice.who: voice.number, _paper(voice): voice.typed_in.number if voice.typed_in else 0}


def change_since(voice: Voice, previous: Mapping[str, int]) -> Change:
    """What changed since the version whose numbers these are; what is absent there was not in it."""
    now = numbers_of(voice)
    before = {key: previous.get(key, 0) for key in now}
    if now == before:
        return Change.NONE
    if any(now.values()):
        return Change.CHANGED if any(before.values()) else Change.ADDED
    gone = voice.standing is Standing.TOOK_BACK or before[_paper(voice)]
    return Change.WITHDRAWN if gone else Change.NONE


def _paper(voice: Voice) -> str:
    return f"{voice.who}/paper"
