"""What is wrong with a script file, where, and what to do, for those who write scripts. Listed, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend. `line` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    what: str
    remedy: str

    def told(self) -> str:
        """In one line, for a terminal."""
        return f"{self.file}:{self.line}: {self.what} {self.remedy}"


@dataclass(slots=True)
class Report:
    """Collects the problems of one file, so that all of them are told at once."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, line: int, what: str, remedy: str) -> None:
        """Note a problem; reading goes on."""
        self.problems.append(Problem(self.file, line, what, remedy))

    def all(self) -> tuple[Problem, ...]:
        """Every problem, in the order of the file, each once."""
        return tuple(sorted(set(self.problems)))


def nearest(name: str, known: Iterable[str]) -> str:
    """A remedy that names what was probably meant, or everything that is allowed."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean '{near[0]}'?"
    return f"Use one of: {', '.join(names)}." if names else "Take it out."
