"""The stage on which deliveries are tested."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo.telegram_server import TelegramStandIn
from bot.telegram.calls import Calls
from tests.bot.delivery.stage import Stage
from tests.bot.telegram.stage import START, TOKEN, bot_on, database_in


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    clock = MovableClock(START)
    async with (
        TelegramStandIn(TOKEN, clock, limits=False) as telegram,
        bot_on(telegram) as bot,
        database_in(tmp_path) as database,
    ):
        made = Stage(database, telegram, Calls(bot), clock)
        yield made
        made.drawer.close()
