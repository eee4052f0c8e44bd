"""The stand-in, somebody who talks to its bot, and a plain way to call its methods."""

import io
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
import pytest
from PIL import Image

from bot.clock import MovableClock
from bot.demo.people import Person
from bot.demo.telegram_server import DEMO_TOKEN, TelegramStandIn
from bot.demo.wire import Json

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    body: dict[str, Json]

    @property
    def result(self) -> Json:
        assert self.body["ok"] is True, self.body
        return self.body["result"]

    @property
    def trouble(self) -> str:
        assert self.body["ok"] is False, self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


class Api:
    """Calls methods with a JSON body, and with files as multipart."""

    def __init__(self, telegram: TelegramStandIn, session: aiohttp.ClientSession) -> None:
        self.telegram = telegram
        self.session = session

    async def __call__(self, method: str, **params: object) -> Reply:
        url = f"{self.telegram.base_url}{DEMO_TOKEN}/{method}"
        async with self.session.post(url, json=params) as response:
            return Reply(response.status, await response.json())

    async def upload(self, method: str, files: dict[str, tuple[str, bytes]], **params: object) -> Reply:
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (file_name, content) in files.items():
            form.add_field(name, io.BytesIO(content), filename=file_name)
        url = f"{self.telegram.base_url}{DEMO_TOKEN}/{method}"
        async with self.session.post(url, data=form) as response:
            return Reply(response.status, await response.json())

    async def download(self, path: str) -> tuple[int, bytes]:
        url = f"{self.telegram.base_file_url}{DEMO_TOKEN}/{path}"
        async with self.session.get(url) as response:
            return response.status, await response.read()


@pytest.fixture(autouse=True)
def _durations_as_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
async def telegram(clock: MovableClock) -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(DEMO_TOKEN, clock, limits=False) as stand_in:
        yield stand_in


@pytest.fixture
async def api(telegram: TelegramStandIn) -> AsyncIterator[Api]:
    async with aiohttp.ClientSession() as session:
        yield Api(telegram, session)


@pytest.fixture
async def sam(telegram: TelegramStandIn) -> Person:
    """Somebody who has pressed Start, and whose update is out of the way."""
    person = telegram.person("Sam")
    await person.start()
    telegram.updates.clear()
    return person


@pytest.fixture(scope="session")
def png() -> bytes:
    return picture(40, 30)


def picture(width: int, height: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()
