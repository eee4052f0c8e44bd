"""The review's clock: each row is carried out once, in decent hours, or settled with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import structlog

from bot.prompt_rows import PromptKind, ask
from conversations.lines import Line
from storage.records import ConversationStatus, ParticipantState, Prompt, PromptState, Review, ReviewStage
from tests.bot.college import College

FRIDAY = datetime(2026, 10, 16, 9, 0, tzinfo=UTC)


async def asked(college: College, review: Review, kind: str, person: str | None = None, hours: int = 240) -> Prompt:
    now = college.clock.now()
    async with college.database.work() as work:
        assert await ask(work, review.id, kind, now, now + timedelta(hours=hours), person)
        await work.commit()
    return await college.prompt(review, kind, person)


async def settled(college: College, prompt: Prompt) -> tuple[PromptState, str]:
    async with college.database.reading() as work:
        row = await work.prompts.get(prompt.id)
    assert row is not None
    return row.state, row.note


async def set_status(college: College, review: Review, status: ConversationStatus) -> None:
    (conversation,) = await college.conversations(review)
    async with college.database.work() as work:
        await work.conversations.save(replace(conversation, status=status))
        await work.commit()


async def joined(college: College) -> tuple[Review, str, str]:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    return made.review, sam, await college.joins(sam, 100)


async def begun(college: College) -> tuple[Review, str, str]:
    review, sam, account = await joined(college)
    college.clock.move_to(datetime(2026, 10, 13, 15, 0, tzinfo=UTC))
    await college.bot.prompts.tick()
    await college.queued()
    college.clock.move_to(FRIDAY)
    return review, sam, account


async def test_the_opening_comes_once(college: College) -> None:
    review, sam, account = await joined(college)
    opening = await college.prompt(review, "opening", sam)
    assert await college.bot.prompts.tick() == 0
    college.clock.move_to(opening.due_at)
    assert await college.bot.prompts.tick() == 1
    assert await college.bot.prompts.tick() == 0
    assert await settled(college, opening) == (PromptState.DONE, "")
    assert len(await college.conversations(review)) == 1
    assert await college.said_to(account)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (datetime(2026, 10, 16, 7, 0, tzinfo=UTC), datetime(2026, 10, 16, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 16, 18, 0, tzinfo=UTC), datetime(2026, 10, 19, 8, 0, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 26, 9, 0, tzinfo=UTC)),
    ],
    ids=["too early", "too late on a Friday", "a weekend, over which the clocks go back"],
)
async def test_outside_decent_hours_a_message_waits_and_says_why_it_was_late(
    college: College, now: datetime, until: datetime
) -> None:
    review, sam, _ = await begun(college)
    college.clock.move_to(now, backwards=True)
    prompt = await asked(college, review, "last_call:x", sam)
    await college.bot.prompts.tick()
    async with college.database.reading() as work:
        row = await work.prompts.get(prompt.id)
    assert row is not None
    assert (row.state, row.due_at) == (PromptState.PENDING, until)
    college.clock.move_to(until)
    await college.bot.prompts.tick()
    assert await settled(college, prompt) == (PromptState.DONE, "decent_hours")


async def test_what_finds_no_decent_moment_before_it_expires_is_missed(college: College) -> None:
    review, sam, account = await begun(college)
    college.clock.move_to(datetime(2026, 10, 17, 9, 0, tzinfo=UTC))
    prompt = await asked(college, review, "moved:now", sam, hours=24)
    await college.bot.prompts.tick()
    assert await settled(college, prompt) == (PromptState.MISSED, "too_late")
    assert await college.said_to(account) == []


async def test_after_a_long_silence_it_is_done_and_marked_late(college: College) -> None:
    review, sam, _ = await joined(college)
    college.clock.move_to(datetime(2026, 10, 14, 10, 0, tzinfo=UTC))
    await college.bot.prompts.tick()
    assert await settled(college, await college.prompt(review, "opening", sam)) == (PromptState.DONE, "late")


@pytest.mark.parametrize("state", [state for state in ParticipantState if state is not ParticipantState.JOINED])
async def test_who_is_not_in_is_not_written_to(college: College, state: ParticipantState) -> None:
    review, sam, account = await joined(college)
    await college.set_state(sam, state)
    prompt = await asked(college, review, "outage:2026-09-27T00:00:00+00:00", sam)
    await college.bot.prompts.tick()
    assert await settled(college, prompt) == (PromptState.NOT_NEEDED, f"participant_{state.value}")
    assert await college.said_to(account) == []


async def test_a_cancelled_review_says_nothing_more(college: College) -> None:
    review, sam, account = await begun(college)
    async with college.database.work() as work:
        await work.reviews.set_stage(review.id, ReviewStage.CANCELLED)
        await work.commit()
    college.clock.move_to(datetime(2026, 12, 1, 12, 0, tzinfo=UTC))
    await college.bot.prompts.tick()
    waiting = [row for row in await college.prompts(review) if row.state is not PromptState.DONE]
    assert {(row.state, row.note) for row in waiting} == {(PromptState.CANCELLED, "review_cancelled")}
    assert await college.said_to(account) == []
    assert (await college.conversations(review))[0].participant_id == sam


@pytest.mark.parametrize(
    ("kind", "status", "state"),
    [
        ("reminder:x", ConversationStatus.ACTIVE, PromptState.DONE),
        ("reminder:x", ConversationStatus.PAUSED, PromptState.DONE),
        ("last_call:x", ConversationStatus.SENT, PromptState.NOT_NEEDED),
        ("last_call:x", ConversationStatus.CLOSED, PromptState.NOT_NEEDED),
        ("opening:x", ConversationStatus.ACTIVE, PromptState.NOT_NEEDED),
        ("moved:x", ConversationStatus.ACTIVE, PromptState.DONE),
        ("upgrade:2", ConversationStatus.ACTIVE, PromptState.DONE),
        ("outage:2026-10-10T00:00:00+00:00", ConversationStatus.ACTIVE, PromptState.DONE),
        ("check_copy:x", ConversationStatus.SENT, PromptState.DONE),
        ("pack:x", ConversationStatus.ACTIVE, PromptState.CANCELLED),
        ("held:x", ConversationStatus.ACTIVE, PromptState.CANCELLED),
    ],
)
async def test_each_message_is_checked_again_just_before_it_goes(
    college: College, kind: str, status: ConversationStatus, state: PromptState
) -> None:
    review, sam, _ = await begun(college)
    await set_status(college, review, status)
    prompt = await asked(college, review, kind, sam)
    await college.bot.prompts.tick()
    assert (await settled(college, prompt))[0] is state


@pytest.mark.parametrize(
    ("kind", "state", "begins"),
    [
        ("reminder:x", PromptState.DONE, True),
        ("moved:x", PromptState.NOT_NEEDED, False),
        ("upgrade:2", PromptState.NOT_NEEDED, False),
    ],
)
async def test_a_reminder_of_what_was_never_asked_asks_it(
    college: College, kind: str, state: PromptState, begins: bool
) -> None:
    review, sam, _ = await joined(college)
    prompt = await asked(college, review, kind, sam)
    await college.bot.prompts.tick()
    assert (await settled(college, prompt))[0] is state
    assert bool(await college.conversations(review)) is begins


async def test_documents_and_the_end_move_the_review_on(college: College) -> None:
    review = (await college.plan()).review
    stages = []
    for day in (
        datetime(2026, 11, 3, 12, tzinfo=UTC),
        datetime(2026, 11, 9, 12, tzinfo=UTC),
        datetime(2026, 11, 25, 0, tzinfo=UTC),
    ):
        college.clock.move_to(day)
        await college.bot.prompts.tick()
        async with college.database.reading() as work:
            present, made = await work.reviews.get(review.id), await work.digests.of_review(review.id)
        assert present is not None
        stages.append((present.stage, len(made)))
    assert stages == [(ReviewStage.CLOSED, 1), (ReviewStage.PACKED, 2), (ReviewStage.HELD, 2)]


@pytest.mark.parametrize("kind", [PromptKind.OPENING, PromptKind.CHECK_COPY, PromptKind.OUTAGE])
async def test_a_message_without_a_person_is_no_document(college: College, kind: PromptKind) -> None:
    review = (await college.plan()).review
    prompt = await asked(college, review, f"{kind}:x")
    await college.bot.prompts.tick()
    assert await settled(college, prompt) == (PromptState.CANCELLED, "not_a_document")


async def test_a_document_whose_day_is_long_past_is_missed(college: College) -> None:
    review = (await college.plan()).review
    college.clock.move_to(datetime(2026, 12, 24, 12, 0, tzinfo=UTC))
    await college.bot.prompts.tick()
    rows = {row.kind: (row.state, row.note) for row in await college.prompts(review)}
    assert rows["first_digest"] == rows["pack"] == (PromptState.MISSED, "too_late")
    assert rows["held"] == (PromptState.DONE, "late")


async def test_a_row_that_fails_stays_claimed_blocks_nobody_and_is_tried_again(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, sam, _ = await joined(college)
    opening = await college.prompt(review, "opening", sam)
    other = await asked(college, review, "held:x", hours=2400)
    college.clock.move_to(opening.due_at)

    async def broken(*_: object) -> None:
        raise ValueError("planted words")

    with monkeypatch.context() as patch, structlog.testing.capture_logs() as logs:
        patch.setattr(type(college.bot.prompts.opening), "begin", broken)
        await college.bot.prompts.tick()
    assert "planted" not in str(logs)
    assert (await settled(college, other))[0] is PromptState.DONE
    assert (await settled(college, opening))[0] is PromptState.CLAIMED
    college.clock.move_by(timedelta(minutes=6))
    await college.bot.prompts.release_stuck()
    await college.bot.prompts.tick()
    assert (await settled(college, opening))[0] is PromptState.DONE


async def test_what_was_called_off_while_it_was_claimed_is_not_said(
    college: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, sam, account = await joined(college)
    opening = await college.prompt(review, "opening", sam)
    college.clock.move_to(opening.due_at)
    (claimed,) = await college.bot.prompts._claim()
    async with college.database.work() as work:
        await work.prompts.cancel_for(participant_id=sam)
        await work.commit()
    await college.bot.prompts._carry_out(claimed)
    assert (await settled(college, opening))[0] is PromptState.CANCELLED
    assert await college.said_to(account) == []


async def test_after_twenty_hours_of_silence_open_conversations_are_asked_again_and_staff_are_told(
    college: College,
) -> None:
    review, sam, account = await begun(college)
    staff = await college.staff_joins()
    await college.bot.outages.beat()
    college.clock.move_by(timedelta(hours=20))
    await college.bot.outages.beat()
    assert not [row for row in await college.prompts(review) if row.kind.startswith("outage")]
    since = college.clock.now()
    college.clock.move_by(timedelta(hours=49))
    await college.bot.outages.beat()
    await college.bot.outages.beat()
    prompt = await college.prompt(review, "outage", sam)
    assert prompt.kind == f"outage:{since.isoformat()}"
    said = await college.said_to(staff)
    assert said == [college.post.line(Line.STAFF_OUTAGE, since=since, until=college.clock.now())]
    college.clock.move_to(datetime(2026, 10, 19, 9, 0, tzinfo=UTC))
    await college.bot.prompts.tick()
    (words, *_) = await college.said_to(account)
    assert "please send it again" in words


async def test_time_that_is_skipped_on_purpose_is_no_outage(college: College) -> None:
    review, *_ = await begun(college)
    await college.bot.outages.beat()
    college.clock.move_by(timedelta(days=3))
    await college.bot.outages.lived()
    await college.bot.outages.beat()
    assert not [row for row in await college.prompts(review) if row.kind.startswith("outage")]
