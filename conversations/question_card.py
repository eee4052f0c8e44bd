"""How a question looks: words, starting ideas, options in pages, refusals. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from conversations import buttons
from conversations.boards import is_tiled, question_board
from conversations.buttons import Action, Do, button, in_rows
from conversations.checklist import ITEM_LETTERS, REFUSED_WORDS, about_item, given
from conversations.effects import Button, ReadAloud, Reply
from conversations.glossary import hard_words_in
from conversations.locating import face, locate, options_of
from conversations.paging import is_by_number, on_page, pages
from conversations.path import Waypoint, answer_at, route
from conversations.placeholders import used
from conversations.profile import Shows
from conversations.scene import Scene
from conversations.script import ChooseMany, Option, PlainStep, Records, Tell, Way
from conversations.state import Answer, ConversationState, Mark, Place, Refused, Spot
from conversations.wording import clipped, fill, word
from conversations.words import Word

Rows: TypeAlias = tuple[tuple[Button, ...], ...]

LINE_LETTERS = 1200  # of a plan line in its own question
REMINDER_LETTERS = 600  # of what was said before


def question_reply(scene: Scene, state: ConversationState) -> Reply:
    """The present question."""
    point = locate(scene, state, state.place)
    texts = [*_asked(scene, state, point), *_so_far(scene, state)]
    rows = (_options(scene, state, point), _below(scene, state, point), _refusals(scene, point))
    return Reply(
        texts=tuple(texts),
        rows=_with_reading(scene, state, tuple(row for each in rows for row in in_rows(each))),
        mark=Mark(state.id, state.revision),
        progress=progress(scene, state, point),
        art=question_board(scene, state),
    )


def explained(scene: Scene, state: ConversationState) -> Reply:
    """The present question in easier words, with what its hard words mean, and with the same buttons."""
    point = locate(scene, state, state.place)
    reply = question_reply(scene, state)
    easier = point.step.explain if point.step is not None else ()
    filled = tuple(fill(scene, each, **about_item(scene, point, LINE_LETTERS)) for each in easier)
    texts = filled or (*reply.texts, word(scene, Word.NO_EXPLAIN))
    meanings = "\n".join(_meanings(scene, point.step)) if point.step is not None else ""
    return replace(reply, texts=(*texts, meanings) if meanings else texts, progress="")


def asks_for_words(scene: Scene, state: ConversationState) -> Reply:
    """After "Something else": own words, a refusal, or back to the options."""
    rows = in_rows(_refusals(scene, locate(scene, state, state.place)))
    back = (button(word(scene, Word.BACK), Do(Action.BACK)),)
    return Reply((word(scene, Word.OWN_WORDS),), (*rows, back), Mark(state.id, state.revision))


def refreshed(scene: Scene, state: ConversationState) -> Reply:
    """The present question for the message that shows it already: its picture stays."""
    return replace(question_reply(scene, state), art=None)


def told(scene: Scene, state: ConversationState, texts: tuple[str, ...]) -> Reply:
    """Other words over the present question's buttons."""
    return Reply(texts, question_reply(scene, state).rows, Mark(state.id, state.revision))


def progress(scene: Scene, state: ConversationState, point: Waypoint) -> str:
    """As in "Part 2 of 5"; empty in the short way, in the opening, and where there is only one part."""
    if state.way is Way.SHORT or point.part.opening:
        return ""
    parts = list(dict.fromkeys(each.part.id for each in route(scene, state.way, state.answers) if each.rests))
    counted = [each.id for each in scene.flow.parts if each.id in parts and not each.opening]
    if len(counted) < 2 or point.part.id not in counted:
        return ""
    number = str(counted.index(point.part.id) + 1)
    title = fill(scene, point.part.title)
    return word(scene, Word.PROGRESS, part=number, parts=str(len(counted)), item=title)


def takes_refusals(point: Waypoint) -> bool:
    """To agree is no view: it is agreed, or another way is found."""
    return point.step is not None and point.step.records is not Records.AGREEMENT


def reading(scene: Scene, place: Place) -> ReadAloud | None:
    """The recording of this question: that of its item, else that of its step; None where nobody made one."""
    if f"{place.step}.{place.item}" in scene.facts.read_aloud:
        return ReadAloud(place.step, place.item)
    return ReadAloud(place.step) if place.step in scene.facts.read_aloud else None


def _asked(scene: Scene, state: ConversationState, point: Waypoint) -> list[str]:
    step = point.step
    more = about_item(scene, point, LINE_LETTERS)
    if state.place.spot is Spot.PICK:
        more["count"] = str(len(options_of(scene, step)))
    brief = scene.profile.shows is Shows.PICTURES and step is not None and step.records is None
    texts = [fill(scene, each, **more) for each in (_needed(point.texts) if brief else point.texts)]
    texts += _list(scene, state, point)
    if isinstance(step, Tell) and not brief:
        if step.prompts:
            ideas = [word(scene, Word.IDEA, item=fill(scene, each, **more)) for each in step.prompts]
            texts.append("\n".join([word(scene, Word.IDEAS), *ideas]))
        texts.append(word(scene, Word.HOW_TO_ANSWER))
    return texts


