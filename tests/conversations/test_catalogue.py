"""The catalogue: broken scripts are set aside and told of, the others run, old versions stay playable."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from conversations import catalogue
from conversations.catalogue import Catalogue
from conversations.script import Flow
from conversations.words import Word

SHIPPED = Path(str(files("conversations"))) / "scripts"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(SHIPPED, tmp_path / "scripts")
    (tmp_path / "scripts" / "past").mkdir(exist_ok=True)
    return tmp_path / "scripts"


def told(found: Catalogue) -> list[str]:
    return [problem.told() for problem in found.problems]


def renumber(path: Path, version: int) -> str:
    return path.read_text("utf-8").replace("version: 1\n", f"version: {version}\n", 1)


def test_the_shipped_scripts_and_words_load_without_a_problem() -> None:
    found = catalogue.load()
    assert told(found) == []
    assert set(found.newest) == {"young_person", "carer"}
    assert set(found.words) == set(Word)
    for script in found.newest:
        flow = found.current(script)
        assert flow is not None
        assert flow.words == found.words
        assert found.flow(script, flow.version) is flow


def test_a_broken_script_is_set_aside_and_the_others_run(folder: Path) -> None:
    (folder / "carer.yaml").write_text("id: [", "utf-8")
    found = catalogue.load(folder)
    assert found.current("carer") is None
    assert found.flow("carer", 1) is None
    assert found.current("young_person") is not None
    assert [problem.file for problem in found.problems] == ["carer.yaml"]


def test_an_old_version_stays_playable_and_is_never_the_current_one(folder: Path) -> None:
    (folder / "past" / "carer-1.yaml").write_text((folder / "carer.yaml").read_text("utf-8"), "utf-8")
    (folder / "carer.yaml").write_text(renumber(folder / "carer.yaml", 2), "utf-8")
    found = catalogue.load(folder)
    assert told(found) == []
    current, past = found.current("carer"), found.flow("carer", 1)
    assert isinstance(current, Flow)
    assert isinstance(past, Flow)
    assert (current.version, past.version) == (2, 1)
    (folder / "carer.yaml").write_text("nothing", "utf-8")
    assert catalogue.load(folder).current("carer") is None


def test_one_version_in_two_files_is_a_problem_of_the_second(folder: Path) -> None:
    shutil.copy(folder / "carer.yaml", folder / "past" / "carer.yml")
    found = catalogue.load(folder)
    assert found.current("carer") is not None
    assert told(found) == [
        "past/carer.yml:0: 'carer' version 1 is in another file too. Give one of them another version."
    ]


def test_files_that_cannot_be_read_are_told_of(folder: Path) -> None:
    (folder / "a_folder.yaml").mkdir()
    (folder / "latin.yaml").write_bytes("é".encode("latin-1"))
    (folder / "notes.txt").write_text("not a script")
    found = catalogue.load(folder)
    assert [problem.file for problem in found.problems] == ["a_folder.yaml", "latin.yaml"]
    assert found.current("carer") is not None


def test_a_folder_without_words_or_past_gets_the_shipped_words(folder: Path) -> None:
    (folder / "words.yaml").unlink()
    shutil.rmtree(folder / "past")
    found = catalogue.load(folder)
    assert told(found) == []
    assert found.words == catalogue.load().words


def test_an_empty_or_missing_folder_holds_no_script(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        found = catalogue.load(place)
        assert not found.flows
        assert found.current("carer") is None


def words_with(folder: Path, *changes: tuple[str, str]) -> Catalogue:
    text = (folder / "words.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "words.yaml").write_text(text, "utf-8")
    return catalogue.load(folder)


def test_own_words_take_the_place_of_the_shipped_ones(folder: Path) -> None:
    found = words_with(folder, ('saved: "I have saved that."', 'saved: "It is saved."'))
    assert told(found) == []
    assert found.words[Word.SAVED] == "It is saved."


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("saved:", "svaed:", "There is no word 'svaed'."),
        ("saved:", "svaed:", "'saved' is missing."),
        ('saved: "I have saved that."', "saved:", "'saved' has no text."),
        ('saved: "I have saved that."', "saved: [a]", "'saved' has no text."),
        ('saved: "I have saved that."', 'saved: "Saved {chosen}."', "'{chosen}' is no placeholder here."),
        ('day: "{item}', 'day: "{name}', "'{name}' is no placeholder here."),
        (" Sunday", "", "'weekdays' must be 7 words."),
        (" December", " Dec ember", "'months' must be 12 words."),
    ],
)
def test_wrong_words_are_told_of_and_the_shipped_ones_stand_in(folder: Path, old: str, new: str, what: str) -> None:
    found = words_with(folder, (old, new))
    assert what in [problem.what for problem in found.problems]
    assert set(found.words) == set(Word)
    assert found.current("carer") is not None


@pytest.mark.parametrize("raw", [b"\xff", b"[a", b"- a", b""])
def test_an_unreadable_words_file_leaves_the_shipped_words(folder: Path, raw: bytes) -> None:
    (folder / "words.yaml").write_bytes(raw)
    found = catalogue.load(folder)
    assert [problem.file for problem in found.problems] == ["words.yaml"]
    assert found.words == catalogue.load().words
