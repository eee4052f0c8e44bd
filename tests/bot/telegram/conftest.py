"""A stand-in for Telegram, a bot that talks to it, a database on disk, and a clock that is moved."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.clock import MovableClock
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.calls import Calls
from storage.database import Database
from tests.bot.telegram.stage import START, TOKEN, bot_on, database_in


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
async def telegram(clock: MovableClock) -> AsyncIterator[TelegramStandIn]:
    async with TelegramStandIn(TOKEN, clock, limits=False) as stand_in:
        yield stand_in


@pytest.fixture
async def bot(telegram: TelegramStandIn) -> AsyncIterator[Bot]:
    async with bot_on(telegram) as made:
        yield made


@pytest.fixture
def calls(bot: Bot) -> Calls:
    return Calls(bot)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with database_in(tmp_path) as opened:
        yield opened
