"""Which prompts are asked for when a review is planned, and when somebody is in, early or late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.facts import NoSuchReviewError, circle
from bot.prompt_rows import ask_for_update
from conversations.hours import DecentHours
from conversations.timetable import Stage
from storage.records import PromptState
from tests.bot.college import ORDER, College


def at(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


async def test_a_planned_review_has_both_documents_and_its_end(college: College) -> None:
    review = (await college.plan()).review
    rows = [(row.kind, row.participant_id, row.due_at, row.expires_at) for row in await college.prompts(review)]
    assert [row[:3] for row in rows] == [
        ("first_digest", None, at(11, 3, 12)),
        ("pack", None, at(11, 9, 12)),
        ("held", None, at(11, 25, 0)),
    ]
    assert [row[3] for row in rows[:2]] == [at(11, 25, 0)] * 2
    assert rows[2][3] > at(1, 1, 0, 2036)


JOINED = [
    (at(9, 28, 9), {"opening": at(10, 13, 15), "reminder": at(10, 23, 15), "last_call": at(11, 2, 16)}),
    (at(10, 13, 15), {"opening": at(10, 13, 15), "reminder": at(10, 23, 15), "last_call": at(11, 2, 16)}),
    (at(10, 20, 8), {"opening": at(10, 20, 8), "reminder": at(10, 23, 15), "last_call": at(11, 2, 16)}),
    (at(10, 23, 15), {"opening": at(10, 23, 15), "last_call": at(11, 2, 16)}),
    (at(11, 10, 8), {"opening": at(11, 10, 8)}),
]


@pytest.mark.parametrize(("joined", "expected"), JOINED, ids=[f"{each[0]:%m-%d}" for each in JOINED])
async def test_who_is_in_gets_the_messages_that_are_still_to_come(
    college: College, joined: datetime, expected: dict[str, datetime]
) -> None:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    college.clock.move_to(joined)
    await college.joins(sam, 100)
    await college.joins(sam, 100)
    rows = [row for row in await college.prompts(made.review) if row.participant_id == sam]
    assert {row.kind: row.due_at for row in rows} == expected
    assert len(rows) == len(expected)
    assert {row.expires_at for row in rows if row.kind == "opening"} == {at(11, 24, 0)}


async def test_a_new_phone_shows_the_question_again_and_asks_anew_for_what_was_called_off(college: College) -> None:
    made = await college.plan()
    sam = made.invitations[0].participant_id
    await college.joins(sam, 100)
    college.clock.move_to(at(10, 13, 15))
    await college.bot.prompts.tick()
    async with college.database.work() as work:
        await work.prompts.cancel_for(participant_id=sam)
        await work.commit()
    college.clock.move_to(at(10, 14, 9))
    await college.plan_messages(await college.around(made.review, sam))
    waiting = {
        row.kind.partition(":")[0]: row.due_at
        for row in await college.prompts(made.review)
        if row.participant_id == sam and row.state is PromptState.PENDING
    }
    assert waiting == {"moved": at(10, 14, 9), "reminder": at(10, 23, 15), "last_call": at(11, 2, 16)}


async def test_a_later_word_asks_for_an_update_only_where_there_is_a_digest(college: College) -> None:
    review = (await college.plan()).review
    async with college.database.work() as work:
        await ask_for_update(work, review, at(11, 1, 9), "early")
        await work.commit()
    assert not [row for row in await college.prompts(review) if row.kind.startswith("update")]
    college.clock.move_to(at(11, 3, 12))
    await college.bot.prompts.tick()
    async with college.database.work() as work:
        await ask_for_update(work, review, at(11, 4, 9), "later")
        await ask_for_update(work, review, at(11, 4, 10), "later")
        await work.commit()
    (row,) = [row for row in await college.prompts(review) if row.kind.startswith("update")]
    assert (row.due_at, row.expires_at) == (at(11, 4, 9), at(12, 22, 0))


async def test_the_circle_says_what_a_conversation_needs(college: College) -> None:
    made = await college.plan()
    around = await college.around(made.review, made.invitations[1].participant_id)
    facts = around.facts(college.clock.now())
    assert (facts.about, facts.name, facts.contact, facts.safeguarding) == ("Sam", "Ann", "Mr Okafor", "Ms Reid")
    assert facts.cut_off == around.cut_off == at(11, 7, 12)
    assert around.stage(Stage.CLOSE) == facts.reads_by == date(2026, 11, 3)
    hours = around.hours(frozenset())
    assert hours == DecentHours("Europe/London", quiet_weekdays=frozenset({5, 6}))


async def test_a_stage_that_was_dropped_falls_back_to_the_close(college: College) -> None:
    made = await college.plan(replace(ORDER, meeting=date(2026, 10, 3), short_notice_reason="a move"))
    around = await college.around(made.review, made.invitations[0].participant_id)
    dropped = [stage for stage in Stage if stage.value not in made.review.timetable]
    assert dropped
    assert {around.stage(stage) for stage in dropped} == {around.stage(Stage.CLOSE)}


async def test_a_circle_with_a_gap_is_a_programmers_mistake(college: College) -> None:
    made = await college.plan()
    async with college.database.reading() as work:
        with pytest.raises(NoSuchReviewError):
            await circle(work, "none", made.invitations[0].participant_id)
        with pytest.raises(NoSuchReviewError):
            await circle(work, made.review.id, "none")
