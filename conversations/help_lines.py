"""Whom people can call: one file of help lines, and a deployer's own. Reads files when asked, never at import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final

from conversations.fields import Fields
from conversations.problems import Problem, Report
from conversations.reading import Pairs, parse, read_file

HELP_LINES_FILE: Final = "help_lines.yaml"
FRESH: Final = timedelta(days=183)
"""How long a check of the numbers counts: six months."""
MOST_LINES: Final = 16
MOST_LETTERS: Final = 160  # of one line: the whole card fits into one message


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Whom to call, as one plain sentence. `first`: also shown when nobody here can be told.

    `about_staff`: whom to call about a member of staff; shown only to those who ask for somebody else.
    """

    id: str
    say: str
    first: bool = False
    about_staff: bool = False


@dataclass(frozen=True, slots=True)
class HelpLines:
    """All of them, in the order in which they are shown. `checked`: the day somebody last tried every one."""

    lines: tuple[HelpLine, ...] = ()
    checked: date | None = None

    def stale(self, today: date) -> bool:
        """Whether nobody has checked them within six months. A day to come is no check."""
        return self.checked is None or not self.checked <= today <= self.checked + FRESH

    @property
    def card(self) -> Mapping[str, str]:
        """Those on the help card, by id."""
        return MappingProxyType({each.id: each.say for each in self.lines if not each.about_staff})

    @property
    def calls(self) -> Mapping[str, str]:
        """The few that count when nobody here can be told, by id."""
        return MappingProxyType({each.id: each.say for each in self.lines if each.first})

    @property
    def about_staff(self) -> Mapping[str, str]:
        """Those for a concern about a member of staff, by id."""
        return MappingProxyType({each.id: each.say for each in self.lines if each.about_staff})


def help_key(name: str) -> str:
    """Under which key translators find the line of this id."""
    return f"help_line_{name}"


def shipped_help_lines() -> HelpLines:
    """Those that ship: England's national ones. Nobody has checked them for you: `checked` is empty.

    Raises:
        ValueError: the file is broken: a programmer's mistake.
    """
    text = resources.files("conversations").joinpath("said", HELP_LINES_FILE).read_text("utf-8")
    found = read_help_lines(text, HELP_LINES_FILE)
    if not isinstance(found, HelpLines):
        raise ValueError("; ".join(each.told() for each in found))  # noqa: TRY004  the file is wrong, not its type
    return found


def own_help_lines(file: Path | None) -> tuple[HelpLines, tuple[Problem, ...]]:
    """The shipped lines with a deployer's own file on top; with any problem in it, the shipped ones alone."""
    shipped = shipped_help_lines()
    if file is None:
        return shipped, ()
    text = read_file(file)
    found = (text,) if isinstance(text, Problem) else read_help_lines(text, file.name, shipped)
    return (found, ()) if isinstance(found, HelpLines) else (shipped, found)


def read_help_lines(text: str, name: str, before: HelpLines | None = None) -> HelpLines | tuple[Problem, ...]:
    """The lines of a file after those of `before`, or every problem in it. A line of the same id takes its place."""
    report = Report(name)
    root = parse(text, report)
    if root is not None and not isinstance(root, Pairs):
        report.add(root.line, "This is no list of help lines.", "Begin with 'checked:' and 'lines:'.")
    if not isinstance(root, Pairs):
        return report.all()
    fields = Fields(root, report, "The file")
    fields.allow("checked", "lines", "without")
    lines = {each.id: each for each in (before or HelpLines()).lines}
    for line, gone in fields.texts("without"):
        if lines.pop(gone, None) is None:
            report.add(line, f"There is no help line '{gone}'.", "Take it out of 'without'.")
    lines |= {each.id: each for each in (_line(one) for one in fields.each("lines", "A help line", required=False))}
    if len(lines) > MOST_LINES:
        report.add(root.line, f"There are {len(lines)} help lines.", f"Keep at most {MOST_LINES}.")
    checked = _day(fields)
    return report.all() or HelpLines(tuple(lines.values()), checked)


def _line(fields: Fields) -> HelpLine:
    fields.allow("id", "say", "first", "about_staff")
    say = fields.text("say")
    if len(say) > MOST_LETTERS or "\n" in say:
        fields.report.add(fields.line, "The line is too long.", f"Use at most {MOST_LETTERS} letters.")
    return HelpLine(fields.id(), say, fields.flag("first"), fields.flag("about_staff"))


def _day(fields: Fields) -> date | None:
    if fields.get("checked") is None:
        return None
    try:
        return date.fromisoformat(fields.text("checked"))
    except ValueError:
        fields.report.add(fields.line, "'checked' is no date.", "Write a date such as 2026-09-01.")
        return None
