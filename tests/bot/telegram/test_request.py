import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable

import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.demo.faults import Moment
from bot.demo.refusals import UNAUTHORIZED, Refusal
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram import calls as calls_module
from bot.telegram.calls import Calls, Method
from bot.telegram.errors import ServerError, WrongTokenError
from bot.telegram.request import AiohttpRequest, Upload, make_bot
from tests.bot.telegram.stage import SECRET, TOKEN, spotless

WORDS = "what nobody else may read"


async def test_the_librarys_bot_works_over_the_line(telegram: TelegramStandIn, bot: Bot) -> None:
    ann = telegram.person("Ann")
    await ann.start()
    async with bot:
        assert (await bot.get_me()).username == "firsthand_demo_bot"
        sent = await bot.send_message(ann.id, "Hello 😀 & <b>you</b>")
        await bot.send_document(ann.id, b"%PDF-1.7", filename="Review ü.pdf")
    assert ann.messages[-2].words == "Hello 😀 & <b>you</b>"
    assert sent.message_id == ann.messages[-2].id
    assert ann.messages[-1].attachment is not None
    assert ann.messages[-1].attachment.file is not None
    assert ann.messages[-1].attachment.file.content == b"%PDF-1.7"


async def test_calls_return_plain_results(telegram: TelegramStandIn, calls: Calls) -> None:
    ann = telegram.person("Ann")
    await ann.start()
    result = await calls.call(Method.SEND, {"chat_id": ann.id, "text": WORDS})
    assert isinstance(result, dict)
    assert result["message_id"] == ann.last().id
    upload = Upload("document", "a.pdf", b"%PDF")
    markup = {"inline_keyboard": [[{"text": "Read", "callback_data": "x"}]]}
    await calls.call(Method.DOCUMENT, {"chat_id": ann.id, "caption": "é", "reply_markup": markup}, upload)
    assert ann.last().caption == "é"
    assert ann.visible_buttons() == ["Read"]


@pytest.mark.parametrize(
    ("refusal", "kind"),
    [
        (Refusal(400, "Bad Request: chat not found"), BadRequest),
        (Refusal(401, "Unauthorized"), InvalidToken),
        (Refusal(403, "Forbidden: bot was blocked by the user"), Forbidden),
        (Refusal(409, "Conflict: other"), Conflict),
        (Refusal(429, "Too Many Requests", 7), RetryAfter),
        (Refusal(500, "Internal Server Error"), ServerError),
    ],
)
async def test_refusals_become_errors(
    telegram: TelegramStandIn, calls: Calls, bot: Bot, refusal: Refusal, kind: type[TelegramError]
) -> None:
    telegram.faults.fail(refusal, times=2)
    with pytest.raises(kind) as raised:
        await calls.call(Method.SEND, {"chat_id": 1, "text": WORDS})
    spotless(raised.value)
    librarys = NetworkError if kind is ServerError else kind
    with pytest.raises(librarys):
        await bot.send_message(1, WORDS)


@pytest.mark.parametrize("moment", list(Moment))
async def test_a_broken_connection_is_network_trouble(telegram: TelegramStandIn, calls: Calls, moment: Moment) -> None:
    telegram.faults.drop(moment, "sendMessage")
    with pytest.raises(NetworkError) as raised:
        await calls.call(Method.SEND, {"chat_id": 1, "text": WORDS})
    spotless(raised.value)


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"<html>what nobody else may read</html>", 502), (b"what nobody", 200), (b"{}", 200), (b"[1]", 404)],
)
async def test_an_answer_that_is_none_is_network_trouble(
    telegram: TelegramStandIn, calls: Calls, bot: Bot, caplog: pytest.LogCaptureFixture, body: bytes, status: int
) -> None:
    ann = telegram.person("Ann")
    await ann.start()
    caplog.set_level(logging.DEBUG)
    deeds: list[Callable[[], Awaitable[object]]] = [
        lambda: calls.call(Method.SEND, {"chat_id": ann.id, "text": "x"}),
        lambda: bot.send_message(ann.id, "x"),
    ]
    for deed in deeds:
        telegram.faults.garble("sendMessage", body=body, status=status)
        with pytest.raises((NetworkError, InvalidToken)) as raised:
            await deed()
        spotless(raised.value)
    assert "what nobody" not in caplog.text


