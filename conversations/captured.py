"""How one person's words were given, counted from the entries that a copy holds and from nothing else.

So a count can never show that something was left out of that copy. No time spent, no number of visits (decision 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from conversations.script import Records
from conversations.state import Means, Refused
from conversations.voices import Entry, Voice

ONE_COLUMN_FROM: Final = 4
"""With fewer sorted cards than this, all in one column says nothing."""


@dataclass(frozen=True, slots=True)
class Captured:
    """How a part came about: first and last day of an answer, how often each means and each refusal, who helped."""

    answers: int
    first: date | None
    last: date | None
    means: Mapping[Means, int]
    refusals: Mapping[Refused, int]
    helped: tuple[str, ...]
    access: tuple[Entry, ...]
    one_column: int


def captured(voice: Voice, zone: str) -> Captured:
    """What the captured block of this voice says; days are those of `zone`."""
    entries = voice.entries
    days = sorted(each.at.astimezone(ZoneInfo(zone)).date() for each in entries)
    used = Counter(means for each in entries for means in each.means)
    refused = Counter(each.refused for each in entries if each.refused is not None)
    return Captured(
        answers=sum(each.refused is None for each in entries),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        means={means: used[means] for means in Means if used[means]},
        refusals={kind: refused[kind] for kind in Refused if refused[kind]},
        helped=tuple(dict.fromkeys(label for each in entries for label in each.helped)),
        access=tuple(each for each in voice.steering if each.records is Records.ACCESS),
        one_column=_one_column(entries),
    )


def _one_column(entries: tuple[Entry, ...]) -> int:
    """The number of sorted cards when all stand in the same column, else 0. A rule, printed with its mark."""
    points = [point.id for each in entries if each.sorted for point in each.chosen]
    return len(points) if len(points) >= ONE_COLUMN_FROM and len(set(points)) == 1 else 0
