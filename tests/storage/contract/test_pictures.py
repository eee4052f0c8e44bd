"""What the messenger calls a picture is remembered by what is drawn, on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from storage.database import Database
from tests.storage.samples import MINUTE, NOW, raw

ONE, OTHER = "a" * 64, "b" * 64


async def test_a_picture_is_found_by_what_is_drawn(database: Database) -> None:
    async with database.work() as work:
        assert await work.pictures.file_id(ONE) is None
        await work.pictures.remember(ONE, "AgACAgQAAx-one", NOW)
        await work.commit()
    async with database.reading() as work:
        assert await work.pictures.file_id(ONE) == "AgACAgQAAx-one"
        assert await work.pictures.file_id(OTHER) is None


async def test_the_newest_name_counts_and_a_refused_one_is_forgotten(database: Database) -> None:
    async with database.work() as work:
        await work.pictures.remember(ONE, "first", NOW)
        await work.pictures.remember(ONE, "second", NOW + MINUTE)
        await work.pictures.remember(OTHER, "other", NOW)
        assert await work.pictures.file_id(ONE) == "second"
        await work.pictures.forget(ONE)
        await work.pictures.forget(ONE)
        assert await work.pictures.file_id(ONE) is None
        assert await work.pictures.file_id(OTHER) == "other"


async def test_old_names_are_purged(database: Database) -> None:
    async with database.work() as work:
        await work.pictures.remember(ONE, "old", NOW)
        await work.pictures.remember(OTHER, "new", NOW + timedelta(days=1))
        assert await work.pictures.purge(NOW) == 0
        assert await work.pictures.purge(NOW + MINUTE) == 1
        assert await work.pictures.file_id(ONE) is None
        assert await work.pictures.file_id(OTHER) == "new"


async def test_neither_name_nor_hash_stands_in_the_database(database: Database, url: str) -> None:
    async with database.work() as work:
        await work.pictures.remember(ONE, "AgACAgQAAx-one", NOW)
        await work.commit()
    async with raw(url) as connection:
        ((key, file_id),) = (await connection.execute(text("SELECT key, file_id FROM picture"))).all()
    assert key not in ONE
    assert len(key) == 32
    assert b"AgACAgQAAx" not in bytes(file_id)
