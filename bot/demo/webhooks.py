"""Handing updates to a bot that asked for a webhook, over loopback only, until it says 200."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

import aiohttp

from bot.demo.pulse import Pulse
from bot.demo.updates import UpdateQueue, Waiting
from bot.demo.wire import Call, read_call

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, no secret
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_FIRST_PAUSE = 0.05
_LONGEST_PAUSE = 1.0


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """What the bot asked for."""

    url: str = field(repr=False)
    secret_token: str = field(default="", repr=False)
    max_connections: int = 40


def on_loopback(url: str) -> bool:
    """Whether an address stays on this computer."""
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and parts.hostname in _LOOPBACK


Perform: TypeAlias = Callable[[Call], Awaitable[object]]


class Webhook:
    """Posts each waiting update, in order within a chat, several chats at a time."""

    def __init__(self, updates: UpdateQueue, pulse: Pulse) -> None:
        self._updates = updates
        self._pulse = pulse
        self._busy: dict[int, int | None] = {}
        self.settings: WebhookSettings | None = None
        self.last_error = ""

    def set(self, settings: WebhookSettings | None) -> None:
        """Post to another address from now on, or nowhere."""
        self.settings = settings
        self.last_error = ""
        self._pulse.beat()

    async def run(self, perform: Perform) -> None:
        """Post until cancelled; a method that the bot answers with goes to `perform`."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as posts:
            while True:
                for waiting in self._ready():
                    self._busy[id(waiting)] = waiting.chat_id
                    posts.create_task(self._deliver(session, waiting, perform))
                await self._pulse.next()

    def _ready(self) -> list[Waiting]:
        """What may be posted now: one update for each chat, and no more than asked for."""
        ready: list[Waiting] = []
        if self.settings is None:
            return ready
        chats = {chat for chat in self._busy.values() if chat is not None}
        free = self.settings.max_connections - len(self._busy)
        for waiting in self._updates.pending:
            if id(waiting) not in self._busy and waiting.chat_id not in chats and len(ready) < free:
                ready.append(waiting)
            if waiting.chat_id is not None:
                chats.add(waiting.chat_id)
        return ready

    async def _deliver(self, session: aiohttp.ClientSession, waiting: Waiting, perform: Perform) -> None:
        pause = _FIRST_PAUSE
        while (settings := self.settings) and any(w is waiting for w in self._updates.pending):
            answer = await self._post(session, settings, waiting)
            if answer is not None:
                self._updates.taken(waiting)
                await _obey(answer, perform)
                break
            await asyncio.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 2)
        del self._busy[id(waiting)]
        self._pulse.beat()

    async def _post(self, session: aiohttp.ClientSession, settings: WebhookSettings, waiting: Waiting) -> bytes | None:
        headers = {"Content-Type": "application/json"}
        if settings.secret_token:
            headers[SECRET_HEADER] = settings.secret_token
        try:
            async with session.post(settings.url, data=waiting.body, headers=headers) as response:
                answer = await response.read()
                if response.ok:
                    return answer
                self.last_error = f"Wrong response from the webhook: {response.status}"
        except (aiohttp.ClientError, TimeoutError) as error:
            self.last_error = f"Connection failed: {type(error).__name__}"
        self._pulse.beat()
        return None


async def _obey(answer: bytes, perform: Perform) -> None:
    """Carry out the method that a bot put into its answer; its result is heard by nobody."""
    try:
        fields: object = json.loads(answer or b"null")
    except ValueError:
        return
    if isinstance(fields, dict) and "method" in fields:
        call = read_call(str(fields["method"]), "application/json", "", answer)
        await perform(call)
