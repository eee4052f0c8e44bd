"""What a press or words do at a question. Keeps every word: as an answer, a draft or a note."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from conversations.answering import chosen_text, new_answer, take_answer, take_note
from conversations.buttons import Action, Choose, Code, Do, Numbered, Refuse, Set, Tick, Turned
from conversations.checklist import REFUSED_WORDS
from conversations.effects import Refresh, Refusal, Settle, Show, Turn
from conversations.emojis import emoji_only
from conversations.locating import locate, options_of
from conversations.matching import Named, is_label, named, refusal_named
from conversations.moving import left_behind, onward, open_passing, refused
from conversations.paging import pages
from conversations.path import answer_at
from conversations.pauses import pause
from conversations.question_card import asks_for_words, explained, question_reply, reading, takes_refusals
from conversations.rendering import mark_of
from conversations.scene import Scene
from conversations.script import ChooseMany, Does, Option
from conversations.state import ConversationState, Draft, Means, Refused, Spot
from conversations.ticking import drafted, finish, tick, tick_named
from conversations.wording import word
from conversations.words import Word

_TAPPED = Draft(means=frozenset({Means.TAPPED}))


def press(scene: Scene, state: ConversationState, code: Code, now: datetime) -> Turn:
    """A button at a question or a pick."""
    point = locate(scene, state, state.place)
    match code:
        case Choose(name):
            return _press_option(scene, state, name, now)
        case Tick(name, on) if isinstance(point.step, ChooseMany):
            return tick(scene, state, point.step, name, on=on)
        case Refuse(reason) if takes_refusals(point):
            return _refuse(scene, state, reason, _TAPPED, now)
        case Turned(page) if page < pages(scene, options_of(scene, point.step)):
            turned = replace(state, page=page)
            return Turn(turned, (Refresh(mark_of(state), question_reply(scene, turned)),) * (page != state.page))
        case Do(action):
            return _act(scene, state, action, now)
        case Tick() | Refuse() | Turned() | Numbered() | Set():
            return refused(state, Refusal.NOT_AN_OPTION)
        case _:
            assert_never(code)


def typed(scene: Scene, state: ConversationState, text: str, source: str, now: datetime) -> Turn:
    """Words at a question or a pick: an option where they name exactly one, else own words."""
    point = locate(scene, state, state.place)
    if not takes_refusals(point):
        return take_note(scene, state, text)
    if state.draft.wants_words:
        return _own_words(scene, state, _words(text, source), now)
    reason = refusal_named(scene, text)
    if reason is not None:
        return _refuse(scene, state, reason, replace(_words(text, source), words=""), now)
    if isinstance(point.step, ChooseMany) and is_label(scene, Word.DONE, text):
        return finish(scene, state, point.step, now)
    found = named(options_of(scene, point.step), text.removeprefix(word(scene, Word.TICKED)))
    if found.options:
        return _take_named(scene, state, found, _words(text, source), now)
    return _own_words(scene, state, _words(text, source), now)


def _words(text: str, source: str) -> Draft:
    means = Means.EMOJI if emoji_only(text) else Means.TYPED
    return Draft(words=text, source=source, means=frozenset({means}))


def _take_named(scene: Scene, state: ConversationState, found: Named, typed_words: Draft, now: datetime) -> Turn:
    """What was typed names options: take the one, or tick them all. What names nothing beside them stays as words."""
    point = locate(scene, state, state.place)
    words = typed_words.words if found.rest else ""
    given = replace(typed_words, words=words, means=frozenset({found.means}))
    plain_only = all(option.does is None for option in found.options)
    if isinstance(point.step, ChooseMany) and plain_only:
        return tick_named(scene, state, point.step, found.options, given)
    if len(found.options) > 1:
        return refused(state, Refusal.WHICH_ONE)
    return _choose(scene, state, found.options[0], given, now)


def _own_words(scene: Scene, state: ConversationState, given: Draft, now: datetime) -> Turn:
    """Words that name no option. A pick has no room for them: a person reads them as a note."""
    point = locate(scene, state, state.place)
    if state.place.spot is Spot.PICK:
        return take_note(scene, state, given.words)
    if isinstance(point.step, ChooseMany):
        return drafted(scene, state, point.step, given)
    return take_own(scene, state, given, now)


def take_own(scene: Scene, state: ConversationState, given: Draft, now: datetime) -> Turn:
    """Own words or media as the whole answer; after "Something else" that option stands beside them."""
    ticks: tuple[str, ...] = ()
    if state.draft.wants_words:
        options = options_of(scene, locate(scene, state, state.place).step)
        ticks = tuple(option.id for option in options if option.does is Does.WORDS)[:1]
    answer = new_answer(scene, state, state.place, replace(given, ticks=ticks), now)
    return take_answer(scene, state, answer, word(scene, Word.SAVED))


def _press_option(scene: Scene, state: ConversationState, name: str, now: datetime) -> Turn:
    step = locate(scene, state, state.place).step
    option = next((option for option in options_of(scene, step) if option.id == name), None)
    if option is None or (isinstance(step, ChooseMany) and option.does is None):
        return refused(state, Refusal.NOT_AN_OPTION)
    return _choose(scene, state, option, _TAPPED, now)


def _choose(scene: Scene, state: ConversationState, option: Option, given: Draft, now: datetime) -> Turn:
    match option.does:
        case None:
            answer = new_answer(scene, state, state.place, replace(given, ticks=(option.id,)), now)
            return take_answer(scene, state, answer, chosen_text(scene, (option,)))
        case Does.WORDS:
            waiting = replace(state, draft=replace(state.draft, wants_words=True))
            return Turn(waiting, (Show(asks_for_words(scene, waiting)),))
        case Does.EXPLAIN:
            return Turn(state, (Show(explained(scene, state)),))
        case Does.STOP:
            return pause(scene, state)
        case Does.DECLINE:
            return open_passing(scene, state, Spot.OTHER_WAYS)
        case Does.MY_WAY:
            return open_passing(scene, state, Spot.MY_WAY)
        case _:
            assert_never(option.does)


def _refuse(scene: Scene, state: ConversationState, reason: Refused, given: Draft, now: datetime) -> Turn:
    """One of the three ways to say no is an answer. Words that were drafted are kept all the same, as a note."""
    answer = replace(new_answer(scene, state, state.place, given, now), refused=reason)
    text = word(scene, Word.CHOSEN, chosen=word(scene, REFUSED_WORDS[reason]))
    return take_answer(scene, state, answer, text, left_behind(state))


def _act(scene: Scene, state: ConversationState, action: Action, now: datetime) -> Turn:
    step = locate(scene, state, state.place).step
    if action is Action.DONE and isinstance(step, ChooseMany):
        return finish(scene, state, step, now)
    if action is Action.BACK and state.draft.wants_words:
        back = replace(state, draft=replace(state.draft, wants_words=False))
        return Turn(back, (Show(question_reply(scene, back)),))
    if action is Action.READ and (recording := reading(scene, state.place)) is not None:
        return Turn(state, (recording,))
    if action is Action.KEEP_ANSWER and answer_at(state.answers, state.place) is not None:
        return onward(scene, state, (Settle(mark_of(state), word(scene, Word.SAVED)),))
    return refused(state, Refusal.NOT_AN_OPTION)
