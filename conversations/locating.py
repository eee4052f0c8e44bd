"""What stands at a place, whether or not it is asked now. For showing; decides nothing."""

from __future__ import annotations

from typing import assert_never

from conversations.path import Item, Waypoint, items_of, pick_of
from conversations.scene import Scene
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Option,
    Part,
    PlainStep,
    Repeat,
    Say,
    Sort,
    Tell,
    Way,
)
from conversations.state import Answer, ConversationState, Place, PlanLine, Spot


class UnknownStepError(LookupError):
    """The script has no such step: a state of another version was not upgraded. A programmer's mistake."""


def locate(scene: Scene, state: ConversationState, place: Place) -> Waypoint:
    """What stands at `place`.

    Raises:
        UnknownStepError: the script has nothing by that name.
    """
    for part in scene.flow.parts:
        for step in part.steps:
            found = _in_step(scene, state, place, (part, step))
            if found is not None:
                return found
    raise UnknownStepError(place.step)


def _in_step(
    scene: Scene, state: ConversationState, place: Place, where: tuple[Part, PlainStep | Repeat]
) -> Waypoint | None:
    part, step = where
    if isinstance(step, Repeat):
        return _in_repeat(scene, state, place, (part, step))
    if step.id != place.step:
        return None
    card = next((card for card in step.cards if card.id == place.item), None) if isinstance(step, Sort) else None
    return Waypoint(place, part, step, card)


def _in_repeat(scene: Scene, state: ConversationState, place: Place, where: tuple[Part, Repeat]) -> Waypoint | None:
    part, repeat = where
    if repeat.id == place.step:
        items = items_of(scene, repeat, state.answers)
        return Waypoint(place, part, pick_of(repeat, items, repeat.at_most.get(state.way, len(items))))
    for step in repeat.steps:
        if step.id == place.step:
            return Waypoint(place, part, step, _item(scene, place.item))
    return None


def _item(scene: Scene, name: str) -> Item | None:
    lines: tuple[Item, ...] = (*scene.facts.plan_lines, *scene.facts.goals)
    steps = (step for part in scene.flow.parts for step in part.steps)
    cards = (card for step in steps if isinstance(step, Sort) for card in step.cards)
    return next((item for item in (*lines, *cards) if item.id == name), None)


def item_words(item: Item | None) -> str:
    """What `{item}` stands for: exactly what was written, or the label of a card."""
    match item:
        case PlanLine():
            return item.text
        case Card():
            return item.label
        case None:
            return ""
        case _:
            assert_never(item)


def options_of(scene: Scene, step: PlainStep | None) -> tuple[Option, ...]:
    """What can be pressed or named at a step."""
    match step:
        case ChooseOne() | ChooseMany():
            return step.options
        case Sort():
            return scene.flow.scale
        case Tell() | Say() | None:
            return ()
        case _:
            assert_never(step)


def labels_of(scene: Scene, state: ConversationState, answer: Answer) -> tuple[str, ...]:
    """The labels of what was chosen, as its buttons had them; an option that is gone shows its id."""
    point = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item))
    known = {option.id: face(scene, option) for option in options_of(scene, point.step)}
    return tuple(known.get(choice, choice) for choice in answer.choices)


def face(scene: Scene, option: Option) -> str:
    """An option as people see it: emoji first, for those who like emoji."""
    return f"{option.emoji} {option.label}".strip() if scene.profile.emoji else option.label


def way_of(answer: Answer) -> Way | None:
    """The way that was chosen in a step that asks for it."""
    return next((Way(choice) for choice in answer.choices if choice in set(Way)), None)
