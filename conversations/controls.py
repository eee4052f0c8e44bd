"""The pace controls, which work at every place: back, explain, stop, carry on, my answers, start again, ask again."""

from __future__ import annotations

from dataclasses import replace

from conversations.effects import Refusal, Turn
from conversations.inputs import Control
from conversations.moving import ASKED, CHECK, PASSING, arrive, came_from, refused, stepped
from conversations.path import fitting
from conversations.pauses import open_menu, resume
from conversations.question_card import explained
from conversations.rendering import showing, shown, with_resume
from conversations.scene import Scene
from conversations.state import ConversationState, Spot
from conversations.words import Word

_STEADY = frozenset({Spot.CHECK, Spot.SENT, Spot.PART_END})  # always there to go back to, whatever was answered


def controlled(scene: Scene, state: ConversationState, control: Control) -> Turn:
    """What a control does here."""
    if state.place.spot is Spot.CLOSED:
        return refused(state, Refusal.CLOSED)
    awake = replace(state, paused=False)
    match control:
        case Control.BACK:
            return _back(scene, awake)
        case Control.EXPLAIN:
            replies = (explained(scene, awake),) if awake.place.spot in ASKED else showing(scene, awake)
            return Turn(awake, shown(replies))
        case Control.RESUME:
            return resume(scene, state)
        case Control.ASK_AGAIN:
            return _ask_again(scene, state)
        case _:
            return _go(scene, awake, control)


def _go(scene: Scene, state: ConversationState, control: Control) -> Turn:
    match control:
        case Control.STOP:
            return open_menu(scene, state, Spot.STOP_MENU)
        case Control.MY_WAY:
            return open_menu(scene, state, Spot.MY_WAY)
        case Control.START_AGAIN:
            return open_menu(scene, state, Spot.CONFIRM_DELETE)
        case _:
            return _my_answers(scene, state)


def _back(scene: Scene, state: ConversationState) -> Turn:
    """To the place before; from a menu to what it was opened over."""
    if state.place.spot in PASSING:
        return arrive(scene, state, came_from(state))
    if state.place.spot is Spot.CHECK_ITEM:
        return arrive(scene, state, CHECK)
    fit = fitting(scene, state.answers)
    place = next((each for each in reversed(state.trail) if each in fit or each.spot in _STEADY), None)
    if place is None:
        return refused(state, Refusal.NO_EARLIER)
    trail = state.trail[: state.trail.index(place)]
    earlier = replace(state, trail=trail)
    if place.spot not in ASKED:
        earlier = replace(earlier, return_to=None, due=())
    return arrive(scene, earlier, place)


def _my_answers(scene: Scene, state: ConversationState) -> Turn:
    """To the check screen; after Send to the sent screen, until a change was begun."""
    over = came_from(state) if state.place.spot in PASSING else state.place
    target = over if over.spot is Spot.SENT else CHECK
    if state.place == target:
        return Turn(state, shown(showing(scene, state)))
    return arrive(scene, replace(stepped(state), return_to=None, due=()), target)


def _ask_again(scene: Scene, state: ConversationState) -> Turn:
    if state.paused:
        return Turn(state, (with_resume(scene, state, Word.SHALL_WE),))
    return Turn(state, shown(showing(scene, state)))
