"""A script as questions on paper: the same pictures, numbers and ids as in the chat. Values only; draws nothing.

What only a chat needs (which way, agreeing to Telegram) is left out. Every question may be left empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, assert_never

from conversations.placeholders import ANYWHERE
from conversations.scene import Scene
from conversations.script import (
    ChooseMany,
    ChooseOne,
    Chose,
    Does,
    Flagged,
    Flow,
    Option,
    Part,
    Picture,
    PlainStep,
    Repeat,
    Say,
    Sort,
    Sorted,
    Source,
    Step,
    Tell,
    Way,
)
from conversations.sheet import CHAT_ONLY
from conversations.state import PlanLine, ReviewFacts
from conversations.wording import fill

GAP: Final = "______"
ANY: Final = "…"
"""What stands in a question for a thing that is written down by hand, and for each card of a table."""
_NOT_ON_PAPER: Final = frozenset({Does.EXPLAIN, Does.STOP, Does.DECLINE, Does.MY_WAY})


class Box(StrEnum):
    """What is ticked or written."""

    ONE = "one"
    MANY = "many"
    ROWS = "rows"  # cards on the scale, one row each
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Choice:
    """A box to tick. `number` is the same as in the chat; `mark` is the id of a row that is sorted."""

    number: int
    label: str
    picture: Picture | None = None
    mark: str = ""
    free: bool = False


@dataclass(frozen=True, slots=True)
class Only:
    """A question that some people leave out: what had to be chosen (or not), and at which question."""

    step: str
    labels: tuple[str, ...]
    card: str = ""
    negate: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One question. `mark` is the id under which it is typed in; it ends in a dot where a card's id follows.

    About a sorted card, `cards` is its sorting step and `point` where it was put. With `which`, the person first writes
    what it is about. `steers`: it asks nothing but which things to go over.
    """

    mark: str
    box: Box
    texts: tuple[str, ...] = field(repr=False)
    picture: Picture | None = None
    choices: tuple[Choice, ...] = ()
    scale: tuple[Choice, ...] = ()
    ideas: tuple[str, ...] = ()
    at_most: int = 0
    only: tuple[Only, ...] = ()
    cards: str = ""
    point: str = ""
    which: bool = False
    steers: bool = False


@dataclass(frozen=True, slots=True)
class PrintedPart:
    """A part with its questions; `title` is empty for what comes before the first part."""

    title: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """Whose paper it is: the facts of a review (None for anybody's), the way, and what stands for a missing name."""

    facts: ReviewFacts | None = None
    way: Way = Way.FULL
    gaps: Mapping[str, str] = field(default_factory=dict)


def printed(flow: Flow, printing: Printing) -> tuple[PrintedPart, ...]:
    """The parts that have a question, in their order."""
    writer = _Writer(flow, printing)
    parts = (PrintedPart("" if part.opening else writer.said(part.title), writer.part(part)) for part in flow.parts)
    return tuple(part for part in parts if part.sheets)


