"""Forgetting one person, on both databases: their rows, and the rows of others that only name them."""

from __future__ import annotations

from dataclasses import replace

from storage.database import Database
from storage.records import DigestKind, Duty, Staff, StoredDigest
from tests.storage.samples import NOW, REVIEW, SENCO, TALK, YOUNG, message, planted, prompt, submission

OTHER = Staff("other", "Mx Other", "Tutor", "other@example.org", frozenset({Duty.PROFESSIONAL}))


async def test_rows_of_others_that_only_name_them_go_too(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.staff.add(OTHER)
        desk = await work.accounts.add(4711)
        await work.staff.attach(OTHER.id, desk.id)
        await work.audit.add(NOW, "staff", "invited", YOUNG.id)
        await work.audit.add(NOW, YOUNG.id, "left_review", REVIEW.id)
        await work.audit.add(NOW, SENCO.id, "planned", REVIEW.id)
        for key in (f"note:{YOUNG.id}:today", "about-nobody"):
            await work.outbox.add(replace(message(desk.id, key), participant_id=None))
        sent = await work.submissions.add(submission(), YOUNG.id, REVIEW.id)
        await work.prompts.add(prompt("p9", f"update:{sent.id}", participant_id=None))
        await work.digests.add(StoredDigest("d" * 32, REVIEW.id, 1, DigestKind.FIRST, NOW, b"content"))
        forgotten = await work.forget.participant(YOUNG.id)
        await work.forget.traces(forgotten.ids)
        assert {YOUNG.id, TALK, sent.id, "d" * 32} <= set(forgotten.ids)
        assert forgotten.reviews == (REVIEW.id,)
        assert [line.what for line in await work.audit.all()] == ["planned"]
        assert not await work.outbox.is_known(f"note:{YOUNG.id}:today")
        assert await work.outbox.is_known("about-nobody")
        assert await work.prompts.of_review(REVIEW.id) == []


async def test_who_is_known_of_many_ids(database: Database) -> None:
    await planted(database)
    async with database.reading() as work:
        assert await work.forget.known([f"gone{number}" for number in range(250)] + [YOUNG.id]) == [YOUNG.id]
        assert await work.forget.known([]) == []


async def test_an_account_that_stays_forgets_the_conversation_and_what_was_worked(database: Database) -> None:
    account = await planted(database)
    async with database.work() as work:
        await work.staff.attach(SENCO.id, account)
        await work.accounts.set_floor(account, TALK)
        found = await work.accounts.get(account)
        assert found is not None
        await work.inbox.put([(1, found.chat_id, b"worked"), (2, found.chat_id, b"waits")], NOW)
        [first, _] = await work.inbox.waiting(10)
        await work.inbox.done(first.id)
        await work.forget.participant(YOUNG.id)
        left = await work.accounts.get(account)
        assert left is not None
        assert left.floor is None
        assert [row.raw for row in await work.inbox.waiting(10)] == [b"waits"]
