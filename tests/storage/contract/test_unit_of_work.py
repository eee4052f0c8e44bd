from __future__ import annotations

import asyncio

import pytest

from storage.database import Database, open_database
from storage.errors import Conflict
from storage.records import Channel, DigestKind, StoredDigest
from tests.storage.samples import CHAT, NOW, REVIEW, TUTOR, message, planted, prompt
from tests.support.database import fixed_keyring


async def test_what_is_not_committed_is_rolled_back(database: Database) -> None:
    async with database.work() as work:
        await work.meta.put("key", "value")
    async with database.reading() as work:
        assert await work.meta.get("key") is None


async def test_an_error_in_the_block_rolls_everything_back(database: Database) -> None:
    async def fail() -> None:
        async with database.work() as work:
            await work.meta.put("key", "value")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        await fail()
    async with database.work() as work:
        assert await work.meta.get("key") is None


async def test_a_cancelled_unit_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with database.work() as work:
            await work.meta.put("key", "value")
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.work() as work:
        assert await work.meta.get("key") is None
        await work.meta.put("key", "other")
        await work.commit()
    async with database.reading() as work:
        assert await work.meta.get("key") == "other"


async def test_a_unit_is_over_when_it_is_committed(database: Database) -> None:
    async with database.work() as work:
        await work.commit()
        with pytest.raises(RuntimeError, match="is over"):
            await work.meta.get("key")
        with pytest.raises(RuntimeError, match="is over"):
            await work.commit()


async def test_a_unit_that_only_reads_stores_nothing(database: Database) -> None:
    async with database.reading() as work:
        await work.meta.put("key", "value")
    async with database.reading() as work:
        assert await work.meta.get("key") is None


async def test_reading_waits_for_no_writer_and_sees_only_what_is_committed(database: Database) -> None:
    async with database.work() as writer:
        await writer.meta.put("key", "value")
        async with database.reading() as reader:
            assert await reader.meta.get("key") is None
        await writer.commit()
    async with database.reading() as reader:
        assert await reader.meta.get("key") == "value"


async def test_many_writers_at_once_all_get_through(database: Database) -> None:
    async def write(number: int) -> None:
        async with database.work() as work:
            await work.meta.put(f"key{number}", "value")
            await work.commit()

    await asyncio.gather(*(write(number) for number in range(20)))
    async with database.reading() as work:
        assert all([await work.meta.get(f"key{number}") for number in range(20)])


async def test_two_programs_add_the_same_account_and_one_meets_a_conflict(database: Database, url: str) -> None:
    async def add(door: Database) -> bool:
        try:
            async with door.work() as work:
                await work.accounts.add(CHAT)
                await work.commit()
        except Conflict:
            return False
        return True

    async with await open_database(url, fixed_keyring()) as other:
        assert sorted(await asyncio.gather(add(database), add(other))) == [False, True]


async def test_two_programs_never_claim_the_same_message(database: Database, url: str) -> None:
    account = await planted(database)
    async with database.work() as work:
        accounts = [account] + [(await work.accounts.add(number)).id for number in range(30)]
        for number in range(3):
            for index, name in enumerate(accounts):
                await work.outbox.add(message(name, f"{index}-{number}"))
        await work.commit()

    async def drain(door: Database) -> list[str]:
        keys: list[str] = []
        while True:
            async with door.work() as work:
                rows = await work.outbox.claim(NOW, 4)
                await work.commit()
            async with door.work() as work:
                for row in rows:
                    await work.outbox.sent(row.id, row.id, NOW)
                await work.commit()
            keys += [row.dedupe_key for row in rows]
            if not rows:
                return keys

    async with await open_database(url, fixed_keyring()) as other:
        found = await asyncio.gather(drain(database), drain(other), drain(other))
    # a claimer may see nothing for a moment while the others hold every account
    rest = await drain(database)
    keys = [key for part in found for key in part] + rest
    assert sorted(keys) == sorted(f"{index}-{number}" for index in range(31) for number in range(3))


async def test_two_programs_never_claim_the_same_prompt(database: Database, url: str) -> None:
    await planted(database)
    async with database.work() as work:
        for number in range(30):
            await work.prompts.add(prompt(f"p{number:02}", f"kind{number}"))
        await work.commit()

    async def claim(door: Database) -> list[str]:
        async with door.work() as work:
            rows = await work.prompts.claim_due(NOW, 20)
            await work.commit()
        return [row.id for row in rows]

    async with await open_database(url, fixed_keyring()) as other:
        found = await asyncio.gather(claim(database), claim(other), claim(database))
    claimed = [row for part in found for row in part]
    assert len(claimed) == len(set(claimed))
    assert sorted(claimed + await claim(database)) == [f"p{number:02}" for number in range(30)]


async def test_two_programs_never_claim_the_same_delivery(database: Database, url: str) -> None:
    await planted(database)
    async with database.work() as work:
        await work.digests.add(StoredDigest("d", REVIEW.id, 1, DigestKind.FIRST, NOW, b"content"))
        await work.digests.add_delivery("d", TUTOR.id, Channel.MAIL, NOW)
        await work.commit()

    async def claim(door: Database) -> bool:
        async with door.work() as work:
            row = await work.digests.claim_delivery(NOW)
            await work.commit()
        return row is not None

    async with await open_database(url, fixed_keyring()) as other:
        assert sorted(await asyncio.gather(*(claim(door) for door in (database, other)))) == [False, True]


async def test_the_database_says_that_it_answers(database: Database) -> None:
    await database.check()
    assert await database.tidy()
    await database.check()
    async with database.work() as work:
        await work.meta.put("after", "tidying")
        await work.commit()
