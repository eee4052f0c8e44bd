"""Updates posted to a bot that asked for it."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.people import Person
from bot.demo.pulse import Pulse
from bot.demo.serving import LoopbackServer
from bot.demo.telegram_server import TelegramStandIn
from bot.demo.webhooks import SECRET_HEADER
from tests.bot.demo.conftest import Api


class Hook:
    """A bot's door: answers what it was told to, then 200."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.secrets: list[str | None] = []
        self.answers: deque[Response] = deque()
        self.open = asyncio.Event()
        self.open.set()
        self.busiest = 0
        self.pulse = Pulse()
        self._inside = 0
        self.server = LoopbackServer(Starlette(routes=[Route("/hook", self._take, methods=["POST"])]))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}/hook"

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["message"]["text"] for body in self.bodies]

    async def got(self, count: int) -> None:
        await self.pulse.until(lambda: len(self.bodies) >= count, within=5)

    async def _take(self, request: Request) -> Response:
        self.bodies.append(await request.body())
        self.secrets.append(request.headers.get(SECRET_HEADER))
        self._inside += 1
        self.busiest = max(self.busiest, self._inside)
        self.pulse.beat()
        await self.open.wait()
        self._inside -= 1
        return self.answers.popleft() if self.answers else Response()


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    door = Hook()
    await door.server.up()
    yield door
    await door.server.close()


async def test_updates_are_posted_with_the_secret(api: Api, sam: Person, hook: Hook, telegram: TelegramStandIn) -> None:
    await sam.type("Before")
    assert (await api("setWebhook", url=hook.url, secret_token="s3cret")).result is True
    await sam.type("After")
    await hook.got(2)
    assert hook.texts == ["Before", "After"]
    assert hook.secrets == ["s3cret", "s3cret"]
    await telegram.settled()
    info = (await api("getWebhookInfo")).result
    assert info["url"] == hook.url
    assert info["pending_update_count"] == 0


async def test_an_update_is_posted_again_until_the_bot_says_200(
    api: Api, sam: Person, hook: Hook, telegram: TelegramStandIn
) -> None:
    hook.answers.extend([Response(status_code=500), Response(status_code=503)])
    await api("setWebhook", url=hook.url)
    await sam.type("Once")
    await sam.type("Twice")
    await hook.got(4)
    assert hook.texts == ["Once", "Once", "Once", "Twice"]
    await telegram.settled()
    assert (await api("getWebhookInfo")).result["last_error_message"].endswith("503")


async def test_updates_wait_while_the_bot_is_down(api: Api, sam: Person, hook: Hook, telegram: TelegramStandIn) -> None:
    await hook.server.down()
    await api("setWebhook", url=hook.url)
    await sam.type("Anybody there?")
    await telegram.world.pulse.until(lambda: telegram.world.webhook.last_error, within=5)
    assert (await api("getWebhookInfo")).result["pending_update_count"] == 1
    await hook.server.up()
    await hook.got(1)


async def test_chats_go_side_by_side_but_one_chat_keeps_its_order(
    api: Api, sam: Person, hook: Hook, telegram: TelegramStandIn
) -> None:
    others = [telegram.person(name) for name in ("Alex", "Robin", "Jo")]
    await api("setWebhook", url=hook.url, max_connections=3)
    hook.open.clear()
    for number in range(2):
        for person in (sam, *others):
            await person.type(f"{number}")
    await hook.got(3)
    assert (hook.texts, hook.busiest) == (["0", "0", "0"], 3)
    hook.open.set()
    await hook.got(8)
    for person in (sam, *others):
        mine = [body for body in map(json.loads, hook.bodies) if _chat(body) == person.id]
        assert [body["message"]["text"] for body in mine] == ["0", "1"]
    assert hook.busiest == 3


def _chat(update: dict[str, dict[str, dict[str, int]]]) -> int:
    return update["message"]["chat"]["id"]


async def test_a_method_in_the_answer_is_carried_out(
    api: Api, sam: Person, hook: Hook, telegram: TelegramStandIn
) -> None:
    method = {"method": "sendMessage", "chat_id": sam.id, "text": "From the answer"}
    refused = method | {"text": ""}
    hook.answers.extend([JSONResponse(refused), Response(b"no json"), JSONResponse(method)])
    await api("setWebhook", url=hook.url)
    for number in range(3):
        await sam.type(f"{number}")
    await sam.sees("From the answer")
    assert [record.status for record in telegram.calls_of("sendMessage")] == [400, 200]


@pytest.mark.parametrize(
    "params",
    [
        {"url": "https://example.org/hook"},
        {"url": "http://127.0.0.1:1/hook", "secret_token": "not allowed!"},
        {"url": "http://127.0.0.1:1/hook", "max_connections": 101},
    ],
)
async def test_a_webhook_elsewhere_or_with_wrong_settings_is_refused(api: Api, params: dict[str, object]) -> None:
    assert (await api("setWebhook", **params)).status == 400
    assert (await api("getWebhookInfo")).result["url"] == ""


async def test_a_webhook_can_be_taken_away_and_pending_updates_dropped(api: Api, sam: Person, hook: Hook) -> None:
    await api("setWebhook", url=hook.url, allowed_updates=["message"])
    assert (await api("getWebhookInfo")).result["allowed_updates"] == ["message"]
    await api("setWebhook", url="")
    await sam.type("Dropped")
    await api("setWebhook", url=hook.url, drop_pending_updates=True)
    await sam.type("Kept")
    await hook.got(1)
    assert hook.texts == ["Kept"]