async def test_nobody_home_shows_no_address(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for server in ("http://127.0.0.1:1", "http://[bad"):
        bot = make_bot(TOKEN, server)
        for deed in (Calls(bot).updates(None, 0), bot.get_me(), Calls(bot).call(Method.SEND, {"text": WORDS})):
            with pytest.raises(NetworkError) as raised:
                await deed
            spotless(raised.value)
        await bot.request.shutdown()
    assert SECRET not in caplog.text
    assert WORDS not in caplog.text


async def test_no_answer_in_time(telegram: TelegramStandIn, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls_module, "ANSWER_SECONDS", 0.05)
    never = asyncio.Event()
    telegram.faults.slow(never, "sendMessage")
    with pytest.raises(TimedOut) as raised:
        await calls.call(Method.SEND, {"chat_id": 1, "text": WORDS})
    spotless(raised.value)
    never.set()


async def test_neither_token_nor_words_are_logged(
    telegram: TelegramStandIn, bot: Bot, calls: Calls, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("telegram").setLevel(logging.WARNING)  # as make_bot leaves it
    ann = telegram.person("Ann")
    await ann.start()
    async with bot:
        await bot.send_message(ann.id, WORDS)
        await calls.call(Method.SEND, {"chat_id": ann.id, "text": WORDS})
        await calls.updates(None, 0)
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("uvicorn")]  # the stand-in's
    assert SECRET not in repr(ours)
    assert WORDS not in repr(ours)
    assert SECRET not in repr(bot) + str(bot)


async def test_a_wrong_token_is_said_without_showing_it(telegram: TelegramStandIn) -> None:
    bot = make_bot("2000:another-token", telegram.origin)
    with pytest.raises(WrongTokenError, match="BotFather") as raised:
        await bot.initialize()
    assert "another-token" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None
    await bot.request.shutdown()


async def test_the_right_token_is_taken_once_more(telegram: TelegramStandIn, bot: Bot) -> None:
    telegram.faults.fail(UNAUTHORIZED)
    with pytest.raises(WrongTokenError):
        await bot.initialize()
    await bot.initialize()


async def test_the_line_opens_again_after_it_was_closed(telegram: TelegramStandIn) -> None:
    line = AiohttpRequest()
    assert line.read_timeout > 0
    await line.shutdown()
    for _ in range(2):
        code, _payload = await line.exchange(f"{telegram.base_url}{TOKEN}/getMe", b"{}")
        assert code == 200
        await line.shutdown()


async def test_the_library_can_fetch_files_too(telegram: TelegramStandIn, bot: Bot) -> None:
    ann = telegram.person("Ann")
    await ann.start()
    voice = await ann.send_voice(b"OggS" * 5, 2)
    assert voice.attachment is not None
    assert isinstance(voice.attachment.fields, dict)
    file = await bot.get_file(str(voice.attachment.fields["file_id"]))
    assert bytes(await file.download_as_bytearray()) == b"OggS" * 5


def test_calls_need_our_own_line() -> None:
    with pytest.raises(TypeError):
        Calls(Bot(TOKEN, request=HTTPXRequest()))


def test_another_server_may_hold_the_files() -> None:
    bot = make_bot(TOKEN, "http://127.0.0.1:1/", "http://127.0.0.1:2")
    assert bot.base_url == f"http://127.0.0.1:1/bot{TOKEN}"
    assert bot.base_file_url == f"http://127.0.0.1:2/file/bot{TOKEN}"
