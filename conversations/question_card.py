"""How a question looks: words, starting ideas, options in pages, refusals. Pure."""

from __future__ import annotations

from conversations import buttons
from conversations.buttons import Action, Do, button, in_rows
from conversations.checklist import ITEM_LETTERS, REFUSED_WORDS, about_item, given
from conversations.effects import Button, Reply
from conversations.locating import face, locate, options_of
from conversations.path import Waypoint, answer_at, route
from conversations.scene import Scene
from conversations.script import ChooseMany, Does, Option, Records, Tell, Way
from conversations.state import Answer, ConversationState, Mark, Refused, Spot
from conversations.wording import clipped, fill, word
from conversations.words import Word

PAGE = 6  # options, or numbers of the check screen, at once
LINE_LETTERS = 1200  # of a plan line in its own question
REMINDER_LETTERS = 600  # of what was said before
LABEL_LETTERS = 30  # of a thing to pick; longer ones are listed and picked by number


def question_reply(scene: Scene, state: ConversationState) -> Reply:
    """The present question."""
    point = locate(scene, state, state.place)
    texts = [*_asked(scene, state, point), *_so_far(scene, state)]
    rows = in_rows(_options(scene, state, point))
    refusals = in_rows(_refusals(scene, point))
    below = in_rows(_below(scene, state, point))
    return Reply(
        texts=tuple(texts),
        rows=(*rows, *below, *refusals),
        mark=Mark(state.id, state.revision),
        picture=point.picture,
        progress=progress(scene, state, point),
    )


def explained(scene: Scene, state: ConversationState) -> Reply:
    """The present question in easier words, with the same buttons."""
    point = locate(scene, state, state.place)
    reply = question_reply(scene, state)
    easier = point.step.explain if point.step is not None else ()
    filled = tuple(fill(scene, each, **about_item(scene, point, LINE_LETTERS)) for each in easier)
    texts = filled or (*reply.texts, word(scene, Word.NO_EXPLAIN))
    return Reply(texts, reply.rows, reply.mark, reply.picture)


def asks_for_words(scene: Scene, state: ConversationState) -> Reply:
    """After "Something else": own words, a refusal, or back to the options."""
    rows = in_rows(_refusals(scene, locate(scene, state, state.place)))
    back = (button(word(scene, Word.BACK), Do(Action.BACK)),)
    return Reply((word(scene, Word.OWN_WORDS),), (*rows, back), Mark(state.id, state.revision))


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


def _asked(scene: Scene, state: ConversationState, point: Waypoint) -> list[str]:
    step = point.step
    more = about_item(scene, point, LINE_LETTERS)
    if state.place.spot is Spot.PICK:
        more["count"] = str(len(options_of(scene, step)))
    texts = [fill(scene, each, **more) for each in point.texts]
    texts += _list(scene, state, point)
    if isinstance(step, Tell):
        if step.prompts:
            ideas = [word(scene, Word.IDEA, item=fill(scene, each, **more)) for each in step.prompts]
            texts.append("\n".join([word(scene, Word.IDEAS), *ideas]))
        texts.append(word(scene, Word.HOW_TO_ANSWER))
    return texts


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
    picked = [clipped(face(option), ITEM_LETTERS) for option in options if option.id in answer.choices]
    return picked or given(scene, state, Answer(answer.step, answer.at, refused=answer.refused))


def _list(scene: Scene, state: ConversationState, point: Waypoint) -> list[str]:
    """Things to pick that are too long for a button, of this page, quoted with who wrote them."""
    known = {line.id: line for line in (*scene.facts.plan_lines, *scene.facts.goals)}
    options = options_of(scene, point.step)
    if state.place.spot is not Spot.PICK or not _by_number(options):
        return []
    shown = []
    for number, option in _page(state, options):
        line = known.get(option.id)
        text = clipped(option.label, ITEM_LETTERS)
        quoted = word(scene, Word.QUOTE, item=text, by=line.by) if line is not None and line.by else text
        shown.append(word(scene, Word.LISTED, count=str(number), item=quoted))
    return ["\n".join(shown)]


def _by_number(options: tuple[Option, ...]) -> bool:
    return any(len(option.label) > LABEL_LETTERS for option in options)


def _page(state: ConversationState, options: tuple[Option, ...]) -> list[tuple[int, Option]]:
    """The options of the present page with their numbers from 1; "Something else" stands on every page."""
    numbered = list(enumerate(options, 1))
    content = [each for each in numbered if each[1].does is not Does.WORDS]
    always = [each for each in numbered if each[1].does is Does.WORDS]
    return content[state.page * PAGE : (state.page + 1) * PAGE] + always


def pages(options: tuple[Option, ...]) -> int:
    """How many pages these options fill."""
    return -(-sum(option.does is not Does.WORDS for option in options) // PAGE)


def _options(scene: Scene, state: ConversationState, point: Waypoint) -> list[Button]:
    options = options_of(scene, point.step)
    many = isinstance(point.step, ChooseMany)
    by_number = state.place.spot is Spot.PICK and _by_number(options)
    shown = []
    for number, option in _page(state, options):
        label = str(number) if by_number else face(option)
        ticked = option.id in state.draft.ticks
        if many and option.does is None:
            code: buttons.Code = buttons.Tick(option.id, not ticked)
        else:
            code = buttons.Choose(option.id)
        label = f"{word(scene, Word.TICKED)} {label}" if ticked else label
        shown.append(button(label, code, option.picture))
    return shown


def _below(scene: Scene, state: ConversationState, point: Waypoint) -> list[Button]:
    options = options_of(scene, point.step)
    shown = []
    if pages(options) > 1:
        shown.append(button(word(scene, Word.MORE), buttons.Turned((state.page + 1) % pages(options))))
    if isinstance(point.step, ChooseMany):
        shown.append(button(word(scene, Word.DONE), Do(Action.DONE)))
    if answer_at(state.answers, state.place) is not None:
        shown.append(button(word(scene, Word.KEEP_ANSWER), Do(Action.KEEP_ANSWER)))
    return shown


def _refusals(scene: Scene, point: Waypoint) -> list[Button]:
    if not takes_refusals(point):
        return []
    return [button(word(scene, REFUSED_WORDS[refused]), buttons.Refuse(refused)) for refused in Refused]
