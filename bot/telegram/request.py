"""The line to Telegram: the library's request class on aiohttp, and the bot that uses it.

No URL, token, parameter or answer may reach a log or an exception from here. The library itself puts them there:
its bot prints the token, its debug log prints every message, its errors quote what they could not read.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, final

import aiohttp
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import JSONDict, ODVInput
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from typing_extensions import override

from bot.telegram.errors import FileGoneError, FileTooBigError, WrongTokenError
from bot.telegram.fields import object_in

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
CONNECTIONS = 64
LARGEST_ANSWER = 64 * 1024 * 1024

Body: TypeAlias = bytes | aiohttp.FormData | Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send with a call; `parameter` is what it fills."""

    parameter: str
    name: str
    content: bytes = field(repr=False)


@final
class AiohttpRequest(BaseRequest):
    """Calls and downloads over one pool of connections, opened at the first use."""

    __slots__ = ("_session",)

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    @override
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the caller names none."""
        return ANSWER_SECONDS

    @override
    async def initialize(self) -> None:
        """Open the pool, if it is not open."""
        self._opened()

    @override
    async def shutdown(self) -> None:
        """Close the pool. A later call opens a new one."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    @override
    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call of the library's bot: status and payload.

        Raises:
            NetworkError: there was no answer that can be read.
        """
        seconds = ANSWER_SECONDS if isinstance(read_timeout, DefaultValue) else read_timeout
        code, payload = await self.exchange(url, _form(request_data), seconds or ANSWER_SECONDS, method=method)
        if method == "GET" or "result" in (answer := object_in(payload)):
            return code, payload
        if 200 <= code < 300:
            raise NetworkError("unreadable answer")
        return code, payload if answer else b"{}"  # the library would quote what it cannot read

    async def exchange(
        self, url: str, body: Body, seconds: float = ANSWER_SECONDS, *, method: str = "POST"
    ) -> tuple[int, bytes]:
        """Send `body` (bytes are JSON) and return status and payload.

        Raises:
            TimedOut: no whole answer in `seconds`; it may or may not have been carried out.
            NetworkError: no connection, or a broken one.
        """
        headers = {"Content-Type": "application/json"} if isinstance(body, bytes) else {}
        trouble: TelegramError
        try:
            async with self._opened().request(
                method, url, data=body, headers=headers, timeout=_timeout(seconds), allow_redirects=False
            ) as answer:
                return answer.status, await _read(answer, LARGEST_ANSWER)
        except TimeoutError:
            trouble = TimedOut("Telegram did not answer in time")
        except (aiohttp.ClientError, OSError) as error:
            trouble = NetworkError(f"no answer from Telegram ({type(error).__name__})")
        raise trouble  # outside the handler: the first exception may quote the address, which holds the token

    async def download(self, url: str, limit: int) -> bytes:
        """The bytes of a file, of which no more than `limit` are ever fetched.

        Raises:
            FileTooBigError: it is longer than `limit`.
            FileGoneError: there is no such file any more.
            NetworkError: as `exchange`, and for every other answer than 200.
        """
        trouble: TelegramError
        try:
            async with self._opened().get(url, timeout=_timeout(ANSWER_SECONDS), allow_redirects=False) as answer:
                match answer.status:
                    case 200:
                        return await _read(answer, limit)
                    case 404 | 410:
                        trouble = FileGoneError("Telegram no longer has this file")
                    case status:
                        trouble = NetworkError(f"file server answered {status}")
        except TimeoutError:
            trouble = TimedOut("a file did not arrive in time")
        except (aiohttp.ClientError, OSError) as error:
            trouble = NetworkError(f"no file from Telegram ({type(error).__name__})")
        raise trouble

    @override
    @staticmethod
    def parse_json_payload(payload: bytes) -> JSONDict:
        """The answer as an object; unlike the library's, it never logs what it could not read."""
        return dict(object_in(payload))

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), headers={"User-Agent": self.USER_AGENT}
            )
        return self._session


@final
class FirsthandBot(Bot):
    """The library's bot, without its token in `repr` and exception texts."""

    @override
    def __repr__(self) -> str:
        return "FirsthandBot()"

    @override
    async def initialize(self) -> None:
        """Open the line and ask Telegram who the bot is.

        Raises:
            WrongTokenError: Telegram does not know the token.
            NetworkError: Telegram cannot be reached.
        """
        try:
            await super().initialize()
        except InvalidToken:
            rejected = True
        else:
            rejected = False
        if rejected:
            raise WrongTokenError


def make_bot(token: str, base_url: str, base_file_url: str = "") -> Bot:
    """A bot that talks to the server at `base_url`, such as `https://api.telegram.org`, without `/bot`.

    `base_file_url` is the server of files where it is another. The library's own log is raised to warnings: below
    that it prints what people say.
    """
    logging.getLogger("telegram").setLevel(logging.WARNING)
    request = AiohttpRequest()
    return FirsthandBot(
        token,
        base_url=f"{base_url.rstrip('/')}/bot",
        base_file_url=f"{(base_file_url or base_url).rstrip('/')}/file/bot",
        request=request,
        get_updates_request=request,
    )


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS, sock_read=seconds)


def _form(data: RequestData | None) -> Body:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (file_name, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=file_name, content_type=mime_type)
    return form


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    if (answer.content_length or 0) > limit:
        raise FileTooBigError("longer than the limit")
    parts: list[bytes] = []
    length = 0
    async for part in answer.content.iter_any():
        length += len(part)
        if length > limit:
            raise FileTooBigError("longer than the limit")
        parts.append(part)
    return b"".join(parts)
