import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import orjson
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs
from uvicorn import Config, Server

from bot.clock import MovableClock
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.calls import Calls, Method
from bot.telegram.transport import Inlet
from bot.telegram.webhook import BODY_LIMIT, SECRET_HEADER, Doorway, webhook_app
from storage.database import Database
from tests.bot.telegram.test_polling import stored
from tests.bot.telegram.updates import private

DOORWAY = Doorway("a-path", "a-secret")
PATH = "/telegram/a-path"
GIVEN = {SECRET_HEADER: "a-secret"}


class Readiness:
    """Whether the database answers, as the test says."""

    def __init__(self) -> None:
        self.ready = True

    async def __call__(self) -> bool:
        return self.ready


@pytest.fixture
def readiness() -> Readiness:
    return Readiness()


@pytest.fixture
def app(database: Database, clock: MovableClock, readiness: Readiness) -> Starlette:
    return webhook_app(Inlet(database, clock, lambda: None), DOORWAY, readiness, [Route("/metrics", metrics)])


async def metrics(_request: Request) -> Response:
    return PlainTextResponse("metrics")


@pytest.fixture
async def web(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        yield client


async def test_an_update_is_on_disk_before_it_is_answered(web: httpx.AsyncClient, database: Database) -> None:
    for _ in range(2):
        answer = await web.post(PATH, content=orjson.dumps(private(text="kept")), headers=GIVEN)
        assert (answer.status_code, answer.content) == (200, b"")
    assert await stored(database) == ["kept"]


@pytest.mark.parametrize("headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "a-secre"}, {SECRET_HEADER: "a-secret "}])
async def test_without_the_secret_nothing_is_taken(
    web: httpx.AsyncClient, database: Database, headers: dict[str, str]
) -> None:
    if headers.get(SECRET_HEADER, "").strip() == DOORWAY.secret:
        headers = {SECRET_HEADER: "a-secret-and-more"}
    answer = await web.post(PATH, content=b"{}", headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert await stored(database) == []


async def test_a_secret_in_strange_letters_is_wrong(web: httpx.AsyncClient) -> None:
    answer = await web.post(PATH, content=b"{}", headers={SECRET_HEADER.encode(): "ä-secret".encode("latin-1")})
    assert answer.status_code == 403


async def test_a_body_over_the_limit_is_not_read_on(web: httpx.AsyncClient, database: Database) -> None:
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(1000):
            read += 1
            yield b"x" * 100_000

    answer = await web.post(PATH, content=endless(), headers=GIVEN)
    assert answer.status_code == 413
    assert await stored(database) == []
    assert BODY_LIMIT == 1024 * 1024


async def test_nonsense_with_the_secret_is_kept_to_be_looked_at(web: httpx.AsyncClient, database: Database) -> None:
    assert (await web.post(PATH, content=b"\xff{", headers=GIVEN)).status_code == 200
    assert await stored(database) == ["Malformed"]


async def test_what_cannot_be_stored_is_not_taken(
    web: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    from storage.errors import DatabaseFull

    def full(*_args: object, **_more: object) -> None:
        raise DatabaseFull

    with monkeypatch.context() as patch:
        patch.setattr(database, "work", full)
        answer = await web.post(PATH, content=orjson.dumps(private(text="kept")), headers=GIVEN)
    assert answer.status_code == 503
    assert (await web.post(PATH, content=orjson.dumps(private(text="kept")), headers=GIVEN)).status_code == 200
    assert await stored(database) == ["kept"]


@pytest.mark.parametrize(
    ("kind", "status"), [("application/json; charset=utf-8", 200), ("text/plain", 415), ("multipart/form-data", 415)]
)
async def test_only_json_is_read(web: httpx.AsyncClient, kind: str, status: int) -> None:
    headers = {**GIVEN, "Content-Type": kind}
    assert (await web.post(PATH, content=orjson.dumps(private(text="kept")), headers=headers)).status_code == status


async def test_who_knocks_without_the_secret_is_noted_ever_more_rarely(web: httpx.AsyncClient) -> None:
    with capture_logs() as events:
        for _ in range(25):
            await web.post(PATH, content=b"{}", headers={SECRET_HEADER: "guessed-secret"})
    assert [(each["event"], each["times"]) for each in events] == [("webhook_refused", 1), ("webhook_refused", 10)]
    assert "guessed" not in repr(events)


async def test_other_doors(web: httpx.AsyncClient, readiness: Readiness) -> None:
    assert (await web.get("/healthz")).text == "alive"
    assert (await web.get("/readyz")).status_code == 200
    assert (await web.get("/metrics")).text == "metrics"
    assert (await web.get(PATH)).status_code == 405
    assert (await web.post("/telegram/other", content=b"{}", headers=GIVEN)).status_code == 404
    readiness.ready = False
    assert (await web.get("/readyz")).status_code == 503
    assert (await web.get("/healthz")).status_code == 200


@pytest.mark.parametrize(("path", "secret"), [("", "s"), ("p", "")])
def test_a_doorway_needs_both(path: str, secret: str) -> None:
    with pytest.raises(ValueError, match="webhook"):
        Doorway(path, secret)


def test_the_secret_is_not_shown() -> None:
    assert "a-secret" not in repr(DOORWAY)


@pytest.fixture
def free_port() -> Iterator[socket.socket]:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held


async def test_telegram_delivers_once_and_in_order(
    app: Starlette, telegram: TelegramStandIn, calls: Calls, database: Database, free_port: socket.socket
) -> None:
    server = Server(Config(app, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[free_port]))
    url = f"http://127.0.0.1:{free_port.getsockname()[1]}{PATH}"
    await calls.call(Method.SET_WEBHOOK, {"url": url, "secret_token": DOORWAY.secret})
    ann = telegram.person("Ann")
    telegram.updates.duplicate_next()
    for text in ("one", "two", "three"):
        await ann.type(text)
    await telegram.settled()
    assert await stored(database) == ["one", "two", "three"]
    await calls.call(Method.DELETE_WEBHOOK, {})
    server.should_exit = True
    await serving


@pytest.mark.parametrize("ends", ["never", "breaks off"])
async def test_a_body_that_does_not_come_holds_nobody_up(
    database: Database, clock: MovableClock, free_port: socket.socket, ends: str
) -> None:
    app = webhook_app(Inlet(database, clock, lambda: None), replace(DOORWAY, seconds=0.2), Readiness())
    server = Server(Config(app, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[free_port]))
    free_port.listen()
    port = free_port.getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {PATH} HTTP/1.1\r\nHost: bot\r\n{SECRET_HEADER}: a-secret\r\nContent-Length: 100\r\n\r\n"
    writer.write(head.encode() + b'{"update_id": ')
    await writer.drain()
    if ends == "never":
        assert b" 408 " in await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        answer = await client.post(PATH, content=orjson.dumps(private(text="kept")), headers=GIVEN)
    assert answer.status_code == 200
    assert await stored(database) == ["kept"]
    server.should_exit = True
    await serving
