"""No script that can be read breaks Telegram's limits of a keyboard: widest id, longest list, largest mark."""

from __future__ import annotations

import pytest

from bot.telegram.outbound import inline
from conversations import buttons, scripts
from conversations.buttons import button
from conversations.problems import Problem
from conversations.script import Flow
from conversations.state import Mark
from conversations.steps import MAX_OPTIONS
from storage.ids import new_conversation_id
from tests.conversations.test_checks import GOOD

WIDEST = "x" * 16
LATEST = 10**9
MOST_BUTTONS = 100
MARK = Mark(new_conversation_id(), LATEST)


def option(number: int, label: str = "Red") -> str:
    return f"          - {{id: c{number:015d}, label: {label}, picture: 1F534, alt: A red circle}}\n"


def with_options(lines: str) -> Flow | tuple[Problem, ...]:
    red = '          - {id: red, label: Red, emoji: "🔴", picture: 1F534, alt: A red circle}\n'
    return scripts.read(GOOD.replace(red, lines), "talk.yaml", {})


@pytest.mark.parametrize(
    "code", [buttons.Choose(WIDEST), buttons.Tick(WIDEST, on=True), buttons.Tick(WIDEST, on=False)]
)
def test_the_widest_id_fits_with_the_largest_mark(code: buttons.Code) -> None:
    assert inline([[button("Red", code)]], MARK)


def test_an_id_that_would_not_fit_and_a_label_without_words_are_refused_with_the_script() -> None:
    long = with_options(option(1).replace("id: c", "id: cc"))
    empty = with_options(option(1, label='" "'))
    assert isinstance(long, tuple)
    assert "is not an id" in long[0].what
    assert isinstance(empty, tuple)
    assert "label" in empty[0].what


def test_the_longest_list_fits_in_one_keyboard_and_a_longer_one_is_refused() -> None:
    most = with_options("".join(option(number, f"Red {number}") for number in range(MAX_OPTIONS - 1)))
    assert isinstance(most, Flow)
    assert 2 * MAX_OPTIONS < MOST_BUTTONS  # even with every control and refusal beside the options
    more = with_options("".join(option(number) for number in range(MAX_OPTIONS + 1)))
    assert isinstance(more, tuple)
    assert "options" in more[0].what
