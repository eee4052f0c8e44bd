"""Types in one paper at the terminal, question by question. Keeps everything in memory: nothing is stored here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import typer
from rich.text import Text

from bot.commands.answer_files import options_of
from bot.commands.desk import out
from bot.commands.paper_faults import said
from bot.commands.screen import harmless
from conversations.paper import Keyed, faults
from conversations.script import Flow
from conversations.sheet import Line, Room
from conversations.state import Refused

BACK: Final = "<"
END: Final = ">>"
NO: Final = "?"
ONLY: Final = "!"
CLEAR: Final = "-"
AS_IT_IS: Final = "\\"
_COMMANDS: Final = frozenset({BACK, END, NO, CLEAR})


@dataclass(slots=True)
class Keying:
    """One paper as it is typed in. `contact` is named where a person ticked that only they may read it."""

    flow: Flow
    lines: Sequence[Line]
    contact: str = field(repr=False)
    held: dict[str, Keyed] = field(default_factory=dict, repr=False)

    def run(self) -> tuple[Keyed, ...]:
        """Go through the paper from the first question to the last; what was typed in, in the order of the paper.

        Raises:
            typer.Abort: it was broken off.
        """
        out.print(
            f"Enter: left empty, or kept as it is. {NO}: said no. {BACK}: back. {CLEAR}: empty it. {END}: to the end.\n"
            f"{ONLY} first: only for {self.contact} is ticked. {AS_IT_IS} first: take the rest as it stands.",
            markup=False,
        )
        self._go(0)
        return self.keyed()

    def again(self, number: int) -> tuple[Keyed, ...]:
        """One question once more, by its number from 1."""
        self._ask(number - 1)
        return self.keyed()

    def keyed(self) -> tuple[Keyed, ...]:
        """What stands now, without what was left empty."""
        every = (self.held.get(line.where) for line in self.lines)
        return tuple(each for each in every if each is not None and not each.is_empty)

    def _go(self, number: int) -> None:
        while number < len(self.lines):
            command = self._ask(number)
            if command == END:
                return
            number = max(number - 1, 0) if command == BACK else number + 1

    def _ask(self, number: int) -> str:
        """Ask one question until it fits or was left; BACK or END where that was wanted."""
        line = self.lines[number]
        self._show(number, line)
        while True:
            given = self._given(line)
            if isinstance(given, str):
                return given
            problems = faults(self.flow, line, given)
            if not problems:
                self.held[line.where] = given
                return ""
            for problem in problems:
                out.print(f"  {said(problem)}", markup=False)

    def _show(self, number: int, line: Line) -> None:
        if number == 0 or self.lines[number - 1].part != line.part:
            out.print(Text(harmless(f"\n{line.part}"), style="bold"))
        out.print(f"\n{number + 1}/{len(self.lines)}  [{line.where}]  {line.asked}", markup=False)
        if line.thing and line.thing not in line.asked:
            out.print(f"  About: {line.thing}", markup=False)
        for option in options_of(line):
            out.print(f"  {option}", markup=False)
        before = self.held.get(line.where)
        if before is not None and not before.is_empty:
            out.print(f"  Now: {shown(line, before)}", markup=False)

    def _given(self, line: Line) -> Keyed | str:
        """What was typed for one question; BACK or END where that was typed instead."""
        before = self.held.get(line.where, Keyed(line.where))
        only = False
        choices: tuple[str, ...] = ()
        if line.room is not Room.WORDS:
            ticked, only = _marked(_typed("Boxes" if line.room is Room.MANY else "Box"))
            if ticked in _COMMANDS:
                return self._command(line, ticked, only=only)
            choices = tuple(ticked.replace(",", " ").split())
        typed = _typed("Words")
        words, starred = _marked(typed)
        if words in _COMMANDS and not typed.startswith(AS_IT_IS):
            return self._command(line, words, only=only or starred)
        if not (choices or words):
            return replace(before, only=before.only or only or starred)
        return Keyed(line.where, choices, _as_it_stands(words), only=only or starred)

    def _command(self, line: Line, command: str, *, only: bool) -> Keyed | str:
        if command == NO:
            return Keyed(line.where, refused=self._refusal(), only=only)
        return Keyed(line.where) if command == CLEAR else command

    def _refusal(self) -> str:
        ways = list(Refused)
        for number, way in enumerate(ways, 1):
            out.print(f"    {number} {self.flow.words[way]}", markup=False)
        picked = _typed("  Which")
        return ways[int(picked) - 1] if picked in {str(number) for number in range(1, len(ways) + 1)} else picked


def shown(line: Line, keyed: Keyed) -> str:
    """One answer as it will be stored, for a look before it is."""
    labels = dict(enumerate((option.label for option in line.options), 1))
    ids = {option.id: option.label for option in line.options}
    ticked = [labels[int(each)] if each.isdigit() else ids[each.casefold()] for each in keyed.choices]
    mark = "only for the named professional" if keyed.only else ""
    return " · ".join(each for each in (", ".join(ticked), keyed.words, keyed.refused, mark) if each)


def summary(lines: Sequence[Line], keyed: Sequence[Keyed]) -> Iterator[str]:
    """Every answer by its number, and how many questions were left empty."""
    answers = {each.where: each for each in keyed if not each.is_empty}
    for number, line in enumerate(lines, 1):
        if line.where in answers:
            yield f"{number:>3}  [{line.where}]  {shown(line, answers[line.where])}"
    yield f"Answered: {len(answers)}. Left empty: {len(lines) - len(answers)}."


def is_yes(question: str) -> bool:
    """Whether the whole word yes was typed."""
    return prompted(question).strip().casefold() == "yes"


def prompted(question: str) -> str:
    """One line as it was typed; empty for Enter alone."""
    return str(typer.prompt(question, default="", show_default=False))


def _typed(prompt: str) -> str:
    """One line as it was typed; a line that ends with a backslash goes on in the next."""
    lines = [prompted(prompt)]
    while lines[-1].endswith(AS_IT_IS):
        lines[-1] = lines[-1][:-1]
        lines.append(prompted("  ..."))
    return "\n".join(lines).strip()


def _marked(text: str) -> tuple[str, bool]:
    """The same without the mark that only the named professional may read it, and whether it was there."""
    return (text[1:].strip(), True) if text.startswith(ONLY) else (text, False)


def _as_it_stands(words: str) -> str:
    return words[1:] if words.startswith(AS_IT_IS) else words
