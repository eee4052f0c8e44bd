"""A college with its bot, without a line to Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.college import College, college_in


@pytest.fixture
async def college(tmp_path: Path) -> AsyncIterator[College]:
    async with college_in(tmp_path) as made:
        yield made
