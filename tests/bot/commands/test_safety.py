"""`firsthand safety`: the published figures, and what words on standard input match."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app

TOPICS = 12


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["safety", *words], input=typed)


def test_the_list_that_ships_finds_all_it_should_and_nothing_that_only_looks_alike() -> None:
    result = run("check", "--json")
    assert result.exit_code == 0, result.output
    rows = json.loads(result.stdout)
    assert len(rows) == TOPICS
    assert {(row["missed"], row["that hit"]) for row in rows} == {("0", "0")}


@pytest.mark.parametrize(
    ("own", "told", "code"),
    [
        ("local:\n  phrases: [the bridge]\n  hits: [the river]", "local: missed: the river", 1),
        ("local:\n  phrases: [my phone]", "My phone died on the bus.", 1),
        ("local:\n  phrases: [a]", "own.yaml:2:", 2),
    ],
)
def test_what_an_own_list_breaks_is_said_and_the_exit_code_tells(
    tmp_path: Path, own: str, told: str, code: int
) -> None:
    (tmp_path / "own.yaml").write_text(own, "utf-8")
    result = run("check", str(tmp_path / "own.yaml"))
    assert result.exit_code == code
    assert told in result.stderr


def test_words_are_read_from_standard_input_and_never_said_again() -> None:
    assert run("try", typed="I want to d1e. My dad hits me.").stdout.split() == ["abuse", "carer_violence", "suicide"]
    nothing = run("try", typed="My phone died.")
    assert nothing.exit_code == 0
    assert "A person reads every message" in nothing.stdout
    assert "phone" not in nothing.stdout
