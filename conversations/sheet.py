"""Every question that can stand on a paper copy of a script, with the id under which it is typed in again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, assert_never

from conversations.asked import Asked
from conversations.path import Item, as_option
from conversations.scene import Scene
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Flagged,
    Flow,
    Option,
    PlainStep,
    Records,
    Repeat,
    Say,
    Sort,
    Sorted,
    Source,
    Step,
    Tell,
)
from conversations.state import ReviewFacts

CHAT_ONLY: Final = frozenset({Records.WAY, Records.AGREEMENT, Records.ACCESS, Records.SAFE_HERE})
"""What only a chat asks: such a question is not printed, so nobody is asked to type it in."""


class Room(StrEnum):
    """What there is room for, besides own words and a refusal."""

    ONE = "one"
    MANY = "many"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Line:
    """One question on paper. `options` count from 1; `at_most` is 0 where any number may be ticked.

    `has_words` is False only where a repeat asks which things to go over. `steers`: for the chat, of no use on paper.
    """

    step: str
    item: str
    room: Room
    asked: str = field(repr=False)
    thing: str = field(default="", repr=False)
    options: tuple[Option, ...] = ()
    at_most: int = 0
    records: Records | None = None
    part: str = ""
    has_words: bool = True
    steers: bool = False

    @property
    def where(self) -> str:
        """The id that stands beside the question: `step`, or `step.item`."""
        return f"{self.step}.{self.item}" if self.item else self.step


def lines(flow: Flow, facts: ReviewFacts) -> tuple[Line, ...]:
    """All questions, in the order of the script. On paper each may be answered, whatever was said before.

    A step for a flag that staff did not set is not asked in this review, so it is not there.
    """
    asked = Asked(flow, facts)
    scene = Scene(flow, facts)
    return tuple(
        line
        for part in flow.parts
        for step in part.steps
        if _is_asked(scene, step)
        for line in _of_step(scene, asked, part.title, step)
    )


def _is_asked(scene: Scene, step: Step) -> bool:
    return all(each.flag in scene.facts.flags for each in step.when if isinstance(each, Flagged))


def _of_step(scene: Scene, asked: Asked, part: str, step: Step) -> Iterator[Line]:
    match step:
        case Say():
            return
        case Repeat():
            yield from _of_repeat(scene, asked, part, step)
        case Sort():
            for card in step.cards:
                yield _line(scene, asked, part, step, card.id)
        case ChooseOne() | ChooseMany() | Tell():
            yield _line(scene, asked, part, step, "")
        case _:
            assert_never(step)


def _of_repeat(scene: Scene, asked: Asked, part: str, repeat: Repeat) -> Iterator[Line]:
    items = _items(scene, repeat)
    if not items:
        return
    question = asked.question(repeat.id, asked.thing(repeat.id, ""))
    options = tuple(as_option(item) for item in items)
    yield Line(repeat.id, "", Room.MANY, question, "", options, part=part, has_words=False, steers=True)
    for item in items:
        for step in repeat.steps:
            if not isinstance(step, Say) and _is_asked(scene, step):
                yield _line(scene, asked, part, step, item.id)


def _items(scene: Scene, repeat: Repeat) -> tuple[Item, ...]:
    """All that the repeat could go over: a paper copy is printed before anyone knows what will be sorted where."""
    match repeat.over:
        case Source.PLAN_LINES:
            return scene.facts.plan_lines
        case Source.GOALS:
            return scene.facts.goals
        case Sorted() as over:
            return tuple(card for card in _cards(scene.flow, over.step) if not card.safety)
        case _:
            assert_never(repeat.over)


def _cards(flow: Flow, name: str) -> tuple[Card, ...]:
    steps = (step for part in flow.parts for step in part.steps)
    return next((step.cards for step in steps if isinstance(step, Sort) and step.id == name and not step.safety), ())


def _line(scene: Scene, asked: Asked, part: str, step: PlainStep, item: str) -> Line:
    thing = asked.thing(step.id, item)
    room, options, at_most = _room(scene, step)
    return Line(
        step=step.id,
        item=item,
        room=room,
        asked=asked.question(step.id, thing),
        thing=thing.label,
        options=options,
        at_most=at_most,
        records=step.records,
        part=part,
        steers=step.records in CHAT_ONLY,
    )


def _room(scene: Scene, step: PlainStep) -> tuple[Room, tuple[Option, ...], int]:
    match step:
        case ChooseOne():
            return Room.ONE, step.options, 0
        case ChooseMany():
            return Room.MANY, step.options, step.at_most
        case Sort():
            return Room.ONE, scene.flow.scale, 0
        case Tell() | Say():
            return Room.WORDS, (), 0
        case _:
            assert_never(step)
