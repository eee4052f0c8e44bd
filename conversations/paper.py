"""What was written on paper, checked against the script, as answers that say who typed them in (decision 9).

Nothing is guessed or mended: what does not fit comes back as a problem, all of them at once. Stores nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeAlias

from conversations.matching import cleaned
from conversations.script import Does, Flow, Option, Records
from conversations.sheet import Line, Room, lines
from conversations.state import Answer, Audience, Means, Refused, ReviewFacts

OPTIONS_SHOWN: Final = 40  # of what was keyed, in a problem: enough to find it again


class Wrong(StrEnum):
    """Why something keyed in is no answer to this script."""

    UNKNOWN = "unknown"
    NEEDS_ITEM = "needs_item"
    TWICE = "twice"
    NO_OPTIONS = "no_options"
    NO_SUCH_OPTION = "no_such_option"
    OPTION_TWICE = "option_twice"
    ONLY_ONE = "only_one"
    TOO_MANY = "too_many"
    CHAT_ONLY = "chat_only"
    NO_WORDS = "no_words"
    NO_SUCH_REFUSAL = "no_such_refusal"
    REFUSED_AND_CHOSE = "refused_and_chose"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Keyed:
    """One question as it was typed in: `where` is `step` or `step.item`, `choices` are numbers from 1 or ids.

    `row` is where it stands in the file, for problems. `only`: for the named professional alone, as ticked on paper.
    """

    where: str
    choices: tuple[str, ...] = field(default=(), repr=False)
    words: str = field(default="", repr=False)
    refused: str = field(default="", repr=False)
    only: bool = False
    row: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether the person left this question empty."""
        return not (self.choices or self.words.strip() or self.refused.strip())


@dataclass(frozen=True, slots=True)
class Problem:
    """What does not fit, where, and what may have been meant: the nearest id, or the numbers there are."""

    row: int
    where: str
    wrong: Wrong
    given: str = field(default="", repr=False)
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """Who typed it in, the day written on the paper (aware UTC), and whether the person looked at what was typed."""

    by: str = field(repr=False)
    at: datetime
    checked: bool


