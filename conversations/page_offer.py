"""Whether a person is offered their own one-page profile. Shows nothing; the page itself is made elsewhere."""

from __future__ import annotations

from typing import Final

from conversations.asides import confirmed
from conversations.locating import locate
from conversations.own_page import HEADINGS
from conversations.path import Waypoint, place_of
from conversations.scene import Scene
from conversations.script import Card, Role
from conversations.state import Answer, Audience, ConversationState

_HEADINGS: Final = frozenset(heading for headings in HEADINGS.values() for heading in headings)


def offers_page(scene: Scene, state: ConversationState) -> bool:
    """Only to a young person, and only where words that everyone may read stand under one of its headings."""
    if scene.flow.role is not Role.YOUNG_PERSON:
        return False
    return any(_stands_on_page(scene, state, answer) for answer in state.answers)


def _stands_on_page(scene: Scene, state: ConversationState, answer: Answer) -> bool:
    says = bool(answer.choices or answer.words or confirmed(answer))
    if not says or answer.refused is not None or answer.audience is not Audience.EVERYONE:
        return False
    point = locate(scene, state, place_of(scene.flow, answer))
    return point.step is not None and point.step.feeds.heading in _HEADINGS and not _is_safety(point)


def _is_safety(point: Waypoint) -> bool:
    """A matter of safety stands on no page (decision 6)."""
    return (point.step is not None and point.step.safety) or (isinstance(point.item, Card) and point.item.safety)
