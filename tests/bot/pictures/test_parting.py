"""Long words are parted where a reader expects it, and nothing but soft hyphens is added."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.parting import SOFT, parts, softened


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("swimming", "swim-ming"),
        ("transport", "trans-port"),
        ("friendships", "friend-ships"),
        ("relationships", "re-la-tion-ships"),
        ("information", "in-for-ma-tion"),
    ],
)
def test_a_word_is_parted_between_its_syllables(word: str, parted: str) -> None:
    assert "-".join(parts(word)) == parted


def test_short_words_numbers_and_other_scripts_stay_whole() -> None:
    for text in ("Sport", "Music 1234567890", "مساعدة الآخرين", "हिन्दीहिन्दीहिन्दी"):
        assert softened(text) == text


@given(st.text(max_size=80))
def test_the_words_stay_as_they_are(text: str) -> None:
    assert softened(text).replace(SOFT, "") == text.replace(SOFT, "")


@given(st.from_regex(r"[A-Za-z\u00c0-\u00d6]{8,40}", fullmatch=True))
def test_no_part_is_long_and_none_is_a_single_letter(word: str) -> None:
    found = parts(word)
    assert "".join(found) == word
    assert all(2 <= len(part) <= 7 for part in found)
