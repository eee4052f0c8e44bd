import asyncio

import pytest
from telegram import Bot
from telegram.error import (
    NetworkError,
    TimedOut,
)

from bot.demo.faults import DOWNLOAD, Moment
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.calls import Calls, Method
from bot.telegram.errors import FileGoneError, FileTooBigError
from bot.telegram.request import AiohttpRequest
from tests.bot.telegram.stage import TOKEN, spotless

WORDS = "what nobody else may read"


async def file_of(telegram: TelegramStandIn, content: bytes) -> str:
    ann = telegram.person("Ann")
    await ann.start()
    voice = await ann.send_voice(content, 2)
    assert voice.attachment is not None
    assert isinstance(voice.attachment.fields, dict)
    return str(voice.attachment.fields["file_id"])


async def test_files_come_whole_up_to_a_limit(telegram: TelegramStandIn, calls: Calls) -> None:
    content = b"OggS" * 5000
    file_id = await file_of(telegram, content)
    assert await calls.download(file_id, len(content)) == content
    with pytest.raises(FileTooBigError):
        await calls.download(file_id, len(content) - 1)


async def test_a_file_without_a_length_stops_early() -> None:
    sent = 0

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        try:
            while sent < 10_000_000:
                writer.write(b"x" * 10_000)
                await writer.drain()
                sent += 10_000
        except ConnectionError:
            pass
        writer.close()

    server = await asyncio.start_server(endless, "127.0.0.1", 0)
    line = AiohttpRequest()
    with pytest.raises(FileTooBigError):
        await line.download(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", 50_000)
    await line.shutdown()
    server.close()
    await server.wait_closed()
    assert sent < 10_000_000


async def test_troubles_with_a_file(telegram: TelegramStandIn, calls: Calls, bot: Bot) -> None:
    file_id = await file_of(telegram, b"OggS")
    with pytest.raises(FileGoneError):
        await calls.download("no-such-file")
    telegram.faults.fail(Refusal(400, "Bad Request: file is too big"), "getFile")
    with pytest.raises(FileTooBigError):
        await calls.download(file_id)
    telegram.faults.garble("getFile", body=b'{"ok":true,"result":{}}', status=200)
    with pytest.raises(FileGoneError):
        await calls.download(file_id)
    telegram.faults.drop(Moment.BEFORE_ACTING, DOWNLOAD, times=2)  # asked a second time at once
    with pytest.raises(NetworkError) as raised:
        await calls.download(file_id)
    spotless(raised.value)
    telegram.faults.fail(Refusal(500, "x"), DOWNLOAD)
    with pytest.raises(NetworkError):
        await calls.download(file_id)
    assert isinstance(bot.request, AiohttpRequest)
    with pytest.raises(FileGoneError):
        await bot.request.download(f"{telegram.base_file_url}{TOKEN}/voice/none.oga", 10)
    assert await calls.download(file_id) == b"OggS"


async def test_a_slow_file_runs_out_of_time(
    telegram: TelegramStandIn, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_id = await file_of(telegram, b"OggS")
    monkeypatch.setattr("bot.telegram.request.ANSWER_SECONDS", 0.05)
    never = asyncio.Event()
    telegram.faults.slow(never, DOWNLOAD)
    with pytest.raises(TimedOut):
        await calls.download(file_id)
    never.set()


async def test_presses_are_answered_and_messages_deleted(telegram: TelegramStandIn, calls: Calls) -> None:
    ann = telegram.person("Ann")
    await ann.start()
    await calls.call(Method.SEND, {"chat_id": ann.id, "text": "x"})
    press = await ann.press_data(ann.last().id, "d")
    assert await calls.answer_press(press.query_id, "This question has moved on.")
    assert ann.toasts[-1].text == "This question has moved on."
    assert not await calls.answer_press("7")
    ids = [message.id for message in ann.messages]
    assert await calls.delete(ann.id, ids)
    assert not ann.messages
    telegram.faults.fail(Refusal(400, "Bad Request: message can't be deleted"), "deleteMessages")
    assert not await calls.delete(ann.id, [1])
