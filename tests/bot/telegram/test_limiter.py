import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.limiter import Limiter, Limits


def test_a_burst_of_three_then_one_a_second() -> None:
    limiter = Limiter()
    assert [limiter.in_chat(1, 100.0) for _ in range(5)] == [0, 0, 0, 1, 2]


def test_the_burst_comes_back_with_time() -> None:
    limiter = Limiter()
    for _ in range(3):
        limiter.in_chat(1, 100.0)
    assert limiter.in_chat(1, 101.0) == 0
    assert limiter.in_chat(1, 101.0) == 1
    assert [limiter.in_chat(1, 200.0) for _ in range(4)] == [0, 0, 0, 1]


def test_chats_do_not_wait_for_each_other() -> None:
    limiter = Limiter()
    for _ in range(10):
        limiter.in_chat(1, 100.0)
    assert limiter.in_chat(2, 100.0) == 0


def test_thirty_a_second_overall() -> None:
    limiter = Limiter()
    waits = [limiter.overall(100.0) for _ in range(61)]
    assert waits == [0.0] * 30 + [1.0] * 30 + [2.0]
    assert limiter.overall(103.5) == 0


@given(st.lists(st.floats(0, 0.5), max_size=150))
def test_never_more_than_thirty_in_any_second(gaps: list[float]) -> None:
    limiter, now, sent = Limiter(), 50.0, []
    for gap in gaps:
        now += gap
        sent.append(now + limiter.overall(now))
    assert sent == sorted(sent)
    assert all(later - sent[index] >= 1 - 1e-9 for index, later in enumerate(sent[30:]))


@given(st.lists(st.floats(0, 2), max_size=60))
def test_a_chat_never_has_more_than_its_burst_and_one_a_second(gaps: list[float]) -> None:
    limiter, now, sent = Limiter(), 50.0, []
    for gap in gaps:
        now += gap
        sent.append(now + limiter.in_chat(1, now))
    for index, first in enumerate(sent):
        for count, later in enumerate(sent[index:], start=1):
            assert count <= 3 + (later - first) + 1e-6


def test_too_many_requests_hold_the_chat_and_nobody_else() -> None:
    limiter = Limiter()
    limiter.obey(1, 5, 100.0)
    limiter.obey(1, 3, 101.0)
    assert limiter.held(1, 101.0) == 4
    assert limiter.held(2, 101.0) == 0
    assert limiter.held(1, 106.0) == 0


def test_too_many_requests_for_two_chats_hold_everybody() -> None:
    limiter = Limiter()
    limiter.obey(1, 5, 100.0)
    limiter.obey(2, 7, 101.0)
    assert limiter.held(3, 102.0) == 6
    assert limiter.held(3, 108.0) == 0


def test_a_hold_that_is_over_concerns_nobody() -> None:
    limiter = Limiter()
    limiter.obey(1, 5, 100.0)
    limiter.obey(2, 7, 105.0)
    assert limiter.held(3, 105.0) == 0


def test_chats_that_may_send_freely_are_forgotten() -> None:
    limiter = Limiter(Limits(overall=1))
    limiter.obey(3, 1, 0.0)
    for chat in range(5000):
        limiter.in_chat(chat, float(chat))
    assert len(limiter._chats) < 4097
    assert limiter._held == {}
    assert limiter.in_chat(4999, 4999.0) == pytest.approx(0)
