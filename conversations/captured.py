"""How one person's words were given, counted from the entries that a copy holds and from nothing else.

So a count can never show that something was left out of that copy. No time spent, no number of visits (decision 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
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
    """How a part came about: first and last day of an answer, how often each means and each refusal, who helped.

    `on_paper` counts what staff typed in for the person, `entered_by` says who did, and `checked` how many of these
    the person looked at afterwards (decision 9); `written` is the last day on such a paper, and `first` and `last` are
    days of the chat alone. `transcripts` counts voices of which a machine's words were confirmed.
    """

    answers: int
    first: date | None
    last: date | None
    means: Mapping[Means, int]
    refusals: Mapping[Refused, int]
    helped: tuple[str, ...]
    access: tuple[Entry, ...]
    one_column: int
    on_paper: int = 0
    entered_by: tuple[str, ...] = field(default=(), repr=False)
    checked: int = 0
    written: date | None = None
    transcripts: int = 0


def captured(voice: Voice, zone: str) -> Captured:
    """What the captured block of this voice says; days are those of `zone`."""
    entries = voice.entries
    used = Counter(means for each in entries for means in each.means)
    paper = [each for each in entries if each.entered_by or Means.PAPER in each.means]
    days = sorted(_day(each, zone) for each in entries if each not in paper)
    written = sorted(_day(each, zone) for each in paper)
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
        on_paper=len(paper),
        entered_by=tuple(dict.fromkeys(each.entered_by for each in paper if each.entered_by)),
        checked=sum(each.checked for each in paper),
        written=written[-1] if written else None,
        transcripts=sum(len(each.transcripts) for each in entries),
    )


def _day(entry: Entry, zone: str) -> date:
    return entry.at.astimezone(ZoneInfo(zone)).date()


def _one_column(entries: tuple[Entry, ...]) -> int:
    """The number of sorted cards when all stand in the same column, else 0. A rule, printed with its mark."""
    points = [point.id for each in entries if each.sorted for point in each.chosen]
    return len(points) if len(points) >= ONE_COLUMN_FROM and len(set(points)) == 1 else 0