class _Writer:
    def __init__(self, flow: Flow, printing: Printing) -> None:
        self._flow, self._facts, self._way, self._gaps = flow, printing.facts, printing.way, printing.gaps
        every = (step for part in flow.parts for step in part.steps)
        self._steps = {each.id: each for step in every for each in (step, *getattr(step, "steps", ()))}

    def said(self, text: str, **more: str) -> str:
        if self._facts is not None:
            return fill(Scene(self._flow, self._facts), text, **more)
        return text.format_map({name: self._gaps.get(name, "") for name in ANYWHERE} | more)

    def part(self, part: Part) -> tuple[Sheet, ...]:
        found: list[Sheet] = []
        for step in part.steps:
            if self._way in step.ways and self._is_asked(step):
                found += self._repeat(step) if isinstance(step, Repeat) else self._plain(step)
        return tuple(found)

    def _is_asked(self, step: Step) -> bool:
        flags = self._facts.flags if self._facts else frozenset()
        return all(each.flag in flags for each in step.when if isinstance(each, Flagged))

    def _plain(self, step: PlainStep) -> Iterator[Sheet]:
        if not isinstance(step, Say) and step.records not in CHAT_ONLY:
            yield self._sheet(step, step.id, {"item": ANY})

    def _repeat(self, repeat: Repeat) -> Iterator[Sheet]:
        most = repeat.at_most.get(self._way, 1)
        if isinstance(repeat.over, Sorted):
            for _ in range(most):
                yield from self._of_card(repeat, repeat.over)
            return
        lines = self._lines(repeat.over)
        if len(lines) > most:
            yield self._pick(repeat, lines, most)
        for line in lines:
            yield from self._round(repeat, line)
        if self._facts is None:
            yield from self._blank(repeat)

    def _lines(self, source: Source) -> tuple[PlanLine, ...]:
        if self._facts is None:
            return ()
        return self._facts.plan_lines if source is Source.PLAN_LINES else self._facts.goals

    def _pick(self, repeat: Repeat, lines: tuple[PlanLine, ...], most: int) -> Sheet:
        choices = tuple(Choice(number, line.text) for number, line in enumerate(lines, 1))
        texts = tuple(self.said(each, count=str(len(lines))) for each in repeat.pick)
        return Sheet(repeat.id, Box.MANY if most > 1 else Box.ONE, texts, choices=choices, at_most=most, steers=True)

    def _inner(self, repeat: Repeat) -> tuple[PlainStep, ...]:
        return tuple(step for step in repeat.steps if self._way in step.ways and not isinstance(step, Say))

    def _round(self, repeat: Repeat, line: PlanLine) -> Iterator[Sheet]:
        for step in self._inner(repeat):
            yield self._sheet(step, f"{step.id}.{line.id}", {"item": line.text, "by": line.by or self._gaps["by"]})

    def _blank(self, repeat: Repeat) -> Iterator[Sheet]:
        for number, step in enumerate(self._inner(repeat)):
            sheet = self._sheet(step, f"{step.id}.", {"item": GAP, "by": self._gaps["by"]})
            yield replace(sheet, which=number == 0)

    def _of_card(self, repeat: Repeat, over: Sorted) -> Iterator[Sheet]:
        point = next((each.label for each in self._flow.scale if each.id == over.point), "")
        for number, step in enumerate(self._inner(repeat)):
            sheet = self._sheet(step, f"{step.id}.", {"item": GAP})
            yield replace(sheet, cards=over.step, point=point, which=number == 0)

    def _sheet(self, step: PlainStep, mark: str, about: Mapping[str, str]) -> Sheet:
        box, choices = self._room(step)
        return Sheet(
            mark=mark,
            box=box,
            texts=tuple(self.said(each, **about) for each in step.texts),
            picture=step.picture,
            choices=choices,
            scale=tuple(_choice(*each) for each in enumerate(self._flow.scale, 1)) if box is Box.ROWS else (),
            ideas=tuple(self.said(each, **about) for each in step.prompts) if isinstance(step, Tell) else (),
            at_most=step.at_most if isinstance(step, ChooseMany) else 0,
            only=tuple(self._only(each) for each in step.when if isinstance(each, Chose)),
        )

    def _room(self, step: PlainStep) -> tuple[Box, tuple[Choice, ...]]:
        match step:
            case ChooseOne() | ChooseMany():
                offered = ((n, each) for n, each in enumerate(step.options, 1) if each.does not in _NOT_ON_PAPER)
                return (Box.ONE if isinstance(step, ChooseOne) else Box.MANY), tuple(_choice(*each) for each in offered)
            case Sort():
                cards = ((n, each) for n, each in enumerate(step.cards, 1) if self._way in each.ways)
                return Box.ROWS, tuple(
                    Choice(number, card.label, card.picture, f"{step.id}.{card.id}") for number, card in cards
                )
            case Tell() | Say():
                return Box.LINES, ()
            case _:
                assert_never(step)

    def _only(self, condition: Chose) -> Only:
        step = self._steps.get(condition.step)
        # A condition looks back at options or at the scale: whoever reads scripts sees to that.
        offered = step.options if isinstance(step, ChooseOne | ChooseMany) else self._flow.scale
        labels = tuple(each.label for each in offered if each.id in condition.options)
        cards = step.cards if isinstance(step, Sort) else ()
        card = next((each.label for each in cards if each.id == condition.card), "")
        return Only(condition.step, labels, card, condition.negate)


def _choice(number: int, option: Option) -> Choice:
    return Choice(number, option.label, option.picture, free=option.does is Does.WORDS)
