"""What a list of reviews costs: 500 at once, against the same planned one by one with the command. Prints ratios.

`make bench` runs it and writes `docs/benchmarks/importing.md`.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from bot.bank_holidays import bank_holidays
from bot.many.planning import plan_all, preview
from bot.many.tables import Row, table
from bot.ordering import Order
from bot.reviewing import Planned, Reviewing
from conversations.offsets import ReviewKind
from storage.database import Database
from tests.bot.college import NOW, OKAFOR, PATEL, staffed
from tests.bot.many.lists import as_csv, as_workbook, seeded
from tests.support.database import open_test_database

PAGE: Final = Path(__file__).parents[2] / "docs" / "benchmarks" / "importing.md"
MANY, ONE_BY_ONE = 500, 25


def memory() -> float:
    """The most that this process held so far, in MB."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1024 if sys.platform != "darwin" else 1024 * 1024)


async def one_by_one(database: Database, reviewing: Reviewing) -> float:
    """Seconds for each review that is planned alone, as `firsthand review plan` does."""
    began = time.perf_counter()
    for number in range(ONE_BY_ONE):
        order = Order(
            first_name=f"Lee{number}",
            reference=f"ONE-{number}",
            born=date(2009, 5, 14),
            meeting=date(2026, 11, 24),
            kind=ReviewKind.EHC_ANNUAL,
            professional=OKAFOR.email,
            coordinator=PATEL.email,
        )
        async with database.work() as work:
            made = await reviewing.plan(work, order, NOW)
            assert isinstance(made, Planned)
            await work.commit()
    return (time.perf_counter() - began) / ONE_BY_ONE


async def measured(folder: Path) -> list[tuple[str, str]]:
    """Everything once, in one process, in this order; what is counted in megabytes only grows."""
    lines, _ = seeded(MANY)
    reviewing = Reviewing(bank_holidays(2026, 2029))
    async with await open_test_database(folder) as database:
        await staffed(database)
        alone, before = await one_by_one(database, reviewing), memory()
        began = time.perf_counter()
        rows = table(as_csv(lines).encode(), "list.csv")
        assert isinstance(rows, list)
        read = time.perf_counter() - began
        seen = await preview(database, reviewing, rows, NOW)
        looked = time.perf_counter() - began - read
        done = [each async for each in plan_all(database, reviewing, seen.wanted, NOW)]
        planned = time.perf_counter() - began - read - looked
        again = await _again(database, reviewing, rows)
        began = time.perf_counter()
        table(as_workbook(lines), "list.xlsx")
        book = time.perf_counter() - began
    assert len(done) == MANY
    return [
        ("Read the CSV", f"{read * 1000:.0f} ms"),
        ("Write and read the XLSX", f"{book * 1000:.0f} ms"),
        (f"Look at {len(rows) - 1} rows, {len(seen.problems)} with a fault", f"{looked:.2f} s"),
        (f"Plan {MANY}", f"{planned:.1f} s, {planned / MANY / alone:.2f} of one by one"),
        ("The same list again", f"{again:.2f} s, {again / (looked + planned):.3f} of the first time"),
        ("Memory that it took more", f"{memory() - before:.0f} MB"),
    ]


async def _again(database: Database, reviewing: Reviewing, rows: list[Row]) -> float:
    began = time.perf_counter()
    seen = await preview(database, reviewing, rows, NOW)
    assert seen.wanted == ()
    return time.perf_counter() - began


def main() -> int:
    """Measure, print, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measured(Path(folder)))
    lines = ["# Many reviews from one list", "", "`make bench` writes this page. Both sides ran in one go.", ""]
    lines += ["| What | It took |", "|---|---|", *(f"| {what} | {took} |" for what, took in found)]
    PAGE.write_text("\n".join(lines) + "\n", "utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
