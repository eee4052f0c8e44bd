"""An empty list to fill in, as CSV or as a workbook, with one invented row that is never planned."""

from __future__ import annotations

import csv
import io
from typing import Final

import openpyxl
from openpyxl.styles import Font

from bot.many.orders import EXAMPLE, Column

_ROW: Final = {
    Column.FIRST_NAME: "Sam",
    Column.REFERENCE: EXAMPLE,
    Column.BORN: "14/5/2009",
    Column.MEETING: "2027-01-19",
    Column.KIND: "ehc_annual",
    Column.PROFESSIONAL: "okafor@example.org",
    Column.COORDINATOR: "patel@example.org",
    Column.CARER_1: "Ann/mother",
    Column.PLAN_LINES: "A quiet room | Someone reads long texts",
}
_NOTES: Final = (
    "One row for each review. The first row has to stay. Columns may change places or go where they are not needed.",
    "Needed: first name, reference, born, meeting, professional, coordinator. The last two are work e-mails.",
    "Days: 2027-01-19, 19/1/2027, 19.1.2027 or 19 January 2027. The day stands first.",
    "A carer: name/relation. Plan lines and goals: several with | between them.",
    f"The row with the reference {EXAMPLE} is never planned. A birth date is used once and not kept.",
)


def as_csv() -> str:
    """For any spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([each.value for each in Column])
    writer.writerow([_ROW.get(each, "") for each in Column])
    return made.getvalue()


def as_workbook() -> bytes:
    """With a second sheet that says how to fill it in."""
    book = openpyxl.Workbook()
    sheet = book.active
    if sheet is None:
        raise RuntimeError("a new workbook has a sheet")
    sheet.title = "Reviews"
    for place, column in enumerate(Column, 1):
        head = sheet.cell(1, place, column.value)
        head.font = Font(bold=True)
        sheet.cell(2, place, _ROW.get(column, ""))
        sheet.column_dimensions[head.column_letter].width = 20
    sheet.freeze_panes = "A2"
    notes = book.create_sheet("How to fill it in")
    for number, note in enumerate(_NOTES, 1):
        notes.cell(number, 1, note)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
