"""The parts that a meeting works with: side by side, possible outcomes, next steps. Empty cells are for writing in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from bot.documents.answers import Telling
from bot.documents.page import Block, Cite, Heading, Notice, Table
from conversations.document_words import Family, Phrase
from conversations.script import Heading as Topic
from conversations.side_by_side import Beside, Likeness, side_by_side
from conversations.voices import Entry, Voice

OUTCOMES: Final = (
    Topic.ONE_THING,
    Topic.GOALS,
    Topic.FUTURE_WORK,
    Topic.FUTURE_HOME,
    Topic.FUTURE_COMMUNITY,
    Topic.FUTURE_HEALTH,
)
"""Under what a person says where they want to get to."""
_TO_WRITE: Final = 3
_LONG: Final = 600
"""Letters. More than that would push everybody else off the page; it stands whole in its own part."""


def beside(telling: Telling) -> Iterator[Block]:
    """A table for each thing that somebody spoke about, with a mark that a rule made."""
    digest, words = telling.digest, telling.words
    voices = tuple(each for each in (digest.young_person, *digest.carers) if each.entries)
    found = tuple(side_by_side(voices))
    if not found:
        return
    yield Notice((words.say(Phrase.BESIDE_INTRO), words.say(Phrase.BESIDE_RULE)))
    topic = None
    for each in found:
        if each.heading is not topic:
            topic = each.heading
            yield Heading(2, words.of(Family.HEADING, topic, about=digest.about))
        if each.line is not None:
            by = Phrase.CITED_BY if each.line.by else Phrase.CITED_STAFF
            yield Cite(words.say(Phrase.CITED, text=each.line.text), words.say(by, by=each.line.by))
        heads = tuple(telling.name(voice) for voice in voices)
        cells = tuple(cell_text(telling, entries) for entries in each.said)
        if telling.whole:
            heads, cells = (*heads, words.say(Phrase.BESIDE_SETTING)), (*cells, "")
        yield Table(heads, (cells,), _mark(telling, voices, each))


def outcomes(telling: Telling) -> Iterator[Block]:
    """What the young person wants, with room for a draft: what they can do then, and what others do for it."""
    digest, words = telling.digest, telling.words
    wanted = [each for each in digest.young_person.entries if each.heading in OUTCOMES and _says(each)]
    wanted.sort(key=lambda each: OUTCOMES.index(each.heading or Topic.ONE_THING))
    rows = tuple((cell_text(telling, (each,)), "", "") for each in wanted)
    if rows:
        heads = (Phrase.OUTCOME_WORDS, Phrase.OUTCOME_DRAFT, Phrase.OUTCOME_HELP)
        yield Notice((words.say(Phrase.OUTCOME_INTRO, about=digest.about),))
        yield Table(tuple(words.say(each, about=digest.about) for each in heads), rows)


def next_steps(telling: Telling) -> Iterator[Block]:
    """What people said would help, each with who said it, and room for who does what by when."""
    digest, words = telling.digest, telling.words
    suggested = [
        (cell_text(telling, (entry,)), telling.name(voice), "", "", "", "")
        for voice in (digest.young_person, *digest.carers)
        for entry in voice.entries
        if entry.heading is Topic.BETTER and _says(entry)
    ]
    heads = (
        Phrase.STEP_WHAT,
        Phrase.STEP_FROM,
        Phrase.STEP_WHO,
        Phrase.STEP_WHEN,
        Phrase.STEP_AREA,
        Phrase.STEP_TELL,
    )
    yield Notice((words.say(Phrase.STEP_INTRO),))
    empty = ("",) * len(heads)
    yield Table(tuple(words.say(each, about=digest.about) for each in heads), (*suggested, *([empty] * _TO_WRITE)))


def _says(entry: Entry) -> bool:
    return bool(entry.words or entry.chosen or entry.media)


def cell_text(telling: Telling, entries: Iterable[Entry], *, whole: bool = False) -> str:
    """What was said, in its own words and order: the thing it is about, what was chosen, the words, the marks.

    With `whole` it is the only place of these words: each names its thing, and none is too long.
    """
    return "\n".join(line for entry in entries for line in _lines(telling, entry, whole=whole))


def _lines(telling: Telling, entry: Entry, *, whole: bool) -> Iterator[str]:
    words, said = telling.words, telling.said(telling.digest.young_person, entry)
    about = entry.item if whole or entry.heading in {Topic.BETTER, Topic.GOALS} else ""
    chosen = words.say(Phrase.COMMA).join(each.words for each in said.chosen)
    yield from (each for each in (about, chosen) if each)
    for each in (entry.words, *said.heard):
        if each:
            yield words.say(Phrase.QUOTE, words=each) if whole or len(each) <= _LONG else words.say(Phrase.CELL_LONG)
    yield from (words.of(Family.MEDIA, each.kind) for each in entry.media)
    if said.only:
        yield said.only


def _mark(telling: Telling, voices: tuple[Voice, ...], each: Beside) -> str:
    """In a copy that lacks words, nothing says who else spoke."""
    words = telling.words
    match each.likeness:
        case Likeness.SAME:
            return words.say(Phrase.BESIDE_SAME)
        case Likeness.DIFFERENT:
            return words.say(Phrase.BESIDE_DIFFERENT)
        case Likeness.ONLY_ONE if telling.whole:
            spoke = next(voice for voice, entries in zip(voices, each.said, strict=True) if entries)
            return words.say(Phrase.BESIDE_ONE, name=telling.name(spoke))
        case _:
            return ""
