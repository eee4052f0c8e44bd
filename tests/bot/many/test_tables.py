"""Files of spreadsheets become rows of text, or a reason: whatever they are, however they were saved."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.many.orders import Column, columns, ordered
from bot.many.tables import MAX_BYTES, MAX_ROWS, Row, Unreadable, table
from bot.many.template import as_csv as empty_csv
from bot.many.template import as_workbook as empty_workbook
from tests.bot.many.lists import HEAD, as_csv, as_workbook, right

WHOLE = as_workbook([right(1)])


def rows(content: bytes, name: str = "list.csv") -> list[Row]:
    found = table(content, name)
    assert isinstance(found, list), found
    return found


def why(content: bytes, name: str = "list.csv") -> str:
    found = table(content, name)
    assert isinstance(found, Unreadable)
    return found.why


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_way_of_saving_gives_the_same_rows(delimiter: str, encoding: str) -> None:
    line = {**right(1), "First name": "Zoë"}
    found = rows(as_csv([line], delimiter).encode(encoding))
    assert found[0].cells == HEAD
    assert found[1].cells[0] == "Zoë"
    assert found[1].number == 2


def test_a_workbook_gives_the_same_rows_with_real_days_too() -> None:
    def with_days(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet["D2"] = datetime(2026, 11, 24)  # noqa: DTZ001  a workbook knows no zones
        sheet["C2"] = date(2009, 5, 14)

    found = rows(as_workbook([right(1)], with_days), "list.XLSX")
    assert found[0].cells == HEAD
    assert found[1].cells[2:4] == ("2009-05-14", "2026-11-24")


def test_hidden_sheets_and_empty_rows_are_passed_over() -> None:
    def hidden(book: openpyxl.Workbook) -> None:
        book.worksheets[0].insert_rows(2)
        book.create_sheet("secret", 0).sheet_state = "hidden"

    found = rows(as_workbook([right(1)], hidden), "list.xlsx")
    assert [each.number for each in found] == [1, 3], "rows keep the numbers they have in the program"


def test_a_formula_is_text_and_is_refused_by_its_row() -> None:
    def formula(book: openpyxl.Workbook) -> None:
        book.worksheets[0]["A2"] = '=CONCAT("S","am")'

    head, row = rows(as_workbook([right(1)], formula), "list.xlsx")
    found = ordered(row, columns(head)[0])
    assert isinstance(found, list)
    assert "formula" in found[0].what


def test_merged_cells_leave_an_empty_one_which_is_named() -> None:
    def merged(book: openpyxl.Workbook) -> None:
        book.worksheets[0].merge_cells("A2:B2")

    head, row = rows(as_workbook([right(1)], merged), "list.xlsx")
    found = ordered(row, columns(head)[0])
    assert isinstance(found, list)
    assert [(each.column, each.what) for each in found] == [("reference", "This is empty.")]


def test_too_much_is_refused_and_says_what_to_do() -> None:
    assert "larger than 4 MB" in why(b"x" * (MAX_BYTES + 1))
    assert "more than 2000 reviews" in why(("a,b\n" * (MAX_ROWS + 2)).encode())
    assert "more than 40 columns" in why(("a," * 41 + "b").encode())
    assert "is empty" in why(b"\n\n,,,\n")
    assert "no list" in why(b"a\0b")


def test_a_hundred_thousand_rows_are_refused_soon() -> None:
    assert "Split it" in why(b"Sam,RC-1,14/5/2009\n" * 100_000)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(3000):
        sheet.append(["Sam", "RC-1"])
    held = io.BytesIO()
    book.save(held)
    assert "Split it" in why(held.getvalue(), "list.xlsx")


def test_a_zip_bomb_is_not_unpacked() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 * 1024 * 1024))
    assert "unpacks to far too much" in why(held.getvalue(), "list.xlsx")


def test_entities_in_a_workbook_are_not_followed() -> None:
    plain = io.BytesIO(as_workbook([right(1)]))
    held = io.BytesIO()
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(held, "w") as new:
        for each in old.infolist():
            new.writestr(each, bomb if each.filename == "xl/workbook.xml" else old.read(each))
    assert "bbbb" not in why(held.getvalue(), "list.xlsx")


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_reason(name: str, content: bytes) -> None:
    found = table(content, name)
    assert isinstance(found, Unreadable) or all(isinstance(each, Row) for each in found)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_to_a_workbook_is_rows_or_a_reason(data: st.DataObject) -> None:
    content = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    found = table(bytes(content), "list.xlsx")
    assert isinstance(found, list | Unreadable)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=20), max_size=12), min_size=1, max_size=5))
def test_any_cells_are_ordered_or_named(cells: list[list[str]]) -> None:
    places = {column: place for place, column in enumerate(Column)}
    for number, each in enumerate(cells, 2):
        found = ordered(Row(number, tuple(each)), places)
        assert not isinstance(found, list) or found


def test_the_template_can_be_read_back_in_both_forms() -> None:
    for content, name in ((empty_csv().encode(), "t.csv"), (empty_workbook(), "t.xlsx")):
        head, example = rows(content, name)
        places, problems = columns(head)
        assert problems == []
        assert set(places) == set(Column)
        assert not isinstance(ordered(example, places), list)


def test_columns_may_change_places_be_called_otherwise_and_are_named_where_wrong() -> None:
    places, problems = columns(Row(1, ("DOB", " named-professional ", "ref", "shoe size", "DOB", "")))
    assert places == {Column.BORN: 0, Column.PROFESSIONAL: 1, Column.REFERENCE: 2}
    said = [(each.column, each.what) for each in problems]
    assert ("shoe size", "This is no column here. Take it out.") in said
    assert ("DOB", "This column is there twice.") in said
    assert ("meeting", "This column is missing.") in said
