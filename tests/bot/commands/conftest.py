"""A desk: the command line on a real SQLite file, with a clock that stands still and a full go-live list."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.clock import MovableClock
from tests.bot.college import NOW, TOKEN
from tests.bot.commands.desk import GO_LIVE, LOCAL, Desk
from tests.support.database import TEST_KEYS, new_database_url

_staffed: list[bytes] = []


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty database, all papers there, nobody at work yet."""
    url = asyncio.run(new_database_url(tmp_path))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "local.yaml").write_text(LOCAL)
    for name, value in ({"TOKEN": TOKEN, "KEYS": TEST_KEYS, "DATABASE_URL": url} | GO_LIVE).items():
        monkeypatch.setenv(f"FIRSTHAND_{name}", value)
    (tmp_path / GO_LIVE["HELP_LINES"]).write_text(f'checked: "{NOW.date()}"', "utf-8")
    clock = MovableClock(NOW)
    monkeypatch.setattr("bot.commands.desk.SystemClock", lambda: clock)
    return Desk(tmp_path, url, monkeypatch, clock)


@pytest.fixture
def college(desk: Desk) -> Desk:
    """A desk where everyone works; the commands that make it so are run for the first test only."""
    place = desk.folder / "firsthand.db"
    if not _staffed:
        desk.staffed()
        _staffed.append(place.read_bytes())
    place.write_bytes(_staffed[0])
    place.chmod(0o600)
    return desk
