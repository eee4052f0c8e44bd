from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from storage.database import Database
from storage.ids import new_conversation_id, new_id
from storage.records import (
    AuditLine,
    Channel,
    DeliveryState,
    DigestKind,
    InState,
    PromptState,
    StoredDigest,
)
from tests.storage.samples import CARER, CHAT, MINUTE, NOW, REVIEW, SENCO, TUTOR, YOUNG, planted, prompt

DIGEST = StoredDigest("digest-1", REVIEW.id, 1, DigestKind.FIRST, NOW, b"plantedcontent")


async def test_a_digest_version_is_made_once(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        first = await work.digests.add(DIGEST)
        assert first is not None
        assert replace(first, code="") == DIGEST
        assert await work.digests.add(replace(DIGEST, id="digest-x", content=b"other")) is None
        second = await work.digests.add(replace(DIGEST, id="digest-2", version=2, kind=DigestKind.UPDATE))
        assert second is not None
        assert second.code == first.code
        assert await work.digests.latest(REVIEW.id) == second
        assert await work.digests.of_review(REVIEW.id) == [first, second]
        assert await work.digests.get("digest-1") == first
        assert await work.digests.get("none") is None


async def test_a_digest_goes_once_to_each_reader_and_channel(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.digests.add(DIGEST)
        assert await work.digests.add_delivery(DIGEST.id, TUTOR.id, Channel.MAIL, NOW)
        assert not await work.digests.add_delivery(DIGEST.id, TUTOR.id, Channel.MAIL, NOW + MINUTE)
        assert await work.digests.add_delivery(DIGEST.id, TUTOR.id, Channel.TELEGRAM, NOW + MINUTE)
        assert await work.digests.add_delivery(DIGEST.id, SENCO.id, Channel.MAIL, NOW + 2 * MINUTE)
        assert len(await work.digests.deliveries(DIGEST.id)) == 3


async def test_a_delivery_is_claimed_when_due_and_tried_again_when_told(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.digests.add(DIGEST)
        await work.digests.add_delivery(DIGEST.id, TUTOR.id, Channel.MAIL, NOW)
        assert await work.digests.claim_delivery(NOW - MINUTE) is None
        claimed = await work.digests.claim_delivery(NOW)
        assert claimed is not None
        assert (claimed.state, claimed.attempts, claimed.staff_id) == (DeliveryState.SENDING, 1, TUTOR.id)
        assert await work.digests.claim_delivery(NOW) is None
        await work.digests.settle_delivery(claimed.id, DeliveryState.QUEUED, NOW, NOW + MINUTE, "mail_down")
        assert await work.digests.claim_delivery(NOW) is None
        again = await work.digests.claim_delivery(NOW + MINUTE)
        assert again is not None
        assert (again.attempts, again.last_error) == (2, "mail_down")
        await work.digests.settle_delivery(again.id, DeliveryState.SENT, NOW + MINUTE)
        await work.digests.opened(again.id, NOW + 2 * MINUTE)
        await work.digests.opened(again.id, NOW + 3 * MINUTE)
        [settled] = await work.digests.deliveries(DIGEST.id)
        assert settled.state is DeliveryState.SENT
        assert (settled.sent_at, settled.opened_at) == (NOW + MINUTE, NOW + 2 * MINUTE)


async def test_a_delivery_that_was_never_settled_is_released(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.digests.add(DIGEST)
        await work.digests.add_delivery(DIGEST.id, TUTOR.id, Channel.MAIL, NOW)
        await work.digests.claim_delivery(NOW)
        assert await work.digests.release_stuck(NOW) == 0
        assert await work.digests.release_stuck(NOW + MINUTE) == 1
        assert await work.digests.claim_delivery(NOW) is not None


async def test_a_prompt_is_made_once_for_review_person_and_kind(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        assert await work.prompts.add(prompt("p1", "opening"))
        assert not await work.prompts.add(prompt("p2", "opening", NOW + MINUTE))
        assert await work.prompts.add(prompt("p3", "opening", participant_id=CARER.id))
        assert await work.prompts.add(prompt("p4", "close", participant_id=None))
        assert not await work.prompts.add(prompt("p5", "close", participant_id=None))
        assert [row.id for row in await work.prompts.of_review(REVIEW.id)] == ["p1", "p3", "p4"]
        assert await work.prompts.get("p1") == prompt("p1", "opening")
        assert await work.prompts.get("p2") is None


async def test_due_prompts_are_claimed_in_order_and_once(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        for number, kind in enumerate(("late", "early", "later")):
            await work.prompts.add(prompt(f"p{number}", kind, NOW + (2 - number) * MINUTE))
        assert await work.prompts.next_due() == NOW
        assert await work.prompts.claim_due(NOW - MINUTE, 10) == []
        claimed = await work.prompts.claim_due(NOW + MINUTE, 10)
        assert [(row.id, row.state) for row in claimed] == [("p2", PromptState.CLAIMED), ("p1", PromptState.CLAIMED)]
        assert await work.prompts.next_due() == NOW + 2 * MINUTE
        assert [row.id for row in await work.prompts.claim_due(NOW + 2 * MINUTE, 10)] == ["p0"]
        assert await work.prompts.next_due() is None


async def test_a_claim_takes_no_more_than_it_was_asked_for(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        for number in range(5):
            await work.prompts.add(prompt(f"p{number}", f"kind{number}"))
        assert len(await work.prompts.claim_due(NOW, 2)) == 2
        assert len(await work.prompts.claim_due(NOW, 10)) == 3


async def test_a_prompt_is_settled_postponed_or_released(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        for name in ("done", "postponed", "stuck"):
            await work.prompts.add(prompt(name, name))
        await work.prompts.claim_due(NOW, 10)
        await work.prompts.settle("done", PromptState.MISSED, NOW, "too_late")
        await work.prompts.postpone("postponed", NOW + MINUTE)
        await work.prompts.postpone("done", NOW + MINUTE)
        assert await work.prompts.release_stuck(NOW) == 0
        assert await work.prompts.release_stuck(NOW + MINUTE) == 1
        rows = {row.id: row for row in await work.prompts.of_review(REVIEW.id)}
        assert (rows["done"].state, rows["done"].note) == (PromptState.MISSED, "too_late")
        assert rows["done"].due_at == NOW
        assert (rows["postponed"].state, rows["postponed"].due_at) == (PromptState.PENDING, NOW + MINUTE)
        assert rows["stuck"].state is PromptState.PENDING


async def test_cancelling_prompts_touches_only_what_is_to_come_for_that_person_or_review(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.prompts.add(prompt("settled", "settled"))
        await work.prompts.settle("settled", PromptState.DONE, NOW)
        await work.prompts.add(prompt("claimed", "claimed"))
        await work.prompts.claim_due(NOW, 10)
        await work.prompts.add(prompt("pending", "pending"))
        await work.prompts.add(prompt("carer", "pending", participant_id=CARER.id))
        assert await work.prompts.cancel_for() == 0
        assert await work.prompts.cancel_for(participant_id=YOUNG.id, review_id="another") == 0
        assert await work.prompts.cancel_for(participant_id=YOUNG.id) == 2
        states = {row.id: row.state for row in await work.prompts.of_review(REVIEW.id)}
        assert states == {
            "settled": PromptState.DONE,
            "claimed": PromptState.CANCELLED,
            "pending": PromptState.CANCELLED,
            "carer": PromptState.PENDING,
        }
        assert await work.prompts.cancel_for(review_id=REVIEW.id) == 1


async def test_an_update_is_kept_once_and_comes_back_as_it_was(database: Database) -> None:
    async with database.work() as work:
        batch = [(7, CHAT, b"plantedraw"), (8, None, b"{}"), (7, CHAT, b"again in the same batch")]
        assert await work.inbox.put(batch, NOW) == 2
        assert await work.inbox.put([], NOW) == 0
        assert await work.inbox.put([(7, 1, b"again later"), (5, CHAT, b"lower id")], NOW + timedelta(days=2)) == 1
        rows = await work.inbox.waiting(10)
        assert [(row.update_id, row.raw, row.attempts) for row in rows] == [
            (7, b"plantedraw", 0),
            (8, b"{}", 0),
            (5, b"lower id", 0),
        ]
        assert rows[0].chat == rows[2].chat == work.accounts.chat_index(CHAT) == database.blind("chat", str(CHAT))
        assert rows[1].chat == ""
        assert len(await work.inbox.waiting(1)) == 1


async def test_after_three_days_the_messenger_may_use_an_id_again(database: Database) -> None:
    async with database.work() as work:
        await work.inbox.put([(7, CHAT, b"first")], NOW)
        assert await work.inbox.put([(7, CHAT, b"second")], NOW + timedelta(days=3) - MINUTE) == 0
        assert await work.inbox.put([(7, CHAT, b"second")], NOW + timedelta(days=3)) == 1
        assert [(row.update_id, row.raw) for row in await work.inbox.waiting(10)] == [(0, b"first"), (7, b"second")]


async def test_each_chat_is_worked_in_order_and_what_is_done_is_wiped(database: Database) -> None:
    async with database.work() as work:
        await work.inbox.put([(1, CHAT, b"a"), (2, 99, b"b"), (3, CHAT, b"c")], NOW)
        chat = work.accounts.chat_index(CHAT)
        first = await work.inbox.next_for(chat)
        assert first is not None
        assert first.raw == b"a"
        assert await work.inbox.done(first.id)
        assert not await work.inbox.done(first.id)
        second = await work.inbox.next_for(chat)
        assert second is not None
        assert second.raw == b"c"
        await work.inbox.done(second.id)
        assert await work.inbox.next_for(chat) is None
        assert await work.inbox.put([(1, CHAT, b"again")], NOW) == 0
        assert await work.inbox.purge(NOW) == 0
        assert await work.inbox.purge(NOW + MINUTE) == 2
        assert await work.inbox.put([(1, CHAT, b"again")], NOW) == 1


async def test_an_update_that_fails_three_times_is_parked_and_kept(database: Database) -> None:
    async with database.work() as work:
        await work.inbox.put([(1, CHAT, b"bad"), (2, CHAT, b"good")], NOW)
        [bad, good] = await work.inbox.waiting(10)
        assert [await work.inbox.failed(bad.id) for _ in range(2)] == [1, 2]
        assert (await work.inbox.waiting(10))[0].id == bad.id
        assert await work.inbox.failed(bad.id) == 3
        assert [row.id for row in await work.inbox.waiting(10)] == [good.id]
        [parked] = await work.inbox.parked()
        assert (parked.raw, parked.state, parked.attempts) == (b"bad", InState.PARKED, 3)
        assert await work.inbox.purge(NOW + MINUTE) == 0
        assert await work.inbox.failed(0) == 0


async def test_facts_about_the_bot_are_put_and_put_again(database: Database) -> None:
    async with database.work() as work:
        assert await work.meta.get("offset") is None
        await work.meta.put("offset", "1")
        await work.meta.put("offset", "2")
        assert await work.meta.get("offset") == "2"


async def test_the_audit_keeps_its_order(database: Database) -> None:
    async with database.work() as work:
        await work.audit.add(NOW, SENCO.id, "opened", DIGEST.id)
        await work.audit.add(NOW, "bot", "deleted", YOUNG.id)
        lines = await work.audit.all()
        assert lines == [
            AuditLine(1, NOW, SENCO.id, "opened", DIGEST.id),
            AuditLine(2, NOW, "bot", "deleted", YOUNG.id),
        ]


def test_new_ids_differ_and_keep_their_order() -> None:
    ids = [new_id() for _ in range(100)]
    assert len(set(ids)) == 100
    assert [number[:12] for number in ids] == sorted(number[:12] for number in ids)


async def test_a_prompt_of_the_review_itself_can_be_brought_forward_while_it_waits(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.prompts.add(prompt("p1", "close", NOW + MINUTE, participant_id=None))
        await work.prompts.add(prompt("p2", "opening", NOW + MINUTE))
        assert await work.prompts.bring_forward(REVIEW.id, "close", NOW)
        assert not await work.prompts.bring_forward(REVIEW.id, "opening", NOW)
        assert [row.id for row in await work.prompts.claim_due(NOW, 10)] == ["p1"]
        assert not await work.prompts.bring_forward(REVIEW.id, "close", NOW)


async def test_an_update_can_be_parked_at_once(database: Database) -> None:
    async with database.work() as work:
        await work.inbox.put([(1, None, b"hopeless")], NOW)
        [update] = await work.inbox.waiting(1)
        await work.inbox.park(update.id)
        assert await work.inbox.waiting(1) == []
        assert [row.raw for row in await work.inbox.parked()] == [b"hopeless"]


async def test_the_audit_tells_what_was_done_to_one_subject(database: Database) -> None:
    async with database.work() as work:
        await work.audit.add(NOW, "bot", "deleted", YOUNG.id)
        await work.audit.add(NOW, "bot", "deleted", CARER.id)
        assert [line.id for line in await work.audit.about(CARER.id)] == [2]


def test_a_conversations_id_fits_a_button() -> None:
    ids = {new_conversation_id() for _ in range(100)}
    assert len(ids) == 100
    assert {len(number) for number in ids} == {10}
    assert not {":", "|"} & set("".join(ids))
