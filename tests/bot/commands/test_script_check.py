"""`firsthand scripts check`: what a co-designer reads about a script, and when the command fails."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bot.commands.desk import Desk

BAD = Path(__file__).parents[2] / "conversations" / "bad_scripts"
FINE = "nothing to mend, nothing to look at again."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A deployer's own folder, with one broken script."""
    place = tmp_path / "scripts"
    (place / "past").mkdir(parents=True)
    shutil.copy(BAD / "unknown_kind.yaml", place)
    return place


def told(desk: Desk, *words: str, code: int = 0) -> str:
    return desk.run("scripts", "check", *words, code=code).stdout


def checked(desk: Desk, *words: str, code: int = 0) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(told(desk, *words, "--json", code=code))
    return rows


def test_everything_that_is_shipped_is_fit(desk: Desk) -> None:
    rows = checked(desk)
    assert {row["file"] for row in rows} == {
        *("carer.yaml", "young_person.yaml", "words.yaml"),
        *(
            "bot_words.yaml",
            "cards.yaml",
            "document_words.yaml",
            "glossary.yaml",
            "help_lines.yaml",
            "insight_words.yaml",
            "secret_words.yaml",
        ),
    }
    assert all(row["fit"] for row in rows)
    assert f"secret_words.yaml: {FINE}" in told(desk)


def test_it_needs_no_settings_and_no_database(desk: Desk) -> None:
    for name in ("TOKEN", "KEYS", "DATABASE_URL"):
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert checked(desk, "carer")[0]["fit"]


def test_a_finding_is_told_with_its_step_its_line_and_what_to_do(desk: Desk) -> None:
    said = told(desk, str(BAD / "findings" / "idiom.yaml"), code=1)
    assert "talk, step colour\n" in said
    assert "▲ Mend (idiom.yaml:67, idiom)\n" in said
    assert "'a piece of cake' is a figure of speech.\n" in said
    assert "Try: easy.\n" in said
    assert "idiom.yaml: 1 to mend, nothing to look at again. 8 steps, about 8 taps" in said
    (row,) = checked(desk, str(BAD / "findings" / "idiom.yaml"), code=1)
    (found,) = row["found"]
    assert (found["kind"], found["severity"], found["line"]) == ("idiom", "finding", 67)
    assert (row["script"], row["version"], row["fit"]) == ("talk", 1, False)


def test_a_warning_does_not_fail(desk: Desk) -> None:
    assert "○ Look again" in told(desk, str(BAD / "findings" / "passive.yaml"))


def test_one_script_can_be_asked_for_by_its_id(desk: Desk) -> None:
    (row,) = checked(desk, "young_person")
    assert (row["file"], row["script"]) == ("young_person.yaml", "young_person")
    assert "no script, file or folder 'nobody'" in desk.refused("scripts", "check", "nobody")


@pytest.mark.parametrize(
    ("name", "line", "what"),
    [
        ("bad_indent.yaml", 2, "This is not YAML"),
        ("too_many_options.yaml", 17, "There are 41 options. Keep at most 40."),
        ("long_label.yaml", 20, "is too long. Use at most 24 letters and 4 words."),
    ],
)
def test_a_script_that_cannot_be_read_names_file_line_and_remedy(desk: Desk, name: str, line: int, what: str) -> None:
    said = " ".join(told(desk, str(BAD / name), code=1).split())
    assert f"({name}:{line}, broken-file)" in said
    assert what in said
    assert "Please mend" in desk.run("scripts", "check", str(BAD / name), code=1).stderr


def test_a_folder_is_looked_over_with_its_past_and_what_several_files_do_together(desk: Desk, folder: Path) -> None:
    good = BAD / "findings" / "passive.yaml"
    shutil.copy(good, folder)
    shutil.copy(good, folder / "past" / "older.yaml")
    (folder / "words.yaml").write_text("send: Send\n", "utf-8")
    rows = checked(desk, str(folder), code=1)
    assert {"passive.yaml", "past/older.yaml", "unknown_kind.yaml", "words.yaml"} == {row["file"] for row in rows}
    assert checked(desk, "--folder", str(folder), code=1) == rows
    said = told(desk, str(folder), code=1)
    assert "version 1 is in another file too." in said
    assert "'back' is missing." in said


def test_what_is_not_there_is_said_kindly(desk: Desk, tmp_path: Path, folder: Path) -> None:
    assert "The file cannot be read" in told(desk, str(tmp_path / "none.yaml"), code=1)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert "There is no script in this folder." in desk.refused("scripts", "check", str(empty))
    (folder / "words.yaml").write_bytes(b"\xff\xfe")
    assert "This is not UTF-8 text." in told(desk, str(folder), code=1)


def test_own_pictures_are_known_and_broken_ones_are_named(desk: Desk, tmp_path: Path) -> None:
    script = str(BAD / "findings" / "mixed-pictures.yaml")
    assert "There is no picture 'own'." in told(desk, script, code=1)
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    drawn = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><circle cx='4' cy='4' r='3'/></svg>"
    (pictures / "own.svg").write_text(drawn, "utf-8")
    assert "LICENCE" in desk.refused("scripts", "check", script, "--pictures", str(pictures))
    (pictures / "LICENCE").write_text("Licence: ours\nSource: us\n", "utf-8")
    assert "Pictures of two sets are mixed" in told(desk, script, "--pictures", str(pictures))
    (pictures / "own.svg").write_text("<svg", "utf-8")
    desk.env.setenv("FIRSTHAND_PICTURES_FOLDER", str(pictures))
    said = told(desk, script, code=1)
    assert "The picture 'own' cannot be drawn." in said
    assert "The picture own.svg is left out" in said


def test_the_report_is_one_page_with_every_step_as_people_see_it(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "questions.html"
    told(desk, str(BAD / "findings" / "idiom.yaml"), "--report", str(page), code=1)
    text = page.read_text("utf-8")
    assert "Which colours do you like?" in text
    assert "▲ Mend" in text
    assert "web page" in desk.refused("scripts", "check", "carer", "--report", str(tmp_path / "page.pdf"))
    assert "cannot be written" in desk.refused("scripts", "check", "carer", "--report", str(tmp_path / "no" / "x.html"))
