"""Keys are changed while answers arrive, on both databases: nothing is unreadable, nothing stays under the old key."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text

from storage.database import Database, open_database
from storage.errors import KeyMissing, KeyWrong
from storage.records import Note
from storage.repository.upkeep import sealed_columns
from storage.reseal import reseal
from storage.sealing import KeyRing
from tests.storage.contract.test_sealed import fill
from tests.storage.samples import NOW, TALK, YOUNG, answer, raw
from tests.support.database import fixed_keyring


async def arrives(database: Database, numbers: range) -> None:
    """Answers of a person, each in a unit of its own, as a running bot stores them."""
    for number in numbers:
        async with database.work() as work:
            await work.conversations.record(TALK, answer(f"s{number}", f"words {number}"), number)
            held = await work.conversations.get(TALK)
            assert held is not None
            await work.conversations.save(held)
            await work.commit()
        await asyncio.sleep(0)


async def rotated(url: str, ring: KeyRing) -> int:
    async with await open_database(url, ring) as rotating:
        done = 0
        async for batch in reseal(rotating):
            done += batch.values
            await asyncio.sleep(0)
    return done


async def under_old_key(url: str, ring: KeyRing) -> list[str]:
    """The tables in which a value is not under the ring's first key."""
    found = []
    async with raw(url) as connection:
        for place in sealed_columns():
            rows = await connection.execute(text(f'SELECT "{place.column.name}" FROM "{place.table.name}"'))
            values = [bytes(value) for value in rows.scalars() if value is not None]
            found += [place.table.name for value in values if not value.startswith(ring.prefix())]
    return found


async def test_answers_arrive_while_everything_is_sealed_anew(database: Database, url: str) -> None:
    await fill(database)
    await arrives(database, range(30))
    ring = fixed_keyring().rotated()
    await database.renew_keys(ring)  # as a running bot does when its key file has changed
    await asyncio.gather(rotated(url, ring), arrives(database, range(30, 60)))
    while await rotated(url, ring):
        pass
    assert await under_old_key(url, ring) == []
    async with await open_database(url, ring.only_current()) as after, after.reading() as work:
        kept = {each.step: each.words for each in await work.conversations.answers(TALK)}
        assert kept == {f"s{number}": f"words {number}" for number in range(60)}


async def test_a_process_with_the_old_key_alone_says_so_and_goes_on_once_it_knows(database: Database, url: str) -> None:
    await fill(database)
    ring = fixed_keyring().rotated()
    assert await rotated(url, ring)
    with pytest.raises(KeyMissing):
        async with database.reading() as work:
            await work.conversations.get(TALK)
    await arrives_blind(database)
    assert set(await under_old_key(url, ring)) == {"note"}, "what it could still store is found by the next run"
    await database.renew_keys(ring)
    async with database.reading() as work:
        assert await work.conversations.get(TALK) is not None
    assert await rotated(url, ring) == 1
    assert await under_old_key(url, ring) == []


async def arrives_blind(database: Database) -> None:
    async with database.work() as work:
        await work.notes.add(Note("note-9", YOUNG.id, NOW, words="words"))
        await work.commit()


async def test_a_ring_that_does_not_open_the_database_is_not_taken(database: Database) -> None:
    await fill(database)
    with pytest.raises(KeyWrong):
        await database.renew_keys(KeyRing.generate("k1"))
    await database.renew_keys(KeyRing.generate("k2"))
    async with database.reading() as work:
        assert await work.conversations.get(TALK) is not None, "the keys of before are still known"
