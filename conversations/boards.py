"""What is drawn beside the words: the board of a question, the card of a note, the mat. Values only; draws nothing.

Every word on them also stands as text in the message that carries them.
"""

from __future__ import annotations

from collections.abc import Iterable

from conversations.art import Board, Column, Mat, Tile
from conversations.checklist import about_item
from conversations.locating import item_words, locate, options_of
from conversations.paging import is_by_number, on_page
from conversations.path import Waypoint
from conversations.placeholders import used
from conversations.profile import Shows
from conversations.scene import Scene
from conversations.script import Option, Sort
from conversations.state import Answer, ConversationState, Spot
from conversations.wording import fill, shortened, word
from conversations.words import Word

WORDS_LETTERS = 220  # of a question on a board; the text below says all of it
ITEM_LETTERS = 130  # of a plan line on a board, so that the question itself has room beside it
WIDE, NARROW = 3, 2  # columns: the points of the scale stand side by side


def has_boards(scene: Scene) -> bool:
    """Whether this person likes pictures beside the words."""
    return scene.profile.shows is not Shows.WORDS


def is_tiled(scene: Scene, state: ConversationState, options: tuple[Option, ...]) -> bool:
    """Whether these options stand on a board, so that their buttons carry its numbers."""
    return has_boards(scene) and bool(options) and not is_by_number(state, options)


def question_board(scene: Scene, state: ConversationState) -> Board | None:
    """The board of the present question: its words, its picture, the choices of this page; None for words alone."""
    return _board(scene, state, frozenset()) if has_boards(scene) else None


def chosen_board(scene: Scene, state: ConversationState, answer: Answer) -> Board | None:
    """The same board with what was chosen marked; None where nothing on it was. It is what one person said."""
    options = options_of(scene, locate(scene, state, state.place).step)
    chosen = frozenset(option.id for option in options if option.id in answer.choices)
    return _board(scene, state, chosen) if chosen and is_tiled(scene, state, options) else None


def note_board(scene: Scene, point: Waypoint) -> Board | None:
    """The card of something that is only said: its words and its picture."""
    if not has_boards(scene) or point.picture is None:
        return None
    return Board(
        _words(scene, point, {}),
        point.picture,
        look=scene.profile.look,
        rtl=scene.flow.rtl,
        reusable=_is_for_anyone(point),
    )


def mats(scene: Scene, state: ConversationState) -> tuple[tuple[Mat, str], ...]:
    """The finished mats with their words: one for each sorting step where a card lies."""
    if not has_boards(scene):
        return ()
    steps = (step for part in scene.flow.parts for step in part.steps)
    drawn = (mat_of(scene, step, state.answers) for step in steps if isinstance(step, Sort))
    return tuple((mat, mat_words(scene, mat)) for mat in drawn if mat is not None)


def mat_of(scene: Scene, step: Sort, answers: Iterable[Answer]) -> Mat | None:
    """The cards of this step where the person put them, in the order of the script; None when none lies.

    Never a step or a card that is marked as a matter of safety (decision 6), nor one answered in words alone.
    """
    put = {answer.item: answer.choices for answer in answers if answer.step == step.id and not step.safety}
    columns = tuple(
        Column(
            Tile(point.label, point.picture),
            tuple(
                Tile(card.label, card.picture)
                for card in step.cards
                if not card.safety and point.id in put.get(card.id, ())
            ),
        )
        for point in scene.flow.scale
    )
    if not any(column.cards for column in columns):
        return None
    return Mat(word(scene, Word.MAT), columns, scene.profile.look, scene.flow.rtl)


def mat_words(scene: Scene, mat: Mat) -> str:
    """What a mat holds, in words: a line for each column that has a card."""
    lines = (
        word(scene, Word.MAT_COLUMN, item=column.head.label, chosen=", ".join(card.label for card in column.cards))
        for column in mat.columns
        if column.cards
    )
    return "\n".join([mat.title, *lines])


def _board(scene: Scene, state: ConversationState, chosen: frozenset[str]) -> Board:
    point = locate(scene, state, state.place)
    options = options_of(scene, point.step)
    more = {"count": str(len(options))} if state.place.spot is Spot.PICK else {}
    return Board(
        words=_words(scene, point, more),
        picture=point.picture,
        tiles=_tiles(scene, state, options, chosen),
        columns=WIDE if _is_scale(scene, options) else NARROW,
        look=scene.profile.look,
        rtl=scene.flow.rtl,
        reusable=not chosen and state.place.spot is Spot.QUESTION and _is_for_anyone(point),
    )


def _tiles(
    scene: Scene, state: ConversationState, options: tuple[Option, ...], chosen: frozenset[str]
) -> tuple[Tile, ...]:
    """The options of this page; a board that marks what was chosen has all of that, from other pages too."""
    if not is_tiled(scene, state, options):
        return ()
    here = {option.id for _, option in on_page(scene, state, options)} | chosen
    return tuple(
        Tile(option.label, option.picture, number, chosen=option.id in chosen)
        for number, option in enumerate(options, 1)
        if option.id in here
    )


def _words(scene: Scene, point: Waypoint, more: dict[str, str]) -> str:
    """The question itself, which is the last text of its step."""
    about = about_item(scene, point, ITEM_LETTERS) | {"item": shortened(item_words(point.item), ITEM_LETTERS)}
    return shortened(fill(scene, point.texts[-1], **(about | more)), WORDS_LETTERS)


def _is_scale(scene: Scene, options: tuple[Option, ...]) -> bool:
    points = tuple(point.id for point in scene.flow.scale)
    return bool(points) and tuple(option.id for option in options[: len(points)]) == points


def _is_for_anyone(point: Waypoint) -> bool:
    """Whether the words are the same for everyone: no name, no date, nothing of this person's plan or answers."""
    return used(point.texts[-1]) <= ({"item"} if isinstance(point.step, Sort) else set())
