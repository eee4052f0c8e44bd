"""What a script comes to in numbers: steps, taps, reading grade, longest sentence, pictures. Counts; judges nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversations.checks import GRADES, grade
from conversations.face_checks import pictures_of
from conversations.plain import sentences, words_of
from conversations.reach import named_steps, said_in
from conversations.script import ChooseMany, Flow, PlainStep, Repeat, Say, Sort, Step, Way


@dataclass(frozen=True, slots=True)
class Figures:
    """One script in numbers. `taps` is about right, by way: what most people are asked, one round of each repeat."""

    steps: int
    taps: Mapping[Way, int]
    grade: float
    target: float
    longest: int
    pictures: int

    def told(self) -> str:
        """On one line, in words."""
        taps = " and ".join(f"about {self.taps[way]} taps in the {way} way" for way in (Way.SHORT, Way.FULL))
        return (
            f"{self.steps} steps, {taps}. Reading grade {max(0.0, self.grade):.1f}, target {self.target:.0f} or less. "
            f"The longest sentence has {self.longest} words. {self.pictures} pictures."
        )


def figures_of(flow: Flow) -> Figures:
    """The numbers of this script."""
    said = [sentence for named in named_steps(flow) for text in said_in(named) for sentence in sentences(text)]
    return Figures(
        steps=sum(not isinstance(named.step, Repeat) for named in named_steps(flow)),
        taps={way: sum(_taps(flow, way)) for way in Way},
        grade=grade(flow),
        target=GRADES[flow.role],
        longest=max((len(words_of(sentence)) for sentence in said), default=0),
        pictures=len(pictures_of(flow)),
    )


def _taps(flow: Flow, way: Way) -> Iterator[int]:
    """Taps of each step that is asked of everybody in this way."""
    for part in flow.parts:
        yield from (_of_step(step, way) for step in part.steps if way in step.ways and not step.when)


def _of_step(step: Step, way: Way) -> int:
    if isinstance(step, Repeat):
        return sum(_of_plain(each, way) for each in step.steps if way in each.ways)
    return _of_plain(step, way)


def _of_plain(step: PlainStep, way: Way) -> int:
    match step:
        case Say():
            return 0
        case Sort(cards=cards):
            return sum(way in card.ways for card in cards)
        case ChooseMany():
            return 2  # one tick, then Done
        case _:
            return 1
