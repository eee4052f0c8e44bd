"""A college with its bot, without a line to Telegram."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.mailbox import Mailbox
from tests.bot.college import College, college_in


@pytest.fixture
async def college(tmp_path: Path) -> AsyncIterator[College]:
    async with college_in(tmp_path) as made:
        yield made


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    async with Mailbox() as opened:
        yield opened


@pytest.fixture
async def mailing_college(tmp_path: Path, mailbox: Mailbox) -> AsyncIterator[College]:
    async with college_in(tmp_path, mail_port=mailbox.port) as made:
        yield made
