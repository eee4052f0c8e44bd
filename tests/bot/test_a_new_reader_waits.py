"""Every door by which words are read is shut to a new named professional until people had their days to say no."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.college import OKAFOR, PATEL, College
from tests.bot.who import ACTORS, LOWE, Scene, staged


@pytest.fixture
async def scene(college: College, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    made = await staged(college, tmp_path, monkeypatch)
    assert await made.command("review", "hand-over", made.review, "--to", LOWE.email, "--as", PATEL.email, "--yes"), (
        "the coordinator may"
    )
    return made


async def test_nothing_is_opened_played_or_read_yet(scene: Scene) -> None:
    chat = ACTORS["Staff of another review"][0]
    await scene.note()
    for button in (f"desk:open:{scene.digest}", f"desk:play:{scene.digest}:1", f"desk:read:{scene.digest}"):
        assert "Not yet." in await scene.press(chat, button)
    assert await scene.command("review", "notes", scene.review, "--email", LOWE.email, "--json") == ""
    assert not [word for word in ("canaryanswer", "canarynote") for each in scene.shown if word in each]


async def test_whoever_it_was_before_is_shut_out_at_once(scene: Scene) -> None:
    chat = ACTORS["Named professional"][0]
    assert await scene.press(chat, f"desk:open:{scene.digest}") != ""
    assert await scene.command("review", "notes", scene.review, "--email", OKAFOR.email, "--json") == ""
    assert not [each for each in scene.shown if "canaryanswer" in each]


async def test_what_waits_is_still_seen_and_never_what_it_says(scene: Scene) -> None:
    await scene.note()
    shown = await scene.command("review", "waiting", "--email", LOWE.email, "--json")
    assert scene.review in shown
    assert "canarynote" not in shown
