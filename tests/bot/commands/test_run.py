"""`firsthand run`: it serves until it is told to stop, and says plainly why it cannot begin."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
import structlog
from pydantic import SecretStr
from telegram.error import BadRequest, InvalidToken, TimedOut
from typing_extensions import override

from bot.clock import MovableClock
from bot.commands import run
from bot.commands.desk import store
from bot.demo.telegram_server import TelegramStandIn
from bot.firsthand import Firsthand
from bot.settings import Settings
from bot.telegram.errors import WrongTokenError
from storage.database import Database
from storage.errors import DatabaseGone
from tests.bot.college import NOW, TOKEN, built, settings_in
from tests.bot.commands.desk import Desk
from tests.support.database import new_database_url


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The logging of the test run itself stays as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class _Refusing(BaseHTTPRequestHandler):
    """A Telegram that knows no such bot."""

    def do_POST(self) -> None:
        body = b'{"ok":false,"error_code":401,"description":"Unauthorized"}'
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), _Refusing) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_token_that_telegram_does_not_know_is_said_plainly(desk: Desk, refusing: str) -> None:
    desk.env.setenv("FIRSTHAND_TELEGRAM_URL", refusing)
    assert "BotFather" in desk.run("run", code=2).stderr


def test_a_webhook_needs_its_address_and_its_secret(desk: Desk) -> None:
    assert "FIRSTHAND_WEBHOOK_URL" in desk.refused("run", "--webhook", code=2)
    desk.env.setenv("FIRSTHAND_WEBHOOK_URL", "https://bot.example.org")
    assert "FIRSTHAND_WEBHOOK_SECRET" in desk.refused("run", "--webhook", code=2)


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (DatabaseGone(), 1, "cannot be used"),
        (WrongTokenError(), 2, "BotFather"),
        (ExceptionGroup("x", [WrongTokenError()]), 2, "BotFather"),
        (ExceptionGroup("x", [InvalidToken("x")]), 2, "BotFather"),
        (ExceptionGroup("x", [DatabaseGone()]), 1, "cannot be used"),
    ],
)
def test_what_ends_it_is_said_plainly(desk: Desk, error: Exception, code: int, said: str) -> None:
    async def ends(*_: object, **__: object) -> None:
        raise error

    desk.env.setattr(run, "_serve", ends)
    assert said in desk.run("run", code=code).stderr


def test_an_error_of_the_program_is_not_hidden(desk: Desk) -> None:
    async def ends(*_: object, **__: object) -> None:
        raise ExceptionGroup("a_group", [ValueError("a mistake")])

    desk.env.setattr(run, "_serve", ends)
    with pytest.raises(AssertionError, match="a_group"):
        desk.run("run")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(TOKEN, MovableClock(NOW), limits=False) as stand_in:
        yield stand_in


@pytest.fixture
async def settings(tmp_path: Path, telegram: TelegramStandIn, monkeypatch: pytest.MonkeyPatch) -> Settings:
    await new_database_url(tmp_path)
    monkeypatch.setattr(run, "build", lambda made, database, clock, _pace: built(made, database, clock))
    return settings_in(tmp_path, telegram.origin)


async def served_until(settings: Settings, seen: Callable[[], Awaitable[object]], *, webhook: bool = False) -> None:
    """Serve until what is awaited has happened; then the operator stops it, as a service manager does."""
    serving = asyncio.create_task(run._serve(settings, webhook=webhook))
    async with asyncio.timeout(20):
        await seen()
        os.kill(os.getpid(), signal.SIGTERM)
        await serving


async def test_it_serves_until_it_is_told_to_stop(telegram: TelegramStandIn, settings: Settings) -> None:
    person = telegram.person("Robin")
    await person.start()

    async def answered() -> None:
        await person.sees("I only talk with people who got a link", within=15)

    await served_until(settings, answered)


async def test_telegram_may_be_away_when_it_starts(
    telegram: TelegramStandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def at_once(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    greet = Firsthand.greet

    async def away_twice(bot: Firsthand) -> None:
        if len(pauses) < 2:
            raise TimedOut
        await greet(bot)

    monkeypatch.setattr(Firsthand, "greet", away_twice)
    with monkeypatch.context() as patch:
        patch.setattr("bot.commands.run.asyncio.sleep", at_once)
        async with store(settings) as database:
            bot = built(settings, database, MovableClock(NOW))
            await run._greeted(bot)
            await bot.close()
    assert pauses == [1.0, 2.0]
    assert telegram.calls_of("setMyCommands")


async def test_by_webhook_it_says_its_address_and_answers_whether_it_is_ready(
    telegram: TelegramStandIn, settings: Settings, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    changed = {
        "webhook_url": f"http://127.0.0.1:{unused_tcp_port}",
        "webhook_secret": SecretStr("a-secret-of-some-length"),
        "webhook_port": unused_tcp_port,
    }
    person = telegram.person("Robin")
    await person.start()
    answers: list[str] = []

    async def ask() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", unused_tcp_port)
        writer.write(b"GET /readyz HTTP/1.0\r\nHost: x\r\n\r\n")
        answers.append((await reader.readline()).decode().split()[1])
        writer.close()
        await writer.wait_closed()

    async def gone(_database: Database) -> None:
        raise DatabaseGone

    async def ready() -> None:
        await person.sees("I only talk with people who got a link", within=15)
        await ask()
        monkeypatch.setattr(Database, "check", gone)
        await ask()

    await served_until(settings.model_copy(update=changed), ready, webhook=True)
    assert answers == ["200", "503"]
    assert len(telegram.calls_of("setWebhook")) == 1


def test_what_telegram_refuses_at_the_start_is_said_plainly(desk: Desk) -> None:
    async def refused(*_: object, **__: object) -> None:
        raise BadRequest(f"Bad webhook: {TOKEN}")

    desk.env.setattr(run, "_serve", refused)
    assert "Bad webhook: <token>" in desk.run("run", code=1).stderr


async def test_a_refusal_is_no_absence_that_could_be_waited_out(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(_bot: Firsthand) -> None:
        raise BadRequest("Bad command")

    monkeypatch.setattr(Firsthand, "greet", refused)
    async with store(settings) as database:
        bot = built(settings, database, MovableClock(NOW))
        with pytest.raises(BadRequest):
            await run._greeted(bot)
        await bot.close()
