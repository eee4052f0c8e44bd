"""What in a turn the safeguarding team is told of: words that match, and options that the script marks. Says nothing.

The answer itself is kept as any other. Nothing is asked, weighed or guessed here; a person does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2s
from typing import Final

from conversations.asides import CALM, confirmed
from conversations.effects import AlertRoute, RaiseAlert, Record, Turn
from conversations.inputs import Edited, Input, MediaArrived, Typed
from conversations.locating import locate
from conversations.matching import cleaned
from conversations.path import answer_at
from conversations.safety import matched
from conversations.scene import Scene
from conversations.script import Card, ChooseMany, ChooseOne, Flow, Records, Repeat
from conversations.state import Answer, Calm, ConversationState, Place, Spot

_REMEMBERED: Final = 64  # fingerprints and references, the latest


@dataclass(frozen=True, slots=True)
class Heard:
    """Words that came in and match, with the message that held them."""

    words: str = field(repr=False)
    source: str
    topics: tuple[str, ...]

    @property
    def fingerprint(self) -> str:
        """The same words of the same message have the same one. It can be kept; it is sealed with the state."""
        return blake2s(f"{self.source}\n{self.words}".encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def heard(scene: Scene, state: ConversationState, event: Input) -> Heard | None:
    """The words of an input that match, unless they were told of before, or go to the safeguarding team in any case."""
    words, source = _words(event)
    if not words or (state.place.spot in CALM and not isinstance(event, Edited)) or source in state.told:
        return None
    found = Heard(words, source, matched(words, scene.flow.phrases))
    return found if found.topics and found.fingerprint not in state.alerted else None


def _words(event: Input) -> tuple[str, str]:
    match event:
        case Typed(text, source) | Edited(text, source):
            return cleaned(text), source
        case MediaArrived(caption=caption, source=source):
            return cleaned(caption), source
        case _:
            return "", ""


def readied(state: ConversationState, found: Heard | None) -> ConversationState:
    """The same, with the pause due where it was not made yet: it comes before the next question."""
    if found is None:
        return state
    alerted = (*state.alerted, found.fingerprint)[-_REMEMBERED:]
    return replace(state, calm=_due(state), alerted=alerted)


def calm_after(scene: Scene, state: ConversationState, answer: Answer) -> Calm:
    """Whether the pause is due once this answer is recorded."""
    return _due(state) if _from_answer(scene, state, answer) is not None else state.calm


def alerts(scene: Scene, before: ConversationState, turn: Turn, found: Heard | None) -> tuple[RaiseAlert, ...]:
    """Everything in this turn that the safeguarding team is told of, each once."""
    given = [effect.answer for effect in turn.effects if isinstance(effect, Record)]
    by_answer = [each for each in (_from_answer(scene, before, answer) for answer in given) if each is not None]
    if found is None:
        return tuple(by_answer)
    said = _from_words(scene, before, found, given)
    return (said, *(each for each in by_answer if (each.step, each.item) != (said.step, said.item)))


def with_told(state: ConversationState, source: str) -> ConversationState:
    """The same, knowing that this message was said to the safeguarding team alone: an edit of it is no answer."""
    return replace(state, told=(*state.told, source)[-_REMEMBERED:]) if source else state


def safe_to_write(flow: Flow, answers: tuple[Answer, ...]) -> bool | None:
    """Whether this person said that it is safe to write to them in the chat; None where they did not say."""
    steps = (step for part in flow.parts for step in part.steps if not isinstance(step, Repeat))
    asked = {step.id for step in steps if step.records is Records.SAFE_HERE}
    choices = {choice for answer in answers if answer.step in asked for choice in answer.choices}
    return "yes" in choices if choices else None


def _due(state: ConversationState) -> Calm:
    return Calm.DUE if state.calm is Calm.NOT_YET else state.calm


def _from_words(scene: Scene, state: ConversationState, found: Heard, given: list[Answer]) -> RaiseAlert:
    """Where they were said: at the answer that holds them, else at the question that stood then."""
    raised = RaiseAlert(AlertRoute.PHRASE, found.topics, words=found.words, elsewhere=state.elsewhere)
    if given:
        answer = given[-1]
        return replace(raised, step=answer.step, item=answer.item, choices=answer.choices, media=answer.media)
    if state.place.spot in {Spot.QUESTION, Spot.WHO_IS_IN_IT, Spot.HEARD}:
        return replace(raised, step=state.place.step, item=state.place.item)
    return raised


def _from_answer(scene: Scene, state: ConversationState, answer: Answer) -> RaiseAlert | None:
    """What is new in an answer beside `state`: marked options, and what a machine heard and the person confirmed."""
    earlier = answer_at(state.answers, Place(Spot.QUESTION, answer.step, answer.item))
    raised = RaiseAlert(
        AlertRoute.ANSWER,
        step=answer.step,
        item=answer.item,
        choices=answer.choices,
        words=answer.words,
        media=answer.media,
        elsewhere=state.elsewhere,
    )
    known = confirmed(earlier) if earlier is not None else ()
    spoken = "\n".join(each.text for each in confirmed(answer) if each not in known)
    if topics := matched(spoken, scene.flow.phrases):
        return replace(raised, route=AlertRoute.PHRASE, topics=topics, words=spoken)
    fresh = set(answer.choices) - set(earlier.choices if earlier is not None else ())
    return raised if not fresh.isdisjoint(_marked(scene, state, answer)) else None


def _marked(scene: Scene, state: ConversationState, answer: Answer) -> Iterator[str]:
    point = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item))
    if isinstance(point.item, Card):
        yield from point.item.alert
    if isinstance(point.step, ChooseOne | ChooseMany):
        yield from (option.id for option in point.step.options if option.alert)
