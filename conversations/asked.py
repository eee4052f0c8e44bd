"""What a person was asked, looked up in the flow they answered. Safety steps and cards are not in it (decision 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from conversations.scene import Scene
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Chose,
    Flow,
    Heading,
    Option,
    Picture,
    PlainStep,
    Records,
    Repeat,
    Sort,
    Sorted,
    Source,
    Step,
)
from conversations.state import Answer, PlanLine, ReviewFacts
from conversations.voices import Chosen, Cited
from conversations.wording import fill

_SHOWN: Final = frozenset({Records.HELPER, Records.HELP_KIND, Records.ACCESS})


@dataclass(frozen=True, slots=True)
class Thing:
    """What one round of a repeat, or one card, is about."""

    label: str = ""
    emoji: str = ""
    cited: Cited | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A step with the repeat around it, if any."""

    step: PlainStep | Repeat
    within: Repeat | None = None


class Asked:
    """An index over one flow and one review's facts. `place` of a hidden step, and `is_hidden`, hold no words."""

    def __init__(self, flow: Flow, facts: ReviewFacts) -> None:
        self._flow = flow
        self._facts = facts
        self._scene = Scene(flow, facts)
        self._cards: dict[str, Mapping[str, Card]] = {}
        self._hidden: set[str] = set()
        self.places: dict[str, Place] = {}
        for part in flow.parts:
            self._index(part.steps)

    @property
    def scale(self) -> tuple[Chosen, ...]:
        """The points of the scale, in order."""
        return tuple(_chosen(point) for point in self._flow.scale)

    def is_hidden(self, step: str, item: str) -> bool:
        """Whether an answer belongs to the safety team alone: the step, its card, or what was asked because of it."""
        if step in self._hidden:
            return True
        place = self.places.get(step)
        if place is None or not item:
            return False
        card = self._cards.get(_sort_of(place), {}).get(item)
        return card is not None and card.safety

    def thing(self, step: str, item: str) -> Thing:
        """The card, plan line or goal behind an item id; the id itself when the flow does not know it."""
        place = self.places.get(step)
        if place is None or not item:
            return Thing(item)
        if place.within is not None and isinstance(place.within.over, Source):
            return _line(self._lines(place.within.over), item)
        card = self._cards.get(_sort_of(place), {}).get(item)
        return Thing(card.label, card.emoji, None, card.picture) if card else Thing(item)

    def question(self, step: str, thing: Thing) -> str:
        """The words of the question as this person saw them; empty when the flow does not know the step."""
        place = self.places.get(step)
        if place is None:
            return ""
        texts = place.step.pick if isinstance(place.step, Repeat) else place.step.texts
        by = thing.cited.by if thing.cited else ""
        return fill(self._scene, texts[-1], item=thing.label, by=by, count="…")  # what stands before it are hints

    def feeds(self, step: str) -> tuple[Heading | None, Records | None]:
        """The digest heading a step feeds, and what it steers."""
        place = self.places.get(step)
        if place is None or isinstance(place.step, Repeat):
            return None, None
        return place.step.feeds.heading, place.step.records

    def sections(self, step: str) -> str:
        """The letters of the sections of a plan that a step feeds."""
        place = self.places.get(step)
        return "" if place is None or isinstance(place.step, Repeat) else place.step.feeds.sections

    def is_sort(self, step: str) -> bool:
        """Whether cards are sorted on the scale there."""
        place = self.places.get(step)
        return place is not None and isinstance(place.step, Sort)

    def is_view(self, answer: Answer) -> bool:
        """Whether an answer stands in a digest: everything but plain presses that only steered the conversation."""
        place = self.places.get(answer.step)
        if place is None or answer.words or answer.media:
            return True
        if isinstance(place.step, Repeat):
            return answer.refused is not None
        feeds = place.step.feeds.heading is not None
        return feeds if place.step.records is None else place.step.records in _SHOWN

    def options(self, step: str, ids: Iterable[str]) -> tuple[Chosen, ...]:
        """The options with these ids as they were shown, in the order they were chosen."""
        place = self.places.get(step)
        known: dict[str, Chosen] = {}
        if place is not None:
            known = {option.id: _chosen(option) for option in self._offered(place.step)}
        return tuple(known.get(each, Chosen(each, each)) for each in ids)

    def helpers(self, ids: Iterable[str]) -> tuple[str, ...]:
        """The labels behind the `helped` ids of an answer."""
        steering = (Records.HELPER, Records.HELP_KIND)
        labels: dict[str, str] = {}
        for place in self.places.values():
            if not isinstance(place.step, Repeat) and place.step.records in steering:
                labels |= {option.id: option.label for option in self._offered(place.step)}
        return tuple(labels.get(each, each) for each in ids)

    def _index(self, steps: tuple[Step, ...] | tuple[PlainStep, ...], within: Repeat | None = None) -> None:
        for step in steps:
            self.places[step.id] = Place(step, within)
            if self._starts_from_safety(step) or (within is not None and within.id in self._hidden):
                self._hidden.add(step.id)
            if isinstance(step, Sort):
                self._cards[step.id] = {card.id: card for card in step.cards}
            if isinstance(step, Repeat):
                self._index(step.steps, step)

    def _starts_from_safety(self, step: Step) -> bool:
        if not isinstance(step, Repeat) and step.safety:
            return True
        return any(isinstance(each, Chose) and self._tells_of_safety(each) for each in step.when)

    def _tells_of_safety(self, condition: Chose) -> bool:
        return not condition.negate and self.is_hidden(condition.step, condition.card)

    def _offered(self, step: Step) -> tuple[Option, ...]:
        match step:
            case ChooseOne() | ChooseMany():
                return step.options
            case Sort():
                return self._flow.scale
            case _:
                return ()

    def _lines(self, source: Source) -> tuple[PlanLine, ...]:
        return self._facts.plan_lines if source is Source.PLAN_LINES else self._facts.goals


def _chosen(option: Option) -> Chosen:
    return Chosen(option.id, option.label, option.emoji, option.picture)


def _sort_of(place: Place) -> str:
    if place.within is not None:
        over = place.within.over
        return over.step if isinstance(over, Sorted) else ""
    return place.step.id


def _line(lines: tuple[PlanLine, ...], item: str) -> Thing:
    for line in lines:
        if line.id == item:
            return Thing(line.text, "", Cited(line.id, line.text, line.by))
    return Thing(item)
