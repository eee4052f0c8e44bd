from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, text

from conversations.state import MediaId, MediaKind
from storage.database import Database, open_database
from storage.engines import database_url
from storage.errors import DatabaseBusy, DatabaseFull, DatabaseGone
from storage.migrate import migrate
from storage.records import StoredMedia
from tests.storage.samples import CHAT, TALK, YOUNG, planted
from tests.support.database import fixed_keyring, new_database_url, open_test_database

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await open_test_database(tmp_path, wait=0.2) as opened:
        yield opened


async def test_a_lock_that_another_process_holds_is_reported_within_the_time_limit(
    database: Database, tmp_path: Path
) -> None:
    holder = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        _HOLD,
        str(tmp_path / "firsthand.db"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"held\n"

    async def write() -> None:
        async with database.work() as work:
            await work.meta.put("key", "value")
            await work.commit()

    with pytest.raises(DatabaseBusy):
        await asyncio.wait_for(write(), 5)
    await database.check()  # reading goes on
    await holder.communicate(b"")
    await write()


async def test_on_a_full_disk_nothing_half_written_is_kept(database: Database) -> None:
    await planted(database)
    with database.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    media = StoredMedia(MediaId("media-1"), YOUNG.id, TALK, MediaKind.VOICE, "file")

    async def keep() -> None:
        async with database.work() as work:
            await work.media._line.run(text(f"PRAGMA max_page_count = {pages + 10}"))
            await work.media.arrived(media)
            await work.media.kept(media.id, bytes(1_000_000), "audio/ogg")
            await work.commit()

    with pytest.raises(DatabaseFull):
        await keep()
    async with database.work() as work:
        assert await work.media.get(media.id) is None
        assert await work.accounts.by_chat(CHAT) is not None
        await work.meta.put("small", "still fits")
        await work.commit()


async def test_the_files_are_for_their_owner_only(database: Database, tmp_path: Path) -> None:
    await planted(database)
    assert modes(tmp_path) == {"firsthand.db": 0o600, "firsthand.db-shm": 0o600, "firsthand.db-wal": 0o600}


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir()}


async def test_a_commit_is_on_disk_when_it_returns(database: Database) -> None:
    with database.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


async def test_a_unit_within_a_unit_is_refused_and_harms_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.meta.put("key", "value")
        with pytest.raises(RuntimeError, match="within another"):
            async with database.work():
                pass
        await work.commit()
    async with database.reading() as work:
        assert await work.meta.get("key") == "value"


async def test_a_unit_cancelled_while_it_commits_is_stored_whole(database: Database) -> None:
    """Nobody touches the connection before the disk has answered, however often the task is cancelled."""
    committing, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def hold(_connection: Connection) -> None:
        loop.call_soon_threadsafe(committing.set)
        go_on.wait(5)

    async def write() -> None:
        async with database.work() as work:
            await work.meta.put("key", "value")
            await work.commit()

    event.listen(database.engine, "commit", hold)
    task = asyncio.create_task(write())
    await committing.wait()
    for _ in range(2):
        task.cancel()
        await asyncio.wait([task], timeout=0.01)
        assert not task.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    event.remove(database.engine, "commit", hold)
    async with database.work() as work:
        assert await work.meta.get("key") == "value"


async def test_waiting_for_a_lock_does_not_hold_up_the_loop(database: Database, tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "firsthand.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with database.work() as work:
            await work.meta.put("key", "value")
            await work.commit()

    task = asyncio.create_task(write())
    turns = 0
    while turns < 5:
        await database.check()
        await asyncio.wait([task], timeout=0.001)
        turns += 1
    holder.close()
    await task


async def test_the_log_is_not_emptied_under_somebody_who_reads(database: Database) -> None:
    async with database.reading() as reader:
        await reader.meta.get("key")
        await planted(database)
        assert not await database.tidy()
    assert await database.tidy()


async def test_a_file_that_is_no_database_is_reported(tmp_path: Path) -> None:
    (tmp_path / "firsthand.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(DatabaseGone):
        await migrate(f"sqlite:///{tmp_path / 'firsthand.db'}")


async def test_the_database_outlives_its_program(tmp_path: Path) -> None:
    url = await new_database_url(tmp_path)
    async with await open_database(url, fixed_keyring()) as first:
        account = await planted(first)
    async with await open_database(url, fixed_keyring()) as second, second.reading() as work:
        found = await work.accounts.by_chat(CHAT)
        assert found is not None
        assert found.id == account


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://server/name"])
def test_an_address_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        database_url(url)


@pytest.mark.parametrize(
    "url", ["postgres://server/name", "postgresql://server/name", "postgresql+psycopg://server/name"]
)
def test_every_way_to_write_a_postgresql_address_is_understood(url: str) -> None:
    assert database_url(url).drivername == "postgresql+psycopg"
