"""Plans what a list orders, each review stored whole before the next: it can be broken off and done again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.many.orders import EXAMPLE, Column, Problem, Wanted, columns, doubles, ordered
from bot.many.tables import Row
from bot.ordering import Fault
from bot.reviewing import Planned, Reviewing
from conversations.timetable import Refused
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Preview:
    """What a list would do. `stands` are the rows whose review is planned already: nothing is done for them."""

    wanted: tuple[Wanted, ...] = field(default=(), repr=False)
    stands: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one row: a review with its invites, or why not this time."""

    row: int
    planned: Planned | Refused | Fault = field(repr=False)


async def preview(database: Database, reviewing: Reviewing, rows: Sequence[Row], now: datetime) -> Preview:
    """Look at every row and store nothing. Every problem of every row is named, not the first alone."""
    places, problems = columns(rows[0])
    if problems:
        return Preview(problems=tuple(problems))
    found = [ordered(row, places) for row in rows[1:] if not _is_example(row, places)]
    good = [each for each in found if isinstance(each, Wanted)]
    problems = [problem for each in found if isinstance(each, list) for problem in each]
    problems += doubles(good)
    doubled = {each.row for each in problems}
    wanted, stands = [], []
    async with database.reading() as work:
        for each in good:
            if each.row in doubled:
                continue
            fault = await reviewing.looked_at(work, each.order, now)
            if fault is Fault.PLANNED_ALREADY:
                stands.append(each.row)
            elif fault is not None:
                problems.append(Problem(each.row, "", fault.reason if isinstance(fault, Refused) else fault))
            else:
                wanted.append(each)
    return Preview(tuple(wanted), tuple(stands), tuple(sorted(problems, key=lambda each: each.row)))


async def plan_all(
    database: Database, reviewing: Reviewing, wanted: Iterable[Wanted], now: datetime
) -> AsyncIterator[Done]:
    """Plan them. A colleague who plans the same at this moment is not overwritten: that row says so."""
    for each in wanted:
        async with database.work() as work:
            made = await reviewing.plan(work, each.order, now)
            if isinstance(made, Planned):
                await work.commit()
        yield Done(each.row, made)


def _is_example(row: Row, places: Mapping[Column, int]) -> bool:
    return row.cells[places[Column.REFERENCE] :][:1] == (EXAMPLE,)
