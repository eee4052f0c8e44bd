from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

import storage.migrations
from storage.database import open_database
from storage.engines import open_engine
from storage.errors import SchemaNewer, SchemaOlder
from storage.migrate import current, migrate
from storage.models import Base
from storage.sealing import Cell, Sealed
from storage.vault import ROOT_CELL, Vault
from tests.storage.samples import SENCO
from tests.support.database import fixed_keyring
from tests.support.postgres import Postgres

SCRIPTS = ScriptDirectory(str(Path(storage.migrations.__file__).parent))
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]
HEAD = REVISIONS[-1]


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, Base.metadata))


async def describe(connection: AsyncConnection) -> set[str]:
    """Every table and index in the database's own words."""
    if connection.dialect.name == "sqlite":
        found = await connection.execute(text("SELECT sql FROM sqlite_master WHERE tbl_name != 'alembic_version'"))
        return {
            ", ".join(sorted(part.strip(" )\n\t") for part in str(row).split(","))) for row in found.scalars() if row
        }
    columns = text(
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public' AND table_name != 'alembic_version'"
    )
    indexes = text("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename != 'alembic_version'")
    keys = text("SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conname LIKE 'fk%'")
    rows = [row for query in (columns, indexes, keys) for row in await connection.execute(query)]
    return {str(tuple(row)) for row in rows}


async def test_the_migrations_make_what_the_models_say(empty_url: str, tmp_path: Path, postgres: Postgres) -> None:
    await migrate(empty_url)
    assert await current(empty_url) == HEAD
    sqlite = empty_url.startswith("sqlite")
    other_url = f"sqlite:///{tmp_path / 'models.db'}" if sqlite else postgres.new_empty()
    migrated, modelled = open_engine(empty_url, 5), open_engine(other_url, 5)
    async with migrated.begin() as connection:
        assert await connection.run_sync(differences) == []
        by_migrations = await describe(connection)
    async with modelled.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        by_models = await describe(connection)
    await migrated.dispose()
    await modelled.dispose()
    if not sqlite:
        postgres.drop(other_url)
    assert by_migrations == by_models


async def test_migrating_again_changes_nothing(empty_url: str) -> None:
    assert await current(empty_url) is None
    await migrate(empty_url)
    await migrate(empty_url)
    assert await current(empty_url) == HEAD


async def test_two_programs_that_migrate_at_once_both_get_through(empty_url: str) -> None:
    script = "import asyncio, sys; from storage.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", script, empty_url) for _ in range(2)]
    assert [await process.wait() for process in processes] == [0, 0]
    assert await current(empty_url) == HEAD


async def test_an_older_database_is_refused_until_it_is_upgraded(empty_url: str) -> None:
    for revision in [None, *REVISIONS[:-1]]:
        if revision is not None:
            await migrate(empty_url, revision)
        with pytest.raises(SchemaOlder):
            await open_database(empty_url, fixed_keyring())
    await migrate(empty_url)
    await (await open_database(empty_url, fixed_keyring())).close()


async def test_a_newer_database_is_refused_and_left_as_it_is(empty_url: str) -> None:
    await migrate(empty_url)
    engine = open_engine(empty_url, 5)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(SchemaNewer):
        await migrate(empty_url)
    with pytest.raises(SchemaNewer):
        await open_database(empty_url, fixed_keyring())
    assert await current(empty_url) == "9999"


async def test_a_migration_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    engine = open_engine(empty_url, 5)
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE prompt (id INTEGER)"))  # in the way of the last migration
    await engine.dispose()
    with pytest.raises(Exception, match="prompt"):
        await migrate(empty_url)
    assert await current(empty_url) is None


Fill = Callable[[AsyncConnection], Awaitable[None]]
Check = Callable[[AsyncConnection], Awaitable[None]]
_VAULT = Vault(fixed_keyring(), bytes(32))


def _seal(table: str, column: str, row: str) -> Sealed:
    return _VAULT.seal(b'{"name":"Priya","title":"SENCO","email":"p@school.example"}', Cell(table, column, row))


async def fill_people(connection: AsyncConnection) -> None:
    """What a database at 0001 may hold, in that version's own columns."""
    root = bytes(_VAULT.seal(bytes(32), ROOT_CELL))
    await connection.execute(text("INSERT INTO vault (id, root) VALUES ('root', :root)"), {"root": root})
    insert = text("INSERT INTO staff (id, email, body, duties, state) VALUES (:id, :email, :body, '', 'active')")
    body = bytes(_seal("staff", "body", SENCO.id))
    await connection.execute(insert, {"id": SENCO.id, "email": _VAULT.blind("email", "p@school.example"), "body": body})


async def people_are_there(connection: AsyncConnection) -> None:
    assert (await connection.execute(text("SELECT id FROM staff"))).scalars().all() == [SENCO.id]


async def fill_pictures(connection: AsyncConnection) -> None:
    await fill_people(connection)
    insert = text("INSERT INTO picture (key, file_id, created_at) VALUES ('k', :file_id, '2026-11-02 09:00:00+00:00')")
    await connection.execute(insert, {"file_id": bytes(_seal("picture", "file_id", "k"))})


async def pictures_are_there(connection: AsyncConnection) -> None:
    await people_are_there(connection)
    assert (await connection.execute(text("SELECT key FROM picture"))).scalars().all() == ["k"]


async def fill_recordings(connection: AsyncConnection) -> None:
    await fill_people(connection)
    columns = "id, script, step, item, language, said, by, at, state, mime, size, attempts, body"
    insert = text(
        f"INSERT INTO recording ({columns}) VALUES ('r', 'carer', 's', '', 'en', 'code', 'x',"
        " '2026-11-02 09:00:00+00:00', 'kept', 'audio/ogg', 4, 0, :body)"
    )
    await connection.execute(insert, {"body": bytes(_seal("recording", "body", "r"))})
    content = text("INSERT INTO recording_bytes (id, content) VALUES ('r', :content)")
    await connection.execute(content, {"content": bytes(_seal("recording_bytes", "content", "r"))})


async def recordings_are_there(connection: AsyncConnection) -> None:
    await people_are_there(connection)
    assert (await connection.execute(text("SELECT id FROM recording_bytes"))).scalars().all() == ["r"]


# One line for each migration that meets rows: from which version, what is in it, what must still be true afterwards.
FILLED: list[tuple[str, Fill, Check]] = [
    ("0001", fill_people, people_are_there),
    ("0004", fill_pictures, pictures_are_there),
    ("0005", fill_recordings, recordings_are_there),
]


@pytest.mark.parametrize(("revision", "fill", "check"), FILLED)
async def test_every_later_migration_keeps_what_was_there(
    empty_url: str, revision: str, fill: Fill, check: Check
) -> None:
    await migrate(empty_url, revision)
    engine = open_engine(empty_url, 5)
    async with engine.begin() as connection:
        await fill(connection)
    for later in REVISIONS[REVISIONS.index(revision) + 1 :]:
        await migrate(empty_url, later)
        async with engine.begin() as connection:
            await check(connection)
    await engine.dispose()
    async with await open_database(empty_url, fixed_keyring()) as database, database.reading() as work:
        staff = await work.staff.by_email("P@school.example")
        assert staff is not None
        assert staff.name == "Priya"
