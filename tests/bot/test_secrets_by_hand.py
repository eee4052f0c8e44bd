"""The second secret: short, kind to fingers, and only the right one fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import secrets_by_hand
from bot.secrets_by_hand import Secret, SecretKind, fits, hashed, new_secret, pictures

ELEPHANT = Secret(SecretKind.PICTURE, "🐘")
WORD = Secret(SecretKind.WORD, "harbour")
DIGITS = Secret(SecretKind.DIGITS, "0417")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow hashing is for guessers; here it would only be slow."""
    monkeypatch.setitem(secrets_by_hand._SCRYPT, "n", 2)


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (WORD, "harbour"),
        (WORD, "  HARbour \n"),
        (WORD, "harbour."),
        (WORD, "har bour"),
        (WORD, "harbour 🙂"),
        (DIGITS, "0417"),
        (DIGITS, "0 4 1 7"),
        (DIGITS, "04-17"),
        (DIGITS, "٠٤١٧"),
        (DIGITS, "０４１７"),
        (ELEPHANT, "🐘"),
        (ELEPHANT, " 🐘🐘 "),
        (ELEPHANT, "my 🐘!"),
        (Secret(SecretKind.PICTURE, "☂️"), "☂"),
        (Secret(SecretKind.PICTURE, "🕰️"), "🕰"),
        (Secret(SecretKind.PICTURE, "☂"), "☂️"),
        (Secret(SecretKind.PICTURE, "👍"), "👍🏾"),
    ],
)
def test_what_a_person_means_fits(secret: Secret, said: str) -> None:
    assert fits(said, hashed(secret))


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (WORD, ""),
        (WORD, "harbor"),
        (WORD, "harbour harbour"),
        (DIGITS, "417"),
        (DIGITS, "7140"),
        (DIGITS, "0418"),
        (ELEPHANT, "🐢"),
        (ELEPHANT, "🐘🐢"),
        (ELEPHANT, "".join(pictures())),
        (ELEPHANT, "\ud800"),
    ],
)
def test_anything_else_does_not(secret: Secret, said: str) -> None:
    assert not fits(said, hashed(secret))


@given(said=st.text(max_size=20) | st.sampled_from(pictures()), number=st.integers(0, 9999))
def test_nothing_but_the_number_itself_fits(said: str, number: int) -> None:
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in said if char.isalnum())
    kept = hashed(Secret(SecretKind.DIGITS, f"{number:04}"))
    assert fits(said, kept) is (digits == f"{number:04}")


@given(right=st.sampled_from(pictures()), said=st.sampled_from(pictures()))
def test_only_the_right_picture_fits(right: str, said: str) -> None:
    assert fits(said, hashed(Secret(SecretKind.PICTURE, right))) is (right == said)


def test_all_pictures_at_once_fit_none_of_them() -> None:
    assert not any(fits("".join(pictures()), hashed(Secret(SecretKind.PICTURE, each))) for each in pictures())


def test_every_word_and_picture_fits_itself_and_no_other() -> None:
    words = secrets_by_hand._lists()["words"]
    kept = {each: hashed(Secret(SecretKind.WORD, each)) for each in words}
    assert len(kept) == len(words) >= 80
    assert all(word.isascii() and word.islower() and 4 <= len(word) <= 9 for word in words)
    assert len(pictures()) == 12
    for index, word in enumerate(words):
        assert fits(word.upper(), kept[word])
        assert not fits(word, kept[words[index - 1]])


def test_a_new_secret_is_of_the_kind_that_was_asked_for() -> None:
    assert new_secret(SecretKind.WORD).text in secrets_by_hand._lists()["words"]
    assert new_secret(SecretKind.PICTURE).text in pictures()
    digits = {new_secret(SecretKind.DIGITS).text for _ in range(50)}
    assert all(len(each) == 4 and each.isdigit() for each in digits)
    assert len(digits) > 10


def test_the_same_secret_is_kept_differently_each_time_and_shows_nowhere() -> None:
    first, second = hashed(WORD), hashed(WORD)
    assert first != second
    assert not any("harbour" in each for each in (first, second, repr(WORD)))
