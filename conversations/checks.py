"""Every reason a script should not ship: structure, limits, plain language, pictures. Looks; mends nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from conversations import pictures, plain
from conversations.plain import Finding, Severity
from conversations.reach import Named, named_steps, reach_findings
from conversations.roles import role_findings
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Does,
    Flow,
    Option,
    Picture,
    Question,
    Repeat,
    Role,
    Say,
    Sort,
    Tell,
)

GRADES = {Role.YOUNG_PERSON: 4.0, Role.CARER: 6.0}
"""The Flesch-Kincaid grade that a script of this role must not pass."""

MOST_BUBBLES = 2
MOST_LETTERS = 512  # half of what Telegram carries under a picture: names, quoted lines and progress come to it
PAGE = 6


def findings(flow: Flow) -> tuple[Finding, ...]:
    """Everything about this script that must not ship (findings) or is worth a second look (warnings)."""
    found: list[Finding] = []
    for step in named_steps(flow):
        found += _step(step)
    for part in flow.parts:
        found += plain.findings(part.title, f"{flow.id}, part {part.id}")
    found += [each for point in flow.scale for each in _picture(point.picture, f"{flow.id}, scale {point.id}")]
    return (*found, *reach_findings(flow), *role_findings(flow), *_grade(flow))


def word_findings(words: Mapping[str, str]) -> tuple[Finding, ...]:
    """Everything about the words that belong to no step that is hard to read."""
    return tuple(each for key, text in words.items() for each in plain.findings(text, f"word {key}"))


def grade(flow: Flow) -> float:
    """The reading grade of everything the script says and explains, without labels. Only about right."""
    return plain.grade(text for step in named_steps(flow) for text in _said(step))


def _said(step: Named) -> tuple[str, ...]:
    match step.step:
        case Repeat(pick=pick):
            return pick
        case plain_step:
            return (*plain_step.texts, *plain_step.explain)


def _grade(flow: Flow) -> Iterator[Finding]:
    figure, limit = grade(flow), GRADES[flow.role]
    if figure > limit:
        yield _finding(flow.id, f"The reading grade is {figure:.1f}, above {limit:.0f}.", "Use shorter words.")


def _step(named: Named) -> Iterator[Finding]:
    where = named.where
    for text in _said(named):
        yield from plain.findings(text, where)
    match named.step:
        case Repeat(pick=pick):
            yield from _bubbles(pick, where)
        case Say(texts=texts):
            yield from _bubbles(texts, where)
        case ChooseOne() | ChooseMany() as step:
            yield from _options(step, where)
            yield from _question(step, where)
        case Sort() as step:
            yield from _faces(step.cards, where)
            yield from _question(step, where)
        case Tell() as step:
            yield from (each for prompt in step.prompts for each in plain.findings(prompt, where))
            yield from _question(step, where)
        case _:
            assert_never(named.step)


def _question(step: Question, where: str) -> Iterator[Finding]:
    yield from _bubbles(step.texts, where)
    yield from _picture(step.picture, where)
    if not step.explain:
        yield _finding(where, "There are no easier words.", "Add 'explain:'.")
    if step.records is None and step.feeds.heading is None:
        yield _finding(where, "The answer goes nowhere.", "Add 'heading:' or 'records:'.")


def _options(step: ChooseOne | ChooseMany, where: str) -> Iterator[Finding]:
    options = step.options
    yield from _faces(options, where)
    content = [option for option in options if option.does is not Does.WORDS]
    if len(content) > PAGE:
        yield _warning(where, f"{len(content)} options need a second page.", f"{PAGE} or fewer are easier.")
    if all(option.does in {Does.STOP, Does.DECLINE, Does.EXPLAIN} for option in options):
        yield _finding(where, "No option goes on.", "Add one that is an answer.")
    if isinstance(step, ChooseMany) and step.at_most > len(options):
        yield _finding(where, f"'at_most' is {step.at_most}, with {len(options)} options.", "Make it smaller.")
    if step.feeds.heading is not None and options[-1].does is not Does.WORDS:
        yield _finding(where, "The list does not end with own words.", "End it with 'Something else' (does: words).")


def _faces(things: tuple[Option, ...] | tuple[Card, ...], where: str) -> Iterator[Finding]:
    """Labels, emoji and pictures. Two alike in one list could not be told apart when they are typed."""
    for thing in things:
        yield from plain.findings(thing.label, f"{where}, {thing.id}")
        yield from _picture(thing.picture, f"{where}, {thing.id}")
    for kind, values in (
        ("label", [thing.label.casefold() for thing in things]),
        ("emoji", [thing.emoji for thing in things if thing.emoji]),
    ):
        for value in sorted({each for each in values if values.count(each) > 1}):
            yield _finding(where, f"Two have the {kind} '{value}'.", "Make them different.")


def _picture(picture: Picture | None, where: str) -> Iterator[Finding]:
    if picture is None:
        yield _finding(where, "There is no picture.", "Add 'picture:' and 'alt:'.")
        return
    if not pictures.exists(picture.name):
        yield _finding(where, f"There is no picture '{picture.name}'.", "Look up its code on openmoji.org.")
    yield from plain.findings(picture.alt, where)


def _bubbles(texts: tuple[str, ...], where: str) -> Iterator[Finding]:
    if len(texts) > MOST_BUBBLES:
        yield _finding(where, f"{len(texts)} bubbles come at once.", f"Keep at most {MOST_BUBBLES}.")
    if len("\n\n".join(texts)) > MOST_LETTERS:
        yield _finding(where, "The words are too long for a picture.", f"Keep to {MOST_LETTERS} letters.")


def _finding(where: str, what: str, remedy: str) -> Finding:
    return Finding(Severity.FINDING, where, what, remedy)


def _warning(where: str, what: str, remedy: str) -> Finding:
    return Finding(Severity.WARNING, where, what, remedy)
