"""How the questions beside the questions look: who else is in a photo, and what a machine heard. Pure."""

from __future__ import annotations

from conversations.asides import follows_its_question, heard_now, question_of
from conversations.buttons import Action, Code, Do, Refuse, button, in_rows
from conversations.checklist import packed, question_words
from conversations.effects import Reply
from conversations.emojis import emoji_only
from conversations.locating import locate
from conversations.matching import named
from conversations.scene import Scene
from conversations.script import Option
from conversations.state import ConversationState, Mark, Refused, Spot
from conversations.wording import bubbles, word
from conversations.words import Word

_WHO = (
    (Word.WHO_YES, Do(Action.YES)),
    (Word.WHO_NO, Do(Action.NO)),
    (Word.DONT_KNOW, Refuse(Refused.DONT_KNOW)),
)
_HEARD = (
    (Word.HEARD_YES, Do(Action.YES)),
    (Word.HEARD_NO, Do(Action.NO)),
    (Word.HEARD_TYPE, Do(Action.TYPE)),
)


def aside_replies(scene: Scene, state: ConversationState) -> tuple[Reply, ...]:
    """The present aside, as one message or (of a long voice message) several; the last has the buttons."""
    *before, last = packed(_texts(scene, state))
    rows = in_rows([button(word(scene, key), code) for key, code in aside_choices(state)])
    return (*(Reply((each,)) for each in before), Reply((last,), rows, Mark(state.id, state.revision)))


def aside_choices(state: ConversationState) -> tuple[tuple[Word, Code], ...]:
    """What can be pressed, or typed, at the present aside."""
    if state.place.spot is Spot.WHO_IS_IN_IT:
        return _WHO
    return _HEARD if heard_now(state) is not None else ((Word.BACK, Do(Action.BACK)),)


def choice_named(scene: Scene, state: ConversationState, text: str) -> Code | None:
    """The button of the present aside that typed words, a number or an emoji name, if they name exactly one."""
    choices = aside_choices(state)
    labels = (scene.flow.words[key] for key, _ in choices)  # with their emoji, which anybody may send
    options = tuple(_option(str(number), label) for number, label in enumerate(labels))
    found = named(options, text)
    if len(found.options) != 1 or found.rest:
        return None
    return choices[int(found.options[0].id)][1]


def _option(name: str, label: str) -> Option:
    first, _, rest = label.partition(" ")
    return Option(name, rest, first) if emoji_only(first) else Option(name, label)


def _texts(scene: Scene, state: ConversationState) -> tuple[str, ...]:
    asked = question_words(scene, locate(scene, state, question_of(state.place)))
    if state.place.spot is Spot.WHO_IS_IN_IT:
        if follows_its_question(state):
            return bubbles(scene, Word.WHO_IS_IN_IT)
        return bubbles(scene, Word.WHO_IS_IN_IT_LATER, item=asked)
    heard = heard_now(state)
    if heard is None:
        return bubbles(scene, Word.TYPE_IT, item=asked)
    return bubbles(scene, Word.HEARD, item=asked, chosen=heard.text)
