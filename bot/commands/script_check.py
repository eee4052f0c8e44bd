"""`firsthand scripts check`: reads scripts and sentences as a co-designer would, and says what to mend."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import orjson
import typer

from bot.commands.desk import AsJson, fail, out
from bot.commands.screen import harmless_json
from bot.commands.script_sources import SUFFIXES, of_script, one_file, shipped_or
from bot.pictures.sets import PictureSet, PicturesRefusedError, open_set
from bot.script_page import script_page
from bot.settings import PREFIX
from conversations.face_checks import Pictures
from conversations.findings import Finding, Severity
from conversations.looking_over import LookedOver, broken
from conversations.problems import Problem

Which = Annotated[str, typer.Argument(metavar="[NAME|FILE|FOLDER]", help="A script's id, a file, or a folder.")]
Folder = Annotated[Path | None, typer.Option(help="A folder with your own scripts.", exists=True, file_okay=False)]
PicturesFolder = Annotated[
    Path | None,
    typer.Option(envvar=f"{PREFIX}PICTURES_FOLDER", help="A folder with your own pictures.", file_okay=False),
]
ReportFile = Annotated[Path | None, typer.Option("--report", help="Write a page to read on a phone: FILE.html")]

_JSON: Final = orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS  # taps are by way, an enum
_MARKS: Final = {Severity.FINDING: "▲ Mend", Severity.WARNING: "○ Look again"}


def check(
    which: Which = "",
    folder: Folder = None,
    report: ReportFile = None,
    pictures: PicturesFolder = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Read every script as a co-designer would: plain words, pictures, refusals, limits."""
    shown = _pictures(pictures)
    looked = (*_looked(which, folder, cache(shown.found)), *_left_out(shown, pictures))
    if report is not None:
        _write(report, looked, shown)
    if as_json:
        out.print(harmless_json(orjson.dumps([_row(each) for each in looked], option=_JSON).decode()), markup=False)
    else:
        _print(looked)
    if not all(each.is_fit for each in looked):
        fail("Please mend the findings.")


def _pictures(folder: Path | None) -> PictureSet:
    try:
        with redirect_stdout(sys.stderr):  # what is logged about the folder must not stand within JSON
            return open_set(folder)
    except PicturesRefusedError as error:
        fail(str(error))


def _left_out(shown: PictureSet, folder: Path | None) -> tuple[LookedOver, ...]:
    """The deployer's own pictures that cannot be drawn, also those that no script uses."""
    name = folder.name if folder else ""
    problems = [
        Problem(name, 0, why, "Save it again as a plain SVG or PNG, or take it out.") for why in shown.troubles()
    ]
    return (broken(name, problems),) if problems else ()


def _looked(which: str, folder: Path | None, known: Pictures) -> tuple[LookedOver, ...]:
    place = Path(which) if which else None
    if place is not None and place.is_dir():
        return _some(shipped_or(place, known))
    if place is not None and (place.is_file() or place.suffix in SUFFIXES):
        return one_file(place, known)
    looked = _some(shipped_or(folder, known))
    if not which:
        return looked
    return of_script(looked, which) or fail(f"There is no script, file or folder '{which}'.")


def _some(looked: tuple[LookedOver, ...]) -> tuple[LookedOver, ...]:
    return looked or fail("There is no script in this folder. A script is a file that ends with .yaml.")


def _write(report: Path, looked: tuple[LookedOver, ...], shown: PictureSet) -> None:
    if report.suffix not in {".html", ".htm"}:
        fail("The report is a web page. Give it a name that ends with .html")
    try:
        report.write_text(script_page(looked, shown.svg), encoding="utf-8")
    except OSError as error:
        fail(f"The report cannot be written: {error.strerror}.")


def _row(looked: LookedOver) -> dict[str, object]:
    flow, figures = looked.flow, looked.figures
    return {
        "file": looked.file,
        "script": flow.id if flow else None,
        "version": flow.version if flow else None,
        "fit": looked.is_fit,
        "figures": figures,
        "found": [_found(each) for each in looked.found],
    }


def _found(each: Finding) -> dict[str, object]:
    return {
        "kind": each.kind,
        "severity": each.severity,
        "where": each.where,
        "line": each.place.line,
        "what": each.what,
        "remedy": each.remedy,
    }


def _print(looked: tuple[LookedOver, ...]) -> None:
    for each in looked:
        for line in _lines(each):
            out.print(line, markup=False)
    for each in looked:
        out.print(summary(each), markup=False)


def _lines(looked: LookedOver) -> Iterator[str]:
    """What was found in one file, by step."""
    if looked.found:
        yield looked.file
    for where, found in groupby(looked.found, key=lambda each: each.where):
        yield f"  {where}"
        for each in found:
            line = f"{looked.file}:{each.place.line}" if each.place.line else looked.file
            yield f"    {_MARKS[each.severity]} ({line}, {each.kind})"
            yield f"      {each.what}"
            yield f"      {each.remedy}"
    if looked.found:
        yield ""


def summary(looked: LookedOver) -> str:
    """One line about one file."""
    worst = [each.severity for each in looked.found]
    findings, warnings = worst.count(Severity.FINDING), worst.count(Severity.WARNING)
    said = f"{looked.file}: {findings or 'nothing'} to mend, {warnings or 'nothing'} to look at again."
    return f"{said} {looked.figures.told()}" if looked.figures else said
