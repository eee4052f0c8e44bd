"""What was typed in from paper is frozen and sealed as all words, and no conversation is ever changed by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.state import ConversationId, Place, Spot
from storage.database import Database
from storage.errors import Conflict
from storage.records import Conversation, ConversationStatus
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import CARER, REVIEW, TALK, YOUNG, planted, submission, talk


def row(paper_id: ConversationId, participant_id: str = YOUNG.id) -> Conversation:
    paper = talk(None, participant_id, paper_id)
    state = replace(paper.state, place=Place(Spot.CLOSED), sendings=1)
    return replace(paper, state=state, status=ConversationStatus.PAPER)


async def type_in(work: UnitOfWork, words: str = "plantedpaper") -> ConversationId:
    paper_id = work.conversations.paper_id(YOUNG.id, REVIEW.id)
    await work.conversations.add(row(paper_id))
    await work.submissions.add(submission(1, words, paper_id), YOUNG.id, REVIEW.id)
    return paper_id


async def test_one_person_has_one_paper_in_one_review(database: Database) -> None:
    await planted(database)
    async with database.reading() as work:
        paper_id = work.conversations.paper_id(YOUNG.id, REVIEW.id)
        assert work.conversations.paper_id(YOUNG.id, REVIEW.id) == paper_id
        assert len({paper_id, work.conversations.paper_id(CARER.id, REVIEW.id)}) == 2
        assert len({paper_id, work.conversations.paper_id(YOUNG.id, "review-2")}) == 2
        assert YOUNG.id not in paper_id


async def test_nobody_who_looks_for_conversations_meets_it(database: Database) -> None:
    account_id = await planted(database)
    async with database.work() as work:
        paper_id = await type_in(work)
        first = talk(account_id)
        assert await work.conversations.of_review(REVIEW.id) == [first]
        assert await work.conversations.of_participant(YOUNG.id) == [first]
        assert await work.conversations.of_account(account_id) == [first]
        assert await work.conversations.open_ones() == [first]
        assert await work.conversations.get(paper_id) == row(paper_id)


async def test_a_new_phone_is_given_the_conversation_and_never_the_paper(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        paper_id = await type_in(work)
        new = await work.accounts.add(77)
        await work.conversations.hand_over(YOUNG.id, new.id)
        assert [each.id for each in await work.conversations.of_account(new.id)] == [TALK]
        paper = await work.conversations.get(paper_id)
        assert paper is not None
        assert paper.account_id is None


async def test_paper_and_what_was_sent_stand_beside_each_other_and_each_proves_itself(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        own = await work.submissions.add(submission(1, "plantedwords"), YOUNG.id, REVIEW.id)
        paper_id = await type_in(work)
        paper = await work.submissions.latest(paper_id)
        assert paper is not None
        assert await work.submissions.latest(TALK) == own
        assert {each.id for each in await work.submissions.of_review(REVIEW.id)} == {own.id, paper.id}
        assert await work.submissions.verify(own.id)
        assert await work.submissions.verify(paper.id)
        assert own.code != paper.code
        await work.submissions.withdraw(paper_id)
        assert await work.submissions.latest(paper_id) is None
        assert await work.submissions.latest(TALK) == own


async def test_of_two_who_type_in_the_same_paper_at_once_one_meets_a_conflict(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await type_in(work, "first")
        await work.commit()
    async with database.work() as work:
        with pytest.raises(Conflict):
            await type_in(work, "second")
    async with database.reading() as work:
        [kept] = await work.submissions.of_review(REVIEW.id)
        assert kept.submission.answers[0].words == "first"


async def test_who_is_forgotten_is_forgotten_on_paper_too(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        paper_id = await type_in(work)
        await work.forget.participant(YOUNG.id)
        assert await work.conversations.get(paper_id) is None
        assert await work.submissions.latest(paper_id) is None
