"""Every board that the engine can show: one for each question, its pages, and with a choice marked; the mats."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from conversations import engine
from conversations.art import Art, Column, Mat, Tile
from conversations.boards import chosen_board, mat_of, mat_words, note_board
from conversations.locating import locate, options_of
from conversations.paging import pages
from conversations.path import items_of
from conversations.profile import Look, Profile
from conversations.scene import Scene
from conversations.script import Flow, PlainStep, Repeat, Say, Sort, Step
from conversations.state import Answer, ConversationId, ConversationState, Place, Spot
from conversations.wording import word
from conversations.words import Word
from docs.gallery.people import NOW, facts

_ASKED: Final = date(2026, 12, 1)
LOOKS: Final = {
    "light-6-choices": Profile(asked_on=_ASKED),
    "cream-4-choices": Profile(choices=4, look=Look.CREAM, asked_on=_ASKED),
    "dark-3-choices": Profile(choices=3, look=Look.DARK, asked_on=_ASKED),
}
"""The profiles in which every script is drawn, by the name of their folder."""
RIGHT_TO_LEFT: Final = "right-to-left-6-choices"


@dataclass(frozen=True, slots=True)
class Shown:
    """One drawing: what to call it, which step it belongs to, and the message around it."""

    name: str
    step: str
    art: Art
    texts: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()


def boards(flow: Flow, profile: Profile) -> tuple[Shown, ...]:
    """All boards of a script for somebody with this profile, in the order of the script; the My way card last."""
    hall = _Hall(flow, profile)
    steps = (step for part in flow.parts for step in part.steps)
    return (*(shown for step in steps for shown in hall.of(step)), *hall.my_way())


def mats(flow: Flow, profile: Profile) -> Iterator[Shown]:
    """The mat of each sorting step: a few cards, all in one column, and none at all (which the bot never sends)."""
    scene = Scene(flow, facts(flow.role), profile)
    for part in flow.parts:
        for step in part.steps:
            if isinstance(step, Sort):
                yield from _mats_of(scene, step)


def _mats_of(scene: Scene, step: Sort) -> Iterator[Shown]:
    points, cards = [point.id for point in scene.flow.scale], [card.id for card in step.cards]
    put: dict[str, dict[str, str]] = {
        "few-cards": dict(zip(cards[:3], points, strict=False)),
        "every-card": {card: points[number % len(points)] for number, card in enumerate(cards)},
        "all-in-one-column": dict.fromkeys(cards, points[0]),
    }
    for name, where in put.items():
        mat = mat_of(scene, step, tuple(Answer(step.id, NOW, card, (point,)) for card, point in where.items()))
        if mat is not None:
            yield Shown(f"{step.id}-{name}", step.id, mat, tuple(mat_words(scene, mat).split("\n")))
    heads = tuple(Column(Tile(point.label, point.picture), ()) for point in scene.flow.scale)
    title = word(scene, Word.MAT)
    yield Shown(f"{step.id}-empty", step.id, Mat(title, heads, scene.profile.look, scene.flow.rtl), (title,))


class _Hall:
    """One script as one person sees it. Every step is stood at directly, whatever has to be said to get there."""

    def __init__(self, flow: Flow, profile: Profile) -> None:
        self._flow, self._known = flow, facts(flow.role, profile)
        self._scene = Scene(flow, self._known, profile, profile_known=False)
        self._blank = ConversationState(
            ConversationId("gallery"), flow.id, flow.version, 1, Place(Spot.QUESTION), profile=profile,
            answers=tuple(_all_not_well(flow)),
        )  # fmt: skip

    def of(self, step: Step) -> Iterator[Shown]:
        match step:
            case Repeat():
                yield from self._repeat(step)
            case Say():
                yield from self._note(step)
            case Sort():
                for card in step.cards:
                    yield from self._question(step, card.id)
            case _:
                yield from self._question(step, "")

    def my_way(self) -> Iterator[Shown]:
        yield from self._shown(Place(Spot.MY_WAY), "my-way", 0)

    def _repeat(self, repeat: Repeat) -> Iterator[Shown]:
        items = items_of(self._scene, repeat, self._blank.answers)
        yield from self._shown(Place(Spot.PICK, repeat.id), repeat.id, 0)
        for inner in repeat.steps:
            if items and not isinstance(inner, Say):
                yield from self._question(inner, items[0].id)

    def _note(self, step: Say) -> Iterator[Shown]:
        board = note_board(self._scene, locate(self._scene, self._blank, Place(Spot.QUESTION, step.id)))
        if board is not None:
            yield Shown(step.id, step.id, board, (board.words,))

    def _question(self, step: PlainStep, item: str) -> Iterator[Shown]:
        name = f"{step.id}.{item}" if item else step.id
        place = Place(Spot.QUESTION, step.id, item)
        options = options_of(self._scene, step)
        for page in range(max(1, pages(self._scene, options))):
            yield from self._shown(place, name if page == 0 else f"{name}-page-{page + 1}", page)
        if options:
            state = replace(self._blank, place=place, answers=())
            board = chosen_board(self._scene, state, Answer(step.id, NOW, item, (options[0].id,)))
            if board is not None:
                yield Shown(f"{name}-chosen", step.id, board)

    def _shown(self, place: Place, name: str, page: int) -> Iterator[Shown]:
        answers = self._blank.answers if place.spot is Spot.PICK else ()
        state = replace(self._blank, place=place, page=page, answers=answers)
        reply = engine.present(self._flow, self._known, state)
        if reply.art is not None:
            buttons = tuple(button.label for row in reply.rows for button in row)
            yield Shown(name, place.step, reply.art, reply.texts, buttons)


def _all_not_well(flow: Flow) -> Iterator[Answer]:
    """Every card on the last point of the scale, so that what is asked about it can be asked."""
    for part in flow.parts:
        for step in part.steps:
            if isinstance(step, Sort) and flow.scale:
                yield from (Answer(step.id, NOW, card.id, (flow.scale[-1].id,)) for card in step.cards)
