"""Both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.support.database import fixed_keyring, new_database_url
from tests.support.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    if request.param == "sqlite":
        url = await new_database_url(tmp_path)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        url = await server.fresh()
    async with await open_database(url, fixed_keyring()) as opened:
        yield opened
