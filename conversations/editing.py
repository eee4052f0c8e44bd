"""A message that was changed afterwards: before Send its answer changes, after Send it is kept and the person told."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations.answering import take_note
from conversations.calm import told_more
from conversations.effects import KeepNote, Record, Refusal, Show, Turn
from conversations.inputs import Edited
from conversations.locating import locate, options_of
from conversations.matching import cleaned, named, refusal_named
from conversations.media_turns import is_sent
from conversations.moving import amended, recorded, refused
from conversations.path import place_of
from conversations.question_card import told
from conversations.rendering import said
from conversations.scene import Scene
from conversations.script import ChooseMany
from conversations.state import Answer, ConversationState, Means, Spot
from conversations.wording import bubbles
from conversations.words import Word


def edited(scene: Scene, state: ConversationState, event: Edited, now: datetime) -> Turn:
    """The new words take the place of the old ones. Words of a message that is no answer are kept as a note."""
    text = cleaned(event.text)
    if not text:
        return refused(state, Refusal.EMPTY)
    if event.source in state.told:
        return told_more(scene, state, text, event.source)
    if not event.source or state.place.spot is Spot.CLOSED:
        return take_note(scene, state, text)
    return _find(scene, state, (event.source, text), now)


def _find(scene: Scene, state: ConversationState, what: tuple[str, str], now: datetime) -> Turn:
    source, text = what
    answer = next((each for each in state.answers if each.source == source), None)
    if is_sent(state):
        return _after_send(scene, state, answer, text)
    if any(pending.source == source for pending in state.pending):
        return _caption(scene, state, source, text)
    if state.draft.source == source:
        return _draft(scene, state, text)
    if answer is None:
        return take_note(scene, state, text)
    return _change(scene, state, replace(_reread(scene, state, answer, text), at=now))


def _change(scene: Scene, state: ConversationState, changed: Answer) -> Turn:
    effects = (Record(changed), said(scene, Word.CHANGED))
    return amended(scene, state, recorded(scene, state, changed), effects)


def _after_send(scene: Scene, state: ConversationState, answer: Answer | None, text: str) -> Turn:
    if answer is None:
        return take_note(scene, state, text)
    return Turn(state, (KeepNote(text), said(scene, Word.EDITED_AFTER_SEND)))


def _caption(scene: Scene, state: ConversationState, source: str, text: str) -> Turn:
    pending = tuple(replace(each, words=text) if each.source == source else each for each in state.pending)
    return Turn(replace(state, pending=pending), (said(scene, Word.CHANGED),))


def _draft(scene: Scene, state: ConversationState, text: str) -> Turn:
    after = replace(state, draft=replace(state.draft, words=text))
    if after.place.spot is not Spot.QUESTION or after.paused:
        return Turn(after, (said(scene, Word.CHANGED),))
    return Turn(after, (Show(told(scene, after, bubbles(scene, Word.DRAFT_KEPT))),))


def _reread(scene: Scene, state: ConversationState, answer: Answer, text: str) -> Answer:
    """The edited words mean what they would have meant when typed."""
    step = locate(scene, state, place_of(scene.flow, answer)).step
    if isinstance(step, ChooseMany) or answer.media or (answer.choices and answer.words):
        return replace(answer, words=text)
    empty = replace(answer, choices=(), words="", refused=None, means=frozenset({Means.TYPED}))
    reason = refusal_named(scene, text)
    if reason is not None:
        return replace(empty, refused=reason)
    found = named(options_of(scene, step), text)
    if len(found.options) == 1 and found.options[0].does is None and not found.rest:
        return replace(empty, choices=(found.options[0].id,), means=frozenset({found.means}))
    return replace(empty, words=text)
