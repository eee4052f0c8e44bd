"""`firsthand demo`: loud about being one, plays, and stays only where somebody can type."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import structlog
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.commands import demo

TALKED = "talked"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The logging of the test run itself stays as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The story itself is played by its own tests; here it is two lines long."""

    @asynccontextmanager
    async def stage(_start: datetime) -> AsyncIterator[str]:
        yield "the stage"

    async def tell(_stage: str, folder: Path, say: Callable[[str], None]) -> str:
        say("[Sam] Maths is loud")
        (folder / "story.txt").write_text("", "utf-8")
        return "the people"

    async def talk(stage: str, people: str) -> None:
        print(f"{TALKED} with {people} on {stage}")

    for name, stand_in in (("stage", stage), ("tell", tell), ("talk", talk)):
        monkeypatch.setattr(demo, name, stand_in)


def play(tmp_path: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["demo", "--folder", str(tmp_path / "out"), *more])


def test_it_says_that_everyone_is_invented_and_where_the_documents_are(tmp_path: Path) -> None:
    result = play(tmp_path, "--story")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("DEMO.")
    assert "[Sam] Maths is loud" in result.stdout
    assert "story.txt" in result.stdout
    assert TALKED not in result.stdout


@dataclass(frozen=True)
class Input:
    """Where the operator would type."""

    terminal: bool

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("words", "terminal", "stays"), [((), True, True), ((), False, False), (("--story",), True, False)]
)
def test_it_stays_only_where_there_is_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], terminal: bool, stays: bool
) -> None:
    monkeypatch.setattr("bot.commands.demo.sys", SimpleNamespace(stdin=Input(terminal)))
    result = play(tmp_path, *words)
    assert result.exit_code == 0, result.output
    assert (TALKED in result.stdout) is stays


def test_it_can_be_left_at_any_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def left(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(demo, "tell", left)
    result = play(tmp_path)
    assert result.exit_code == 0
    assert "Goodbye." in result.stdout
