"""The inbox: chat by chat in order; what fails three times is parked; other chats never wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson
import pytest
import structlog
from telegram.error import TimedOut

from bot.afterwards import Afterwards, AnswerPress, DeleteMessage, LeaveChat, SayDirectly, carry
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import TelegramStandIn
from bot.help_card import DANGER, ELSEWHERE, HIDE, NO_DANGER, TELL
from bot.telegram.batch import read_update
from bot.telegram.calls import Calls, Method
from bot.telegram.inbound import Words
from bot.turns import Turns
from storage.records import InState, InUpdate
from tests.bot.college import NOW, TOKEN, College, college_in


@pytest.fixture
async def telegram(college: College) -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(TOKEN, college.clock, limits=False) as stand_in:
        yield stand_in


@pytest.fixture
async def live(tmp_path: Path, telegram: TelegramStandIn) -> AsyncIterator[College]:
    """A college whose bot has a line to the stand-in."""
    folder = tmp_path / "live"
    folder.mkdir()
    async with college_in(folder, telegram.origin) as made:
        yield made


def update(number: int, chat_id: int, text: str) -> tuple[int, int | None, bytes]:
    message = {"message_id": number, "date": 1_760_000_000, "chat": {"id": chat_id, "type": "private"}, "text": text}
    return number, chat_id, orjson.dumps({"update_id": number, "message": message})


async def put(college: College, *updates: tuple[int, int | None, bytes]) -> None:
    async with college.database.work() as work:
        await work.inbox.put(updates, NOW)
        await work.commit()


async def states(college: College) -> dict[str, InState]:
    async with college.database.reading() as work:
        waiting, parked = await work.inbox.waiting(99), await work.inbox.parked()
    return {str(row.update_id): row.state for row in (*waiting, *parked)}


@dataclass
class Heard:
    """What was taken, in order; some words fail, and some wait."""

    texts: list[str] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    noted, take = Heard(), Turns.take

    async def odd(turns: Turns, row: InUpdate) -> Sequence[Afterwards]:
        text = str(orjson.loads(row.raw)["message"]["text"])
        noted.texts.append(text)
        noted.changed.set()
        if text == "broken":
            raise ValueError("planted words")
        if text == "slow":
            await noted.go.wait()
        return await take(turns, row)

    monkeypatch.setattr(Turns, "take", odd)
    return noted


async def test_what_fails_is_tried_three_times_before_what_came_after_it(live: College, heard: Heard) -> None:
    await put(live, update(1, 5, "broken"), update(2, 5, "after"), update(3, 6, "another chat"))
    with structlog.testing.capture_logs() as logs:
        await live.bot.intake.drain()
    assert [text for text in heard.texts if text != "another chat"] == ["broken", "broken", "broken", "after"]
    assert heard.texts.count("another chat") == 1
    assert await states(live) == {"1": InState.PARKED}
    failures = [entry for entry in logs if entry["event"] == "update_failed"]
    assert [entry["attempts"] for entry in failures] == [1, 2, 3]
    assert "planted" not in str(logs)


async def test_another_chat_never_waits(live: College, heard: Heard) -> None:
    await put(live, update(1, 5, "slow"), update(2, 5, "after"), update(3, 6, "another chat"))
    working = asyncio.create_task(live.bot.intake.drain())
    async with asyncio.timeout(5):
        for _ in range(2):
            await heard.changed.wait()
            heard.changed.clear()
            await asyncio.sleep(0)
            if len(heard.texts) == 2:
                break
    assert sorted(heard.texts) == ["another chat", "slow"]
    heard.go.set()
    await working
    assert heard.texts[-1] == "after"
    assert await states(live) == {}


async def test_what_cannot_be_read_is_parked_at_once_and_blocks_nobody(college: College) -> None:
    await put(college, (1, 5, b"no json"), (2, None, b'{"update_id": 2}'), (3, None, b'{"update_id": 3, "poll": {}}'))
    with structlog.testing.capture_logs() as logs:
        assert await college.bot.intake.drain() == 3
    assert await college.bot.intake.drain() == 0
    assert (await states(college))["1"] is InState.PARKED
    assert {entry["event"] for entry in logs} == {"update_parked"}


async def test_a_row_that_another_process_took_is_not_taken_twice(college: College) -> None:
    await put(college, update(1, 5, "hello"))
    async with college.database.reading() as work:
        (row,) = await work.inbox.waiting(1)
    async with college.database.work() as work:
        await work.inbox.done(row.id)
        await work.commit()
    assert await college.bot.intake.turns.take(row) == ()


async def test_small_deeds_are_done_in_order_and_none_stops_another(telegram: TelegramStandIn, live: College) -> None:
    person = telegram.person("Robin")
    await person.start()
    shown = await person.type("somewhere")
    telegram.faults.fail(Refusal(403, "Forbidden: bot was blocked by the user"), "sendMessage")
    deeds: list[Afterwards] = [
        LeaveChat(-1),
        SayDirectly(person.id, "Hi"),
        AnswerPress("none"),
        DeleteMessage(person.id, shown.id),
        SayDirectly(person.id, "Hi again"),
    ]
    with structlog.testing.capture_logs() as logs:
        await carry(Calls(live.bot.bot), deeds)
    assert {entry["event"] for entry in logs} == {"afterwards_failed"}
    assert "SayDirectly" in {entry["deed"] for entry in logs}
    assert [message.words for message in person.messages if message.by_bot] == ["Hi again"]
    assert shown.id not in {message.id for message in person.messages}


def asking(chat_id: int, message_id: int, text: str = "🆘 I need help now") -> Words:
    return Words(chat_id=chat_id, message_id=message_id, text=text)


async def test_help_comes_once_for_each_press_and_the_press_goes(telegram: TelegramStandIn, live: College) -> None:
    person = telegram.person("Robin")
    await person.start()
    shown = await person.type("🆘 I need help now")
    press = asking(person.id, shown.id)
    raw = orjson.dumps(
        {
            "update_id": 1,
            "message": {
                "message_id": shown.id, "date": 1, "chat": {"id": person.id, "type": "private"}, "text": "help",
            },
        }
    )  # fmt: skip
    await live.bot.help.answer_first([read_update(raw), read_update(b"{}")])
    await asyncio.gather(*live.bot.help._sending)
    await live.bot.help.answer(press)
    cards = [message for message in person.messages if message.by_bot]
    assert [card.words for card in cards] == [live.bot.help.text()]
    assert [button.data for button in cards[0].buttons] == [DANGER, NO_DANGER, TELL, ELSEWHERE, HIDE]
    assert shown.id not in {message.id for message in person.messages}
    again = await person.type("🆘")
    await live.bot.help.answer(asking(person.id, again.id, "🆘"))
    assert len([message for message in person.messages if message.by_bot]) == 2


async def test_help_that_failed_is_tried_again(live: College, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    async def away(_self: Calls, method: Method, *_: object) -> object:
        tried.append(method)
        raise TimedOut

    async def at_once(_seconds: float) -> None:
        pass

    monkeypatch.setattr(Calls, "call", away)
    monkeypatch.setattr(live.bot.help, "pause", at_once)
    await live.bot.help.answer(asking(5, 1))
    first = len(tried)
    await live.bot.help.answer(asking(5, 1))
    assert first >= 1
    assert len(tried) == 2 * first


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("🆘", True), ("help", True), (" HELP ", True), ("I need help now", True), ("🆘 I need help now", True),
        ("I need help with maths", False), ("", False), ("helpful", False),
    ],
)  # fmt: skip
def test_help_is_asked_for_by_its_label_or_its_word(live: College, text: str, asks: bool) -> None:
    assert live.bot.help.asked_for(asking(5, 1, text)) is asks


async def test_the_card_names_whom_to_talk_to_here(telegram: TelegramStandIn, live: College) -> None:
    assert "Ms Reid" not in live.bot.help.text()
    await live.bot.greet()
    assert "Ms Reid" in live.bot.help.text()
    assert "Riverside" in live.bot.help.text()
    assert telegram.calls_of("setMyCommands")
    async with live.database.reading() as work:
        assert await work.meta.get("bot_username")
