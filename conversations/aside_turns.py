"""What a press, words or Back do beside the questions. Going on without an answer is always possible."""

from __future__ import annotations

from dataclasses import replace

from conversations.aside_card import aside_choices, choice_named
from conversations.asides import CALM, follows_its_question, heard_now, question_of, without_asked
from conversations.buttons import Action, Code, Do, Refuse
from conversations.calm import press_calm, told_more
from conversations.effects import Effect, KeepNote, Record, Refusal, Settle, Turn
from conversations.emojis import emoji_only
from conversations.joining import with_more
from conversations.matching import refusal_named
from conversations.moving import arrive, came_from, recorded, refused
from conversations.path import held_answer
from conversations.rendering import mark_of, said
from conversations.scene import Scene
from conversations.state import Answer, ConversationState, Draft, Means, Others, Refused, Spot
from conversations.wording import word
from conversations.words import Word

_OTHERS = {Do(Action.YES): Others.YES, Do(Action.NO): Others.NO, Refuse(Refused.DONT_KNOW): Others.DONT_KNOW}


def press_aside(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """One of its buttons; then on to where the conversation was going."""
    if state.place.spot in CALM:
        return press_calm(scene, state, code)
    key = next((each for each, does in aside_choices(state) if does == code), None)
    if key is None:
        return refused(state, Refusal.NOT_AN_OPTION)
    settle = Settle(mark_of(state), word(scene, Word.CHOSEN, chosen=word(scene, key)))
    if code == Do(Action.BACK):
        return _leave(scene, state, (settle,))
    answer = held_answer(state.answers, state.place)
    if state.place.spot is Spot.WHO_IS_IN_IT:
        changed = replace(answer, others=next(others for each, others in _OTHERS.items() if each == code))
        return _leave(scene, recorded(scene, without_asked(state, answer), changed), (Record(changed), settle))
    changed = _confirmed(state, answer) if code == Do(Action.YES) else _without_heard(state, answer)
    after, effects = recorded(scene, state, changed), (Record(changed), settle)
    if code == Do(Action.TYPE):
        return arrive(scene, after, state.place, effects)
    return _leave(scene, after, effects)


def typed_aside(scene: Scene, state: ConversationState, text: str, source: str) -> Turn:
    """A button by its words; "skip" goes on. Else, of a voice, they join it; of a photo, a person reads them."""
    code = choice_named(scene, state, text)
    if code is not None:
        return press_aside(scene, state, code)
    if refusal_named(scene, text) is not None:
        return _leave(scene, state)
    if state.place.spot in CALM:
        return told_more(scene, state, text, source)
    if state.place.spot is Spot.WHO_IS_IN_IT:
        return _leave(scene, state, (KeepNote(text), said(scene, Word.KEPT_NOTE)))
    answer = _without_heard(state, held_answer(state.answers, state.place))
    means = Means.EMOJI if emoji_only(text) else Means.TYPED
    changed = with_more(answer, Draft(words=text, source=source, means=frozenset({means})))
    return _leave(scene, recorded(scene, state, changed), (Record(changed), said(scene, Word.SAVED)))


def back_from_aside(scene: Scene, state: ConversationState) -> Turn:
    """To the question it belongs to, where that was the last one; else to the place under it."""
    if not follows_its_question(state):
        return _leave(scene, state)
    return arrive(scene, replace(state, trail=state.trail[:-2]), question_of(state.place))


def _leave(scene: Scene, state: ConversationState, effects: tuple[Effect, ...] = ()) -> Turn:
    return arrive(scene, state, came_from(state), effects)


def _confirmed(state: ConversationState, answer: Answer) -> Answer:
    heard = heard_now(state)
    kept = (replace(each, confirmed=True) if each == heard else each for each in answer.transcripts)
    return replace(answer, transcripts=tuple(kept))


def _without_heard(state: ConversationState, answer: Answer) -> Answer:
    heard = heard_now(state)
    return replace(answer, transcripts=tuple(each for each in answer.transcripts if each != heard))
