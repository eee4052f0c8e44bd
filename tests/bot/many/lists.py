"""Lists of reviews for the tests of import: rows that are right, and faults of every kind to put among them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import openpyxl

HEAD: Final = (
    "First name", "Reference", "Date of birth", "Meeting", "Kind", "Professional", "Coordinator", "Carer 1", "Carer 2",
    "Short notice reason",
)  # fmt: skip
Line = dict[str, str]


def right(number: int) -> Line:
    """One review that can be planned."""
    return {
        "First name": f"Sam{number}",
        "Reference": f"RC-{number}",
        "Date of birth": "14/5/2009",
        "Meeting": ("2026-11-24", "24/11/2026", "24.11.2026", "24 November 2026")[number % 4],
        "Kind": "ehc_annual",
        "Professional": "okafor@example.org",
        "Coordinator": "patel@example.org",
        "Carer 1": "",
        "Carer 2": "",
        "Short notice reason": "",
    }


FAULTS: Final[Sequence[tuple[Mapping[str, str], str]]] = (
    ({"First name": ""}, "first name: This is empty."),
    ({"Reference": ""}, "reference: This is empty."),
    ({"Date of birth": ""}, "born: This is empty."),
    ({"Meeting": ""}, "meeting: This is empty."),
    ({"Professional": ""}, "professional: This is empty."),
    ({"Coordinator": ""}, "coordinator: This is empty."),
    ({"First name": "=HYPERLINK(1)"}, "formula"),
    ({"Reference": "+1"}, "formula"),
    ({"First name": "@SUM(A1)"}, "formula"),
    ({"Carer 1": "-2+3"}, "formula"),
    ({"Meeting": "31/2/2027"}, "meeting: This is no day"),
    ({"Meeting": "11/24/2026"}, "meeting: This is no day"),
    ({"Meeting": "24/11/26"}, "meeting: This is no day"),
    ({"Meeting": "soon"}, "meeting: This is no day"),
    ({"Meeting": "46350"}, "meeting: This is no day"),
    ({"Meeting": "2026-13-01"}, "meeting: This is no day"),
    ({"Meeting": "24 Novembre11 2026"}, "meeting: This is no day"),
    ({"Date of birth": "14 of May"}, "born: This is no day"),
    ({"Date of birth": "0"}, "born: This is no day"),
    ({"Kind": "yearly"}, "no such kind"),
    ({"Kind": "EHC"}, "no such kind"),
    ({"Professional": "nobody@example.org"}, "named professional is not known"),
    ({"Coordinator": "nobody@example.org"}, "coordinator is not known"),
    ({"Date of birth": "1/1/2015"}, "not over school leaving age"),
    ({"Date of birth": "1/1/2011"}, "not over school leaving age"),
    ({"Date of birth": "1/1/1995"}, "25 before the meeting"),
    ({"Meeting": "2026-09-01"}, "has to be after today"),
    ({"Meeting": "28.9.2026"}, "has to be after today"),
    ({"Meeting": "2030-01-08"}, "more than two years away"),
    ({"Meeting": "2026-10-05"}, "less time to prepare"),
    ({"Carer 1": "Ann/mother", "Carer 2": "ann / Mother"}, "same name and relation"),
    ({"Carer 1": "/mother"}, "needs a first name"),
    ({"First name": "x" * 2100}, "longer than 2000 letters"),
    ({"Reference": "RC-0"}, "another name or birth date"),
    ({"Reference": "rc-0", "First name": "Sam0", "Date of birth": "1/2/2009"}, "another name or birth date"),
    ({"Reference": "RC-1", "First name": "Sam1"}, "is the same review"),
    ({"Reference": "RC-2", "First name": "SAM2", "Meeting": "24 nov 2026"}, "is the same review"),
)
"""37 of them: what is changed in a row that is right, and what has to be said."""


def seeded(count: int) -> tuple[list[Line], dict[int, str]]:
    """So many rows that are right with the faults among them; by its row in the file, what each fault has to say."""
    lines = [right(number) for number in range(count)]
    expected: dict[int, str] = {}
    for number, (change, said) in enumerate(FAULTS):
        place = 10 + number * 7
        lines.insert(place, {**right(10_000 + number), **change})
        expected[place + 2] = said  # the head is row 1
    return lines, expected


def as_csv(lines: Sequence[Line], delimiter: str = ",", head: Sequence[str] = HEAD) -> str:
    """As a spreadsheet would save it."""
    made = io.StringIO()
    writer = csv.writer(made, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([line.get(name, "") for name in head] for line in lines)
    return made.getvalue()


def as_workbook(lines: Sequence[Line], more: Callable[[openpyxl.Workbook], None] = lambda _: None) -> bytes:
    """The same as XLSX; `more` is done to the workbook before it is saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEAD)
    for line in lines:
        sheet.append([line.get(name, "") for name in HEAD])
    more(book)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def written(folder: Path) -> Path:
    """A file with one review that can be planned."""
    path = folder / "list.csv"
    path.write_text(as_csv([right(1)]), "utf-8")
    return path
