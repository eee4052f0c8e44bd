"""Which options stand on the present page, and the number that each has over all pages. Decides nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from conversations.scene import Scene
from conversations.script import Does, Option
from conversations.state import ConversationState, Spot

LABEL_LETTERS = 30  # of a thing to pick; longer ones are listed and picked by number


def on_page(scene: Scene, state: ConversationState, options: Sequence[Option]) -> list[tuple[int, Option]]:
    """The options of the present page with their numbers from 1; "Something else" stands on every page."""
    numbered = list(enumerate(options, 1))
    content = [each for each in numbered if each[1].does is not Does.WORDS]
    always = [each for each in numbered if each[1].does is Does.WORDS]
    size = scene.profile.choices
    return content[state.page * size : (state.page + 1) * size] + always


def pages(scene: Scene, options: Sequence[Option]) -> int:
    """How many pages these options fill."""
    return -(-sum(option.does is not Does.WORDS for option in options) // scene.profile.choices)


def is_by_number(state: ConversationState, options: Sequence[Option]) -> bool:
    """Whether the things to pick here are too long for a button, so that the words list them by number."""
    return state.place.spot is Spot.PICK and any(len(option.label) > LABEL_LETTERS for option in options)
