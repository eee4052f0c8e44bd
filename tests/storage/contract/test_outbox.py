from __future__ import annotations

from datetime import timedelta

from storage.database import Database
from storage.records import Lane, OutState
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import MINUTE, NOW, YOUNG, message, plant


async def claimed(work: UnitOfWork, limit: int = 10) -> list[str]:
    return [row.dedupe_key for row in await work.outbox.claim(NOW, limit)]


async def test_a_message_is_queued_once_for_its_key(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        assert await work.outbox.add(message(account, "a"))
        assert not await work.outbox.add(message(account, "a", Lane.DOCUMENT))
        [row] = await work.outbox.claim(NOW, 10)
        assert (row.payload, row.lane, row.attempts) == (b"plantedpayload a", Lane.CONVERSATION, 1)
        assert (row.state, row.claimed_at, row.participant_id) == (OutState.SENDING, NOW, YOUNG.id)


async def test_one_message_of_an_account_goes_at_a_time_in_order(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        for key in ("a", "b", "c"):
            await work.outbox.add(message(account, key))
        [first] = await work.outbox.claim(NOW, 10)
        assert await claimed(work) == []
        await work.outbox.sent(first.id, 501, NOW)
        assert first.dedupe_key == "a"
        assert await claimed(work) == ["b"]


async def test_conversation_goes_before_prompts_before_documents_over_all_accounts(database: Database) -> None:
    async with database.work() as work:
        one, two = await plant(work), (await work.accounts.add(2)).id
        await work.outbox.add(message(one, "document", Lane.DOCUMENT))
        await work.outbox.add(message(two, "prompt", Lane.PROMPT))
        await work.outbox.add(message(one, "talk", Lane.CONVERSATION))
        assert await claimed(work, limit=1) == ["talk"]
        assert await claimed(work) == ["prompt"]


async def test_a_message_that_waits_holds_its_lane_and_the_later_ones_only(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        await work.outbox.add(message(account, "prompt", Lane.PROMPT))
        [row] = await work.outbox.claim(NOW, 10)
        await work.outbox.retry(row.id, NOW + MINUTE)
        await work.outbox.add(message(account, "next prompt", Lane.PROMPT))
        await work.outbox.add(message(account, "document", Lane.DOCUMENT))
        assert await claimed(work) == []
        await work.outbox.add(message(account, "talk", Lane.CONVERSATION))
        assert await claimed(work) == ["talk"]


async def test_a_retried_message_counts_its_tries_and_goes_when_due(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        await work.outbox.add(message(account, "a"))
        [row] = await work.outbox.claim(NOW, 10)
        await work.outbox.retry(row.id, NOW + MINUTE)
        [again] = await work.outbox.claim(NOW + MINUTE, 10)
        assert (again.id, again.attempts, again.payload) == (row.id, 2, b"plantedpayload a")


async def test_accounts_that_are_busy_are_left_alone(database: Database) -> None:
    async with database.work() as work:
        one, two = await plant(work), (await work.accounts.add(2)).id
        await work.outbox.add(message(one, "a"))
        await work.outbox.add(message(two, "b"))
        rows = await work.outbox.claim(NOW, 10, frozenset({one}))
        assert [row.account_id for row in rows] == [two]


async def test_a_settled_message_loses_its_content_and_keeps_its_number(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        for key in ("a", "b"):
            await work.outbox.add(message(account, key))
        [first] = await work.outbox.claim(NOW, 10)
        await work.outbox.sent(first.id, 501, NOW)
        [second] = await work.outbox.claim(NOW, 10)
        await work.outbox.settle(second.id, OutState.REJECTED, NOW)
        assert await work.outbox.message_id_of("a") == 501
        assert await work.outbox.message_id_of("b") is None
        assert await work.outbox.message_id_of("none") is None
        assert not await work.outbox.add(message(account, "a"))
        assert await work.outbox.counts() == {OutState.SENT: 1, OutState.REJECTED: 1}
        assert await work.outbox.release_stuck(NOW + MINUTE) == 0
        await work.outbox.retry(first.id, NOW)
        assert await claimed(work) == []


async def test_what_a_crash_left_claimed_is_sent_again(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        await work.outbox.add(message(account, "a"))
        await claimed(work)
        assert await work.outbox.release_stuck(NOW) == 0
        assert await work.outbox.release_stuck(NOW + MINUTE) == 1
        assert await claimed(work) == ["a"]


async def test_cancelling_ends_and_wipes_what_is_unsent_for_that_person(database: Database) -> None:
    async with database.work() as work:
        one, two = await plant(work), (await work.accounts.add(2)).id
        for key in ("a", "b", "c"):
            await work.outbox.add(message(one, key))
        await work.outbox.add(message(two, "other"))
        in_flight = next(row for row in await work.outbox.claim(NOW, 10) if row.account_id == one)
        assert await work.outbox.cancel_for() == 0
        assert await work.outbox.cancel_for(account_id=one) == 3
        assert await work.outbox.counts() == {OutState.SENDING: 1, OutState.CANCELLED: 3}
        await work.outbox.retry(in_flight.id, NOW)  # it failed: after a stop it is not tried again
        assert await claimed(work) == []
        await work.outbox.sent(in_flight.id, 7, NOW)  # it got through: that is known, and can be edited
        assert await work.outbox.message_id_of("a") == 7
        await work.outbox.add(message(one, "d"))
        assert await work.outbox.cancel_for(participant_id=YOUNG.id) == 2


async def test_a_key_is_known_from_the_moment_it_is_queued(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        assert not await work.outbox.is_known("a")
        assert await work.outbox.is_empty()
        await work.outbox.add(message(account, "a"))
        assert await work.outbox.is_known("a")
        assert not await work.outbox.is_empty()


async def test_the_oldest_queued_message_says_how_far_behind_we_are(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        assert await work.outbox.oldest_unsent() is None
        await work.outbox.add(message(account, "b", not_before=NOW + MINUTE))
        await work.outbox.add(message(account, "a", Lane.PROMPT))
        assert await work.outbox.oldest_unsent() == NOW


async def test_settled_messages_are_purged_and_unsent_ones_never(database: Database) -> None:
    async with database.work() as work:
        account = await plant(work)
        for key in ("a", "b", "c"):
            await work.outbox.add(message(account, key))
        [first] = await work.outbox.claim(NOW, 10)
        await work.outbox.sent(first.id, 1, NOW)
        await claimed(work)
        assert await work.outbox.purge_sent(NOW) == 0
        assert await work.outbox.purge_sent(NOW + timedelta(days=90)) == 1
        assert await work.outbox.counts() == {OutState.SENDING: 1, OutState.QUEUED: 1}
        assert await work.outbox.add(message(account, "a"))
