"""How the access profile looks: its present values in words, and a button for each other value. Changes nothing."""

from __future__ import annotations

from typing import Final

from conversations.access import VALUES, Part, value_of
from conversations.art import Board, Tile
from conversations.boards import has_boards
from conversations.buttons import Action, Do, Set, button
from conversations.effects import Button, Reply
from conversations.scene import Scene
from conversations.state import ConversationState, Mark
from conversations.wording import word
from conversations.words import Word

_ROWS: Final = (
    (Part.SHOWS,),
    (Part.CHOICES,),
    (Part.LOOK,),
    (Part.EMOJI, Part.WAY),
    (Part.READING, Part.VOICE),
    (Part.KEY,),
)


def way_card(scene: Scene, state: ConversationState) -> Reply:
    """The card: what is set now, and one press for each thing that could be otherwise."""
    now = (word(scene, Word.IDEA, item=_said(scene, part, value_of(state, part))) for part in Part)
    texts = (word(scene, Word.MY_WAY), "\n".join(now), word(scene, Word.MY_WAY_PRESS))
    rows = tuple(tuple(each for part in row for each in _others(scene, state, part)) for row in _ROWS)
    fine = [button(word(scene, Word.MY_WAY_FINE), Do(Action.BACK))]
    if scene.facts.languages:
        fine.insert(0, button(word(scene, Word.MY_WAY_LANGUAGE), Do(Action.LANGUAGE)))
    return Reply(texts, (*rows, tuple(fine)), Mark(state.id, state.revision), art=_example(scene))


def _others(scene: Scene, state: ConversationState, part: Part) -> list[Button]:
    now = value_of(state, part)
    return [button(_said(scene, part, value), Set(part, value)) for value in VALUES[part] if value != now]


def _said(scene: Scene, part: Part, value: str) -> str:
    if part is Part.CHOICES:
        return word(scene, Word.MY_CHOICES, count=value)
    return word(scene, Word(f"my_{part}_{value}"))


def _example(scene: Scene) -> Board | None:
    """How boards look now, with the points of the scale, which are no choices here."""
    if not has_boards(scene):
        return None
    points = tuple(Tile(point.label, point.picture) for point in scene.flow.scale)
    look, rtl = scene.profile.look, scene.flow.rtl
    return Board(word(scene, Word.MY_WAY), tiles=points, columns=3, look=look, rtl=rtl, reusable=True)
