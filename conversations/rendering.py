"""What a place looks like: words, buttons, picture. Pure; changes nothing and keeps within a messenger's limits."""

from __future__ import annotations

from collections.abc import Iterable

from conversations import buttons
from conversations.aside_card import aside_replies
from conversations.boards import mats
from conversations.buttons import Action, Do, button, in_rows
from conversations.checklist import check_messages, entry, is_always_private, listed, packed
from conversations.effects import Button, Keyboard, Reply, Show
from conversations.locating import locate
from conversations.media_menu import media_buttons
from conversations.page_offer import offers_page
from conversations.path import held_answer, is_answered, place_of, route
from conversations.question_card import question_reply
from conversations.scene import Scene, as_liked
from conversations.state import Answer, Audience, ConversationState, Mark, Place, Spot
from conversations.way_card import way_card
from conversations.wording import bubbles, word
from conversations.words import Word


def mark_of(state: ConversationState) -> Mark:
    """The mark that counts now."""
    return Mark(state.id, state.revision)


def showing(scene: Scene, state: ConversationState) -> tuple[Reply, ...]:
    """The present place, as one message or (the check screen, a long answer) several; the last has the buttons."""
    scene = as_liked(scene, state)
    match state.place.spot:
        case Spot.CHECK:
            return _check(scene, state)
        case Spot.CHECK_ITEM | Spot.ORPHAN:
            return _one_answer(scene, state)
        case Spot.CALM | Spot.TELL_MORE | Spot.WHO_IS_IN_IT | Spot.HEARD:
            return aside_replies(scene, state)
        case _:
            return (_one(scene, state),)


def _one(scene: Scene, state: ConversationState) -> Reply:
    match state.place.spot:
        case Spot.QUESTION | Spot.PICK:
            return question_reply(scene, state)
        case Spot.MY_WAY:
            return way_card(scene, state)
        case Spot.CLOSED:
            return Reply(bubbles(scene, Word.CLOSED))
        case _:
            return _menu(scene, state)


def said(scene: Scene, key: Word, **more: str) -> Show:
    """A message of its own, without buttons."""
    return Show(Reply(bubbles(scene, key, **more)))


def said_with_controls(scene: Scene, key: Word) -> Show:
    """A message that sets the controls under the chat."""
    return Show(Reply(bubbles(scene, key), keyboard=Keyboard.CONTROLS))


def shown(replies: Iterable[Reply]) -> tuple[Show, ...]:
    """As effects, in order."""
    return tuple(Show(reply) for reply in replies)


def with_resume(scene: Scene, state: ConversationState, key: Word) -> Show:
    """A message with the one button that carries on."""
    row = (_act(scene, Word.RESUME, Action.RESUME),)
    return Show(Reply(bubbles(scene, key), (row,), mark_of(state)))


def _act(scene: Scene, key: Word, action: Action) -> Button:
    return button(word(scene, key), Do(action))


def _menu(scene: Scene, state: ConversationState) -> Reply:
    texts = bubbles(scene, _MENU_WORDS[state.place.spot])
    if state.place.spot is Spot.SENT and state.unsent:
        texts = (*texts, word(scene, Word.UNSENT_CHANGES))
    choices = [_act(scene, key, action) for key, action in _MENU_BUTTONS[state.place.spot]]
    if state.place.spot is Spot.SENT and offers_page(scene, state):
        choices.append(_act(scene, Word.MY_PAGE, Action.PAGE))
    return Reply(texts, in_rows(choices), mark_of(state))


