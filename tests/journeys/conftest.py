"""A college for each journey, on its own SQLite database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.college import College, college


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    async with college(tmp_path) as made:
        yield made
