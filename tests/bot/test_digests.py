"""Digests: whose part says what when it is empty, what was tried, and the way to the named professional."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import structlog

from bot.digests import copy_name, copy_of
from bot.files import DigestFiles
from bot.telegram.sending import FileId
from conversations.digest import Digest, ReaderKind, Standing, TriedKind
from conversations.digest_codec import load_digest
from conversations.document_words import load_document_words
from conversations.lines import Line
from conversations.readers import Reader
from storage.records import Channel, DigestKind, ParticipantState, Review, StoredDigest
from tests.bot.college import OKAFOR, ORDER, College
from tests.storage.samples import submission, talk

CLOSE = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


async def make(college: College, review: Review, kind: DigestKind = DigestKind.FIRST) -> StoredDigest:
    async with college.database.work() as work:
        stored = await college.bot.prompts.digests.make(work, review, kind)
        await work.commit()
    assert stored is not None
    return stored


def read(stored: StoredDigest) -> Digest:
    return load_digest(stored.content)


async def send(college: College, review: Review, participant_id: str, *, withdraw: bool = False) -> None:
    account = await college.joins(participant_id, 700)
    async with college.database.work() as work:
        conversation = replace(talk(account, participant_id), review_id=review.id)
        await work.conversations.add(conversation)
        await work.submissions.add(submission(), participant_id, review.id)
        if withdraw:
            await work.submissions.withdraw(conversation.id)
        await work.commit()


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (ParticipantState.INVITED, Standing.NOT_REACHED),
        (ParticipantState.ANSWERED_CODE, Standing.NOT_REACHED),
        (ParticipantState.BLOCKED, Standing.NOT_REACHED),
        (ParticipantState.JOINED, Standing.NOT_YET),
        (ParticipantState.LEFT, Standing.CHOSE_NOT_TO_SAY),
    ],
)
async def test_an_empty_part_says_which_of_four_it_is(
    college: College, state: ParticipantState, standing: Standing
) -> None:
    made = await college.plan()
    await college.set_state(made.invitations[0].participant_id, state)
    digest = read(await make(college, made.review))
    assert digest.young_person.standing is standing
    assert [carer.standing for carer in digest.carers] == [Standing.NOT_REACHED]


@pytest.mark.parametrize(("withdraw", "standing"), [(False, Standing.SENT), (True, Standing.TOOK_BACK)])
async def test_what_was_sent_stands_and_what_was_taken_back_is_said(
    college: College, withdraw: bool, standing: Standing
) -> None:
    made = await college.plan()
    await send(college, made.review, made.invitations[0].participant_id, withdraw=withdraw)
    stored = await make(college, made.review)
    assert read(stored).young_person.standing is standing
    assert (b"plantedwords" in stored.content) is not withdraw


async def test_what_was_tried_is_told_in_the_order_of_the_days(college: College) -> None:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    await college.joins(sam, 100)
    for day in (datetime(2026, 10, 13, 15, tzinfo=UTC), datetime(2026, 10, 23, 15, tzinfo=UTC)):
        college.clock.move_to(day)
        await college.bot.prompts.tick()
    async with college.database.work() as work:
        await work.audit.add(datetime(2026, 10, 14, 23, 30, tzinfo=UTC), sam, "other_way_paper", sam)
        await work.commit()
    tried = read(await make(college, made.review)).young_person.tried
    assert [(each.kind, each.on) for each in tried] == [
        (TriedKind.INVITED, date(2026, 9, 28)),
        (TriedKind.OPENING, date(2026, 10, 13)),
        (TriedKind.ASKED_FOR_PAPER, date(2026, 10, 15)),
        (TriedKind.REMINDER, date(2026, 10, 23)),
    ]


async def test_versions_count_up_and_each_is_made_once(college: College) -> None:
    made = await college.plan(replace(ORDER, meeting=date(2026, 10, 20), short_notice_reason="The family moves."))
    first, second = await make(college, made.review), await make(college, made.review, DigestKind.PACK)
    assert (first.version, second.version) == (1, 2)
    assert read(first).short_notice_reason == "The family moves."
    async with college.database.work() as work:
        assert await work.digests.add(replace(second, id="another")) is None


async def test_it_goes_to_the_named_professional_by_every_way_there_is(college: College) -> None:
    made = await college.plan()
    stored = await make(college, made.review)
    async with college.database.reading() as work:
        assert await work.digests.deliveries(stored.id) == []
    account = await college.staff_joins()
    later = await make(college, made.review, DigestKind.UPDATE)
    async with college.database.reading() as work:
        (delivery,) = await work.digests.deliveries(later.id)
    assert delivery.channel is Channel.TELEGRAM
    (text,) = await college.said_to(account)
    assert "Sam" in text
    assert "version 2" in text


async def test_a_digest_without_a_setting_is_not_made(college: College, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await college.plan()
    async with college.database.work() as work:

        async def nothing() -> None:
            return None

        monkeypatch.setattr(work.settings, "get", nothing)
        assert await college.bot.prompts.digests.make(work, made.review, DigestKind.FIRST) is None


async def test_a_copy_is_made_when_it_is_sent_and_is_gone_with_its_digest(college: College) -> None:
    made = await college.plan()
    stored = await make(college, made.review)
    files = DigestFiles(college.database, load_document_words())
    for kind in (ReaderKind.NAMED_PROFESSIONAL, ReaderKind.YOUNG_PERSON):
        content = await files.load(copy_name(stored.id, Reader(kind)))
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")
    assert await files.load(copy_name("gone", Reader(ReaderKind.YOUNG_PERSON))) is None
    async with college.database.reading() as work:
        assert await copy_of(work, copy_name("gone", Reader(ReaderKind.YOUNG_PERSON))) is None
    await files.uploaded(copy_name(stored.id, Reader(ReaderKind.YOUNG_PERSON)), FileId("telegram's own name"))


async def test_the_young_person_gets_a_copy_to_check_where_there_is_one(college: College) -> None:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    await send(college, made.review, sam)
    around = await college.around(made.review, sam)
    await college.queued()
    async with college.database.work() as work:
        await college.bot.prompts.digests.check_copy(work, around, "early")
        await work.commit()
    assert await college.queued() == []
    college.clock.move_to(CLOSE)
    await college.bot.prompts.tick()
    college.clock.move_by(timedelta(hours=1))
    await college.bot.prompts.tick()
    assert [message.dedupe_key.partition(":")[0] for message in await college.queued()].count("copy") == 1


async def test_a_digest_whose_professional_left_goes_to_nobody_and_the_coordinator_is_told(college: College) -> None:
    made = await college.plan()
    left = await college.staff_joins()
    async with college.database.work() as work:
        account = await work.accounts.add(501)
        await work.staff.attach(made.review.coordinator_id, account.id)
        await work.staff.end(OKAFOR.id)
        await work.commit()
    stored = await make(college, made.review)
    async with college.database.reading() as work:
        assert await work.digests.deliveries(stored.id) == []
    line = college.post.line(Line.STAFF_NO_READER, name="Sam", date=made.review.meeting)
    assert await college.said_to(account.id) == [line]
    assert await college.said_to(left) == []


async def test_a_digest_with_no_reader_left_is_said_to_the_operator(college: College) -> None:
    made = await college.plan()
    async with college.database.work() as work:
        await work.staff.end(OKAFOR.id)
        await work.commit()
    with structlog.testing.capture_logs() as logs:
        await make(college, made.review)
    assert [each["event"] for each in logs] == ["digest_has_no_reader"]
