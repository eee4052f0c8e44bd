"""Which languages are spoken and which are only understood: labels of every language are reserved words."""

from __future__ import annotations

import pytest

from bot.tongues import CONTROLS, Tongues, tongues
from conversations.catalogue import load
from conversations.inputs import Control
from conversations.languages import ENGLISH, Languages
from conversations.lines import Line
from tests.conversations.pseudo import CODE, pseudo

STOP = "⏸️ Stop for now"


def spoken(*offered: str) -> Tongues:
    """English and the marked language; people can choose those that are `offered`."""
    return tongues(Languages({"en": ENGLISH, CODE: pseudo()}), load().words, offered)


def test_what_is_not_offered_is_not_spoken() -> None:
    assert spoken("en").of(CODE) is None
    assert not spoken("en").is_choice
    tongue = spoken("en", CODE).of(CODE)
    assert tongue is not None
    assert tongue.language.code == CODE
    assert tongue.lines[Line.CONTROL_STOP] != STOP


@pytest.mark.parametrize("offered", [(), ("xx",)])
def test_where_nothing_fit_is_offered_it_is_english(offered: tuple[str, ...]) -> None:
    assert spoken(*offered).offered == (ENGLISH,)


def test_they_are_offered_once_each_in_the_order_of_the_operator() -> None:
    assert [each.code for each in spoken(CODE, "en", CODE, "xx").offered] == [CODE, "en"]


def test_every_label_is_a_control_in_every_language_offered_or_not() -> None:
    every = spoken("en")
    for tongue in every.known.values():
        assert {every.control(tongue.lines[line]): control for line, control in CONTROLS.items()} == {
            control: control for control in CONTROLS.values()
        }


@pytest.mark.parametrize("label", [STOP, STOP.replace("\ufe0f", ""), f" {STOP} ", "Stop for now"])
def test_a_label_counts_with_its_sign_in_any_form_or_without(label: str) -> None:
    assert spoken("en").control(label) is Control.STOP


@pytest.mark.parametrize("words", ["Stop for now please", "⏸️", "", "stop for"])
def test_words_that_are_no_whole_label_are_words(words: str) -> None:
    assert spoken("en").control(words) is None
