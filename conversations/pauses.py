"""Stopping for now, for this review or for good, carrying on, other ways than this chat, and deleting answers."""

from __future__ import annotations

from dataclasses import replace

from conversations.buttons import Action, Code, Do
from conversations.effects import AskStaff, DeleteAnswers, Effect, Leave, Leaving, Record, Refusal, Turn, Withdraw
from conversations.locating import locate
from conversations.moving import arrive, came_from, close, following, onward, open_passing, refused, rest
from conversations.path import is_pick, place_of
from conversations.rendering import said, said_with_controls, showing, shown, with_resume
from conversations.scene import Scene
from conversations.script import Records
from conversations.state import Answer, ConversationState, Draft, Pending, Spot
from conversations.words import Word

_WAYS = {Action.TALK: "talk", Action.PAPER: "paper", Action.HELPER: "helper"}
_STAYS = frozenset({Records.AGREEMENT, Records.WAY, Records.ACCESS})  # what "delete my answers" does not ask anew


def pause(scene: Scene, state: ConversationState) -> Turn:
    """Stop here for now; the place is kept."""
    paused = replace(state, paused=True)
    return Turn(paused, (with_resume(scene, paused, Word.PAUSED),))


def resume(scene: Scene, state: ConversationState) -> Turn:
    """Carry on where we stopped."""
    awake = replace(state, paused=False)
    welcome = said_with_controls(scene, Word.WELCOME_BACK)
    if state.place.spot is Spot.STOP_MENU:
        return arrive(scene, awake, came_from(state), (welcome,))
    if state.place.spot is Spot.PART_END:
        return onward(scene, awake, (welcome,))
    return Turn(awake, (welcome, *shown(showing(scene, awake))))


def open_menu(scene: Scene, state: ConversationState, spot: Spot) -> Turn:
    """To a menu; when it is open already, show it again."""
    if state.place.spot is spot:
        return Turn(state, shown(showing(scene, state)))
    return open_passing(scene, state, spot)


def press_stop_menu(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """How far to stop."""
    match code:
        case Do(Action.ENOUGH):
            return rest(scene, state, came_from(state), (), Word.PAUSED)
        case Do(Action.LEAVE_REVIEW):
            # What is still being saved for a question stays unsaid, as the answers do.
            without = replace(state, pending=_unanswering(state))
            return close(scene, without, (Leave(Leaving.REVIEW), said(scene, Word.LEFT_REVIEW)))
        case Do(Action.LEAVE_FOR_GOOD):
            gone = _emptied(state, ())
            return close(scene, gone, (DeleteAnswers(), Leave(Leaving.FOR_GOOD), said(scene, Word.LEFT_FOR_GOOD)))
        case Do(Action.LEAVE_TELEGRAM):
            return _leave_telegram(scene, state)
        case Do(Action.BACK):
            return arrive(scene, state, came_from(state))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def _leave_telegram(scene: Scene, state: ConversationState) -> Turn:
    """The agreement is taken back. The place is kept, for a new invite; there is no button that carries on."""
    turn = rest(scene, state, came_from(state), (Leave(Leaving.TELEGRAM),), Word.LEFT_TELEGRAM)
    *before, _ = turn.effects
    return replace(turn, effects=(*before, said(scene, Word.LEFT_TELEGRAM)))


def press_other_ways(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Another way to take part: staff are told, and this chat waits."""
    match code:
        case Do(Action.TALK | Action.PAPER | Action.HELPER as action):
            return rest(scene, state, came_from(state), (AskStaff(_WAYS[action]),), Word.STAFF_ASKED)
        case Do(Action.BACK):
            return arrive(scene, state, came_from(state))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_confirm_delete(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Delete every unsent answer and begin again, or keep them."""
    match code:
        case Do(Action.YES):
            return _delete(scene, state)
        case Do(Action.NO):
            return arrive(scene, state, came_from(state))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_confirm_withdraw(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Take back all that was sent, or leave it."""
    match code:
        case Do(Action.YES):
            return close(scene, state, (Withdraw(), said(scene, Word.WITHDRAWN)))
        case Do(Action.NO):
            return arrive(scene, state, came_from(state))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def _delete(scene: Scene, state: ConversationState) -> Turn:
    stays = tuple(answer for answer in state.answers if _is_steering(scene, state, answer))
    again = tuple(Record(answer) for answer in stays)
    effects: tuple[Effect, ...] = (DeleteAnswers(), *again, said(scene, Word.DELETED))
    empty = _emptied(state, stays)
    return arrive(scene, empty, following(scene, empty), effects)


def _is_steering(scene: Scene, state: ConversationState, answer: Answer) -> bool:
    if is_pick(scene.flow, answer) or answer.words or answer.media:
        return False
    step = locate(scene, state, place_of(scene.flow, answer)).step
    return step is not None and step.records in _STAYS


def _unanswering(state: ConversationState) -> tuple[Pending, ...]:
    """What is still being saved and answers no question: notes, and what was said to the safeguarding team."""
    return tuple(each for each in state.pending if each.place is None or each.place.spot is Spot.TELL_MORE)


def _emptied(state: ConversationState, stays: tuple[Answer, ...]) -> ConversationState:
    return replace(
        state,
        answers=stays,
        draft=Draft(),
        trail=(),
        pending=tuple(each for each in _unanswering(state) if each.place is not None),
        kept_orphans=(),
        return_to=None,
        due=(),
        unsent=state.sendings > 0,
    )
