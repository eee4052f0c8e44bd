import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.splitting import split, units

WORDS = st.text(st.sampled_from("ab \n😀👩\u200d🏽é\u0301"), max_size=120)


@given(WORDS, st.integers(8, 40))
def test_no_part_is_over_the_limit_and_only_blanks_are_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(part.split()) for part in parts) == "".join(text.split())


@given(st.text(max_size=60))
def test_units_count_as_telegram_does(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_the_best_break_is_taken() -> None:
    assert split("one two\nthree four\n\nfive six", 22) == ("one two\nthree four", "five six")
    assert split("one two\nthree four five", 20) == ("one two", "three four five")
    assert split("one two three", 9) == ("one two", "three")
    assert split("onetwothree", 6) == ("onetwo", "three")
    assert split("  ", 5) == ()


@pytest.mark.parametrize("cluster", ["👩🏽‍🎓", "e\u0301\u0302", "👍🏿"])
def test_no_emoji_or_accent_is_cut_apart(cluster: str) -> None:
    for before in range(1, 9):
        parts = split("x" * before + cluster * 4, 10)
        assert "".join(parts) == "x" * before + cluster * 4
        assert all(part.count(cluster) * len(cluster) == len(part.lstrip("x")) for part in parts)


def test_an_endless_cluster_is_cut_all_the_same() -> None:
    parts = split("e" + "\u0301" * 300, 100)
    assert [units(part) for part in parts] == [100, 100, 100, 1]
