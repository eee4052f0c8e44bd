"""Read YAML into three kinds of node that know their line. Texts stay texts: `no` is a word here, never False.

Works from the parser's events, so that depth, aliases and tags are refused before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias
from unicodedata import category

import yaml

from conversations.bounded import read_at_most
from conversations.problems import Problem, Report

MAX_BYTES = 512 * 1024
MAX_DEPTH = 20
_QUICK: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The same events from libyaml, eight times quicker, where PyYAML has it: every start of the bot reads the scripts."""
_QUOTED: Final = re.compile(r"\"[^\"]*\"|'[^']*'")
_KEPT: Final = 32
"""Files whose nodes are kept: the same text is the same nodes, and a process reads its scripts more than once."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, as it was written. `plain` means without quotes."""

    line: int
    value: str
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    line: int
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Keys and what belongs to them, in the order of the file; each key stands there once."""

    line: int
    values: tuple[tuple[Scalar, Node], ...]


Node: TypeAlias = Scalar | Items | Pairs


@dataclass(frozen=True, slots=True)
class _Stop(Exception):  # noqa: N818 - it carries a problem to the one function that lists it, and never leaves this module
    line: int
    what: str
    remedy: str


def decode(raw: bytes, file: str) -> str | Problem:
    """The text of a file, or why it cannot be read: too large or not UTF-8."""
    if len(raw) > MAX_BYTES:
        return Problem(file, 0, f"The file is larger than {MAX_BYTES // 1024} KiB.", "Split it or make it shorter.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        return Problem(file, line, "This is not UTF-8 text.", "Save the file as UTF-8.")


def read_file(file: Path) -> str | Problem:
    """The text of a deployer's own file, or why it cannot be read."""
    try:
        return decode(read_at_most(file, MAX_BYTES), file.name)
    except OSError as error:
        return Problem(file.name, 0, f"The file cannot be read ({error.strerror}).", "Look at its name and its rights.")


def parse(text: str, report: Report) -> Node | None:
    """The file as nodes, or None with the reason in `report`."""
    node, problems = _parsed(text)
    for problem in problems:
        report.add(problem.line, problem.what, problem.remedy)
    return node


@lru_cache(maxsize=_KEPT)
def _parsed(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    report = Report("")
    _look_over(text, report)
    node = _read(text, report) if not report.problems else None
    return node, tuple(report.problems)


def _read(text: str, report: Report) -> Node | None:
    try:
        return _document(text, report)
    except _Stop as stop:
        report.add(stop.line, stop.what, stop.remedy)
    except yaml.reader.ReaderError as error:
        position = text[: error.position].count("\n") + 1
        report.add(position, "There is a character that cannot be shown.", "Take it out.")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        report.add(
            mark.line + 1 if mark else 0, f"This is not YAML: {error.problem}.", "Look at the spaces and quotes."
        )
    except (ValueError, OverflowError):  # PyYAML lets chr() raise for an escape above the last character
        report.add(0, "There is an escape that is no character.", "Write the character itself.")
    return None


def _look_over(text: str, report: Report) -> None:
    for number, line in enumerate(text.split("\n"), start=1):
        if "\t" in line:
            report.add(number, "There is a tab.", "Use spaces.")
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        report.add(0, f"The file is larger than {MAX_BYTES // 1024} KiB.", "Split it or make it shorter.")


def _document(text: str, report: Report) -> Node | None:
    events = _wanted(yaml.parse(text, Loader=_QUICK if _is_sound(text) else yaml.SafeLoader))
    first = next(events, None)
    if first is None:
        report.add(0, "The file is empty.", "Write a script in it.")
        return None
    node = _node(first, events, report, depth=1)
    if (extra := next(events, None)) is not None:
        report.add(_line(extra), "A second document begins here.", "Keep one document in a file.")
    return node


def _is_sound(text: str) -> bool:
    """Whether libyaml can be asked. What is wrong is told by PyYAML, in the words that we know.

    libyaml lets a bare question mark within braces or brackets pass, which other readers do not.
    """
    bare = (line for line in _QUOTED.sub("", text).split("\n") if "?" in line)
    if any("{" in line or "[" in line for line in bare):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_QUICK):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                return False  # a flood of brackets would be read to its end
    except (yaml.YAMLError, ValueError, OverflowError):
        return False
    return True


def _wanted(events: Iterator[yaml.Event]) -> Iterator[yaml.Event]:
    for event in events:
        if getattr(event, "anchor", None):
            raise _Stop(_line(event), "There is an anchor or an alias (& or *).", "Write it out, or put it in quotes.")
        if isinstance(event, yaml.NodeEvent) and getattr(event, "tag", None):
            raise _Stop(_line(event), "There is a tag (!).", "Take it out, or put the text in quotes.")
        if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _node(event: yaml.Event, events: Iterator[yaml.Event], report: Report, depth: int) -> Node:
    if depth > MAX_DEPTH:
        raise _Stop(_line(event), f"This is nested more than {MAX_DEPTH} deep.", "Make it flatter.")
    match event:
        case yaml.ScalarEvent():
            return _scalar(event, report)
        case yaml.SequenceStartEvent():
            return _items(event, events, report, depth)
        case _:
            return _pairs(event, events, report, depth)


def _scalar(event: yaml.ScalarEvent, report: Report) -> Scalar:
    if any(_hidden(letter) for letter in event.value):
        report.add(_line(event), "There is a character that cannot be shown.", "Take it out.")
    return Scalar(_line(event), event.value.strip("\n"), plain=not event.style)


def _hidden(letter: str) -> bool:
    """Control characters, half surrogates, private characters, and marks that turn the writing direction round."""
    return letter in "\u202a\u202b\u202d\u202e" or (category(letter) in {"Cc", "Cs", "Co"} and letter != "\n")


def _items(start: yaml.Event, events: Iterator[yaml.Event], report: Report, depth: int) -> Items:
    values: list[Node] = []
    while not isinstance(event := next(events), yaml.SequenceEndEvent):
        values.append(_node(event, events, report, depth + 1))
    return Items(_line(start), tuple(values))


def _pairs(start: yaml.Event, events: Iterator[yaml.Event], report: Report, depth: int) -> Pairs:
    values: dict[str, tuple[Scalar, Node]] = {}
    while not isinstance(event := next(events), yaml.MappingEndEvent):
        key = _node(event, events, report, depth + 1)
        value = _node(next(events), events, report, depth + 1)
        if not isinstance(key, Scalar):
            report.add(key.line, "A key must be one word.", "Write the key as a plain word.")
        elif key.value in values:
            first = values[key.value][0].line
            report.add(key.line, f"'{key.value}' stands here twice (first in line {first}).", "Keep one.")
        else:
            values[key.value] = (key, value)
    return Pairs(_line(start), tuple(values.values()))


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return mark.line + 1 if mark else 0
