"""Which steps of a script anyone can get to, and by which way. Looks at the script alone, at nobody's answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from conversations.findings import Finding, Kind, Place, Spot
from conversations.script import Card, Chose, Condition, Flow, PlainStep, Repeat, Say, Sort, Sorted, Step, Tell, Way


@dataclass(frozen=True, slots=True)
class Named:
    """A step with how to name it to its writer, and the repeat it stands in."""

    place: Place
    step: Step
    inside: Repeat | None = None


def named_steps(flow: Flow) -> tuple[Named, ...]:
    """Every step of the script in its order: a repeat, then what is inside it."""
    found: list[Named] = []
    for part in flow.parts:
        for step in part.steps:
            found.append(Named(Place(flow.id, step.id, Spot.STEP), step))
            if isinstance(step, Repeat):
                found += [Named(Place(flow.id, each.id, Spot.STEP), each, step) for each in step.steps]
    return tuple(found)


def said_in(named: Named) -> tuple[str, ...]:
    """Everything that a step says and explains, without labels."""
    match named.step:
        case Repeat(pick=pick):
            return pick
        case Tell(prompts=prompts) as step:
            return (*step.texts, *step.explain, *prompts)
        case plain_step:
            return (*plain_step.texts, *plain_step.explain)


def reach_findings(flow: Flow) -> Iterator[Finding]:
    """Steps that nobody can get to in a way they are written for, and ways that ask nothing."""
    steps = named_steps(flow)
    for way in Way:
        reached = _reached(steps, way)
        for named in steps:
            ways = named.step.ways & (named.inside.ways if named.inside else named.step.ways)
            if way in ways and named.step.id not in reached:
                what = f"Nobody can get here in the {way} way."
                yield Finding(Kind.UNREACHABLE, named.place, what, f"Mend 'when', or leave {way} out of 'ways'.")
        opening = {step.id for part in flow.parts if part.opening for step in part.steps}
        asked = [
            each for each in steps if each.step.id in reached - opening and not isinstance(each.step, Say | Repeat)
        ]
        if not asked:
            what = f"The {way} way asks nothing."
            yield Finding(Kind.ASKS_NOTHING, Place(flow.id), what, "Leave a question in it.")


def _reached(steps: tuple[Named, ...], way: Way) -> frozenset[str]:
    reached: dict[str, Step] = {}
    for named in steps:
        outside = named.inside is None or named.inside.id in reached
        if outside and way in named.step.ways and _open(named.step, reached, way):
            reached[named.step.id] = named.step
    return frozenset(reached)


def _open(step: Step, reached: dict[str, Step], way: Way) -> bool:
    if not all(_possible(each, reached, way) for each in step.when):
        return False
    if isinstance(step, Sort):
        return any(way in card.ways for card in step.cards)
    if isinstance(step, Repeat) and isinstance(step.over, Sorted):
        return any(not card.safety for card in _cards(reached.get(step.over.step), way))
    return True


def _possible(condition: Condition, reached: dict[str, Step], way: Way) -> bool:
    if not isinstance(condition, Chose) or condition.negate:
        return True
    step = reached.get(condition.step)
    if step is None or not condition.card:
        return step is not None
    return any(card.id == condition.card for card in _cards(step, way))


def _cards(step: PlainStep | Repeat | None, way: Way) -> tuple[Card, ...]:
    return tuple(card for card in step.cards if way in card.ways) if isinstance(step, Sort) else ()
