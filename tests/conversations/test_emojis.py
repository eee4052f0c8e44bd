"""An emoji counts as the option it names in any skin tone, gender or presentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.emojis import emoji_only, keycap, plain, without_emoji
from conversations.matching import cleaned, named
from conversations.script import Option
from tests.conversations.small_script import shipped


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("👍", "👍🏽"), ("❤️", "❤"), ("↔️", "↔"), ("🧑‍🏫", "👩🏿‍🏫"), ("🧑‍🏫", "👨‍🏫"), ("🙋", "🙋🏻‍♀️"), ("🏃", "🏃‍♂️"),
    ],
)  # fmt: skip
def test_variants_of_one_emoji_are_equal(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(("one", "other"), [("👍", "👎"), ("👩", "👨"), ("👪", "👫")])
def test_different_emoji_stay_different(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_text_beside_emoji_is_no_emoji_alone() -> None:
    assert emoji_only("👍 👍🏽") == ("👍", "👍")
    assert emoji_only("👍 yes") == ()
    assert emoji_only("") == ()
    assert without_emoji("🏠 Home ❤️") == "Home"
    assert keycap("2️⃣") == "2"


def test_signs_that_are_no_emoji_name_their_option() -> None:
    options = (Option("done", "Done", "●"), Option("way", "On the way", "▲"))
    assert named(options, "▲").options == (options[1],)
    assert named(options, "■").options == ()


@pytest.mark.parametrize("flow", list(shipped().flows.values()), ids=lambda flow: flow.id)
def test_every_option_of_every_script_can_be_typed(flow: object) -> None:
    for options in _option_lists(flow):
        for number, option in enumerate(options, 1):
            assert named(options, option.label).options == (option,)
            assert named(options, str(number)).options == (option,)
            assert named(options, f"{option.emoji} {option.label}").options == (option,)


def _option_lists(flow: object) -> list[tuple[Option, ...]]:
    steps = [step for part in getattr(flow, "parts", ()) for step in part.steps]
    inner = [each for step in steps for each in getattr(step, "steps", ())]
    return [step.options for step in [*steps, *inner] if getattr(step, "options", ())]


@given(st.text())
def test_cleaned_words_can_always_be_stored_and_stay(text: str) -> None:
    assert cleaned(text).encode("utf-8").decode("utf-8") == text.strip()
    assert cleaned(cleaned(text)) == cleaned(text)
