"""What stands once beside the questions: the calm pause, who else is in a photo, and whether a machine heard right.

Says what is to be asked next, and what an answer keeps of it when it changes. Moves nothing and shows nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from conversations.path import answer_at, held_answer
from conversations.state import (
    Answer,
    Calm,
    ConversationState,
    Draft,
    Media,
    MediaId,
    MediaKind,
    Others,
    Place,
    Spot,
    Transcript,
)

CALM: Final = frozenset({Spot.CALM, Spot.TELL_MORE})
ASIDES: Final = frozenset({Spot.WHO_IS_IN_IT, Spot.HEARD}) | CALM
_QUIET: Final = frozenset({Spot.QUESTION, Spot.PICK, Spot.PART_END, Spot.CHECK})  # before these a photo is asked about


def waiting(state: ConversationState, at: Spot) -> Place | None:
    """What is to be shown before a place of this kind: the pause, then of a photo, of a voice only before the check."""
    if at not in _QUIET:
        return None
    if state.calm is Calm.DUE:
        return Place(Spot.CALM)
    photo = next((each for each in state.answers if _wants_others(state, each)), None)
    if photo is not None:
        return Place(Spot.WHO_IS_IN_IT, photo.step, photo.item)
    voice = next((each for each in state.answers if _unheard(state, each)), None) if at is Spot.CHECK else None
    return Place(Spot.HEARD, voice.step, voice.item) if voice is not None else None


def opened(state: ConversationState) -> ConversationState:
    """The same, resting beside its place where something waits to be asked: it will not be asked again."""
    aside = waiting(state, state.place.spot)
    if aside is None:
        return state
    if aside.spot is Spot.CALM:
        return replace(state, place=aside, trail=(*state.trail, state.place), calm=Calm.DONE)
    answer = held_answer(state.answers, aside)
    about = _photos(answer.media) if aside.spot is Spot.WHO_IS_IN_IT else (_unheard(state, answer)[0].media,)
    return replace(state, place=aside, trail=(*state.trail, state.place), asked_about=(*state.asked_about, *about))


def question_of(place: Place) -> Place:
    """The question that an aside belongs to."""
    return Place(Spot.QUESTION, place.step, place.item)


def follows_its_question(state: ConversationState) -> bool:
    """Whether the question that this aside belongs to is the one the person has just left."""
    return state.trail[-2:-1] == (question_of(state.place),)


def heard_now(state: ConversationState) -> Transcript | None:
    """What is shown back now; None once the person chose to type it."""
    answer = held_answer(state.answers, state.place)
    present = state.asked_about[-1:]
    return next((each for each in answer.transcripts if not each.confirmed and (each.media,) == present), None)


def without_asked(state: ConversationState, answer: Answer) -> ConversationState:
    """The same, free to ask about this answer's photos again should another one join them."""
    photos = _photos(answer.media)
    return replace(state, asked_about=tuple(each for each in state.asked_about if each not in photos))


def confirmed(answer: Answer) -> tuple[Transcript, ...]:
    """What a machine heard and the person said is right. Nothing else counts (decision 14)."""
    return tuple(each for each in answer.transcripts if each.confirmed)


def others_with(earlier: Answer, media: tuple[Media, ...]) -> Others | None:
    """What was said about its photos, as far as it still holds with these: another photo needs asking again."""
    before, after = set(_photos(earlier.media)), set(_photos(media))
    if not after:
        return None
    more, fewer = after - before, before - after
    still = {Others.YES: not fewer, Others.NO: not more, Others.DONT_KNOW: not (more or fewer), None: False}
    return earlier.others if still[earlier.others] else None


def others_kept(state: ConversationState, place: Place, draft: Draft) -> Others | None:
    """What was said before about the photos that a new answer of `place` keeps."""
    earlier = answer_at(state.answers, place)
    return others_with(earlier, draft.media) if earlier is not None else None


def transcripts_kept(state: ConversationState, place: Place, draft: Draft) -> tuple[Transcript, ...]:
    """What was heard in the voices that a new answer of `place` keeps."""
    earlier = answer_at(state.answers, place)
    known = (*draft.transcripts, *(earlier.transcripts if earlier is not None else ()))
    found = {each.media: each for each in known}
    return tuple(found[media.id] for media in draft.media if media.id in found)


def _wants_others(state: ConversationState, answer: Answer) -> bool:
    photos = _photos(answer.media)
    return bool(photos) and answer.others is None and not any(each in state.asked_about for each in photos)


def _unheard(state: ConversationState, answer: Answer) -> tuple[Transcript, ...]:
    return tuple(each for each in answer.transcripts if each.media not in state.asked_about)


def _photos(media: tuple[Media, ...]) -> tuple[MediaId, ...]:
    return tuple(each.id for each in media if each.kind is MediaKind.PHOTO)
