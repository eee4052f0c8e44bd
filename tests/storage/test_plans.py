"""What is asked all day long must not get slower with what is stored: every such query goes by an index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from conversations.state import ConversationId
from storage.database import Database
from storage.records import Channel, DeliveryState, DigestKind, OutState, PromptState, StoredDigest
from storage.records.alerts import Alert, NoticeTo
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    CHAT,
    NOW,
    REVIEW,
    SAM,
    SENCO,
    TALK,
    TUTOR,
    YOUNG,
    answer,
    message,
    planted,
    prompt,
    submission,
    talk,
)
from tests.support.database import open_test_database

_WHOLE_TABLE = re.compile(r"SCAN (?!due\b)\w+\b(?! USING)")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with await open_test_database(tmp_path) as opened:
        yield opened


async def a_day_of_turns(work: UnitOfWork, account: str) -> None:
    await work.accounts.by_chat(CHAT)
    await work.staff.by_account(account)
    await work.staff.by_email(SENCO.email)
    await work.people.by_reference(SAM.reference)
    await work.participants.of_account(account)
    await work.participants.of_young_person(SAM.id)
    await work.reviews.for_staff(SENCO.id)
    await work.reviews.of_young_person(SAM.id)
    await work.invites.find("token")
    await work.invites.end_for(participant_id=YOUNG.id, staff_id=SENCO.id)
    await work.conversations.get(TALK)
    await work.conversations.of_review(REVIEW.id)
    await work.conversations.of_participant(YOUNG.id)
    await work.conversations.of_account(account)
    await work.conversations.save(talk(account))
    await work.conversations.record(TALK, answer(), 1)
    await work.conversations.answers(TALK)
    await work.conversations.remove(TALK, "s1")
    await work.conversations.delete_answers(ConversationId("other"))
    await work.submissions.add(submission(), YOUNG.id, REVIEW.id)
    await work.submissions.latest(TALK)
    await work.submissions.of_review(REVIEW.id)
    await work.submissions.withdraw(TALK)
    await work.notes.unread(REVIEW.id)
    await work.notes.of_participant(YOUNG.id)
    await work.media.pending()
    await work.media.of_conversation(TALK)


async def a_day_of_ticks(work: UnitOfWork, account: str) -> None:
    await work.prompts.add(prompt("p1", "opening"))
    await work.prompts.next_due()
    await work.prompts.claim_due(NOW, 10)
    await work.prompts.settle("p1", PromptState.DONE, NOW)
    await work.prompts.release_stuck(NOW)
    await work.prompts.cancel_for(participant_id=YOUNG.id)
    await work.prompts.cancel_for(review_id=REVIEW.id)
    await work.prompts.of_review(REVIEW.id)
    await work.alerts.add(Alert("alert", YOUNG.id, NOW, due_at=NOW))
    await work.alerts.claim_due(NOW)
    await work.alerts.of_participant(YOUNG.id)
    await work.alerts.unreached()
    await work.alerts.to_tell()
    await work.frozen.of_alert("alert")
    await work.alert_notices.add("alert", 1, NoticeTo.STAFF, SENCO.id, NOW)
    await work.alert_notices.claim(NOW)
    await work.alert_notices.states("alert")
    await work.alert_notices.is_mail_down()
    await work.alert_notices.release_stuck(NOW)
    await work.alert_notices.take_down(NOW)
    await work.notes.overdue(NOW.date())
    await work.outbox.add(message(account, "a"))
    await work.outbox.oldest_unsent()
    [row] = await work.outbox.claim(NOW, 10, frozenset({"busy"}))
    await work.outbox.retry(row.id, NOW)
    await work.outbox.claim(NOW, 10)
    await work.outbox.release_stuck(NOW)
    await work.outbox.settle(row.id, OutState.FAILED, NOW)
    await work.outbox.message_id_of("a")
    await work.outbox.cancel_for(account_id=account)
    await work.outbox.cancel_for(participant_id=YOUNG.id)
    await work.outbox.purge_sent(NOW)
    await work.inbox.put([(1, CHAT, b"raw")], NOW)
    [update] = await work.inbox.waiting(10)
    await work.inbox.next_for(update.chat)
    await work.inbox.failed(update.id)
    await work.inbox.done(update.id)
    await work.inbox.parked()
    await work.inbox.purge(NOW)


async def a_day_of_digests(work: UnitOfWork) -> None:
    await work.digests.add(StoredDigest("d", REVIEW.id, 1, DigestKind.FIRST, NOW, b"content"))
    await work.digests.latest(REVIEW.id)
    await work.digests.of_review(REVIEW.id)
    await work.digests.add_delivery("d", TUTOR.id, Channel.MAIL, NOW)
    delivery = await work.digests.claim_delivery(NOW)
    assert delivery is not None
    await work.digests.settle_delivery(delivery.id, DeliveryState.SENT, NOW)
    await work.digests.opened(delivery.id, NOW)
    await work.digests.deliveries("d")
    await work.digests.release_stuck(NOW)
    await work.forget.participant(YOUNG.id)
    await work.forget.young_person(SAM.id)


def plans(path: Path, statements: dict[str, Any]) -> dict[str, str]:
    connection = sqlite3.connect(path)
    try:
        return {
            statement: "\n".join(row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))
            for statement, parameters in statements.items()
        }
    finally:
        connection.close()


async def test_nothing_that_is_asked_all_day_reads_a_whole_table(database: Database, tmp_path: Path) -> None:
    account = await planted(database)
    seen: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "INSERT")):
            seen[statement] = parameters

    event.listen(database.engine, "before_cursor_execute", note)
    async with database.work() as work:
        await a_day_of_turns(work, account)
        await a_day_of_ticks(work, account)
        await a_day_of_digests(work)
        await work.commit()
    assert len(seen) > 60
    found = plans(tmp_path / "firsthand.db", seen)
    assert [statement for statement, plan in found.items() if _WHOLE_TABLE.search(plan)] == []


async def test_a_claim_needs_no_sorting_and_looks_at_open_rows_only(database: Database, tmp_path: Path) -> None:
    seen: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith("WITH"):
            seen[statement] = parameters

    event.listen(database.engine, "before_cursor_execute", note)
    async with database.work() as work:
        await work.prompts.claim_due(NOW, 10)
        await work.outbox.claim(NOW, 10)
        await work.digests.claim_delivery(NOW)
    found = "\n".join(plans(tmp_path / "firsthand.db", seen).values())
    for index in ("prompt_due", "outbox_next", "outbox_fifo", "outbox_sending", "digest_delivery_queued"):
        assert f"INDEX ix_{index}" in found
    assert "TEMP B-TREE" not in found
