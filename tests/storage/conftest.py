"""Both databases, for the tests that hold for both."""

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


@pytest.fixture
async def postgres_url(postgres: Postgres) -> str:
    return await postgres.fresh()


@pytest.fixture(params=["sqlite", "postgresql"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return await new_database_url(tmp_path)
    server: Postgres = request.getfixturevalue("postgres")
    return await server.fresh()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    address = server.new_empty()
    yield address
    server.drop(address)


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    async with await open_database(url, fixed_keyring()) as opened:
        yield opened
