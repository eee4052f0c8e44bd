"""The calm pause: once, after something that may mean that somebody is not safe. Nothing is asked and nothing probed.

It says who is told and by when, and leaves four ways: on, stop, tell more, and not the people named. What is said here
goes to the safeguarding team alone; it is no answer and no note.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from conversations.alerts import Heard, alerts, with_told
from conversations.answering import take_note
from conversations.aside_card import aside_choices, calm_texts, choices_in_rows
from conversations.asides import ASIDES, CALM
from conversations.buttons import Action, Code, Do
from conversations.effects import AlertRoute, Effect, RaiseAlert, Refresh, Refusal, Reply, Settle, Show, Turn
from conversations.inputs import MediaArrived
from conversations.matching import cleaned
from conversations.moving import PASSING, arrive, came_from, refused, rest
from conversations.rendering import mark_of, said, showing, shown
from conversations.safety import matched
from conversations.scene import Scene
from conversations.state import Calm, ConversationState, Pending, Place, Spot
from conversations.wording import bubbles, word
from conversations.words import Word

_TELL = Place(Spot.TELL_MORE)


def with_alerts(scene: Scene, before: ConversationState, turn: Turn, found: Heard | None) -> Turn:
    """The turn with what the safeguarding team is told of; the first time in a conversation, it pauses.

    Words that match are never refused: what would be, is kept as a note.
    """
    if turn.refusal is not None and found is not None:
        turn = take_note(scene, turn.state, found.words)
    if turn.refusal is not None:
        return turn
    raised = alerts(scene, before, turn, found)
    if turn.state.calm is Calm.DUE:
        turn = _paused_over(scene, before, turn)
    first = turn.state.calm is not before.calm
    answered = (each for each in turn.effects if not (first and each == said(scene, Word.KEPT_NOTE)))
    return replace(turn, effects=(*answered, *raised))


def press_calm(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """On, stop, tell more, or not the people named."""
    key = next((each for each, does in aside_choices(state) if does == code), None)
    if key is None:
        return refused(state, Refusal.NOT_AN_OPTION)
    settle = Settle(mark_of(state), word(scene, Word.CHOSEN, chosen=word(scene, key)))
    match code:
        case Do(Action.TELL):
            return arrive(scene, state, _TELL, (settle,))
        case Do(Action.ELSEWHERE):
            asked = RaiseAlert(AlertRoute.ASKED, elsewhere=True)
            return arrive(scene, replace(state, elsewhere=True), _TELL, (settle, asked))
        case Do(Action.ENOUGH):
            return rest(scene, state, came_from(state), (settle,), Word.PAUSED)
        case _:
            return arrive(scene, state, came_from(state), (settle,))


def told_more(scene: Scene, state: ConversationState, text: str, source: str) -> Turn:
    """Words at the pause, or an edit of such words."""
    effects: tuple[Effect, ...] = (_more(scene, state, text), _thanks(scene, state))
    return Turn(with_told(state, source), effects)


def media_arrived(scene: Scene, state: ConversationState, event: MediaArrived) -> Turn:
    """A voice message or photo at the pause: its caption is told at once, itself when it is kept."""
    caption = cleaned(event.caption)
    pending = Pending(event.media, _TELL, event.group, source=event.source)
    after = replace(state, pending=(*state.pending, pending))
    if event.group:
        after = replace(after, album=event.group, album_place=_TELL)
    told = (_more(scene, state, caption),) if caption else ()
    return Turn(with_told(after, event.source), (*told, said(scene, Word.MEDIA_RECEIVED)))


def media_kept(scene: Scene, state: ConversationState, pending: Pending) -> Turn:
    """It is safe: the team is told of it. Who has left or gone on is told nothing more."""
    told = RaiseAlert(AlertRoute.MORE, media=(pending.media,), elsewhere=state.elsewhere)
    quiet = pending.follows or state.place.spot is Spot.CLOSED
    return Turn(state, (told, *(() if quiet else (_thanks(scene, state),))))


def _more(scene: Scene, state: ConversationState, words: str) -> RaiseAlert:
    topics = matched(words, scene.flow.phrases)
    return RaiseAlert(AlertRoute.MORE, topics, words=words, elsewhere=state.elsewhere)


def _thanks(scene: Scene, state: ConversationState) -> Show:
    if state.place.spot not in CALM:
        return said(scene, Word.MORE_KEPT)
    return Show(Reply(bubbles(scene, Word.MORE_KEPT), choices_in_rows(scene, state), mark_of(state)))


def _paused_over(scene: Scene, before: ConversationState, turn: Turn) -> Turn:
    """The pause over the place where the turn rests. What it would have shown there waits till the person goes on."""
    state = replace(turn.state, calm=Calm.DONE)
    effects = tuple(_without_place(scene, state, turn.effects))
    if state.place.spot is Spot.CLOSED:
        return replace(turn, state=state, effects=(*effects, Show(Reply(calm_texts(scene)))))
    menu = state.place.spot in PASSING - ASIDES
    paused = replace(
        state,
        place=Place(Spot.CALM),
        trail=state.trail if menu else (*(each for each in state.trail if each != state.place), state.place),
        revision=before.revision + 1,
        paused=False,
    )
    settled = any(isinstance(effect, Settle) for effect in effects)
    settle = () if settled else (Settle(mark_of(before), ""),)
    return Turn(paused, (*settle, *effects, *shown(showing(scene, paused))))


def _without_place(scene: Scene, state: ConversationState, effects: Sequence[Effect]) -> Iterator[Effect]:
    here = shown(showing(scene, state))
    for effect in effects:
        match effect:
            case Show(reply) if reply.rows or effect in here:
                pass
            case Refresh(mark=mark):
                yield Settle(mark, "")
            case _:
                yield effect
