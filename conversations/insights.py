"""The wider picture: what many people said, counted. No words, no names, nothing of one person (principle 89).

Only what was pressed is counted, only of those who said yes to it, and never what is about safety (decision 6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from conversations.script import ChooseMany, Flow, Heading, Pathway, Repeat, Role, Sort
from conversations.state import Answer, Audience
from conversations.suppression import Row, chain_of, printed, printed_together


class Point(StrEnum):
    """How it goes, on the scale of the scripts."""

    WELL = "well"
    SOMETIMES = "sometimes"
    NOT_WELL = "not_well"


class Season(StrEnum):
    """The three terms of a school year, with their months. They never move: moved bounds would tell single people."""

    AUTUMN = "autumn"  # September to December
    SPRING = "spring"  # January to March
    SUMMER = "summer"  # April to August


_FIRST_MONTHS: Final = {Season.AUTUMN: 9, Season.SPRING: 1, Season.SUMMER: 4}


class ReportTerm(NamedTuple):
    """One term that is reported as a whole, such as autumn 2026."""

    year: int
    season: Season

    @property
    def code(self) -> str:
        """How it is written: `2026-autumn`."""
        return f"{self.year}-{self.season.value}"

    @property
    def start(self) -> date:
        """Its first day."""
        return date(self.year, _FIRST_MONTHS[self.season], 1)

    @property
    def after(self) -> date:
        """The day after its last."""
        following = {Season.AUTUMN: (self.year + 1, 1), Season.SPRING: (self.year, 4), Season.SUMMER: (self.year, 9)}
        return date(*following[self.season], 1)


def term_of(day: date) -> ReportTerm:
    """The term in which a day lies."""
    season = Season.AUTUMN if day.month >= 9 else Season.SPRING if day.month <= 3 else Season.SUMMER
    return ReportTerm(day.year, season)


def term_in(code: str) -> ReportTerm | None:
    """The term that is written so; None where it is none."""
    year, _, season = code.partition("-")
    known = season in set(Season) and year.isascii() and year.isdigit() and len(year) == 4 and int(year) > 0
    return ReportTerm(int(year), Season(season)) if known else None


class Topic(NamedTuple):
    """One thing that people say goes well or not. `label` is the script's own."""

    role: Role
    id: str
    label: str
    area: Pathway


def topics_of(flow: Flow) -> dict[str, Topic]:
    """What this script asks everybody about, by id. Nothing that is about safety."""
    found: dict[str, Topic] = {}
    for step in (step for part in flow.parts for step in part.steps):
        if isinstance(step, Repeat) or step.safety:
            continue
        if isinstance(step, Sort):
            cards = [card for card in step.cards if not card.safety]
            found |= {card.id: Topic(flow.role, card.id, card.label, card.pathway or Pathway.OTHER) for card in cards}
        elif isinstance(step, ChooseMany) and step.feeds.heading is Heading.BETTER:
            options = [option for option in step.options if option.does is None]
            found |= {each.id: Topic(flow.role, each.id, each.label, each.pathway or Pathway.OTHER) for each in options}
    return found


def picks(flow: Flow, answers: Iterable[Answer]) -> dict[str, Point]:
    """At which point one person put each topic. What was not answered, refused or meant for one reader counts nowhere.

    Where a script asks "what goes well" and "what could be better" apart, a topic that stands in both goes sometimes.
    """
    topics = topics_of(flow)
    kinds = {step.id: step for part in flow.parts for step in part.steps}
    found: dict[str, Point] = {}
    for answer in (each for each in answers if each.audience is Audience.EVERYONE):
        step = kinds.get(answer.step)
        if isinstance(step, Sort) and answer.item in topics and len(answer.choices) == 1:
            found[answer.item] = Point(answer.choices[0])
        elif isinstance(step, ChooseMany) and step.feeds.heading in {Heading.WORKING, Heading.BETTER}:
            point = Point.WELL if step.feeds.heading is Heading.WORKING else Point.NOT_WELL
            for choice in (each for each in answer.choices if each in topics):
                found[choice] = point if found.get(choice, point) is point else Point.SOMETIMES
    return found


class Count(StrEnum):
    """The tables of a report that are not about topics."""

    PEOPLE = "people"
    PREPARING = "preparing"
    CIRCULATED = "circulated"
    ANSWERED = "answered"


