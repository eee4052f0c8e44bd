"""A button's code says one thing, comes back as the same thing, and a forged one as nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.buttons import (
    Action,
    Choose,
    Code,
    Do,
    Numbered,
    Refuse,
    Tick,
    Turned,
    button,
    in_rows,
    parsed,
    written,
)
from conversations.effects import Button
from conversations.path import held_answer
from conversations.state import Refused
from tests.conversations.support import question

IDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=16)
CODES = st.one_of(
    st.builds(Choose, IDS),
    st.builds(Tick, IDS, st.booleans()),
    st.builds(Refuse, st.sampled_from(Refused)),
    st.builds(Turned, st.integers(0, 9999)),
    st.builds(Numbered, st.integers(0, 9999)),
    st.builds(Do, st.sampled_from(Action)),
)


@given(CODES)
def test_a_code_comes_back_as_it_went(code: Code) -> None:
    assert parsed(written(code)) == code
    assert len(written(code).encode()) <= 40


@pytest.mark.parametrize("text", ["", ":", "x:y", "r:", "r:maybe", "d:fly", "p:-1", "p:²", "n:99999", "n:1.5"])
def test_what_we_never_wrote_is_nothing(text: str) -> None:
    assert parsed(text) is None


def test_an_id_too_long_for_a_button_is_a_mistake_of_ours() -> None:
    button("A uuid", Tick("0190f3c2-7b1e-7c4d-9a55-3f2e8d1c6b7a", on=True))
    with pytest.raises(ValueError, match="40 bytes"):
        button("Too long", Choose("x" * 39))


def test_short_labels_stand_two_in_a_row_in_order() -> None:
    one, two, long, three = (Button(label, label[0]) for label in ("One", "Two", "A label that is long", "Three"))
    assert in_rows([one, two, three]) == ((one, two), (three,))
    assert in_rows([one, long, two, three]) == ((one,), (long,), (two, three))


def test_a_place_that_needs_an_answer_has_one() -> None:
    with pytest.raises(LookupError):
        held_answer((), question("big"))