@dataclass(frozen=True, slots=True)
class Read:
    """Everything fits: the answers in the order of the script. `share` is None where that question was left empty."""

    answers: tuple[Answer, ...] = field(repr=False)
    share: bool | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """Something does not fit, so nothing is taken: every problem, in the order of the rows."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    choices: tuple[str, ...]
    refused: Refused | None


_Found: TypeAlias = _Given | list[Problem]


def read(flow: Flow, facts: ReviewFacts, keyed: Sequence[Keyed], typing: Typing) -> Read | Unfit:
    """The answers that were written on paper, or everything that does not fit the script."""
    known = {line.where: line for line in lines(flow, facts)}
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    for each in keyed:
        line = known.get(each.where)
        if line is None:
            problems.append(_unknown(each, known))
        elif not each.is_empty:
            given = _given(flow, line, each)
            if isinstance(given, list):
                problems += given
            elif line.where in found:
                problems.append(Problem(each.row, each.where, Wrong.TWICE))
            else:
                found[line.where] = _answer(line, each, given, typing)
    if not found and not problems:
        problems.append(Problem(0, "", Wrong.NOTHING))
    if problems:
        return Unfit(tuple(problems))
    ordered = tuple(found[where] for where in known if where in found)
    return Read(_with_helpers(known.values(), ordered), _share(known.values(), ordered))


def faults(flow: Flow, line: Line, keyed: Keyed) -> tuple[Problem, ...]:
    """What is wrong with one question as it was typed in; nothing when it was left empty."""
    given = _Given((), None) if keyed.is_empty else _given(flow, line, keyed)
    return tuple(given) if isinstance(given, list) else ()


def _unknown(keyed: Keyed, known: Mapping[str, Line]) -> Problem:
    step = keyed.where.strip().rstrip(".")  # on paper a gap can follow, where the person wrote which one
    example = next((line.where for line in known.values() if line.step == step and line.item), "")
    if example:
        return Problem(keyed.row, keyed.where, Wrong.NEEDS_ITEM, nearest=example)
    nearest = get_close_matches(keyed.where.strip().casefold(), known, 1)
    return Problem(keyed.row, keyed.where, Wrong.UNKNOWN, nearest=nearest[0] if nearest else "")


def _given(flow: Flow, line: Line, keyed: Keyed) -> _Found:
    problems: list[Problem] = []
    chosen = [_option(line, keyed, token, problems) for token in keyed.choices]
    choices = tuple(option.id for option in chosen if option is not None)
    refused = _refusal(flow, keyed.refused)
    most = str(line.at_most or "")
    problems += [Problem(keyed.row, keyed.where, wrong, nearest=most) for wrong in _misfits(line, keyed, choices)]
    if keyed.refused.strip() and refused is None:
        names = ", ".join(Refused)
        problems.append(Problem(keyed.row, keyed.where, Wrong.NO_SUCH_REFUSAL, _clip(keyed.refused), names))
    return problems or _Given(choices, refused)


def _misfits(line: Line, keyed: Keyed, choices: Sequence[str]) -> Iterator[Wrong]:
    if keyed.choices and keyed.refused.strip():
        yield Wrong.REFUSED_AND_CHOSE
    if keyed.words.strip() and not line.has_words:
        yield Wrong.NO_WORDS
    if len(set(choices)) < len(choices):
        yield Wrong.OPTION_TWICE
    elif line.room is Room.ONE and len(choices) > 1:
        yield Wrong.ONLY_ONE
    elif line.room is Room.MANY and 0 < line.at_most < len(choices):
        yield Wrong.TOO_MANY


def _option(line: Line, keyed: Keyed, token: str, problems: list[Problem]) -> Option | None:
    """The option of this number or id; what is none, or is no answer, is added to the problems."""
    given = token.strip()
    if not line.options:
        problems.append(Problem(keyed.row, keyed.where, Wrong.NO_OPTIONS, _clip(given)))
        return None
    option = _named(line.options, given)
    if option is None:
        problems.append(Problem(keyed.row, keyed.where, Wrong.NO_SUCH_OPTION, _clip(given), _nearest(line, given)))
    elif option.does not in {None, Does.WORDS}:
        problems.append(Problem(keyed.row, keyed.where, Wrong.CHAT_ONLY, _clip(given)))
    return option


def _named(options: Sequence[Option], given: str) -> Option | None:
    if given.isascii() and given.isdigit() and len(given) <= len(str(len(options))):
        number = int(given)
        return options[number - 1] if 0 < number <= len(options) else None
    return next((option for option in options if option.id == given.casefold()), None)


def _nearest(line: Line, given: str) -> str:
    ids = [option.id for option in line.options]
    close = [] if given.isdigit() else get_close_matches(given.casefold(), ids, 1)
    return close[0] if close else f"1-{len(ids)}"


def _refusal(flow: Flow, given: str) -> Refused | None:
    """By its id or by its label, however it is spaced; "no" alone is none of the three."""
    letters = _letters(given)
    known = (each for each in Refused if letters in {_letters(each), _letters(flow.words[each])})
    return next(known, None) if letters else None


def _letters(text: str) -> str:
    return "".join(each for each in text.casefold() if each.isalnum())


def _answer(line: Line, keyed: Keyed, given: _Given, typing: Typing) -> Answer:
    return Answer(
        step=line.step,
        at=typing.at,
        item=line.item,
        choices=given.choices,
        words=cleaned(keyed.words),
        refused=given.refused,
        audience=Audience.ONLY_PROFESSIONAL if keyed.only else Audience.EVERYONE,
        means=frozenset({Means.PAPER}),
        entered_by=typing.by,
        checked=typing.checked,
    )


def _with_helpers(known: Iterable[Line], answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """Who helped, as the person ticked it, stands beside every answer: on paper it is said once for the whole."""
    steps = _recording(known, Records.HELPER, Records.HELP_KIND)
    helped = tuple(choice for each in answers if each.step in steps for choice in each.choices)
    return tuple(replace(each, helped=helped) for each in answers)


def _share(known: Iterable[Line], answers: Iterable[Answer]) -> bool | None:
    """A yes is only what was ticked as yes."""
    steps = _recording(known, Records.SHARE)
    said = [each for each in answers if each.step in steps]
    return any("yes" in each.choices for each in said) if said else None


def _recording(known: Iterable[Line], *kinds: Records) -> frozenset[str]:
    return frozenset(line.step for line in known if line.records in kinds)


def _clip(text: str) -> str:
    return text.strip()[:OPTIONS_SHOWN]
