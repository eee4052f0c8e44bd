"""Which places are asked, in which order, as conditions, ways, repeats and sorted cards have it. Moves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from conversations.scene import Scene
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Chose,
    Condition,
    Flagged,
    Flow,
    Option,
    Part,
    Picture,
    PlainStep,
    Records,
    Repeat,
    Say,
    Sort,
    Sorted,
    Source,
    Step,
    Way,
)
from conversations.state import Answer, Place, PlanLine, ReviewFacts, Spot

Item: TypeAlias = Card | PlanLine


@dataclass(frozen=True, slots=True)
class Waypoint:
    """A place with what stands there. `step` is None at the end of a part; a `Say` is passed, never rested on."""

    place: Place
    part: Part
    step: PlainStep | None = None
    item: Item | None = None

    @property
    def rests(self) -> bool:
        """Whether a conversation can stop here."""
        return not isinstance(self.step, Say)

    @property
    def texts(self) -> tuple[str, ...]:
        """The step's own words, as the script has them."""
        return self.step.texts if self.step is not None else ()

    @property
    def picture(self) -> Picture | None:
        """The picture of the thing it is about, else of the step."""
        own = self.item.picture if isinstance(self.item, Card) else None
        return own or (self.step.picture if self.step is not None else None)


def path(flow: Flow, facts: ReviewFacts, way: Way, answers: Sequence[Answer]) -> tuple[Place, ...]:
    """The places that are asked now, in order."""
    return tuple(point.place for point in route(Scene(flow, facts), way, answers) if point.rests)


def route(scene: Scene, way: Way, answers: Sequence[Answer]) -> tuple[Waypoint, ...]:
    """The path with all that is only said on it.

    A condition sees only answers that stand earlier on the route, so an answer that fell off holds nothing up.
    """
    walk = _Walk(scene, way, answers)
    points: list[Waypoint] = []
    ended: Part | None = None  # the part whose end is still to be put in, once another part asks something
    end_at = 0
    for part in scene.flow.parts:
        found = walk.part(part)
        asks = any(point.rests for point in found)
        if asks and ended is not None:
            points.insert(end_at, Waypoint(Place(Spot.PART_END, ended.id), ended))
        points += found
        if asks and way is Way.FULL and not part.opening:
            ended, end_at = part, len(points)
    return tuple(points)


def place_of(flow: Flow, answer: Answer) -> Place:
    """Where this answer was given."""
    return Place(Spot.PICK if is_pick(flow, answer) else Spot.QUESTION, answer.step, answer.item)


def is_pick(flow: Flow, answer: Answer) -> bool:
    """Whether this answer only says what a repeat shall go over."""
    return any(isinstance(step, Repeat) and step.id == answer.step for part in flow.parts for step in part.steps)


def answer_at(answers: Iterable[Answer], place: Place) -> Answer | None:
    """The answer of a question, or None."""
    for answer in answers:
        if (answer.step, answer.item) == (place.step, place.item):
            return answer
    return None


def held_answer(answers: Iterable[Answer], place: Place) -> Answer:
    """The answer of a place that exists only with one.

    Raises:
        LookupError: there is none: a programmer's mistake.
    """
    answer = answer_at(answers, place)
    if answer is None:
        raise LookupError(place.spot)
    return answer


def is_answered(point: Waypoint, answers: Iterable[Answer]) -> bool:
    """Whether there is an answer; a pick whose things are all gone counts for none."""
    answer = answer_at(answers, point.place)
    match point.step:
        case ChooseOne() | ChooseMany() as pick if point.place.spot is Spot.PICK and answer is not None:
            return answer.refused is not None or any(option.id in answer.choices for option in pick.options)
        case None:
            return False
        case _:
            return answer is not None


def fitting(scene: Scene, answers: Sequence[Answer]) -> frozenset[Place]:
    """All places that either way would ask. To choose the short way takes nothing back that was said."""
    return frozenset(point.place for way in Way for point in route(scene, way, answers) if point.rests)


def as_option(item: Item) -> Option:
    """A thing to pick, as a button has it."""
    match item:
        case Card():
            return Option(item.id, item.label, item.emoji, item.picture)
        case PlanLine():
            return Option(item.id, item.text)
        case _:
            assert_never(item)


