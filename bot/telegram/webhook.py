"""The web side: Telegram posts updates here, and machines ask whether the bot is well.

An update is answered with 200 only when it is on disk; otherwise Telegram brings it again. Whoever does not know the
secret learns nothing, not even whether a body made sense.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, final

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.telegram.batch import read_update
from bot.telegram.transport import Inlet
from storage.errors import StorageError

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, not a secret
BODY_LIMIT = 1024 * 1024
BODY_SECONDS: Final = 10.0
"""How long a body may take to arrive. Telegram sends a few kilobytes at once."""

_JSON: Final = "application/json"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Doorway:
    """Where Telegram posts, `/telegram/<path>`, and the secret that it sends along."""

    path: str
    secret: str = field(repr=False)
    seconds: float = BODY_SECONDS

    def __post_init__(self) -> None:
        if not self.path or not self.secret:
            raise ValueError("a webhook needs a path and a secret")


def webhook_app(
    inlet: Inlet, doorway: Doorway, ready: Callable[[], Awaitable[bool]], more: Sequence[BaseRoute] = ()
) -> Starlette:
    """The web application. `ready` says whether the database can be used; `more` are further routes."""
    hook = _Hook(inlet, doorway)
    return Starlette(
        routes=[
            Route(f"/telegram/{doorway.path}", hook.receive, methods=["POST"]),
            Route("/healthz", _alive, methods=["GET"]),
            Route("/readyz", _Readiness(ready).answer, methods=["GET"]),
            *more,
        ]
    )


@final
class _Hook:
    def __init__(self, inlet: Inlet, doorway: Doorway) -> None:
        self._inlet = inlet
        self._secret = doorway.secret.encode()
        self._seconds = doorway.seconds
        self._refused = 0

    async def receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode("latin-1")
        if not hmac.compare_digest(given, self._secret):
            self._note_refusal()
            return Response(status_code=403)
        body = await self._body(request)
        if isinstance(body, Response):
            return body
        try:
            await self._inlet.keep([read_update(body)])
        except StorageError as error:
            log.warning("webhook_not_stored", kind=type(error).__name__)
            return Response(status_code=503)
        return Response(status_code=200)

    def _note_refusal(self) -> None:
        """Say the 1st, 10th, 100th and so on: who knocks all night must not fill the disk with log lines."""
        self._refused += 1
        if str(self._refused).strip("0") == "1":
            log.warning("webhook_refused", times=self._refused)

    async def _body(self, request: Request) -> bytes | Response:
        """The whole body, or the answer to one that is no JSON, too long, too slow or broken off."""
        kind = request.headers.get("content-type", _JSON).partition(";")[0].strip().lower()
        if kind != _JSON:
            return Response(status_code=415)
        try:
            async with asyncio.timeout(self._seconds):
                body = await _body(request)
        except TimeoutError:
            return Response(status_code=408)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody hears it; Telegram brings the update again
        return Response(status_code=413) if body is None else body


@final
class _Readiness:
    def __init__(self, ready: Callable[[], Awaitable[bool]]) -> None:
        self._ready = ready

    async def answer(self, _request: Request) -> Response:
        if await self._ready():
            return PlainTextResponse("ready")
        return PlainTextResponse("not ready", status_code=503)


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("alive")


async def _body(request: Request) -> bytes | None:
    """The whole body, or `None` as soon as it is over the limit."""
    parts: list[bytes] = []
    length = 0
    async for part in request.stream():
        length += len(part)
        if length > BODY_LIMIT:
            return None
        parts.append(part)
    return b"".join(parts)
