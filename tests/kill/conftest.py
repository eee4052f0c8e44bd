"""Both databases: the kill test holds for each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.support.database import new_database_url
from tests.support.postgres import running_postgres

pytest.register_assert_rewrite("tests.kill.checks")


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    if request.param == "sqlite":
        yield await new_database_url(tmp_path)
        return
    with running_postgres() as server:
        address = server.new_empty()
        await migrate(address)
        yield address
