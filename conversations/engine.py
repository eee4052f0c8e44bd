"""The conversation as a function: a state and an input give a new state and what is to be done. No I/O, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversations import aside_turns, buttons, checking, editing, media_turns, my_way, pauses, questions, rendering
from conversations.alerts import heard, readied
from conversations.answering import take_note
from conversations.asides import ASIDES
from conversations.buttons import Action, Code, Do, parsed
from conversations.calm import with_alerts
from conversations.controls import controlled
from conversations.effects import Effect, KeepProfile, Keyboard, Refusal, Reply, Show, Turn
from conversations.emojis import keycap
from conversations.hearing import transcribed
from conversations.inputs import (
    Closed,
    Control,
    Controlled,
    Edited,
    Input,
    MediaArrived,
    MediaFailed,
    MediaKept,
    Pressed,
    Transcribed,
    Typed,
)
from conversations.matching import cleaned
from conversations.moving import ASKED, arrive, close, following, refused, said_between
from conversations.path import path, route
from conversations.scene import Scene, scene_of
from conversations.script import Flow
from conversations.state import ConversationId, ConversationState, Place, ReviewFacts, Spot
from conversations.wording import ZONE, bubbles
from conversations.words import Word

__all__ = ["advance", "path", "present", "receipt", "showing", "start"]


def start(flow: Flow, facts: ReviewFacts, id: ConversationId, now: datetime) -> Turn:
    """Everything that is said first, and the first question. The first message sets the controls under the chat."""
    blank = replace(
        ConversationState(id, flow.id, flow.version, revision=0, place=Place(Spot.QUESTION)),
        profile=facts.profile,
        profile_known=facts.profile.is_fresh(now.astimezone(ZONE).date()),
    )
    scene = scene_of(flow, facts, blank)
    first = following(scene, blank)
    turn = arrive(scene, blank, first, says=said_between(route(scene, blank.way, ()), -1, first))
    return replace(turn, effects=_with_controls(scene, turn.effects))


def advance(flow: Flow, facts: ReviewFacts, state: ConversationState, event: Input, now: datetime) -> Turn:
    """What `event` does to `state` at `now` (aware UTC).

    The revision grows by one when an answer or the place changes, and never otherwise; what a machine heard is no
    answer. A refusal leaves `state` as it is, the very same object, and asks for nothing but notes to be kept.
    """
    scene = scene_of(flow, facts, state)
    found = heard(scene, state, event)
    turn = with_alerts(scene, state, _happen(scene, readied(state, found), event, now), found)
    if turn.refusal is not None:
        return replace(turn, state=state)
    if turn.state.profile != state.profile:
        return replace(turn, effects=(KeepProfile(turn.state.profile), *turn.effects))
    return turn


def present(flow: Flow, facts: ReviewFacts, state: ConversationState) -> Reply:
    """The present place again, with the same mark: to be asked again, or sent anew after an outage."""
    return showing(flow, facts, state)[-1]


def showing(flow: Flow, facts: ReviewFacts, state: ConversationState) -> tuple[Reply, ...]:
    """The present place in full. Only the check screen and one long answer can be several messages."""
    return rendering.showing(scene_of(flow, facts, state), state)


def receipt(flow: Flow, facts: ReviewFacts, state: ConversationState, code: str) -> Reply:
    """What is shown once a submission is frozen: the receipt, and the buttons of the sent screen."""
    scene = scene_of(flow, facts, state)
    key = Word.RECEIPT_LATE if state.late else Word.RECEIPT
    return replace(rendering.showing(scene, state)[-1], texts=bubbles(scene, key, code=code))


def _with_controls(scene: Scene, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """One message cannot carry both kinds of buttons, so a question that comes first gets a message before it."""
    match effects:
        case (Show(reply), *others) if not reply.rows:
            return (Show(replace(reply, keyboard=Keyboard.CONTROLS)), *others)
        case _:
            return (rendering.said_with_controls(scene, Word.CONTROLS_HERE), *effects)


def _happen(scene: Scene, state: ConversationState, event: Input, now: datetime) -> Turn:
    match event:
        case Pressed():
            return _pressed(scene, state, event, now)
        case Typed():
            return _typed(scene, state, event, now)
        case Controlled(control):
            return _controlled(scene, state, control)
        case Edited():
            return editing.edited(scene, state, event, now)
        case MediaArrived() | MediaKept() | MediaFailed() | Transcribed():
            return _media(scene, state, event, now)
        case Closed():
            return Turn(state) if state.place.spot is Spot.CLOSED else close(scene, state)
        case _:
            assert_never(event)


def _controlled(scene: Scene, state: ConversationState, control: Control) -> Turn:
    if control is Control.BACK and state.place.spot in ASIDES:
        return aside_turns.back_from_aside(scene, state)
    return controlled(scene, state, control)


def _media(
    scene: Scene, state: ConversationState, event: MediaArrived | MediaKept | MediaFailed | Transcribed, now: datetime
) -> Turn:
    match event:
        case Transcribed():
            return transcribed(state, event)
        case MediaArrived():
            return media_turns.arrived(scene, state, event)
        case MediaKept():
            return media_turns.kept(scene, state, event, now)
        case MediaFailed():
            return media_turns.failed(scene, state, event)
        case _:
            assert_never(event)


def _typed(scene: Scene, state: ConversationState, event: Typed, now: datetime) -> Turn:
    text = cleaned(event.text)
    if not text:
        return refused(state, Refusal.EMPTY)
    if state.place.spot in ASIDES:
        return aside_turns.typed_aside(scene, state, text, event.source)
    number = keycap(text)
    if state.place.spot is Spot.CHECK and not state.paused and number.isdecimal():
        turn = _press(scene, state, buttons.Numbered(int(number[:9])), now)
        return take_note(scene, state, text) if turn.refusal is not None else turn
    if state.paused or state.place.spot not in ASKED:
        return take_note(scene, state, text)
    return questions.typed(scene, state, text, event.source, now)


def _pressed(scene: Scene, state: ConversationState, event: Pressed, now: datetime) -> Turn:
    if event.mark != rendering.mark_of(state):
        return refused(state, Refusal.STALE)
    if state.place.spot is Spot.CLOSED:
        return refused(state, Refusal.CLOSED)
    code = parsed(event.code)
    if code is None:
        return refused(state, Refusal.NOT_AN_OPTION)
    if code == Do(Action.RESUME):
        return pauses.resume(scene, state)
    return _press(scene, replace(state, paused=False), code, now)


def _press(scene: Scene, state: ConversationState, code: Code, now: datetime) -> Turn:
    spot = state.place.spot
    match spot:
        case Spot.QUESTION | Spot.PICK:
            return questions.press(scene, state, code, now)
        case Spot.CHECK:
            return checking.press_check(scene, state, code, now)
        case Spot.MY_WAY:
            return my_way.press_my_way(scene, state, code, now)
        case _:
            return _MENUS[spot](scene, state, code)


_MENUS: Mapping[Spot, Callable[[Scene, ConversationState, Code], Turn]] = {
    Spot.PART_END: checking.press_part_end,
    Spot.ORPHAN: checking.press_orphan,
    Spot.CHECK_ITEM: checking.press_check_item,
    Spot.SENT: checking.press_sent,
    Spot.CALM: aside_turns.press_aside,
    Spot.TELL_MORE: aside_turns.press_aside,
    Spot.WHO_IS_IN_IT: aside_turns.press_aside,
    Spot.HEARD: aside_turns.press_aside,
    Spot.STOP_MENU: pauses.press_stop_menu,
    Spot.OTHER_WAYS: pauses.press_other_ways,
    Spot.CONFIRM_DELETE: pauses.press_confirm_delete,
    Spot.CONFIRM_WITHDRAW: pauses.press_confirm_withdraw,
}
