"""What holds for every command: help, plain sentences for trouble, exit codes, no secrets."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from bot.__main__ import app
from tests.bot.commands.desk import Desk
from tests.support.database import TEST_KEYS


def every_command() -> list[list[str]]:
    found: list[list[str]] = [[]]
    for name, command in vars(get_command(app))["commands"].items():
        inner = vars(command).get("commands", {})
        found += [[name], *([name, each] for each in inner)]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself(words: list[str]) -> None:
    result = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "200"})
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
    for option in re.findall(r"--[a-z-]*(?:token|password|key)[a-z-]*", result.stdout):
        pytest.fail(f"a secret in an argument: {option}")


def test_there_are_all_the_commands() -> None:
    assert {" ".join(words) for words in every_command()} >= {
        "", "demo", "run", "check", "setting set", "staff add", "staff link", "staff list", "staff end",
        "review plan", "review list", "review digest", "review notes", "invite new", "invite checked",
        "scripts list", "scripts check", "db check", "db migrate", "keys new", "keys rotate",
        "db backup", "db restore", "db resume", "purge", "export",
    }  # fmt: skip


def test_the_command_is_also_a_module() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "bot", "keys", "new"], capture_output=True, text=True, check=True, timeout=60
    )
    assert told.stdout.startswith("k1:")


WITH_STORE = [
    ["check"],
    ["db", "check"],
    ["db", "migrate"],
    ["staff", "list"],
    ["staff", "end", "okafor@example.org"],
    ["review", "list"],
    ["review", "digest", "none"],
    ["keys", "rotate"],
    ["invite", "new", "none"],
]


@pytest.mark.parametrize("words", WITH_STORE, ids=" ".join)
def test_without_settings_each_missing_one_is_named(desk: Desk, words: list[str]) -> None:
    desk.env.delenv("FIRSTHAND_TOKEN")
    desk.env.delenv("FIRSTHAND_KEYS")
    told = desk.refused(*words, code=2)
    assert "FIRSTHAND_TOKEN" in told
    assert "FIRSTHAND_KEYS" in told
    assert ".env.example" in told


def test_a_slip_in_a_name_is_told_and_does_no_harm(desk: Desk) -> None:
    desk.env.setenv("FIRSTHAND_MINIMUN_AGE", "16")
    result = desk.run("staff", "list", "--json")
    assert result.stdout == "[]\n"
    assert "FIRSTHAND_MINIMUM_AGE?" in result.stderr


@pytest.mark.parametrize("words", WITH_STORE, ids=" ".join)
def test_a_key_of_another_database_is_said_plainly(desk: Desk, words: list[str]) -> None:
    desk.env.setenv("FIRSTHAND_KEYS", TEST_KEYS.replace("dGVzdC", "AAAAAA"))
    assert "does not open" in desk.refused(*words)


def test_a_key_that_is_not_there_is_said_plainly(desk: Desk) -> None:
    desk.env.setenv("FIRSTHAND_KEYS", TEST_KEYS.replace("k1:", "k9:"))
    assert "A key is missing" in desk.refused("staff", "list")


def test_a_key_file_that_others_read_is_said_plainly(desk: Desk) -> None:
    path = desk.folder / "keys"
    path.write_text(TEST_KEYS)
    path.chmod(0o640)
    desk.env.delenv("FIRSTHAND_KEYS")
    desk.env.setenv("FIRSTHAND_KEY_FILE", str(path))
    assert "chmod 600" in desk.refused("staff", "list")
    path.chmod(0o600)
    desk.run("staff", "list")


def test_a_database_of_a_newer_program_is_left_alone(desk: Desk) -> None:
    with sqlite3.connect(desk.folder / "firsthand.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    connection.close()
    assert "newer version" in desk.refused("staff", "list")


def test_a_locked_database_is_said_plainly(desk: Desk) -> None:
    desk.env.setattr("storage.migrate._WAIT", 0.05)
    connection = sqlite3.connect(desk.folder / "firsthand.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        assert "Another program holds the database" in desk.refused("staff", "list")
    finally:
        connection.close()


@pytest.mark.parametrize("place", ["nowhere/at/all.db", "."])
def test_a_database_that_cannot_be_opened_is_said_plainly(desk: Desk, place: str) -> None:
    desk.env.setenv("FIRSTHAND_DATABASE_URL", f"sqlite:///{desk.folder / place}")
    assert "FIRSTHAND_DATABASE_URL" in desk.refused("staff", "list")


def test_a_file_that_is_no_database_is_said_plainly(desk: Desk) -> None:
    (desk.folder / "firsthand.db").write_bytes(b"words that nobody should read" * 100)
    told = desk.refused("staff", "list")
    assert "cannot be used" in told
    assert "nobody should read" not in told


def test_a_new_database_is_made_for_its_owner_alone(desk: Desk) -> None:
    path = desk.folder / "new.db"
    desk.env.setenv("FIRSTHAND_DATABASE_URL", f"sqlite:///{path}")
    desk.run("db", "migrate")
    assert path.stat().st_mode & 0o077 == 0
    (next_prompt,) = (row for row in desk.rows("db", "check") if row["what"] == "next prompt")
    assert next_prompt["how many"] == "none"


def test_a_new_key_fits_the_settings(desk: Desk, tmp_path: Path) -> None:
    made = desk.run("keys", "new").stdout.strip()
    assert made != desk.run("keys", "new").stdout.strip()
    desk.env.setenv("FIRSTHAND_KEYS", made)
    desk.env.setenv("FIRSTHAND_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    assert CliRunner().invoke(app, ["staff", "list"]).exit_code == 0


def test_a_new_key_takes_the_place_of_the_old_one(college: Desk) -> None:
    fresh = CliRunner().invoke(app, ["keys", "new"]).stdout.strip().replace("k1:", "k2:")
    college.env.setenv("FIRSTHAND_KEYS", f"{fresh},{TEST_KEYS}")
    assert "take the old key away" in college.run("keys", "rotate").stdout
    college.env.setenv("FIRSTHAND_KEYS", fresh)
    assert len(college.rows("staff", "list")) == 4


def test_the_state_of_the_database_is_counted(college: Desk) -> None:
    college.plan()
    college.ask(lambda work: work.inbox.put([(1, 5, b"{}")], college.clock.now()))
    college.ask(lambda work: work.inbox.park(1))
    told = {row["what"]: row["how many"] for row in college.rows("db", "check")}
    assert told["updates that could not be read"] == "1"
    assert told["next prompt"].startswith("2026-11-03T12:00")
    assert "next prompt" in college.run("db", "check").stdout
