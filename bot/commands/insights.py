"""`firsthand insights`: what many people said in one term, so that nobody can be singled out."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import typer
from pydantic import TypeAdapter

from bot.commands.desk import clock_of, fail, out, work
from bot.insights.gathering import SETTLES, tally
from bot.insights.printing import Printing
from bot.settings import Settings
from conversations.catalogue import load
from conversations.document_words import load_document_words
from conversations.insights import Report, ReportTerm, report, term_in
from conversations.suppression import INSIDE, PUBLISHED
from storage.database import Database
from storage.private_files import replace_private
from storage.records import Setting
from storage.unit_of_work import UnitOfWork

_REPORTS: Final = TypeAdapter(Report)


def insights(
    term: Annotated[str, typer.Argument(help="The term, such as 2026-autumn, 2027-spring or 2027-summer.")],
    to: Annotated[Path, typer.Option(help="A folder for the files. It is made where it is not there.")],
    *,
    publish: Annotated[bool, typer.Option("--publish", help="To be given away: no number below 10.")] = False,
) -> None:
    """Make the report of one term: figures of many people, as PDF, pictures, CSV and text."""
    known = term_in(term)
    if known is None:
        fail("A term is written like this: 2026-autumn, 2027-spring or 2027-summer.", 2)
    least = PUBLISHED if publish else INSIDE

    async def task(settings: Settings, database: Database) -> Printing:
        now = clock_of(settings).now()
        async with database.work() as unit:
            setting = await unit.settings.get()
            if setting is None:
                fail("First say who you are: `firsthand setting set`.")
            ready = known.after + SETTLES
            if now.astimezone(ZoneInfo(setting.zone)).date() < ready:
                fail(f"This term is not over and answered yet. Its report can be made from {ready:%d %B %Y} on.")
            printed = await _printed(unit, settings, setting, (known, least, now))
            await unit.commit()
        return Printing(printed, setting, now, load_document_words())

    for name in _written(work(task), to):
        out.print(f"Written: {name}", markup=False)


async def _printed(
    unit: UnitOfWork, settings: Settings, setting: Setting, wanted: tuple[ReportTerm, int, datetime]
) -> Report:
    """What was printed of this term before, else what is printed now, and never again anew: both bounds at once.

    A second print after one more yes, or one less, would show by its difference what that one person pressed.
    """
    term, least, now = wanted
    if await unit.insights.report(_name(term, least)) is None:
        counted = await tally(unit, load(settings.scripts_folder), setting, term)
        for bound in (INSIDE, PUBLISHED):
            content = _REPORTS.dump_json(report(counted, term, bound)).decode()
            await unit.insights.keep_report(_name(term, bound), content, now)
    return _REPORTS.validate_json(await unit.insights.report(_name(term, least)) or "")


def _name(term: ReportTerm, least: int) -> str:
    return f"{term.code}/{least}"


def _written(printing: Printing, folder: Path) -> list[str]:
    """The files, each for its owner's eyes until they give it away."""
    stem = f"insights-{printing.report.term}-{printing.report.least}"
    files = {f"{stem}.pdf": printing.pdf()}
    files |= {f"{stem}.csv": printing.csv().encode(), f"{stem}.txt": printing.text().encode()}
    files |= {f"{stem}-{page}.png": png for page, png in enumerate(printing.pictures(), start=1)}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            replace_private(folder / name, content)
    except OSError as error:
        fail(f"{folder} cannot be written: {error.strerror}.")
    return list(files)
