from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.state import ConversationId, Media, MediaId, MediaKind, Refused
from storage.database import Database
from storage.errors import Conflict
from storage.ids import new_id
from storage.records import ConversationStatus, MediaState, Note, StoredMedia, SubmissionState
from tests.storage.samples import CARER, MINUTE, NOW, REVIEW, SENCO, TALK, YOUNG, answer, planted, submission, talk

VOICE = Media(MediaId("media-1"), MediaKind.VOICE)
STORED = StoredMedia(VOICE.id, YOUNG.id, TALK, VOICE.kind, "plantedfile")


async def test_a_conversation_comes_back_as_it_was(database: Database) -> None:
    account_id = await planted(database)
    other = talk(participant_id=CARER.id, talk_id=ConversationId("abcdefghij"))
    closed = replace(other, id=ConversationId("0123456789"), status=ConversationStatus.CLOSED)
    async with database.work() as work:
        await work.conversations.add(other)
        await work.conversations.add(closed)
        first = talk(account_id)
        assert await work.conversations.get(TALK) == first
        assert await work.conversations.get(ConversationId("none")) is None
        assert await work.conversations.of_review(REVIEW.id) == [closed, other, first]
        assert await work.conversations.of_participant(CARER.id) == [closed, other]
        assert await work.conversations.of_account(account_id) == [first]
        assert await work.conversations.open_ones() == [other, first]


async def test_a_saved_conversation_is_what_is_loaded_next(database: Database) -> None:
    account_id = await planted(database)
    first = talk(account_id)
    moved = replace(first, revision=4, state=replace(first.state, revision=4), status=ConversationStatus.PAUSED)
    async with database.work() as work:
        saved = await work.conversations.save(moved)
        assert saved == replace(moved, stored_version=2)
        assert await work.conversations.get(TALK) == saved
        await work.commit()
    async with database.reading() as work:
        assert await work.conversations.get(TALK) == saved


async def test_of_two_writers_one_meets_a_conflict_and_stores_nothing(database: Database) -> None:
    account_id = await planted(database)
    async with database.reading() as work:
        loaded = await work.conversations.get(TALK)
    assert loaded is not None
    async with database.work() as work:
        await work.conversations.save(replace(loaded, revision=4))
        await work.commit()
    async with database.work() as work:
        await work.conversations.record(TALK, answer(), 4)
        with pytest.raises(Conflict):
            await work.conversations.save(replace(loaded, revision=5))
    async with database.reading() as work:
        assert await work.conversations.answers(TALK) == ()
        kept = await work.conversations.get(TALK)
    assert kept == replace(talk(account_id), revision=4, stored_version=2)


async def test_saving_a_conversation_that_is_gone_is_a_conflict(database: Database) -> None:
    async with database.work() as work:
        with pytest.raises(Conflict):
            await work.conversations.save(talk())


