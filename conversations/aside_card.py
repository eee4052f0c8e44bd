"""How what stands beside the questions looks: the calm pause, who is in a photo, what a machine heard. Pure."""

from __future__ import annotations

from conversations.asides import follows_its_question, heard_now, question_of
from conversations.buttons import Action, Code, Do, Refuse, button, in_rows
from conversations.checklist import packed, question_words
from conversations.effects import Button, Reply
from conversations.emojis import emoji_only
from conversations.locating import locate
from conversations.matching import named
from conversations.scene import Scene
from conversations.script import Option
from conversations.state import ConversationState, Mark, Refused, Spot
from conversations.wording import bubbles, said_moment, word
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
_ON = ((Word.CARRY_ON, Do(Action.CARRY_ON)), (Word.CALM_STOP, Do(Action.ENOUGH)))
_CALM = (*_ON, (Word.CALM_MORE, Do(Action.TELL)), (Word.CALM_ELSE, Do(Action.ELSEWHERE)))


def aside_replies(scene: Scene, state: ConversationState) -> tuple[Reply, ...]:
    """The present aside, as one message or (of a long voice message) several; the last has the buttons."""
    *before, last = packed(_texts(scene, state))
    rows = choices_in_rows(scene, state)
    return (*(Reply((each,)) for each in before), Reply((last,), rows, Mark(state.id, state.revision)))


def choices_in_rows(scene: Scene, state: ConversationState) -> tuple[tuple[Button, ...], ...]:
    """The buttons of the present aside."""
    return in_rows([button(word(scene, key), code) for key, code in aside_choices(state)])


def aside_choices(state: ConversationState) -> tuple[tuple[Word, Code], ...]:
    """What can be pressed, or typed, at the present aside."""
    match state.place.spot:
        case Spot.CALM:
            return _CALM
        case Spot.TELL_MORE:
            return _ON
        case Spot.WHO_IS_IN_IT:
            return _WHO
    return _HEARD if heard_now(state) is not None else ((Word.BACK, Do(Action.BACK)),)


def choice_named(scene: Scene, state: ConversationState, text: str) -> Code | None:
    """The button of the present aside that typed words, a number or an emoji name, if they name exactly one."""
    choices = aside_choices(state)
    # With their emoji, which anybody may send.
    labels = (scene.flow.words[key].replace("{safeguarding}", scene.facts.safeguarding) for key, _ in choices)
    options = tuple(_option(str(number), label) for number, label in enumerate(labels))
    found = named(options, text)
    if len(found.options) != 1 or found.rest:
        return None
    return choices[int(found.options[0].id)][1]


def _option(name: str, label: str) -> Option:
    first, _, rest = label.partition(" ")
    return Option(name, rest, first) if emoji_only(first) else Option(name, label)


def calm_texts(scene: Scene) -> tuple[str, ...]:
    """Who is told and by when; where nobody can be told, that, and whom to call."""
    facts, flow = scene.facts, scene.flow
    if facts.alert_seen_by is not None:
        return bubbles(scene, Word.CALM, chosen=said_moment(scene, facts.alert_seen_by))
    return (*bubbles(scene, Word.CALM_NOBODY), "\n".join(flow.calls.values()), *bubbles(scene, Word.CALM_KEPT))


def _texts(scene: Scene, state: ConversationState) -> tuple[str, ...]:
    match state.place.spot:
        case Spot.CALM:
            return (*calm_texts(scene), *bubbles(scene, Word.CALM_NEXT))
        case Spot.TELL_MORE:
            return bubbles(scene, Word.TELL_ELSE if state.elsewhere else Word.TELL_MORE)
    asked = question_words(scene, locate(scene, state, question_of(state.place)))
    if state.place.spot is Spot.WHO_IS_IN_IT:
        if follows_its_question(state):
            return bubbles(scene, Word.WHO_IS_IN_IT)
        return bubbles(scene, Word.WHO_IS_IN_IT_LATER, item=asked)
    heard = heard_now(state)
    if heard is None:
        return bubbles(scene, Word.TYPE_IT, item=asked)
    return bubbles(scene, Word.HEARD, item=asked, chosen=heard.text)
