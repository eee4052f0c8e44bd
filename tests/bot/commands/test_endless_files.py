"""Files that are far too long, or have no end at all: said kindly, and never read whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.commands.answer_files import read_file
from bot.commands.script_sources import one_file
from bot.settings import SettingsError
from bot.settings_read import load_settings
from conversations import catalogue
from conversations.face_checks import Found
from conversations.languages import load_languages
from storage.errors import StorageError
from storage.keyfile import read_key_file
from tests.bot.commands.desk import Desk

ENDLESS = Path("/dev/zero")
pytestmark = pytest.mark.skipif(not ENDLESS.exists(), reason="this system has no file without an end")


def endless(folder: Path, name: str) -> Path:
    """A file of this name that never ends."""
    (folder / name).symlink_to(ENDLESS)
    return folder / name


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["paper.yaml", "paper.csv"])
def test_a_file_of_answers(tmp_path: Path, name: str) -> None:
    [problem] = read_file(endless(tmp_path, name))  # type: ignore[misc]  # problems: it is refused
    assert "larger than 512 KiB" in problem.what
    assert "shorter" in problem.remedy


@pytest.mark.timeout(20)
def test_a_script_and_a_translation_are_set_aside(tmp_path: Path) -> None:
    endless(tmp_path, "endless.yaml")
    (tmp_path / "ur.po").write_text("# " + "x" * 4_100_000, "ascii")
    assert any("larger than" in each.what for each in catalogue.load(tmp_path).problems)
    assert any("far too large" in each.what for each in load_languages(tmp_path).problems)
    [looked] = one_file(tmp_path / "endless.yaml", lambda _name: Found.SHIPPED)
    assert any("larger than" in finding.what for finding in looked.found)


@pytest.mark.timeout(20)
def test_a_translation_to_bring_up_to_date_and_a_recording(desk: Desk, tmp_path: Path) -> None:
    endless(tmp_path, "cy.po")
    assert "far too large" in desk.refused("languages", "update", "cy", "--folder", str(tmp_path), code=2)
    sound = endless(tmp_path, "question.ogg")
    told = desk.refused("recordings", "add", "young_person", "one_thing", str(sound), code=2)
    assert "larger than 20 MB" in told


@pytest.mark.timeout(20)
def test_a_key_file(tmp_path: Path) -> None:
    long = tmp_path / "keys"
    long.write_text("k1:" + "A" * 5_000_000, "ascii")
    long.chmod(0o600)
    with pytest.raises(StorageError) as told:
        read_key_file(long)
    assert "AAAA" not in str(told.value)


@pytest.mark.timeout(20)
def test_a_file_of_settings(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("FIRSTHAND_MAIL_HOST=x\n" * 20_000, "ascii")
    assert Path.cwd() == tmp_path
    with pytest.raises(SettingsError, match="larger than 256 KiB"):
        load_settings()
    os.truncate(tmp_path / ".env", 0)
    assert load_settings().mail_host == "mail.example.org"