async def test_an_answer_takes_the_place_of_an_earlier_one_of_its_step_and_item_only(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.conversations.record(TALK, answer("s1", "first"), 1)
        await work.conversations.record(TALK, answer("s1", "for an item", item="card"), 2)
        await work.conversations.record(TALK, replace(answer("s2"), refused=Refused.SKIP), 3)
        await work.conversations.record(TALK, answer("s1", "second"), 4)
        answers = await work.conversations.answers(TALK)
        assert answers == (
            answer("s1", "for an item", item="card"),
            replace(answer("s2"), refused=Refused.SKIP),
            answer("s1", "second"),
        )


async def test_an_answer_taken_out_is_gone(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.conversations.record(TALK, answer("s1", "first"), 1)
        await work.conversations.record(TALK, answer("s1", "second"), 2)
        await work.conversations.record(TALK, answer("s2"), 3)
        await work.conversations.remove(TALK, "s1")
        assert await work.conversations.answers(TALK) == (answer("s2"),)
        await work.conversations.delete_answers(TALK)
        assert await work.conversations.answers(TALK) == ()


async def test_a_submission_comes_back_as_it_was_sent_with_a_code_that_holds(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        stored = await work.submissions.add(submission(), YOUNG.id, REVIEW.id)
        assert stored.submission == submission()
        assert [len(part) for part in stored.code.split("-")] == [4, 4, 4]
        assert await work.submissions.latest(TALK) == stored
        assert await work.submissions.of_review(REVIEW.id) == [stored]
        assert await work.submissions.verify(stored.id)
        assert not await work.submissions.verify("none")


async def test_a_later_submission_replaces_the_earlier_and_a_number_is_sent_once(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        first = await work.submissions.add(submission(1), YOUNG.id, REVIEW.id)
        second = await work.submissions.add(submission(2, "other"), YOUNG.id, REVIEW.id)
        assert first.code != second.code
        assert await work.submissions.latest(TALK) == second
        assert await work.submissions.of_review(REVIEW.id) == [second]
        with pytest.raises(Conflict):
            await work.submissions.add(submission(2), YOUNG.id, REVIEW.id)


async def test_what_is_withdrawn_is_in_no_list(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.submissions.add(submission(1), YOUNG.id, REVIEW.id)
        await work.submissions.add(submission(2), YOUNG.id, REVIEW.id)
        await work.submissions.withdraw(TALK)
        assert await work.submissions.latest(TALK) is None
        assert await work.submissions.of_review(REVIEW.id) == []
        again = await work.submissions.add(submission(3), YOUNG.id, REVIEW.id)
        assert again.state is SubmissionState.SENT
        assert await work.submissions.of_review(REVIEW.id) == [again]


async def test_notes_wait_until_one_person_has_read_them(database: Database) -> None:
    await planted(database)
    first = Note(new_id(), YOUNG.id, NOW, REVIEW.id, "plantednote", (VOICE,))
    second = Note(new_id(), YOUNG.id, NOW + MINUTE)
    async with database.work() as work:
        await work.notes.add(second)
        await work.notes.add(first)
        assert await work.notes.unread() == [first, second]
        assert await work.notes.unread(REVIEW.id) == [first]
        assert await work.notes.mark_read(first.id, SENCO.id, NOW + MINUTE)
        assert not await work.notes.mark_read(first.id, "staff-2", NOW)
        assert await work.notes.unread() == [second]
        read = replace(first, read_at=NOW + MINUTE, read_by=SENCO.id)
        assert await work.notes.of_participant(YOUNG.id) == [read, second]


async def test_media_are_kept_only_when_their_bytes_are_stored(database: Database) -> None:
    await planted(database)
    content = b"\x80plantedbytes\x00\x80" * 1000
    async with database.work() as work:
        await work.media.arrived(STORED)
        assert await work.media.pending() == [STORED]
        assert await work.media.data(STORED.id) == b""
        assert await work.media.tried(STORED.id) == 1
        assert await work.media.kept(STORED.id, content, "audio/ogg")
        kept = replace(STORED, state=MediaState.KEPT, size=len(content), mime="audio/ogg", attempts=1)
        assert await work.media.get(STORED.id) == kept
        assert await work.media.of_conversation(TALK) == [kept]
        assert await work.media.pending() == []
        assert await work.media.data(STORED.id) == content
        assert not await work.media.kept(STORED.id, b"other", "audio/ogg")
        assert not await work.media.kept(MediaId("none"), b"other", "audio/ogg")
        await work.media.failed(STORED.id)
        assert await work.media.get(STORED.id) == kept
        assert await work.media.tried(MediaId("none")) == 0


async def test_media_that_failed_or_were_deleted_are_not_pending(database: Database) -> None:
    await planted(database)
    second = replace(STORED, id=MediaId("media-2"), conversation_id=None)
    async with database.work() as work:
        await work.media.arrived(STORED)
        await work.media.arrived(second)
        await work.media.failed(STORED.id)
        failed = await work.media.get(STORED.id)
        assert failed == replace(STORED, state=MediaState.FAILED, attempts=1)
        await work.media.kept(second.id, b"bytes", "image/jpeg")
        await work.media.delete(second.id)
        assert await work.media.get(second.id) is None
        assert await work.media.data(second.id) == b""
        assert await work.media.pending() == []


async def test_conversations_handed_over_must_be_loaded_again(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        loaded = await work.conversations.get(TALK)
        assert loaded is not None
        new = await work.accounts.add(77)
        await work.conversations.hand_over(YOUNG.id, new.id)
        with pytest.raises(Conflict):
            await work.conversations.save(loaded)
        assert [row.id for row in await work.conversations.of_account(new.id)] == [TALK]
        await work.conversations.hand_over(YOUNG.id, None)
        assert await work.conversations.of_account(new.id) == []


async def test_what_was_taken_back_is_known(database: Database) -> None:
    await planted(database)
    async with database.work() as work:
        await work.submissions.add(submission(1), YOUNG.id, REVIEW.id)
        assert not await work.submissions.was_withdrawn(TALK)
        await work.submissions.withdraw(TALK)
        assert await work.submissions.was_withdrawn(TALK)
