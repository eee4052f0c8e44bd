"""A strict stand-in for the Telegram Bot API on loopback, to be used by real bots in one process.

It answers as Telegram does, refuses what Telegram refuses, and lets a test or the demo play the
people. It binds to 127.0.0.1 only and holds invented people only.
"""

import asyncio
import contextlib
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self, final

import orjson
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.clock import Clock
from bot.demo.faults import DOWNLOAD, Drops, Faults, Garbles, Moment, Refuses, Waits
from bot.demo.groups import Group
from bot.demo.limits import FORM_ALLOWANCE, MAX_UPLOAD, RateLimits
from bot.demo.methods import perform
from bot.demo.people import Person
from bot.demo.polling import Polling
from bot.demo.refusals import NOT_FOUND, TOO_LARGE, UNAUTHORIZED, Refusal, RefusalError
from bot.demo.serving import LoopbackServer
from bot.demo.updates import UpdateQueue
from bot.demo.wire import Call, JsonObject, read_call, refusal_body
from bot.demo.world import World

DEMO_TOKEN = "1000:demo-token-for-loopback-only"  # noqa: S105 - opens nothing but this stand-in
_POLL = "getupdates"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call that a bot made; `status` is what it was answered with."""

    call: Call
    at: datetime
    status: int
    refusal: Refusal | None = field(default=None)

    @property
    def method(self) -> str:
        """The method as the bot wrote it."""
        return self.call.method


@final
class TelegramStandIn:
    """`async with TelegramStandIn(token, clock) as telegram:` serves until the block ends."""

    def __init__(self, token: str, clock: Clock, *, limits: bool = True) -> None:
        bot_user = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Firsthand",
            "username": "firsthand_demo_bot",
        }
        self.world = World(clock, bot_user, RateLimits(time.monotonic) if limits else None)
        self.faults = Faults()
        self.calls: list[CallRecord] = []
        self.people: list[Person] = []
        self._token = token
        self._in_flight = 0
        self.polling = Polling(self.world)
        self._server = LoopbackServer(self._application())
        self._posting: asyncio.Task[None] | None = None

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._server.port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls `base_url`: the token follows it directly."""
        return f"{self.origin}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls `base_file_url`: the token follows it directly."""
        return f"{self.origin}/file/bot"

    @property
    def updates(self) -> UpdateQueue:
        """The updates that wait for the bot."""
        return self.world.updates

    async def __aenter__(self) -> Self:
        await self._server.up()
        self._posting = asyncio.create_task(self.world.webhook.run(self._told_in_reply))
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._posting is not None:
            self._posting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._posting
        await self._server.close()

    async def go_down(self) -> None:
        """Refuse every connection until `come_up`; people can still write meanwhile."""
        await self._server.down()

    async def come_up(self) -> None:
        """Answer again, at the same port."""
        await self._server.up()

    def person(self, first_name: str, *, language: str = "en", username: str = "") -> Person:
        """Somebody invented who can write to the bot."""
        fields = {"first_name": first_name} | ({"username": username} if username else {})
        somebody = Person(self.world, self.world.new_private_chat(fields), language)
        self.people.append(somebody)
        return somebody

    def group(self, title: str) -> Group:
        """An invented group, of which the bot is no member yet."""
        return Group(self.world, self.world.new_group(title))

    def calls_of(self, method: str) -> list[CallRecord]:
        """The recorded calls of one method, whatever its case."""
        return [record for record in self.calls if record.method.lower() == method.lower()]

    async def changed(self) -> None:
        """Return at the next change of anything, for whoever shows the chats."""
        await self.world.pulse.next()

    async def settled(self, *, quiet: float = 0.05, within: float = 5.0) -> None:
        """Return when every update is acknowledged and no call came for `quiet` real seconds.

        Raises:
            TimeoutError: that did not happen within `within` seconds.
        """
        async with asyncio.timeout(within):
            while True:
                await self.world.pulse.until(self._idle, within=within)
                seen = len(self.calls)
                with contextlib.suppress(TimeoutError):
                    await self.world.pulse.until(lambda: not self._idle(), within=quiet)
                if self._idle() and len(self.calls) == seen:
                    return

    def _idle(self) -> bool:
        return not self._in_flight and not self.updates.pending

    def _application(self) -> Starlette:
        verbs = ["GET", "POST"]
        return Starlette(
            routes=[
                Route("/bot{token}/{method}", self._answer, methods=verbs),
                Route("/file/bot{token}/{path:path}", self._download, methods=["GET"]),
                Route("/{anything:path}", _nothing_here, methods=verbs),
            ]
        )

    async def _answer(self, request: Request) -> Response:
        method = request.path_params["method"]
        counted = method.lower() != _POLL
        self._in_flight += counted
        call = Call(method)
        refusal: Refusal | None = None
        try:
            call = await self._read(request)
            response = await self._act(request, call)
        except RefusalError as error:
            refusal = error.refusal
            response = _refused(refusal)
        finally:
            self._in_flight -= counted
            self.world.pulse.beat()
        if counted:
            self._record(call, response.status_code, refusal)
        return response

    async def _read(self, request: Request) -> Call:
        if request.path_params["token"] != self._token:
            raise RefusalError(UNAUTHORIZED)
        if int(request.headers.get("content-length", 0)) > MAX_UPLOAD + FORM_ALLOWANCE:
            async for _chunk in request.stream():
                """Read to the end and forget, so that the sender hears the answer."""
            raise RefusalError(TOO_LARGE)
        return read_call(
            request.path_params["method"],
            request.headers.get("content-type", ""),
            request.url.query,
            await request.body(),
        )

    async def _act(self, request: Request, call: Call) -> Response:
        if waits := self.faults.take(call.method, Waits):
            self.world.pulse.beat()
            await waits.until.wait()
        if refuses := self.faults.take(call.method, Refuses):
            raise RefusalError(refuses.refusal)
        drops = self.faults.take(call.method, Drops)
        if drops and drops.when is Moment.BEFORE_ACTING:
            return await self._hang_up(request)
        body = await self._perform(call)
        if drops:
            return await self._hang_up(request)
        if garbles := self.faults.take(call.method, Garbles):
            return Response(garbles.body, garbles.status, media_type="text/html")
        return Response(b'{"ok":true,"result":' + body + b"}", media_type="application/json")

    async def _perform(self, call: Call) -> bytes:
        if call.method.lower() == _POLL:
            return await self.polling.get_updates(call)
        return orjson.dumps(perform(self.world, call))

    async def _told_in_reply(self, call: Call) -> None:
        """Carry out what a bot put into its answer to a webhook; it never hears the outcome."""
        refusal: Refusal | None = None
        try:
            await self._perform(call)
        except RefusalError as error:
            refusal = error.refusal
        self._record(call, refusal.error_code if refusal else 200, refusal)

    async def _download(self, request: Request) -> Response:
        if request.path_params["token"] != self._token:
            return _refused(UNAUTHORIZED)
        if waits := self.faults.take(DOWNLOAD, Waits):
            await waits.until.wait()
        if self.faults.take(DOWNLOAD, Drops):
            return await self._hang_up(request)
        if refuses := self.faults.take(DOWNLOAD, Refuses):
            return _refused(refuses.refusal)
        stored = self.world.files.open(request.path_params["path"], self.world.clock.now())
        if stored is None:
            return _refused(NOT_FOUND)
        return Response(stored.content, media_type=stored.mime_type)

    async def _hang_up(self, request: Request) -> Response:
        if request.client is not None:
            self._server.hang_up((request.client.host, request.client.port))
        while (await request.receive())["type"] != "http.disconnect":
            """What is left of the request does not matter any more."""
        return Response(status_code=499)

    def _record(self, call: Call, status: int, refusal: Refusal | None) -> None:
        self.calls.append(CallRecord(call, self.world.clock.now(), status, refusal))
        self.world.pulse.beat()


async def _nothing_here(_request: Request) -> Response:
    return _refused(NOT_FOUND)


def _refused(refusal: Refusal) -> Response:
    body: JsonObject = refusal_body(refusal)
    return Response(orjson.dumps(body), refusal.error_code, media_type="application/json")
