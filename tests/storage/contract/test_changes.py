"""What the store does when a review is moved or called off, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storage.database import Database
from storage.errors import Conflict
from storage.records import (
    Channel,
    ConversationStatus,
    DeliveryState,
    DigestKind,
    PromptState,
    ReaderChange,
    StoredDigest,
)
from tests.storage.samples import MINUTE, NOW, REVIEW, SENCO, TALK, TUTOR, YOUNG, planted, prompt


async def test_only_what_waits_gets_another_time(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.prompts.add(prompt("p-1", "reminder"))
        await work.prompts.add(prompt("p-2", "opening"))
        await work.prompts.settle("p-2", PromptState.DONE, NOW)
        for each in ("p-1", "p-2"):
            await work.prompts.reschedule(each, NOW + MINUTE, NOW + 2 * MINUTE)
        waits, done = await work.prompts.get("p-1"), await work.prompts.get("p-2")
    assert waits is not None
    assert (waits.due_at, waits.expires_at, waits.state) == (NOW + MINUTE, NOW + 2 * MINUTE, PromptState.PENDING)
    assert done is not None
    assert done.due_at == NOW


async def test_a_review_keeps_all_but_its_days_and_its_reason(database: Database) -> None:
    await planted(database)
    moved = replace(
        REVIEW, meeting=date(2027, 4, 1), timetable={"close": "2027-03-01"}, short_notice_reason="plantedreason"
    )
    async with database.work() as work:
        await work.reviews.save(replace(moved, professional_id="somebody else"))
        await work.commit()
    async with database.reading() as work:
        assert await work.reviews.get(REVIEW.id) == moved


async def test_closing_a_review_wins_over_a_turn_that_had_begun(database: Database) -> None:
    await planted(database)
    async with database.reading() as work:
        loaded = await work.conversations.get(TALK)
    assert loaded is not None
    async with database.work() as work:
        await work.conversations.close_review(REVIEW.id)
        await work.commit()
    async with database.work() as work:
        with pytest.raises(Conflict):
            await work.conversations.save(replace(loaded, revision=9))
    async with database.reading() as work:
        now = await work.conversations.get(TALK)
    assert now is not None
    assert now.status is ConversationStatus.CLOSED


async def test_what_waits_to_be_delivered_ends_and_what_has_gone_stays(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        stored = await work.digests.add(StoredDigest("d-1", REVIEW.id, 1, DigestKind.FIRST, NOW, b"{}"))
        assert stored is not None
        for channel in (Channel.MAIL, Channel.TELEGRAM):
            await work.digests.add_delivery("d-1", SENCO.id, channel, NOW)
        gone = await work.digests.claim_delivery(NOW)
        assert gone is not None
        await work.digests.settle_delivery(gone.id, DeliveryState.SENT, NOW)
        await work.digests.cancel_deliveries(REVIEW.id, NOW)
        states = {each.id: each.state for each in await work.digests.deliveries("d-1")}
        assert await work.digests.claim_delivery(NOW + MINUTE) is None
    assert states.pop(gone.id) is DeliveryState.SENT
    assert list(states.values()) == [DeliveryState.FAILED]


async def test_who_reads_and_who_said_no_go_with_the_review_and_with_the_person(database: Database) -> None:
    await planted(database)
    change = ReaderChange("c-1", REVIEW.id, SENCO.id, SENCO.id, NOW, "plantedreason")
    later = replace(change, id="c-2", at=NOW + MINUTE, reason="")
    async with database.work() as work:
        assert await work.readers.latest(REVIEW.id) is None
        await work.readers.add(change)
        await work.readers.add(later)
        assert await work.readers.get("c-1") == change
        assert await work.readers.latest(REVIEW.id) == later
        assert change.is_urgent
        assert not later.is_urgent
        assert await work.readers.say_no("c-2", YOUNG.id, NOW)
        assert not await work.readers.say_no("c-2", YOUNG.id, NOW + MINUTE)
        assert await work.readers.said_no(later) == {YOUNG.id}
        assert await work.readers.said_no(change) == {YOUNG.id}, "the same colleague, an earlier time"
        assert await work.readers.said_no(replace(later, staff_id=TUTOR.id)) == frozenset()
        assert await work.readers.refused_by(YOUNG.id, REVIEW.id) == [SENCO.id]
        assert await work.readers.refused_by(YOUNG.id, "another review") == []
        await work.commit()
    async with database.work() as work:
        await work.forget.participant(YOUNG.id)
        await work.commit()
    async with database.reading() as work:
        assert await work.readers.said_no(later) == frozenset()


async def test_who_read_before_is_kept_as_long_as_the_review_tells_of_them(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.reviews.hand_to(REVIEW.id, professional_id=SENCO.id, coordinator_id=SENCO.id)
        await work.readers.add(ReaderChange("c-1", REVIEW.id, SENCO.id, TUTOR.id, NOW))
        await work.staff.end(TUTOR.id)
        await work.retaining.staff_seen_to_leave(NOW)
        assert await work.retaining.staff(NOW) == []
        await work.commit()
    async with database.work() as work:
        await work.forget.young_person(REVIEW.young_person_id)
        assert await work.retaining.staff(NOW) == [TUTOR.id]
        await work.retaining.drop_staff(TUTOR.id)
        await work.commit()


async def test_a_review_is_handed_to_one_colleague_or_the_other(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.reviews.hand_to(REVIEW.id, professional_id=SENCO.id)
        first = await work.reviews.get(REVIEW.id)
        await work.reviews.hand_to(REVIEW.id, coordinator_id=TUTOR.id)
        second = await work.reviews.get(REVIEW.id)
    assert first == replace(REVIEW, professional_id=SENCO.id)
    assert second == replace(REVIEW, professional_id=SENCO.id, coordinator_id=TUTOR.id)
