"""Voice, photos and videos: received when they arrive, kept when sealed, and which answer they join (decision 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations import calm
from conversations.answering import new_answer, take_note
from conversations.asides import ASIDES, CALM, question_of
from conversations.effects import Effect, KeepNote, Record, Show, Turn
from conversations.inputs import MediaArrived, MediaFailed, MediaKept
from conversations.joining import with_more
from conversations.locating import locate
from conversations.matching import cleaned
from conversations.media_menu import MEANS
from conversations.moving import CHECK, PASSING, amended, arrive, came_from, recorded
from conversations.path import answer_at
from conversations.question_card import takes_refusals
from conversations.questions import take_own
from conversations.rendering import said, showing, shown
from conversations.scene import Scene
from conversations.script import ChooseMany
from conversations.state import ConversationState, Draft, Means, Pending, Place, Spot, Transcript
from conversations.ticking import drafted, with_draft
from conversations.words import Word


def arrived(scene: Scene, state: ConversationState, event: MediaArrived) -> Turn:
    """Remember which question it answers. Later photos of an album join the first without a word."""
    if any(pending.media.id == event.media.id for pending in state.pending):
        return Turn(state)
    follows = bool(event.group) and event.group == state.album
    if state.place.spot in CALM and not follows:
        return calm.media_arrived(scene, state, event)
    place = state.album_place if follows else _question(scene, state)
    words = cleaned(event.caption)
    pending = Pending(event.media, place, event.group, words, event.source, follows)
    after = replace(state, pending=(*state.pending, pending))
    if event.group:
        after = replace(after, album=event.group, album_place=place)
    return Turn(after, () if follows else (said(scene, Word.MEDIA_RECEIVED),))


def kept(scene: Scene, state: ConversationState, event: MediaKept, now: datetime) -> Turn:
    """The bytes are safe: it joins its answer. After Send, or beside every question, it is a note."""
    pending = next((each for each in state.pending if each.media.id == event.media), None)
    if pending is None:
        return Turn(state)
    without = replace(state, pending=tuple(each for each in state.pending if each is not pending))
    place = pending.place
    if place is not None and place.spot is Spot.TELL_MORE:
        return calm.media_kept(scene, without, pending)
    if place is None or is_sent(state) or state.place.spot is Spot.CLOSED or _was_refused(state, place):
        return _as_note(scene, without, pending)
    step = locate(scene, without, place).step
    if _under(without) == place and isinstance(step, ChooseMany):
        return _as_draft(scene, without, step, pending)
    if without.place == place and not without.paused:
        return take_own(scene, without, _given(pending), now)
    return _joins(scene, without, (pending, place), now)


def failed(scene: Scene, state: ConversationState, event: MediaFailed) -> Turn:
    """Say so and ask again. The caption, if there was one, is kept as a note."""
    pending = next((each for each in state.pending if each.media.id == event.media), None)
    if pending is None:
        return Turn(state)
    after = replace(state, pending=tuple(each for each in state.pending if each is not pending))
    effects: list[Effect] = [KeepNote(pending.words)] if pending.words else []
    effects.append(said(scene, Word.MEDIA_TOO_BIG if event.too_big else Word.MEDIA_FAILED))
    if pending.place == state.place and not state.paused:
        effects += shown(showing(scene, after))
    return Turn(after, tuple(effects))


def is_sent(state: ConversationState) -> bool:
    """Whether what stands now is what was sent: sent, and not reopened to be changed."""
    return state.sendings > 0 and Spot.SENT in {state.place.spot, _under(state).spot}


def _under(state: ConversationState) -> Place:
    """The place, or the one that waits under a menu."""
    return came_from(state) if state.place.spot in PASSING else state.place


def _question(scene: Scene, state: ConversationState) -> Place | None:
    if state.place.spot in ASIDES:
        return question_of(state.place)
    if state.paused or state.place.spot is not Spot.QUESTION:
        return None
    return state.place if takes_refusals(locate(scene, state, state.place)) else None


def _was_refused(state: ConversationState, place: Place) -> bool:
    answer = answer_at(state.answers, place)
    return answer is not None and answer.refused is not None and state.place != place


def _given(pending: Pending) -> Draft:
    means = {MEANS[pending.media.kind]} | ({Means.TYPED} if pending.words else set())
    heard = (Transcript(pending.media.id, pending.heard),) if pending.heard else ()
    given = Draft((), pending.words, (pending.media,), source=pending.source, means=frozenset(means))
    return replace(given, transcripts=heard)


def _as_note(scene: Scene, state: ConversationState, pending: Pending) -> Turn:
    if pending.follows:
        return Turn(state, (KeepNote(pending.words, (pending.media,)),))
    return take_note(scene, state, pending.words, (pending.media,))


def _as_draft(scene: Scene, state: ConversationState, step: ChooseMany, pending: Pending) -> Turn:
    if pending.follows or state.paused or state.place.spot in PASSING:
        return Turn(with_draft(state, step, _given(pending)))
    return drafted(scene, state, step, _given(pending))


def _joins(scene: Scene, state: ConversationState, what: tuple[Pending, Place], now: datetime) -> Turn:
    """To an answer of another place than the present one."""
    pending, place = what
    earlier = answer_at(state.answers, place)
    given = _given(pending)
    if earlier is None:
        answer = new_answer(scene, state, place, given, now)
    else:
        answer = with_more(earlier, given, same_album=pending.follows)
    saved: tuple[Show, ...] = () if pending.follows else (said(scene, Word.SAVED),)
    effects: tuple[Effect, ...] = (Record(answer), *saved)
    after = recorded(scene, state, answer)
    if state.place == CHECK and not state.paused:
        return arrive(scene, after, CHECK, effects)
    return amended(scene, state, after, effects)
