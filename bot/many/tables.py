"""Files of spreadsheets as plain rows of text. Nothing in them is worked out, and none of them is too much."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES: Final = 4 * 1024 * 1024
MAX_UNPACKED: Final = 48 * 1024 * 1024
"""A workbook of 2,000 rows has about one."""
MAX_ROWS: Final = 2000
MAX_COLUMNS: Final = 40
MAX_CELL: Final = 2000
_BROKEN: Final = (
    zipfile.BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    OSError, EOFError, NotImplementedError, OverflowError, RuntimeError, zlib.error, struct.error,
)  # fmt: skip
"""What openpyxl raises for files that only look like a workbook. Any of them is the file's fault."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet by its own number there; `cells` are trimmed, in the order of the columns."""

    number: int
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing of a file can be used, and what to do."""

    why: str


def table(content: bytes, name: str) -> list[Row] | Unreadable:
    """The rows that are not empty, the head first. The name decides: .xlsx is a workbook, all else CSV."""
    if len(content) > MAX_BYTES:
        return Unreadable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Split the list.")
    found = _workbook(content) if name.casefold().endswith(".xlsx") else _csv(content)
    if isinstance(found, list) and not found:
        return Unreadable("The file is empty. `firsthand review template` makes one to fill in.")
    return found


def _csv(content: bytes) -> list[Row] | Unreadable:
    text = _text(content)
    if "\0" in text:
        return Unreadable("This is no list. Save the sheet as CSV or XLSX anew.")
    head = text.lstrip().partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        return _rows((reader.line_num, cells) for cells in reader)
    except csv.Error as error:
        return Unreadable(f"Row {reader.line_num} is no row of a list: {error}. Save the sheet as CSV anew.")


def _text(content: bytes) -> str:
    """As spreadsheets save: UTF-8, UTF-16 with its mark, or the letters of Windows in western Europe."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _workbook(content: bytes) -> list[Row] | Unreadable:
    broken = Unreadable("This is no workbook that can be read. Save it as XLSX anew, or as CSV.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                return Unreadable("This workbook unpacks to far too much. Copy the list into a new one.")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        try:
            sheet = next((each for each in book.worksheets if each.sheet_state == "visible"), None)
            if sheet is None:
                return Unreadable("There is no sheet with a list in this workbook.")
            return _rows((number, cells) for number, cells in enumerate(sheet.iter_rows(values_only=True), 1))
        finally:
            book.close()
    except _BROKEN:
        return broken


def _rows(found: Iterable[tuple[int, Iterable[object]]]) -> list[Row] | Unreadable:
    rows: list[Row] = []
    for number, cells in found:
        if number > 50 * MAX_ROWS:
            return Unreadable(f"The list has more than {MAX_ROWS} reviews. Split it.")
        plain = tuple(_plain(cells))
        if not any(plain):
            continue
        if len(plain) > MAX_COLUMNS:
            return Unreadable(f"Row {number} has more than {MAX_COLUMNS} columns. Keep those of the template.")
        rows.append(Row(number, plain))
        if len(rows) > MAX_ROWS + 1:
            return Unreadable(f"The list has more than {MAX_ROWS} reviews. Split it.")
    return rows


def _plain(cells: Iterable[object]) -> Iterator[str]:
    """Each cell as text; a date as its ISO form, with whatever stands empty at the end left out."""
    plain = [_cell(each) for each in cells]
    while plain and not plain[-1]:
        plain.pop()
    return iter(plain)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()[: MAX_CELL + 1]
