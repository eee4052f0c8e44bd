"""The check screen's words: every answer by part, numbered, verbatim. Shows; changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from conversations.asides import confirmed
from conversations.locating import item_words, labels_of, locate
from conversations.media_menu import numbered
from conversations.path import Waypoint, answer_at, is_pick, place_of, route
from conversations.readers import PROFESSIONAL_ONLY
from conversations.scene import Scene
from conversations.script import Part, Records
from conversations.state import Answer, Audience, ConversationState, MediaKind, Others, Place, PlanLine, Refused, Spot
from conversations.wording import clipped, fill, word
from conversations.words import Word

MOST_LETTERS = 3500  # of one message; Telegram carries 4096, and the intro and the buttons' words want room
ITEM_LETTERS = 300  # of a plan line inside a question, wherever it only names the item
_STEERING = frozenset({Records.AGREEMENT, Records.WAY, Records.SAFE_HERE})  # the last: others may see this phone

REFUSED_WORDS = {
    Refused.DONT_KNOW: Word.DONT_KNOW,
    Refused.SKIP: Word.SKIP,
    Refused.RATHER_NOT: Word.RATHER_NOT,
}
_MEDIA_WORDS = {
    MediaKind.VOICE: Word.ENTRY_VOICE,
    MediaKind.PHOTO: Word.ENTRY_PHOTO,
    MediaKind.VIDEO: Word.ENTRY_VIDEO,
}
_OTHERS_WORDS = {
    Others.YES: Word.ENTRY_OTHERS_YES,
    Others.NO: Word.ENTRY_OTHERS_NO,
    Others.DONT_KNOW: Word.ENTRY_OTHERS_DONT_KNOW,
}


def listed(scene: Scene, state: ConversationState) -> tuple[Answer, ...]:
    """The answers as the check screen numbers them: in the order of the script, then those that no longer fit."""
    return tuple(answer for answer in in_order(scene, state) if _is_shown(scene, state, answer))


def in_order(scene: Scene, state: ConversationState) -> tuple[Answer, ...]:
    """All answers but picks: in path order, then what only the other way asks, then what was kept."""
    met: dict[tuple[str, str], Answer] = {}
    for way in sorted(type(state.way), key=lambda each: each is not state.way):
        for point in route(scene, way, state.answers):
            answer = answer_at(state.answers, point.place) if point.step is not None else None
            if answer is not None:
                met.setdefault((answer.step, answer.item), answer)
    for answer in state.answers:
        met.setdefault((answer.step, answer.item), answer)
    return tuple(answer for answer in met.values() if not is_pick(scene.flow, answer))


def entry(scene: Scene, state: ConversationState, answer: Answer, number: str = "") -> str:
    """One answer: its question, what was given, and who may read it."""
    point = locate(scene, state, place_of(scene.flow, answer))
    asked = question_words(scene, point)
    lines = [word(scene, Word.ENTRY, count=number, item=asked) if number else asked]
    lines += given(scene, state, answer)
    if answer.audience is Audience.ONLY_PROFESSIONAL or is_always_private(point):
        lines.append(word(scene, Word.ENTRY_ONLY))
    if place_of(scene.flow, answer) in state.kept_orphans:
        lines.append(word(scene, Word.NO_LONGER_ASKED))
    return "\n".join(lines)


def is_always_private(point: Waypoint) -> bool:
    """Whether answers here go to the named professional only, whatever their owner chooses."""
    return point.step is not None and point.step.feeds.heading in PROFESSIONAL_ONLY


def given(scene: Scene, state: ConversationState, answer: Answer) -> list[str]:
    """What was given, a line for each kind of it. Words stand exactly as they were typed."""
    lines: list[str] = []
    if answer.choices:
        lines.append(", ".join(labels_of(scene, state, answer)))
    if answer.words:
        lines.append(word(scene, Word.ENTRY_WORDS, item=answer.words))
    lines += _media_lines(scene, answer)
    if answer.refused is not None:
        lines.append(word(scene, REFUSED_WORDS[answer.refused]))
    return lines


def _media_lines(scene: Scene, answer: Answer) -> Iterator[str]:
    """Each voice, photo and video, with what was heard in it; then who is in the photos."""
    heard = {each.media: each.text for each in confirmed(answer)}
    for media, count in numbered(answer):
        kind = word(scene, _MEDIA_WORDS[media.kind])
        yield word(scene, Word.ENTRY_NUMBERED, item=kind, count=count) if count else kind
        if media.id in heard:
            yield word(scene, Word.ENTRY_HEARD, item=heard[media.id])
    if answer.others is not None:
        yield word(scene, _OTHERS_WORDS[answer.others])


def question_words(scene: Scene, point: Waypoint) -> str:
    """The question itself: the last sentence of its step."""
    return fill(scene, point.step.texts[-1], **about_item(scene, point, ITEM_LETTERS)) if point.step is not None else ""


def about_item(scene: Scene, point: Waypoint, most: int) -> dict[str, str]:
    """The placeholders of an item."""
    writer = point.item.by if isinstance(point.item, PlanLine) else ""
    return {"item": clipped(item_words(point.item), most), "by": writer or word(scene, Word.SOMEONE)}


def check_messages(scene: Scene, state: ConversationState) -> tuple[str, ...]:
    """The whole check screen as messages that each fit; the last one carries the buttons."""
    answers = listed(scene, state)
    if not answers:
        return (word(scene, Word.CHECK_EMPTY),)
    blocks = [word(scene, Word.CHECK_INTRO), *_blocks(scene, state, answers), word(scene, Word.CHECK_OUTRO)]
    return tuple(packed(blocks))


def packed(blocks: Iterable[str]) -> Iterator[str]:
    """Blocks joined by blank lines into messages of at most `MOST_LETTERS`; a longer block is cut, and nothing lost."""
    message = ""
    for block in blocks:
        for piece in _pieces(block):
            if message and len(message) + 2 + len(piece) > MOST_LETTERS:
                yield message
                message = piece
            else:
                message = f"{message}\n\n{piece}" if message else piece
    yield message


def _pieces(block: str) -> Iterator[str]:
    for start in range(0, len(block), MOST_LETTERS):
        yield block[start : start + MOST_LETTERS]


def _blocks(scene: Scene, state: ConversationState, answers: tuple[Answer, ...]) -> Iterator[str]:
    present: Part | None = None
    for number, answer in enumerate(answers, 1):
        part = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item)).part
        if part is not present and part.title:
            yield fill(scene, part.title)
        present = part
        yield entry(scene, state, answer, str(number))


def _is_shown(scene: Scene, state: ConversationState, answer: Answer) -> bool:
    step = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item)).step
    return step is None or step.records not in _STEERING or bool(answer.words or answer.media)
