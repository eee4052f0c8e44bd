"""Seal everything anew under the current key, in small units, while the bot runs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Final

from storage.database import Database
from storage.models import FrozenMediaRow, MediaBytesRow, RecordingBytesRow
from storage.repository.upkeep import SealedColumn, Step, sealed_columns

BATCH: Final = 100
_LARGE: Final = {
    each.__tablename__: 1 for each in (MediaBytesRow, RecordingBytesRow, FrozenMediaRow)
}  # up to 20 MB a row: one at a time


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values of one column were sealed anew since the last report."""

    table: str
    column: str
    values: int


async def reseal(database: Database) -> AsyncIterator[Resealed]:
    """Seal every value anew that the current key has not sealed; report after each committed batch.

    Every running process must know the new key first. It may be stopped at any time and begun again. Old keys may be
    put away once a run has ended without a report.

    Raises:
        KeyMissing, KeyWrong: a value does not open. What was sealed anew until then stays so.
    """
    for place in sealed_columns():
        step = await _step(database, place, Step(0, None))
        while step.rows:
            yield Resealed(place.table.name, place.column.name, step.rows)
            step = await _step(database, place, step)


async def _step(database: Database, place: SealedColumn, step: Step) -> Step:
    async with database.work() as work:
        done = await work.upkeep.reseal(place, step.last, _LARGE.get(place.table.name, BATCH))
        await work.commit()
    return done
