"""Corners that whole stories pass by: each is a press, a file or an effect that hardly ever comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from conversations import languages
from conversations.effects import ReadAloud, Refusal
from conversations.question_card import reading
from conversations.scene import scene_of
from conversations.script import ChooseMany
from conversations.state import Place, Spot
from conversations.transcript import lines_of
from tests.conversations.small_script import shipped
from tests.conversations.support import Chat, facts


def test_a_translation_that_cannot_be_read_is_set_aside_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "cy.po").write_text("", "utf-8")
    monkeypatch.setattr(languages, "read_at_most", closed)
    found = languages.load_languages(tmp_path)
    assert [each.code for each in found] == ["en"]
    assert {each.what for each in found.problems} == {"It cannot be read (Permission denied)."}


def test_a_recording_of_the_card_goes_before_that_of_its_step() -> None:
    flow = shipped().current("young_person")
    assert flow is not None
    known = replace(facts(), read_aloud=frozenset({"going.lessons", "going"}))
    scene = scene_of(flow, known, Chat(flow, known).state)
    card, other = (reading(scene, Place(Spot.QUESTION, "going", each)) for each in ("lessons", "friends"))
    assert (card, other) == (ReadAloud("going", "lessons"), ReadAloud("going"))
    assert reading(scene, Place(Spot.QUESTION, "working")) is None
    assert card is not None
    assert other is not None
    assert ["going, lessons" in line for each in (card, other) for line in lines_of(each)] == [True, False]


def test_a_tick_that_nobody_offered_changes_nothing() -> None:
    flow = shipped().current("young_person")
    assert flow is not None
    chat = Chat(flow, facts())
    for code in ("o:full", "o:understand", "o:both", "o:just_me"):
        chat.code(code)
    step = next(each for each in flow.parts[1].steps if isinstance(each, ChooseMany))
    assert chat.here[1] == step.id
    before = chat.state
    assert chat.code("+:nobody_offered_it").refusal is Refusal.NOT_AN_OPTION
    assert chat.state == before
