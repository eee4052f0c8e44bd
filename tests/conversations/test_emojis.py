"""An emoji counts as the option it names in any skin tone, gender or presentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.emojis import emoji_only, keycap, keycaps_apart, plain, unadorned, without_emoji
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
    assert keycaps_apart("1️⃣2️⃣🔟").split() == ["1", "2", "10"]


def test_two_keys_in_a_row_name_two_options_and_twelve_names_the_twelfth() -> None:
    few = tuple(Option(f"o{number}", f"Thing {number}") for number in range(1, 8))
    many = tuple(Option(f"o{number}", f"Thing {number}") for number in range(1, 13))
    assert named(few, "1️⃣2️⃣").options == few[:2]
    assert named(many, "1️⃣2️⃣").options == many[11:]
    assert named(few, "12").options == ()


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
            assert named(options, f"{number} {option.emoji} {option.label}").options == (option,)


def _option_lists(flow: object) -> list[tuple[Option, ...]]:
    steps = [step for part in getattr(flow, "parts", ()) for step in part.steps]
    inner = [each for step in steps for each in getattr(step, "steps", ())]
    return [step.options for step in [*steps, *inner] if getattr(step, "options", ())]


@given(st.text())
def test_cleaned_words_can_always_be_stored_and_stay(text: str) -> None:
    assert cleaned(text).encode("utf-8").decode("utf-8") == text.strip()
    assert cleaned(cleaned(text)) == cleaned(text)


NEWER = "\U0001faff"  # a place in a block of emoji that no table of today fills


def test_an_emoji_newer_than_the_tables_is_an_emoji_all_the_same() -> None:
    assert emoji_only(f"👍 {NEWER}") == ("👍", NEWER)
    assert without_emoji(f"{NEWER} hello") == "hello"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2", (2,)), ("1, 3", (1, 3)), ("1️⃣ 3️⃣", (1, 3)), ("1️⃣2️⃣", (12,)), ("🔟", (10,)), ("3 3", (3,)), ("2 and 3", ()),
        ("13", ()), ("0", ()), ("1 99", ()), ("٣", (3,)), ("۱، ۳", (1, 3)), ("²", ()),
    ],
)  # fmt: skip
def test_numbers_name_options_however_they_are_typed(text: str, numbers: tuple[int, ...]) -> None:
    options = tuple(Option(f"o{number}", f"Thing {number}") for number in range(1, 13))
    assert named(options, text).options == tuple(options[number - 1] for number in numbers)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("🤷 I don't know", "I don't know"),
        ("If so, press “🆘 I need help now”.", "If so, press “I need help now”."),
        ("I like it ❤️.\n\n✅ Done", "I like it.\n\nDone"),
        ("🎉", "🎉"),
        ("Nothing here", "Nothing here"),
        ("2️⃣ Two", "Two"),
    ],
)
def test_our_own_sentences_can_do_without_emoji(text: str, bare: str) -> None:
    assert unadorned(text) == bare
