"""What people said about the same thing, beside each other. Compared by rule, never merged or weighed (decision 8).

The same thing is a line of the plan, or a topic on which both scripts ask. Only points that were chosen at the same
question are compared; own words stand there as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from conversations.script import Heading
from conversations.voices import Cited, Entry, Voice

SHARED: Final = (
    Heading.ADMIRE,
    Heading.WORKING,
    Heading.BETTER,
    Heading.PROVISION,
    Heading.FUTURE_WORK,
    Heading.FUTURE_HOME,
    Heading.FUTURE_COMMUNITY,
    Heading.FUTURE_HEALTH,
)
"""The topics on which a young person and a carer are both asked. On any other, one of them had no question."""
_SAME_QUESTION: Final = frozenset({Heading.PROVISION})
"""Where both are asked the same, with the same points to choose from."""
_OTHER: Final = "other_"  # "Something else" is no point


class Likeness(StrEnum):
    """What the rule says of one thing."""

    SAME = "same"
    DIFFERENT = "different"
    ONLY_ONE = "only_one"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Beside:
    """One thing, and what each voice said about it, in the order of the voices; who said nothing has no entries."""

    heading: Heading
    line: Cited | None
    said: tuple[tuple[Entry, ...], ...] = field(repr=False)
    likeness: Likeness


def side_by_side(voices: Iterable[Voice]) -> Iterator[Beside]:
    """Each thing that somebody spoke about, in the order of a meeting; nothing where fewer than two were asked."""
    people = tuple(voices)
    if len(people) < 2:
        return
    for heading in SHARED:
        under = [_spoken(person, heading) for person in people]
        lines = {each.cited.id: each.cited for entries in under for each in entries if each.cited is not None}
        for line in (*lines.values(), None):
            said = tuple(tuple(each for each in entries if _is_about(each, line)) for entries in under)
            if any(said):
                yield Beside(heading, line, said, _likeness(heading, said))


def _spoken(person: Voice, heading: Heading) -> tuple[Entry, ...]:
    under = (each for each in person.entries if each.heading is heading)
    return tuple(each for each in under if each.words or each.media or each.chosen)


def _is_about(entry: Entry, line: Cited | None) -> bool:
    return (entry.cited.id if entry.cited else "") == (line.id if line else "")


def _likeness(heading: Heading, said: tuple[tuple[Entry, ...], ...]) -> Likeness:
    if sum(1 for entries in said if entries) == 1:
        return Likeness.ONLY_ONE
    if heading not in _SAME_QUESTION:
        return Likeness.NOT_COMPARED
    chosen: dict[str, list[frozenset[str]]] = {}
    for entries in said:
        for step, points in _points(entries):
            chosen.setdefault(step, []).append(points)
    compared = [points for points in chosen.values() if len(points) > 1]
    if not compared:
        return Likeness.NOT_COMPARED
    return Likeness.SAME if all(len(set(points)) == 1 for points in compared) else Likeness.DIFFERENT


def _points(entries: Iterable[Entry]) -> Iterator[tuple[str, frozenset[str]]]:
    for entry in entries:
        points = frozenset(each.id for each in entry.chosen if not each.id.startswith(_OTHER))
        if points:
            yield entry.step, points