def pick_of(repeat: Repeat, items: Sequence[Item], most: int) -> ChooseOne | ChooseMany:
    """The question which of `items` a repeat shall go over; with one to pick, one press is enough."""
    options = tuple(as_option(item) for item in items)
    if most == 1:
        return ChooseOne(id=repeat.id, texts=repeat.pick, options=options)
    return ChooseMany(id=repeat.id, texts=repeat.pick, options=options, at_most=most)


def items_of(scene: Scene, repeat: Repeat, answers: Iterable[Answer]) -> tuple[Item, ...]:
    """What a repeat could go over. Never a card, or a step, that is marked as a matter of safety (decision 6)."""
    match repeat.over:
        case Source.PLAN_LINES:
            return scene.facts.plan_lines
        case Source.GOALS:
            return scene.facts.goals
        case Sorted() as over:
            put = {answer.item for answer in answers if answer.step == over.step and over.point in answer.choices}
            return tuple(card for card in _cards(scene.flow, over.step) if card.id in put and not card.safety)
        case _:
            assert_never(repeat.over)


def _cards(flow: Flow, name: str) -> tuple[Card, ...]:
    steps = (step for part in flow.parts for step in part.steps)
    found = (step.cards for step in steps if isinstance(step, Sort) and step.id == name and not step.safety)
    return next(found, ())


class _Walk:
    """One walk along a script. Remembers the answers that it met."""

    def __init__(self, scene: Scene, way: Way, answers: Sequence[Answer]) -> None:
        self._scene = scene
        self._way = way
        self._answers = answers
        self._known = {(answer.step, answer.item): answer for answer in answers}
        self._met: list[Answer] = []

    def part(self, part: Part) -> list[Waypoint]:
        points: list[Waypoint] = []
        for step in part.steps:
            if self._is_wanted(step) and all(self._holds(each, "", frozenset()) for each in step.when):
                points += self._repeat(part, step) if isinstance(step, Repeat) else self._plain(part, step)
        return points

    def _is_wanted(self, step: Step) -> bool:
        """Whether this way has it. How a person likes to be asked is asked once a year."""
        asks_profile = not isinstance(step, Repeat) and step.records is Records.ACCESS
        return self._way in step.ways and not (asks_profile and self._scene.profile_known)

    def _plain(self, part: Part, step: PlainStep) -> list[Waypoint]:
        if not isinstance(step, Sort):
            return [self._meet(Waypoint(Place(Spot.QUESTION, step.id), part, step))]
        cards = (card for card in step.cards if self._way in card.ways)
        return [self._meet(Waypoint(Place(Spot.QUESTION, step.id, card.id), part, step, card)) for card in cards]

    def _repeat(self, part: Part, repeat: Repeat) -> list[Waypoint]:
        items = items_of(self._scene, repeat, self._met)
        most = repeat.at_most.get(self._way, len(items))
        points: list[Waypoint] = []
        if len(items) > most > 0:
            points.append(self._meet(Waypoint(Place(Spot.PICK, repeat.id), part, pick_of(repeat, items, most))))
            items = self._picked(repeat, items)
        for item in items[:most]:
            points += self._round(part, repeat, item)
        return points

    def _round(self, part: Part, repeat: Repeat, item: Item) -> list[Waypoint]:
        inner = frozenset(step.id for step in repeat.steps)
        return [
            self._meet(Waypoint(Place(Spot.QUESTION, step.id, item.id), part, step, item))
            for step in repeat.steps
            if self._way in step.ways and all(self._holds(each, item.id, inner) for each in step.when)
        ]

    def _picked(self, repeat: Repeat, items: tuple[Item, ...]) -> tuple[Item, ...]:
        answer = self._known.get((repeat.id, ""))
        return tuple(item for item in items if answer is not None and item.id in answer.choices)

    def _meet(self, point: Waypoint) -> Waypoint:
        answer = self._known.get((point.place.step, point.place.item))
        if answer is not None:
            self._met.append(answer)
        return point

    def _holds(self, condition: Condition, item: str, inner: frozenset[str]) -> bool:
        match condition:
            case Flagged(flag):
                return flag in self._scene.facts.flags
            case Chose():
                only = condition.card or (item if condition.step in inner else "")
                chosen = any(
                    answer.step == condition.step
                    and (not only or answer.item == only)
                    and not condition.options.isdisjoint(answer.choices)
                    for answer in self._met
                )
                return chosen != condition.negate
            case _:
                assert_never(condition)
