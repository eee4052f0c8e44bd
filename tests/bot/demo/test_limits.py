"""How many messages a bot may send, in real time."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.demo.chats import Press
from bot.demo.limits import RateLimits
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from tests.bot.demo.conftest import Api


class Seconds:
    """A monotonic clock that a test moves."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_chat_takes_a_burst_of_three_then_one_a_second() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    assert [limits.take(1) for _ in range(4)] == [None, None, None, 1]
    assert limits.take(2) is None
    seconds.now += 1
    assert [limits.take(1), limits.take(1)] == [None, 1]
    seconds.now += 100
    assert [limits.take(1) for _ in range(4)] == [None, None, None, 1]


def test_all_chats_together_take_thirty_a_second() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    assert [limits.take(chat) for chat in range(31)] == [None] * 30 + [1]
    seconds.now += 0.5
    assert [limits.take(chat) for chat in range(50, 66)] == [None] * 15 + [1]


def test_an_album_counts_each_picture_but_a_full_bucket_is_enough() -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    assert limits.take(1, 10) is None
    assert limits.take(1) == 1
    assert limits.take(1, 10) == 3
    seconds.now += 3
    assert limits.take(1, 10) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0, 2)), max_size=80))
def test_no_window_holds_more_than_the_limits(steps: list[tuple[int, float]]) -> None:
    seconds = Seconds()
    limits = RateLimits(seconds)
    taken: list[tuple[float, int]] = []
    for chat, pause in steps:
        seconds.now += pause
        if limits.take(chat) is None:
            taken.append((seconds.now, chat))
    for start, _ in taken:
        window = [chat for at, chat in taken if start <= at < start + 1]
        assert len(window) <= 61
        assert all(window.count(chat) <= 5 for chat in set(window))


@pytest.fixture
async def strict(clock: MovableClock) -> AsyncIterator[Api]:
    async with (
        TelegramStandIn(DEMO_TOKEN, clock) as telegram,
        aiohttp.ClientSession() as session,
    ):
        yield Api(telegram, session)


async def test_too_many_messages_are_refused_and_told_when_to_come_back(strict: Api) -> None:
    sam = strict.telegram.person("Sam")
    await sam.start()
    replies = [await strict("sendMessage", chat_id=sam.id, text=f"{n}") for n in range(4)]
    assert [reply.status for reply in replies] == [200, 200, 200, 429]
    assert replies[-1].body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert len([message for message in sam.messages if message.by_bot]) == 3


async def test_edits_deletions_and_answers_are_not_counted(strict: Api) -> None:
    sam = strict.telegram.person("Sam")
    await sam.start()
    sent = await strict("sendMessage", chat_id=sam.id, text="Hello")
    where = {"chat_id": sam.id, "message_id": sent.result["message_id"]}
    for number in range(10):
        assert (await strict("editMessageText", **where, text=f"{number}")).status == 200
        press = await sam.press_data(where["message_id"], "x")
        assert isinstance(press, Press)
        answer = await strict("answerCallbackQuery", callback_query_id=press.query_id)
        assert answer.status == 200
    refused = await strict("sendMessage", chat_id=sam.id, text="")
    assert refused.status == 400
    assert (await strict("deleteMessage", **where)).status == 200
    assert (await strict("sendMessage", chat_id=sam.id, text="2")).status == 200
    assert (await strict("sendMessage", chat_id=sam.id, text="3")).status == 200
