from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from storage.database import open_database
from storage.errors import Conflict, DatabaseBusy, DatabaseFull, DatabaseGone, StorageError
from storage.migrate import current
from storage.records import Setting
from tests.storage.samples import NOW, message, planted, prompt
from tests.support.database import fixed_keyring


async def test_a_commit_is_on_disk_when_it_returns(postgres_url: str) -> None:
    async with await open_database(postgres_url, fixed_keyring()) as database, database.work() as work:
        assert (await work.meta._line.run(text("SHOW synchronous_commit"))).scalar_one() == "on"


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("53100", DatabaseFull),
        ("55P03", DatabaseBusy),
        ("53300", DatabaseBusy),
        ("40001", Conflict),
        ("40P01", Conflict),
        ("23505", Conflict),
        ("57P01", DatabaseGone),
        ("58030", DatabaseGone),
    ],
)
async def test_what_the_server_reports_is_said_in_our_words(
    postgres_url: str, code: str, meaning: type[StorageError]
) -> None:
    statement = text(f"DO $$ BEGIN RAISE EXCEPTION 'trouble' USING ERRCODE = '{code}'; END $$")
    async with await open_database(postgres_url, fixed_keyring()) as database, database.work() as work:
        with pytest.raises(meaning):
            await work.meta._line.run(statement)


async def test_a_programmers_error_stays_one(postgres_url: str) -> None:
    async with await open_database(postgres_url, fixed_keyring()) as database, database.work() as work:
        with pytest.raises(ProgrammingError):
            await work.meta._line.run(text("SELECT nonsense"))


async def test_a_lock_that_another_holds_is_reported_within_the_time_limit(postgres_url: str) -> None:
    async with (
        await open_database(postgres_url, fixed_keyring()) as first,
        await open_database(postgres_url, fixed_keyring(), wait=0.2) as second,
    ):
        async with first.work() as work:
            await work.settings.put(Setting("setting", "School"))
            await work.commit()
        async with first.work() as holder:
            await holder.settings.put(Setting("setting", "School"))
            async with second.work() as work:
                with pytest.raises(DatabaseBusy):
                    await work.settings.put(Setting("setting", "College"))


async def test_a_server_that_is_not_there_is_reported() -> None:
    with pytest.raises(DatabaseGone):
        await current("postgresql://postgres@127.0.0.1:1/none")


async def test_who_claims_never_waits_for_another_who_claims(postgres_url: str) -> None:
    async with (
        await open_database(postgres_url, fixed_keyring()) as first,
        await open_database(postgres_url, fixed_keyring(), wait=0.2) as second,
    ):
        account = await planted(first)
        async with first.work() as work:
            other = (await work.accounts.add(2)).id
            for name in (account, other):
                await work.outbox.add(message(name, name))
            for number in range(2):
                await work.prompts.add(prompt(f"p{number}", f"kind{number}"))
            await work.commit()
        async with first.work() as one, second.work() as two:
            assert [row.account_id for row in await one.outbox.claim(NOW, 1)] == [account]
            assert [row.account_id for row in await two.outbox.claim(NOW, 5)] == [other]
            assert [row.id for row in await one.prompts.claim_due(NOW, 1)] == ["p0"]
            assert [row.id for row in await two.prompts.claim_due(NOW, 5)] == ["p1"]
