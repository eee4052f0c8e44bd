"""`firsthand review template` and `firsthand review import`: many reviews from one list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bot.commands import gate
from bot.commands.desk import AsJson, clock_of, err, fail, out, show, work
from bot.commands.faults import FAULTS, REFUSALS
from bot.commands.invite import (
    manners,
    see_that_it_is_offered,
    see_that_letters_can_be_written,
    shown_once,
    write_letters,
)
from bot.many.orders import Wanted
from bot.many.planning import Done, Preview, plan_all, preview
from bot.many.tables import MAX_BYTES, Row, Unreadable, table
from bot.many.template import as_csv, as_workbook
from bot.ordering import Fault
from bot.reviewing import Planned, Reviewing
from bot.settings import Settings
from bot.spreadsheet_cells import cell
from conversations.bounded import read_at_most
from conversations.timetable import RefusalReason, Refused
from storage.database import Database
from storage.private_files import replace_private, write_private

Rows = list[dict[str, str]]


def template(
    to: Annotated[Path, typer.Option(help="The file to make: .csv, or .xlsx for a workbook.")],
) -> None:
    """Make an empty list for many reviews, with an example that is never planned."""
    try:
        write_private(to, as_workbook() if to.suffix.casefold() == ".xlsx" else as_csv().encode())
    except OSError as error:
        fail(f"{to} cannot be written: {error.strerror}. Name a file that is not there yet.", 2)
    out.print(f"Fill in {to}. Then: firsthand review import {to} --to FOLDER", markup=False)


def import_(  # noqa: PLR0913  each is one option of the command line
    file: Annotated[Path, typer.Argument(help="The list: CSV or XLSX.")],
    to: Annotated[Path, typer.Option(help="A folder for what came of it. It holds names: keep it safe.")],
    letters: Annotated[Path | None, typer.Option(help="Folder for printable letters (PDF).")] = None,
    *,
    all_or_nothing: Annotated[bool, typer.Option(help="Plan nothing while any row has a problem.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking once more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Plan many reviews. Every problem is shown first, and nothing is done before you say yes. Safe to repeat."""
    rows = _read(file)
    for folder in (to, letters):
        see_that_letters_can_be_written(folder)

    async def task(settings: Settings, database: Database) -> Rows:
        now = clock_of(settings).now()
        inviting = await gate.inviting(settings, database, now)
        seen = await preview(database, inviting, rows, now)
        _shown(seen, as_json=as_json)
        if seen.problems and (all_or_nothing or not (seen.wanted or seen.stands)):
            fail("Nothing was planned. Mend the list and import it again.")
        for language in sorted({each.order.language for each in seen.wanted}):
            see_that_it_is_offered(settings, language)
        if not seen.wanted:
            return []
        if not yes and not typer.confirm(f"Plan {len(seen.wanted)} reviews?", err=as_json):
            fail("Nothing was planned.")
        return await _carry_out(settings, database, inviting, seen, (to, letters))

    done = work(task)
    show(done, as_json=as_json, empty="There was nothing to plan.")
    if done and not as_json:
        out.print(f"\nWhat came of it is in {to}. Give a link by one way, and its secret by another.", markup=False)


def _read(file: Path) -> Sequence[Row]:
    try:
        found = table(read_at_most(file, MAX_BYTES), file.name)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.", 2)
    if isinstance(found, Unreadable):
        fail(f"{file}: {found.why}", 2)
    return found


def _shown(seen: Preview, *, as_json: bool) -> None:
    """What would happen, and every problem by its row; a script gets it beside its JSON."""
    if seen.problems:
        to = err if as_json else out
        to.print("\n".join(f"Row {each.row}, {each.column or 'all'}: {_words(each.what)}" for each in seen.problems))
    counts = f"{len(seen.wanted)} to plan, {len(seen.stands)} planned already, {len(seen.problems)} problems."
    (err if as_json else out).print(counts)


def _words(what: str) -> str:
    """A problem in words: one of the list itself says its own, others are those of `review plan`."""
    match what:
        case RefusalReason():
            return " ".join(REFUSALS[what].split())
        case Fault():
            return " ".join(FAULTS[what].split())
        case _:
            return what


async def _carry_out(
    settings: Settings, database: Database, inviting: Reviewing, seen: Preview, folders: tuple[Path, Path | None]
) -> Rows:
    """Plan them one by one. The files are written anew after each, so that whatever happens they tell what is done."""
    to, letters = folders
    result: Rows = [{"row": str(each.row), "state": "problem", "reason": _words(each.what)} for each in seen.problems]
    result += [{"row": str(each), "state": "planned already", "reason": ""} for each in seen.stands]
    links: Rows = []
    secrets: Rows = []
    orders, now = {each.row: each for each in seen.wanted}, clock_of(settings).now()
    manner = manners(settings) if letters is not None else None
    _write(to, now, result, links, secrets)
    with Progress(console=err, transient=True) as progress:
        bar = progress.add_task("Planning", total=len(seen.wanted))
        async for done in plan_all(database, inviting, seen.wanted, now):
            result.append(_row(done))
            if isinstance(done.planned, Planned):
                made = await shown_once(database, done.planned.invitations)
                links += [_link(orders[done.row], each) for each in made]
                secrets += [{"participant": each["participant"], "secret": each["secret"]} for each in made]
                if letters is not None and manner is not None:
                    invites = done.planned.invitations
                    await write_letters(database, done.planned.review, invites, letters, manner)
            _write(to, now, result, links, secrets)
            progress.advance(bar)
    return sorted(result, key=lambda each: int(each["row"]))


def _row(done: Done) -> dict[str, str]:
    match done.planned:
        case Planned(on_paper=person):
            return {"row": str(done.row), "state": "planned", "reason": "on paper, too young" if person else ""}
        case Refused(reason=reason):
            return {"row": str(done.row), "state": "problem", "reason": _words(reason)}
        case fault:
            return {"row": str(done.row), "state": "problem", "reason": _words(fault)}


def _link(wanted: Wanted, made: dict[str, str]) -> dict[str, str]:
    return {
        "row": str(wanted.row),
        "reference": wanted.order.reference,
        "for": made["for"],
        "role": made["role"],
        "participant": made["participant"],
        "link": made["link"],
    }


def _write(folder: Path, begun: datetime, result: Rows, links: Rows, secrets: Rows) -> None:
    """A link and its secret are in two files, to go by two ways (decision 10). All are for their owner's eyes.

    Each import has files of its own: those of an earlier one hold links that nobody can show again.
    """
    for name, rows in (("result", result), ("links", links), ("secrets", secrets)):
        if rows:
            replace_private(folder / f"{name}-{begun:%Y%m%d-%H%M%S}.csv", _csv(rows).encode())


def _csv(rows: Iterable[dict[str, str]]) -> str:
    held, made = list(rows), io.StringIO()
    writer = csv.DictWriter(made, list(held[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in held)
    return made.getvalue()
