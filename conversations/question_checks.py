"""What may be wrong with one step: words, easier words, options, refusals, and what a message can carry. Looks only."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from conversations import plain
from conversations.face_checks import Pictures, face_findings, picture_findings
from conversations.findings import Finding, Kind, Place
from conversations.reach import Named, said_in
from conversations.script import ChooseMany, ChooseOne, Does, Question, Records, Repeat, Say, Sort, Tell

MOST_BUBBLES: Final = 2
CAPTION: Final = 1024  # what Telegram carries under a picture, in UTF-16 units
MESSAGE: Final = 4096
FEW_OPTIONS: Final = 6
_LEAD_AWAY: Final = frozenset({Does.STOP, Does.DECLINE, Does.EXPLAIN})


def step_findings(named: Named, known: Pictures) -> Iterator[Finding]:
    """Everything about this step alone."""
    place = named.place
    for text in said_in(named):
        yield from plain.findings(text, place)
    match named.step:
        case Repeat(pick=texts) | Say(texts=texts):
            yield from _size(texts, place)
        case ChooseOne() | ChooseMany() as step:
            yield from _options(step, place)
            yield from face_findings(step.options, place, known)
            yield from _question(step, place, known)
        case Sort() as step:
            yield from face_findings(step.cards, place, known)
            yield from _question(step, place, known)
        case Tell() as step:
            yield from _question(step, place, known)
        case _:
            assert_never(named.step)


def _question(step: Question, place: Place, known: Pictures) -> Iterator[Finding]:
    yield from _size(step.texts, place)
    yield from picture_findings(step.picture, place, known)
    if not step.explain:
        yield Finding(Kind.NO_EXPLAIN, place, "There are no easier words.", "Add 'explain:'.")
    if step.records is None and step.feeds.heading is None:
        yield Finding(Kind.GOES_NOWHERE, place, "The answer goes nowhere.", "Add 'heading:' or 'records:'.")
    if step.records is Records.AGREEMENT and not _can_decline(step):
        what = "Nobody can say no to this question."
        yield Finding(Kind.NO_REFUSAL, place, what, "Add an option with 'does: decline', or take 'records:' out.")


def _can_decline(step: Question) -> bool:
    return isinstance(step, ChooseOne | ChooseMany) and any(option.does is Does.DECLINE for option in step.options)


def _options(step: ChooseOne | ChooseMany, place: Place) -> Iterator[Finding]:
    options = step.options
    content = [option for option in options if option.does is not Does.WORDS]
    if len(content) > FEW_OPTIONS:
        what = f"{len(content)} options need a second page."
        yield Finding(Kind.MANY_OPTIONS, place, what, f"{FEW_OPTIONS} or fewer are easier.")
    if all(option.does in _LEAD_AWAY for option in options):
        yield Finding(Kind.NO_WAY_ON, place, "No option goes on.", "Add one that is an answer.")
    if isinstance(step, ChooseMany) and step.at_most > len(options):
        what = f"'at_most' is {step.at_most}, with {len(options)} options."
        yield Finding(Kind.AT_MOST, place, what, "Make it smaller.")
    if step.feeds.heading is not None and options[-1].does is not Does.WORDS:
        what = "The list does not end with own words."
        yield Finding(Kind.NO_OWN_WORDS, place, what, "End it with 'Something else' (does: words).")


def _size(texts: tuple[str, ...], place: Place) -> Iterator[Finding]:
    if len(texts) > MOST_BUBBLES:
        what = f"{len(texts)} bubbles come at once."
        yield Finding(Kind.MANY_BUBBLES, place, what, f"Keep at most {MOST_BUBBLES}.")
    units = len(plain.filled("\n\n".join(texts)).encode("utf-16-le")) // 2
    if units > MESSAGE:
        what = f"The words have {units} letters. A message holds {MESSAGE}."
        yield Finding(Kind.LONG_MESSAGE, place, what, "Make two steps of it.")
    elif units > CAPTION:
        what = f"The words have {units} letters. Under a picture fit {CAPTION}: it goes alone, the words follow."
        yield Finding(Kind.LONG_CAPTION, place, what, "Say less.")