_MENU_WORDS = {
    Spot.PART_END: Word.PART_END,
    Spot.CONFIRM_DELETE: Word.CONFIRM_DELETE,
    Spot.CONFIRM_WITHDRAW: Word.CONFIRM_WITHDRAW,
    Spot.STOP_MENU: Word.STOP_MENU,
    Spot.OTHER_WAYS: Word.OTHER_WAYS,
    Spot.SENT: Word.SENT,
}
_MENU_BUTTONS = {
    Spot.PART_END: (
        (Word.CARRY_ON, Action.CARRY_ON),
        (Word.ENOUGH, Action.ENOUGH),
        (Word.SEND_PART, Action.CHECK),
    ),
    Spot.CONFIRM_DELETE: ((Word.YES_DELETE, Action.YES), (Word.NO_KEEP, Action.NO)),
    Spot.CONFIRM_WITHDRAW: ((Word.YES_WITHDRAW, Action.YES), (Word.NO_LEAVE_SENT, Action.NO)),
    Spot.STOP_MENU: (
        (Word.STOP_FOR_NOW, Action.ENOUGH),
        (Word.STOP_REVIEW, Action.LEAVE_REVIEW),
        (Word.STOP_TELEGRAM, Action.LEAVE_TELEGRAM),
        (Word.STOP_FOR_GOOD, Action.LEAVE_FOR_GOOD),
        (Word.CARRY_ON, Action.BACK),
    ),
    Spot.OTHER_WAYS: (
        (Word.WAY_TALK, Action.TALK),
        (Word.WAY_PAPER, Action.PAPER),
        (Word.WAY_HELPER, Action.HELPER),
        (Word.CARRY_ON_HERE, Action.BACK),
    ),
    Spot.SENT: ((Word.CHANGE, Action.CHANGE), (Word.WITHDRAW, Action.WITHDRAW)),
}


def _one_answer(scene: Scene, state: ConversationState) -> tuple[Reply, ...]:
    answer = held_answer(state.answers, state.place)
    words = entry(scene, state, answer)
    if state.place.spot is Spot.ORPHAN:
        messages = tuple(packed(bubbles(scene, Word.ORPHAN, chosen=words)))
        choices = [_act(scene, Word.KEEP, Action.KEEP), _act(scene, Word.TAKE_OUT, Action.TAKE_OUT)]
    else:
        messages = tuple(packed([words]))
        menu = ((Word.CHANGE, Action.CHANGE), (Word.TAKE_OUT, Action.TAKE_OUT), *_limits(scene, state, answer))
        choices = [_act(scene, key, action) for key, action in menu]
        choices += [*media_buttons(scene, answer), _act(scene, Word.BACK, Action.BACK)]
    return _several(state, messages, in_rows(choices))


def _limits(scene: Scene, state: ConversationState, answer: Answer) -> tuple[tuple[Word, Action], ...]:
    """Who may read it can be chosen, where that is not settled by what it is about."""
    if is_always_private(locate(scene, state, place_of(scene.flow, answer))):
        return ()
    free = answer.audience is Audience.EVERYONE
    return ((Word.ONLY_CONTACT, Action.ONLY) if free else (Word.EVERYONE, Action.EVERYONE),)


def _check(scene: Scene, state: ConversationState) -> tuple[Reply, ...]:
    count = len(listed(scene, state))
    numbers = [button(str(each), buttons.Numbered(each)) for each in range(1, count + 1)]
    size = scene.profile.choices
    first = state.page * size
    row = numbers[first : first + size]
    if count > size:
        following = state.page + 1 if first + size < count else 0
        row.append(button(word(scene, Word.MORE), buttons.Turned(following)))
    menu = [(Word.SEND, Action.SEND)] if count else []
    if unanswered(scene, state):
        menu.append((Word.CARRY_ON, Action.CARRY_ON))
    menu.append((Word.WAIT, Action.WAIT))
    menu += [(Word.DELETE_ALL, Action.DELETE)] if count else []
    rows = in_rows([_act(scene, key, action) for key, action in menu])
    list_of_all = _several(state, check_messages(scene, state), (tuple(row), *rows) if row else rows)
    return (*(Reply((words,), art=mat) for mat, words in mats(scene, state)), *list_of_all)


def unanswered(scene: Scene, state: ConversationState) -> tuple[Place, ...]:
    """The questions on the path that have no answer yet."""
    points = route(scene, state.way, state.answers)
    asked = (point for point in points if point.rests and point.step is not None)
    return tuple(point.place for point in asked if not is_answered(point, state.answers))


def _several(
    state: ConversationState, messages: tuple[str, ...], rows: tuple[tuple[Button, ...], ...]
) -> tuple[Reply, ...]:
    *before, last = messages
    return (*(Reply((each,)) for each in before), Reply((last,), rows, mark_of(state)))
