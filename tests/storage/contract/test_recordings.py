"""Questions read aloud, and voice messages that wait to be heard, on both databases."""

from __future__ import annotations

from dataclasses import replace

from conversations.state import ConversationId, MediaId, MediaKind
from storage.database import Database
from storage.records import MediaState, Recording, StoredMedia
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import NOW, SENCO, TALK, YOUNG, planted

FIRST = Recording("rec-1", "young_person", "going", "lessons", "en", "code-1", SENCO.id, NOW, file_id="planted-file")
SOUND = b"OggS" + bytes(200_000)


async def kept(work: UnitOfWork, recording: Recording, data: bytes = SOUND) -> None:
    await work.recordings.arrived(recording)
    assert await work.recordings.kept(recording, data, "audio/ogg")


async def test_a_recording_counts_once_its_bytes_are_stored(database: Database) -> None:
    async with database.work() as work:
        await work.recordings.arrived(FIRST)
        assert await work.recordings.pending() == [FIRST]
        assert await work.recordings.all() == []
        assert await work.recordings.said("young_person", "en") == {}
        assert await work.recordings.data(FIRST.id) == b""
        assert await work.recordings.kept(FIRST, SOUND, "audio/ogg")
        await work.commit()
    expected = replace(FIRST, state=MediaState.KEPT, mime="audio/ogg", size=len(SOUND), file_id="")
    async with database.work() as work:
        assert await work.recordings.pending() == []
        assert await work.recordings.get(FIRST.id) == expected
        assert await work.recordings.of("young_person", "en") == [expected]
        assert await work.recordings.said("young_person", "en") == {("going", "lessons"): "code-1"}
        assert await work.recordings.data(FIRST.id) == SOUND
        assert not await work.recordings.kept(FIRST, b"again", "audio/ogg")


async def test_a_newer_one_takes_the_place_of_an_older_one_only_when_it_is_kept(database: Database) -> None:
    newer = replace(FIRST, id="rec-2", said="code-2")
    async with database.work() as work:
        await kept(work, FIRST)
        await work.recordings.arrived(newer)
        assert [each.id for each in await work.recordings.all()] == [FIRST.id]
        assert await work.recordings.kept(newer, b"OggS newer", "audio/ogg")
        assert [each.id for each in await work.recordings.all()] == [newer.id]
        assert await work.recordings.data(FIRST.id) == b""
        assert await work.recordings.data(newer.id) == b"OggS newer"
        await work.commit()


async def test_each_place_script_and_language_has_its_own(database: Database) -> None:
    others = (
        replace(FIRST, id="rec-2", item=""),
        replace(FIRST, id="rec-3", language="ur"),
        replace(FIRST, id="rec-4", script="carer"),
        replace(FIRST, id="rec-5", step="admire"),
    )
    async with database.work() as work:
        for each in (FIRST, *others):
            await kept(work, each)
        await work.commit()
    async with database.reading() as work:
        assert len(await work.recordings.all()) == 5
        assert set(await work.recordings.said("young_person", "en")) == {
            ("going", "lessons"),
            ("going", ""),
            ("admire", "lessons"),
        }
        assert [each.id for each in await work.recordings.of("young_person", "ur")] == ["rec-3"]


async def test_the_messengers_name_is_kept_sealed_and_only_for_what_is_kept(database: Database) -> None:
    async with database.work() as work:
        await work.recordings.arrived(FIRST)
        await work.recordings.sent_as(FIRST.id, "too-early")
        found = await work.recordings.get(FIRST.id)
        assert found is not None
        assert found.file_id == "planted-file"
        await work.recordings.kept(FIRST, SOUND, "audio/ogg")
        await work.recordings.sent_as(FIRST.id, "uploaded")
        found = await work.recordings.get(FIRST.id)
        assert found is not None
        assert found.file_id == "uploaded"
        assert "uploaded" not in repr(found)


async def test_tries_are_counted_and_one_can_be_deleted(database: Database) -> None:
    async with database.work() as work:
        await work.recordings.arrived(FIRST)
        assert [await work.recordings.tried(FIRST.id) for _ in range(2)] == [1, 2]
        assert await work.recordings.tried("none") == 0
        assert await work.recordings.delete(FIRST.id)
        assert not await work.recordings.delete(FIRST.id)
        assert await work.recordings.get(FIRST.id) is None


async def test_a_voice_waits_to_be_heard_until_it_was_or_its_tries_are_used_up(database: Database) -> None:
    await planted(database)
    voices = [StoredMedia(MediaId(f"media-{n}"), YOUNG.id, TALK, MediaKind.VOICE, "file") for n in (1, 2)]
    async with database.work() as work:
        assert await work.media.next_to_hear(2) is None
        for voice in voices:
            await work.media.arrived(voice)
            await work.media.to_be_heard(voice.id)
            await work.media.to_be_heard(voice.id)  # once
        await work.commit()
    async with database.work() as work:
        first = await work.media.next_to_hear(2)
        assert first == voices[0]
        assert await work.media.heard(voices[0].id)
        assert not await work.media.heard(voices[0].id)
        for _ in range(2):
            assert await work.media.next_to_hear(2) == voices[1]
        assert await work.media.next_to_hear(2) is None
        await work.commit()


async def test_a_voice_that_is_deleted_waits_no_more(database: Database) -> None:
    await planted(database)
    voice = StoredMedia(MediaId("media-1"), YOUNG.id, ConversationId(TALK), MediaKind.VOICE, "file")
    async with database.work() as work:
        await work.media.arrived(voice)
        await work.media.to_be_heard(voice.id)
        await work.media.delete(voice.id)
        assert await work.media.next_to_hear(2) is None
        await work.commit()
