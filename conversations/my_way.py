"""The access profile, changed at any time: what a press on its card does, and where closing it leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations.access import VALUES, Part, with_value
from conversations.answering import new_answer
from conversations.buttons import Action, Code, Do, Set
from conversations.effects import AskLanguage, Record, Refresh, Refusal, Turn
from conversations.locating import locate, options_of
from conversations.moving import arrive, came_from, left_behind, onward, recorded, refused, with_way
from conversations.path import answer_at
from conversations.rendering import mark_of, said_with_controls
from conversations.scene import Scene, as_liked
from conversations.script import Does, Option, Records, Way
from conversations.state import ConversationState, Draft, Means, Place, Spot
from conversations.way_card import way_card
from conversations.wording import ZONE
from conversations.words import Word


def press_my_way(scene: Scene, state: ConversationState, code: Code, now: datetime) -> Turn:
    """One part gets the wanted value, and the card shows it; or the card is closed. All else was forged."""
    match code:
        case Set(part, value) if part in set(Part) and value in VALUES[Part(part)]:
            return _set(scene, state, Part(part), value, now)
        case Do(Action.BACK):
            return _close(scene, state, now)
        case Do(Action.LANGUAGE) if scene.facts.languages:
            return Turn(state, (AskLanguage(),))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def _set(scene: Scene, state: ConversationState, part: Part, value: str, now: datetime) -> Turn:
    profile = replace(with_value(state.profile, part, value), asked_on=now.astimezone(ZONE).date())
    after = replace(state, profile=profile)
    if part is Part.WAY:
        after = with_way(scene, after, Way(value))
    return Turn(after, (Refresh(mark_of(state), way_card(as_liked(scene, after), after)),))


def _close(scene: Scene, state: ConversationState, now: datetime) -> Turn:
    """Back to where it was opened; from the question that asks how to ask, the card was its answer.

    The controls are set anew: their labels may have lost their emoji, or got them back.
    """
    place = came_from(state)
    kept = said_with_controls(scene, Word.MY_WAY_KEPT)
    option = _opening(scene, state, place)
    if option is None or answer_at(state.answers, place) is not None:
        return arrive(scene, state, place, (kept,))
    answer = new_answer(scene, state, place, Draft((option.id,), means=frozenset({Means.TAPPED})), now)
    after = recorded(scene, replace(state, draft=Draft()), answer)
    return onward(scene, after, (*left_behind(state), Record(answer), kept))


def _opening(scene: Scene, state: ConversationState, place: Place) -> Option | None:
    """The option of the question about the profile that opens the card."""
    if place.spot is not Spot.QUESTION:
        return None
    step = locate(scene, state, place).step
    if step is None or step.records is not Records.ACCESS:
        return None
    return next((option for option in options_of(scene, step) if option.does is Does.MY_WAY), None)
