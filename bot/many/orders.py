"""From rows to what is ordered: columns by their names, days in the ways people write them, every problem named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from bot.many.tables import MAX_CELL, Row
from bot.ordering import Asked, Order
from bot.secrets_by_hand import SecretKind
from bot.spreadsheet_cells import FORMULA
from conversations.offsets import ReviewKind
from conversations.script import Role


class Column(StrEnum):
    """The columns of a list, by the names that the template gives them."""

    FIRST_NAME = "first name"
    REFERENCE = "reference"
    BORN = "born"
    MEETING = "meeting"
    KIND = "kind"
    PROFESSIONAL = "professional"
    COORDINATOR = "coordinator"
    CARER_1 = "carer 1"
    CARER_2 = "carer 2"
    CARER_3 = "carer 3"
    PLAN_LINES = "plan lines"
    GOALS = "goals"
    LANGUAGE = "language"
    SECRET = "secret"  # noqa: S105  the name of a column
    SHORT_NOTICE_REASON = "short notice reason"
    AGE_REASON = "age reason"


NEEDED: Final = (
    Column.FIRST_NAME,
    Column.REFERENCE,
    Column.BORN,
    Column.MEETING,
    Column.PROFESSIONAL,
    Column.COORDINATOR,
)
_ALSO_CALLED: Final[Mapping[str, Column]] = {
    "name": Column.FIRST_NAME,
    "forename": Column.FIRST_NAME,
    "young person": Column.FIRST_NAME,
    "ref": Column.REFERENCE,
    "birth date": Column.BORN,
    "date of birth": Column.BORN,
    "dob": Column.BORN,
    "review date": Column.MEETING,
    "meeting date": Column.MEETING,
    "review kind": Column.KIND,
    "review type": Column.KIND,
    "named professional": Column.PROFESSIONAL,
    "carer": Column.CARER_1,
    "parent 1": Column.CARER_1,
    "parent 2": Column.CARER_2,
    "parent 3": Column.CARER_3,
    "plan": Column.PLAN_LINES,
}
EXAMPLE: Final = "EXAMPLE"
"""The reference of the invented row of the template: it is never planned."""
_CARERS: Final = (Column.CARER_1, Column.CARER_2, Column.CARER_3)
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_IN_WORDS: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9}) (\d{4})")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a row from being planned. `row` is its number in the file, `what` words or a known fault."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """One review that a row orders."""

    row: int
    order: Order = field(repr=False)


def columns(head: Row) -> tuple[dict[Column, int], list[Problem]]:
    """Where each column stands. Capitals, spaces and the order do not matter; an unknown name is a problem."""
    places: dict[Column, int] = {}
    problems = []
    for place, name in enumerate(head.cells):
        plain = " ".join(re.sub(r"[\s_-]+", " ", name).casefold().split())
        column = _ALSO_CALLED.get(plain) or next((each for each in Column if each.value == plain), None)
        if column is None and plain:
            problems.append(Problem(head.number, name[:40], "This is no column here. Take it out."))
        elif column in places:
            problems.append(Problem(head.number, name[:40], "This column is there twice."))
        elif column is not None:
            places[column] = place
    problems += [Problem(head.number, each.value, "This column is missing.") for each in NEEDED if each not in places]
    return places, problems


def ordered(row: Row, places: Mapping[Column, int]) -> Wanted | list[Problem]:
    """What a row orders, or everything that is wrong with it."""
    said = {column: row.cells[place] if place < len(row.cells) else "" for column, place in places.items()}
    problems = [Problem(row.number, column.value, what) for column, what in _faults(said)]
    born, meeting = (_day(said.get(each, "")) for each in (Column.BORN, Column.MEETING))
    if problems or born is None or meeting is None:
        return problems
    return Wanted(row.number, _order(said, born, meeting))


def _faults(said: Mapping[Column, str]) -> Iterator[tuple[Column, str]]:
    for column, text in said.items():
        if len(text) > MAX_CELL:
            yield column, f"This is longer than {MAX_CELL} letters."
        elif text.startswith(FORMULA):
            yield column, "This looks like a formula. Write the words themselves."
        elif column in NEEDED and not text:
            yield column, "This is empty."
        elif column in {Column.BORN, Column.MEETING} and _day(text) is None:
            yield column, "This is no day. Write it like 2027-01-19 or 19/1/2027, the day first."
    kind, secret = said.get(Column.KIND, ""), said.get(Column.SECRET, "")
    if kind and _kind(kind) is None:
        yield Column.KIND, f"There is no such kind. Write one of: {', '.join(ReviewKind)}."
    if secret and secret.casefold() not in set(SecretKind):
        yield Column.SECRET, f"There is no such secret. Write one of: {', '.join(SecretKind)}."


def _order(said: Mapping[Column, str], born: date, meeting: date) -> Order:
    def of(column: Column) -> str:
        return said.get(column, "")

    secret = SecretKind(of(Column.SECRET).casefold() or SecretKind.WORD)
    return Order(
        first_name=of(Column.FIRST_NAME),
        reference=of(Column.REFERENCE),
        born=born,
        meeting=meeting,
        kind=_kind(of(Column.KIND)) or ReviewKind.EHC_ANNUAL,
        professional=of(Column.PROFESSIONAL),
        coordinator=of(Column.COORDINATOR),
        secret=secret,
        language=of(Column.LANGUAGE),
        carers=tuple(_carer(of(each), secret) for each in _CARERS if of(each)),
        plan_lines=_parts(of(Column.PLAN_LINES)),
        goals=_parts(of(Column.GOALS)),
        short_notice_reason=of(Column.SHORT_NOTICE_REASON),
        age_reason=of(Column.AGE_REASON),
    )


def _carer(text: str, secret: SecretKind) -> Asked:
    name, _, relation = text.partition("/")
    return Asked(Role.CARER, name.strip(), relation.strip(), secret)


def _parts(text: str) -> tuple[str, ...]:
    """Several in one cell: on lines of their own, or with | between them."""
    return tuple(each.strip() for each in re.split(r"[|\n]", text) if each.strip())


def _kind(text: str) -> ReviewKind | None:
    plain = re.sub(r"[\s_-]+", "_", text.strip().casefold())
    return next((each for each in ReviewKind if each.value == plain), None)


def _day(text: str) -> date | None:
    """A day as people in England write it. Two figures for a year are no year, and the day stands first."""
    plain = " ".join(text.casefold().replace(",", " ").split())
    if found := _ISO.fullmatch(plain):
        return _date(*map(int, found.groups()))
    if found := _DAY_FIRST.fullmatch(plain):
        day, month, year = map(int, found.groups())
        return _date(year, month, day)
    if found := _IN_WORDS.fullmatch(plain):
        named = found[2][:3]
        return _date(int(found[3]), _MONTHS.index(named) + 1, int(found[1])) if named in _MONTHS else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def doubles(wanted: Sequence[Wanted]) -> Iterator[Problem]:
    """Rows that say the same review twice, or give one reference to two people."""
    known: dict[str, Wanted] = {}
    meetings: dict[tuple[str, date], int] = {}
    for each in wanted:
        reference = each.order.reference.casefold()
        first = known.setdefault(reference, each)
        if _who(first.order) != _who(each.order):
            what = f"Row {first.row} has this reference with another name or birth date."
            yield Problem(each.row, Column.REFERENCE.value, what)
        elif (earlier := meetings.setdefault((reference, each.order.meeting), each.row)) != each.row:
            yield Problem(each.row, Column.MEETING.value, f"Row {earlier} is the same review.")


def _who(order: Order) -> tuple[str, date]:
    return order.first_name.casefold(), order.born