def _needed(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The question, and what names someone or something: who wrote it or who reads it may never be left out."""
    *before, question = texts
    return (*(each for each in before if used(each)), question)


def _meanings(scene: Scene, step: PlainStep) -> Iterable[str]:
    """A line for each hard word that this step uses."""
    labels = (option.label for option in options_of(scene, step))
    said = "\n".join((*step.texts, *labels, *step.explain))
    hard = hard_words_in(said, tuple(scene.flow.glossary))
    return (word(scene, Word.MEANING, item=scene.flow.glossary[each]) for each in hard)


def _so_far(scene: Scene, state: ConversationState) -> list[str]:
    """What was said here before, and words that wait for Done."""
    texts: list[str] = []
    answer = answer_at(state.answers, state.place)
    if answer is not None:
        earlier = clipped(", ".join(said_short(scene, state, answer)), REMINDER_LETTERS)
        texts.append(word(scene, Word.SAID_BEFORE, chosen=earlier))
    if state.draft.words and (answer is None or answer.words != state.draft.words):
        texts.append(word(scene, Word.YOUR_WORDS, chosen=clipped(state.draft.words, REMINDER_LETTERS)))
    return texts


def said_short(scene: Scene, state: ConversationState, answer: Answer) -> list[str]:
    """What was given, on one line each; of a pick, the things picked."""
    if state.place.spot is not Spot.PICK:
        return given(scene, state, answer)
    options = options_of(scene, locate(scene, state, state.place).step)
    picked = [clipped(face(scene, option), ITEM_LETTERS) for option in options if option.id in answer.choices]
    return picked or given(scene, state, Answer(answer.step, answer.at, refused=answer.refused))


def _list(scene: Scene, state: ConversationState, point: Waypoint) -> list[str]:
    """Things to pick that are too long for a button, of this page, quoted with who wrote them."""
    known = {line.id: line for line in (*scene.facts.plan_lines, *scene.facts.goals)}
    options = options_of(scene, point.step)
    if not is_by_number(state, options):
        return []
    shown = []
    for number, option in on_page(scene, state, options):
        line = known.get(option.id)
        text = clipped(option.label, ITEM_LETTERS)
        quoted = word(scene, Word.QUOTE, item=text, by=line.by) if line is not None and line.by else text
        shown.append(word(scene, Word.LISTED, count=str(number), item=quoted))
    return ["\n".join(shown)]


def _options(scene: Scene, state: ConversationState, point: Waypoint) -> list[Button]:
    options = options_of(scene, point.step)
    many = isinstance(point.step, ChooseMany)
    shown = []
    for number, option in on_page(scene, state, options):
        label = _label(scene, state, options, number)
        ticked = option.id in state.draft.ticks
        if many and option.does is None:
            code: buttons.Code = buttons.Tick(option.id, not ticked)
        else:
            code = buttons.Choose(option.id)
        shown.append(button(f"{word(scene, Word.TICKED)} {label}" if ticked else label, code))
    return shown


def _label(scene: Scene, state: ConversationState, options: tuple[Option, ...], number: int) -> str:
    """What a button says: the number that the list or the board has for it, and its name where that fits."""
    if is_by_number(state, options):
        return str(number)
    shown = face(scene, options[number - 1])
    return f"{number} {shown}" if is_tiled(scene, state, options) else shown


def _below(scene: Scene, state: ConversationState, point: Waypoint) -> list[Button]:
    options = options_of(scene, point.step)
    shown = []
    if (count := pages(scene, options)) > 1:
        shown.append(button(word(scene, Word.MORE), buttons.Turned((state.page + 1) % count)))
    if isinstance(point.step, ChooseMany):
        shown.append(button(word(scene, Word.DONE), Do(Action.DONE)))
    if answer_at(state.answers, state.place) is not None:
        shown.append(button(word(scene, Word.KEEP_ANSWER), Do(Action.KEEP_ANSWER)))
    return shown


def _with_reading(scene: Scene, state: ConversationState, rows: Rows) -> Rows:
    """With the button that has the question read: first for those who like to be read to, else last."""
    if reading(scene, state.place) is None:
        return rows
    read = (button(word(scene, Word.READ_TO_ME), Do(Action.READ)),)
    return (read, *rows) if scene.profile.reading_help else (*rows, read)


def _refusals(scene: Scene, point: Waypoint) -> list[Button]:
    if not takes_refusals(point):
        return []
    return [button(word(scene, REFUSED_WORDS[refused]), buttons.Refuse(refused)) for refused in Refused]
