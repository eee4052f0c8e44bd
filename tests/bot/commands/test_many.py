"""`firsthand review import`: 500 reviews in one go, every fault named, nothing twice, nothing before a yes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from tests.bot.commands.desk import Desk
from tests.bot.many.lists import FAULTS, as_csv, as_workbook, right, seeded

A_TAP, A_CHARACTER = 1.2, 0.3
"""Seconds that each takes."""


def reviews(desk: Desk) -> int:
    return len(desk.ask(lambda work: work.reviews.all()))


def read(folder: Path, name: str) -> list[dict[str, str]]:
    (path,) = folder.glob(f"{name}-*.csv")
    assert path.stat().st_mode & 0o077 == 0
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@pytest.mark.uncounted
@pytest.mark.timeout(300)
def test_five_hundred_reviews_twice_with_37_faults_found_and_named(desk: Desk) -> None:
    desk.staffed()
    lines, expected = seeded(500)
    assert len(FAULTS) == len(expected) == 37
    (desk.folder / "list.csv").write_text(as_csv(lines), "utf-8")
    stopped = desk.run("review", "import", "list.csv", "--to", "first", "--all-or-nothing", "--yes", code=1)
    assert "Nothing was planned." in stopped.output
    assert reviews(desk) == 0
    done = desk.run("review", "import", "list.csv", "--to", "first", "--yes")
    assert "500 to plan, 0 planned already, 37 problems." in done.output
    assert reviews(desk) == 500
    result = read(desk.folder / "first", "result")
    problems = {int(row["row"]): row["reason"] for row in result if row["state"] == "problem"}
    assert problems.keys() == expected.keys()
    for row, said in expected.items():
        named = [line for line in done.output.splitlines() if line.startswith(f"Row {row},")]
        assert said.casefold() in " ".join(named).casefold()
        assert said.rpartition(": ")[2] in problems[row]
    again = desk.run("review", "import", "list.csv", "--to", "second", "--yes")
    assert "0 to plan, 500 planned already, 37 problems." in " ".join(again.output.split())
    assert reviews(desk) == 500


def test_a_link_and_its_secret_are_in_two_files_of_the_owner(desk: Desk) -> None:
    desk.staffed()
    (desk.folder / "list.xlsx").write_bytes(as_workbook([{**right(1), "Carer 1": "Ann/mother"}, right(2)]))
    desk.run("review", "import", "list.xlsx", "--to", "out", "--letters", "letters", "--yes")
    links, secrets = read(desk.folder / "out", "links"), read(desk.folder / "out", "secrets")
    assert [(each["row"], each["reference"], each["for"]) for each in links] == [
        ("2", "RC-1", "Sam1"), ("2", "RC-1", "Ann"), ("3", "RC-2", "Sam2")
    ]  # fmt: skip
    assert {each["participant"] for each in links} == {each["participant"] for each in secrets}
    text = (next((desk.folder / "out").glob("links-*.csv"))).read_text("utf-8")
    assert not any(each["secret"].partition(": ")[2] in text for each in secrets)
    assert len(list((desk.folder / "letters").glob("*.pdf"))) == 3
    assert [each["state"] for each in read(desk.folder / "out", "result")] == ["planned", "planned"]


def test_nothing_is_done_without_a_yes_and_an_example_never(desk: Desk) -> None:
    desk.staffed()
    desk.run("review", "template", "--to", "list.csv")
    assert "There was nothing to plan." in desk.run("review", "import", "list.csv", "--to", "out", "--yes").output
    desk.run("review", "template", "--to", "list.xlsx")
    assert "cannot be written" in desk.refused("review", "template", "--to", "list.csv", code=2)
    (desk.folder / "one.csv").write_text(as_csv([right(1)]), "utf-8")
    no = CliRunner().invoke(app, ["review", "import", "one.csv", "--to", "out"], input="n\n")
    assert no.exit_code == 1
    assert reviews(desk) == 0


def test_an_earlier_import_keeps_its_links(desk: Desk) -> None:
    desk.staffed()
    (desk.folder / "list.csv").write_text(as_csv([right(1)]), "utf-8")
    desk.run("review", "import", "list.csv", "--to", "out", "--yes")
    before = {path: path.read_bytes() for path in (desk.folder / "out").iterdir()}
    desk.run("review", "import", "list.csv", "--to", "out", "--yes")
    assert all(path.read_bytes() == content for path, content in before.items())


def test_files_that_are_no_list_are_said_in_words(desk: Desk) -> None:
    desk.staffed()
    (desk.folder / "list.xlsx").write_bytes(b"PK")
    assert "no workbook that can be read" in desk.refused("review", "import", "list.xlsx", "--to", "out", code=2)
    assert "cannot be read" in desk.refused("review", "import", "none.csv", "--to", "out", code=2)
    (desk.folder / "bad.csv").write_text("shoe size\n42\n", "utf-8")
    shown = desk.run("review", "import", "bad.csv", "--to", "out", code=1).output
    assert "shoe size: This is no column here." in shown
    assert "meeting: This column is missing." in shown


def test_from_an_export_a_review_takes_less_than_ten_seconds(desk: Desk) -> None:
    """The setting's own system gives names, references and birth dates; staff add the day, and two mails once."""
    desk.staffed()
    head = ("Forename", "Ref", "DOB", "Meeting", "Professional", "Coordinator")
    lines = [
        {
            "Forename": f"Sam{number}",
            "Ref": f"RC-{number}",
            "DOB": "14/05/2009",
            "Meeting": "24/11/2026",
            "Professional": "okafor@example.org",
            "Coordinator": "patel@example.org",
        }
        for number in range(30)
    ]
    command = ("review", "import", "list.csv", "--to", "out", "--yes")
    (desk.folder / "list.csv").write_text(as_csv(lines, ";", head), "utf-8")
    desk.run(*command)
    assert reviews(desk) == len(lines)
    once = (*head[3:], lines[0]["Professional"], lines[0]["Coordinator"], "firsthand", *command)
    typed = sum(len(line["Meeting"]) for line in lines) + sum(map(len, once))
    taps = len(lines) + 2 * 3  # to the next row each time; each mail: copy it, mark the column, put it in
    assert (typed * A_CHARACTER + taps * A_TAP) / len(lines) < 10
