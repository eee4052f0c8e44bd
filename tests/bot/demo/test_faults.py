"""What goes wrong when a test orders it."""

import asyncio

import aiohttp
import pytest

from bot.demo.faults import DOWNLOAD, Moment
from bot.demo.people import Person
from bot.demo.refusals import Refusal
from bot.demo.telegram_server import TelegramStandIn
from tests.bot.demo.conftest import Api

BUSY = Refusal(429, "Too Many Requests: retry after 7", retry_after=7)
BROKEN = Refusal(500, "Internal Server Error")


def said(sam: Person) -> list[str]:
    return [message.text for message in sam.messages if message.by_bot]


async def test_the_next_calls_of_a_method_can_be_refused(api: Api, sam: Person) -> None:
    api.telegram.faults.fail(BUSY, "sendMessage", times=2)
    assert (await api("getMe")).status == 200
    for _ in range(2):
        reply = await api("sendMessage", chat_id=sam.id, text="Hello")
        assert reply.body["parameters"] == {"retry_after": 7}
    assert said(sam) == []
    assert (await api("sendMessage", chat_id=sam.id, text="Hello")).status == 200
    assert [r.status for r in api.telegram.calls_of("sendmessage")] == [429, 429, 200]


async def test_any_call_can_be_refused_and_orders_can_be_forgotten(api: Api) -> None:
    api.telegram.faults.fail(BROKEN, times=5)
    assert (await api("getMe")).trouble == "Internal Server Error"
    api.telegram.faults.clear()
    assert (await api("getMe")).status == 200


async def test_a_call_can_be_held_until_the_test_lets_it_go(api: Api, sam: Person) -> None:
    gate = asyncio.Event()
    api.telegram.faults.slow(gate, "sendMessage")
    slow = asyncio.create_task(api("sendMessage", chat_id=sam.id, text="Slow"))
    await sam.until(lambda _: not api.telegram.faults.left)
    assert (await api("sendMessage", chat_id=sam.id, text="Quick")).status == 200
    assert said(sam) == ["Quick"]
    gate.set()
    await slow
    assert said(sam) == ["Quick", "Slow"]


@pytest.mark.parametrize(("when", "delivered"), [(Moment.BEFORE_ACTING, []), (Moment.AFTER_ACTING, ["Hello"])])
async def test_a_connection_can_break_before_or_after_the_deed(
    api: Api, sam: Person, when: Moment, delivered: list[str]
) -> None:
    api.telegram.faults.drop(when, "sendMessage")
    with pytest.raises(aiohttp.ClientConnectionError):
        await api("sendMessage", chat_id=sam.id, text="Hello")
    assert said(sam) == delivered
    assert (await api("sendMessage", chat_id=sam.id, text="Again")).status == 200


async def test_an_answer_can_be_nonsense(api: Api, sam: Person) -> None:
    api.telegram.faults.garble("sendMessage", body=b"{", status=200)
    with pytest.raises(aiohttp.ContentTypeError):
        await api("sendMessage", chat_id=sam.id, text="Hello")
    assert said(sam) == ["Hello"]


async def test_it_goes_down_and_comes_back_at_the_same_port(api: Api, sam: Person, telegram: TelegramStandIn) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    assert (await api("getMe")).status == 200
    before = telegram.base_url
    await telegram.go_down()
    await telegram.go_down()
    with pytest.raises(aiohttp.ClientConnectionError):
        await poll
    for _ in range(2):
        with pytest.raises(aiohttp.ClientConnectorError):
            await api("getMe")
    await sam.type("Written meanwhile")
    await telegram.come_up()
    assert telegram.base_url == before
    assert (await api("getUpdates")).result[0]["message"]["text"] == "Written meanwhile"


async def test_a_download_can_fail_wait_or_break(api: Api, sam: Person) -> None:
    voice = await sam.send_voice(b"OggS", 1)
    assert voice.attachment is not None
    assert voice.attachment.file is not None
    path = (await api("getFile", file_id=voice.attachment.file.file_id)).result["file_path"]
    gate = asyncio.Event()
    api.telegram.faults.fail(BROKEN, DOWNLOAD)
    api.telegram.faults.slow(gate, DOWNLOAD)
    gate.set()
    assert (await api.download(path))[0] == 500
    # Twice: a client may ask again by itself when a connection that it kept open breaks.
    api.telegram.faults.drop(Moment.BEFORE_ACTING, DOWNLOAD, times=2)
    with pytest.raises(aiohttp.ClientConnectionError):
        await api.download(path)
    assert await api.download(path) == (200, b"OggS")
