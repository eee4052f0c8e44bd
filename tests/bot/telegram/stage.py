"""What tests of the Telegram side stand on: a bot on the stand-in, a database on disk, time that is handed out."""

import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from telegram import Bot

from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.request import make_bot
from storage.database import Database, open_database
from storage.migrate import migrate
from storage.sealing import KeyRing

TOKEN = "2000:a-token-that-must-show-nowhere"
SECRET = TOKEN.partition(":")[2]
START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@asynccontextmanager
async def bot_on(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    """The program's bot, talking to the stand-in."""
    made = make_bot(TOKEN, telegram.origin)
    yield made
    await made.request.shutdown()


@asynccontextmanager
async def database_in(folder: Path) -> AsyncIterator[Database]:
    """A new SQLite database."""
    url = f"sqlite:///{folder / 'test.db'}"
    await migrate(url)
    async with await open_database(url, KeyRing.generate()) as opened:
        yield opened


class VirtualTime:
    """Seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now = max(self.now, self.now + seconds)


def spotless(error: BaseException) -> None:
    """Neither the token nor anybody's words are in an error, or in those before it."""
    told = "".join(traceback.format_exception(error)) + repr(error)
    seen: BaseException | None = error
    while seen is not None:
        told += repr(seen) + str(seen)
        seen = seen.__cause__ or seen.__context__
    for private in (SECRET, "what nobody"):
        assert private not in told