class Part(StrEnum):
    """What counts in them."""

    SENT_CHAT = "sent_chat"
    SENT_PAPER = "sent_paper"
    JOINED = "joined"
    INVITED = "invited"
    DAYS_42 = "days_42"
    DAYS_14 = "days_14"
    DAYS_FEWER = "days_fewer"
    IN_TIME = "in_time"
    LATE = "late"
    NEVER = "never"


_CHAINS: Final = {
    Count.PEOPLE: chain_of(
        [[Part.SENT_CHAT], [Part.SENT_PAPER], [Part.JOINED], [Part.INVITED]],
        [[Part.SENT_CHAT, Part.SENT_PAPER], [Part.JOINED], [Part.INVITED]],
        [[Part.SENT_CHAT, Part.SENT_PAPER], [Part.JOINED, Part.INVITED]],
        [[Part.SENT_CHAT, Part.SENT_PAPER, Part.JOINED, Part.INVITED]],
    ),
    Count.PREPARING: chain_of(
        [[Part.DAYS_42], [Part.DAYS_14], [Part.DAYS_FEWER]],
        [[Part.DAYS_42, Part.DAYS_14], [Part.DAYS_FEWER]],
        [[Part.DAYS_42, Part.DAYS_14, Part.DAYS_FEWER]],
    ),
    Count.CIRCULATED: chain_of(
        [[Part.IN_TIME], [Part.LATE], [Part.NEVER]],
        [[Part.IN_TIME], [Part.LATE, Part.NEVER]],
        [[Part.IN_TIME, Part.LATE, Part.NEVER]],
    ),
}
_CHAINS[Count.ANSWERED] = _CHAINS[Count.CIRCULATED]
TOPIC_CHAIN: Final = chain_of(
    [[Point.WELL], [Point.SOMETIMES], [Point.NOT_WELL]],
    [[Point.WELL], [Point.SOMETIMES, Point.NOT_WELL]],
    [[Point.WELL, Point.SOMETIMES, Point.NOT_WELL]],
)


@dataclass(slots=True)
class Tally:
    """What was counted, in full. It is never printed or stored: `report` makes what may be."""

    counts: dict[tuple[Count, Role | None], dict[str, int]] = field(default_factory=dict, repr=False)
    topics: dict[Topic, dict[str, int]] = field(default_factory=dict, repr=False)

    def add(self, table: Count, part: Part, role: Role | None = None) -> None:
        """Count one."""
        counts = self.counts.setdefault((table, role), {})
        counts[part] = counts.get(part, 0) + 1

    def add_picks(self, flow: Flow, answers: Iterable[Answer]) -> None:
        """Count what one person pressed."""
        topics = topics_of(flow)
        for name, point in picks(flow, answers).items():
            counts = self.topics.setdefault(topics[name], {})
            counts[point] = counts.get(point, 0) + 1


class Line(NamedTuple):
    """One line of a report: a table or a topic, whose it is, and its figures. An empty row: too few to show."""

    table: str
    role: Role | None
    name: str
    area: Pathway | None
    row: Row


@dataclass(frozen=True, slots=True)
class Report:
    """One term, printed for one kind of reader: nothing in it counts fewer than `least`."""

    term: str
    least: int
    lines: tuple[Line, ...]


TOPICS: Final = "topics"
AREA: Final = "area"


def report(tally: Tally, term: ReportTerm, least: int) -> Report:
    """What may be printed of a tally."""
    lines = [Line(table.value, role, "", None, _row(tally, table, role, least)) for table, role in _tables()]
    for role in Role:
        for area in Pathway:
            lines += _of_area(tally, role, area, least)
    return Report(term.code, least, tuple(lines))


def _tables() -> list[tuple[Count, Role | None]]:
    people: list[tuple[Count, Role | None]] = [(Count.PEOPLE, role) for role in Role]
    return people + [(table, None) for table in Count if table is not Count.PEOPLE]


def _row(tally: Tally, table: Count, role: Role | None, least: int) -> Row:
    return printed(tally.counts.get((table, role), {}), _CHAINS[table], least)


def _of_area(tally: Tally, role: Role, area: Pathway, least: int) -> list[Line]:
    mine: Mapping[str, Mapping[str, int]] = {
        topic.label: counts for topic, counts in tally.topics.items() if (topic.role, topic.area) == (role, area)
    }
    if not mine:
        return []
    rows, together = printed_together(mine, TOPIC_CHAIN, least)
    if rows:
        return [Line(TOPICS, role, name, area, rows[name]) for name in sorted(rows)]
    return [Line(AREA, role, "", area, together)]
