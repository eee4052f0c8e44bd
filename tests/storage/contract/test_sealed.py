"""What lies in the database itself, without the key."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy import update as change

from conversations.effects import AlertRoute
from conversations.state import ConversationId, MediaId, MediaKind
from storage.columns import SealedBytes
from storage.database import Database, open_database
from storage.errors import KeyMissing, KeyWrong
from storage.ids import new_token
from storage.models import APART, AccountRow, Base, StaffRow, YoungPersonRow, row_key
from storage.records import (
    Approval,
    Approver,
    Complaint,
    DigestKind,
    Note,
    OutState,
    ReaderChange,
    Recording,
    Setting,
    StoredDigest,
    StoredMedia,
)
from storage.records.alerts import Alert, FrozenWords, NoticeTo
from storage.repository.upkeep import sealed_columns
from storage.reseal import reseal
from storage.sealing import Cell, KeyRing, Sealed
from tests.storage.samples import (
    CARER,
    CHAT,
    NOW,
    REVIEW,
    SAM,
    SENCO,
    TALK,
    YOUNG,
    answer,
    message,
    plant,
    planted,
    raw,
    submission,
    talk,
)
from tests.support.database import fixed_keyring

TOKEN = new_token()
PLANTED = (
    b"lanted",
    b"Priya",
    b"s_plantedstep",
    b"Europe/Jersey",
    b"acting_in_place",
    str(CHAT).encode(),
    TOKEN.encode(),
)


async def fill(database: Database) -> None:
    """Put planted words wherever a person's words may go."""
    async with database.work() as work:
        account = await plant(work)
        await work.settings.put(Setting("setting", "Plantedschool"))
        await work.participants.set_secret(YOUNG.id, "word", "plantedsecret")
        await work.invites.add(TOKEN, participant_id=YOUNG.id, expires_at=NOW)
        await work.wrong_links.count(CHAT, NOW, NOW)
        await work.conversations.record(TALK, answer(), 1)
        await work.submissions.add(submission(), YOUNG.id, REVIEW.id)
        await work.notes.add(Note("note-1", YOUNG.id, NOW, words="plantednote"))
        await work.complaints.add(Complaint("complaint-1", YOUNG.id, SENCO.id, NOW, NOW.date(), words="plantedwrong"))
        yes = Approval("approval-1", "carer", 1, Approver.PARENT, NOW.date(), "plantedparent")
        await work.approvals.add(yes)
        await work.readers.add(ReaderChange("change-1", REVIEW.id, SENCO.id, SENCO.id, NOW, "plantedreason"))
        media = StoredMedia(MediaId("media-1"), YOUNG.id, TALK, MediaKind.VOICE, "plantedfile")
        await work.media.arrived(media)
        await work.media.kept(media.id, b"plantedvoice" * 100, "audio/ogg")
        await work.media.to_be_heard(media.id)
        recording = Recording("rec-1", "carer", "step", "", "en", "code", SENCO.id, NOW, file_id="plantedfile")
        await work.recordings.arrived(recording)
        await work.recordings.kept(recording, b"plantedvoice" * 100, "audio/ogg")
        await work.recordings.sent_as(recording.id, "plantedfile")
        await work.digests.add(StoredDigest("digest-1", REVIEW.id, 1, DigestKind.FIRST, NOW, b"planteddigest"))
        await work.outbox.add(message(account, "key"))
        await work.inbox.put([(1, CHAT, b"plantedraw")], NOW)
        await work.alerts.add(
            Alert("alert-1", YOUNG.id, NOW, REVIEW.id, who="Whoplanted", relation="plantedmother", about="Aboutplanted")
        )
        await work.frozen.add(
            FrozenWords("words-1", "alert-1", NOW, AlertRoute.PHRASE, ("plantedtopic",), words="plantedfrozen")
        )
        await work.frozen.add_media("words-1", MediaKind.VOICE, "audio/ogg", b"plantedvoice" * 100)
        await work.alert_notices.add("alert-1", 1, NoticeTo.STAFF, "staff-planted", NOW)
        await work.alert_notices.shown(account, "shown", NOW)
        await work.pictures.remember("planteddrawing", "plantedfile", NOW)
        await work.commit()


async def everything(database: Database, url: str) -> bytes:
    """All that a thief of the database gets: the files of SQLite, or every row of PostgreSQL."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))
    rows: list[bytes] = []
    async with raw(url) as connection:
        for table in Base.metadata.sorted_tables:
            found = await connection.execute(text(f'SELECT t::text FROM "{table.name}" t'))
            rows += [row.encode() for row in found.scalars()]
    return b"\n".join(rows)


def as_stored(word: bytes, url: str) -> list[bytes]:
    """A word as it could lie there: plain, wide, in hexadecimal or base64, and as PostgreSQL writes bytes in text."""
    wide = [word.decode().encode(form) for form in ("utf-16-le", "utf-16-be", "utf-32-le")]
    coded = [base64.b64encode(b"x" * at + word)[4 * bool(at) : -4] for at in range(3)]
    forms = [word, word.swapcase(), word.hex().encode(), word.hex().upper().encode(), *wide]
    forms += [each for each in coded if len(each) > 4]
    return forms if url.startswith("sqlite") else [*forms, *(each.hex().encode() for each in forms)]


async def test_a_copied_database_shows_nobodys_name_words_or_account(database: Database, url: str) -> None:
    await fill(database)
    content = await everything(database, url)
    assert b"annual" in content  # we do look at what is there
    for word in PLANTED:
        for form in as_stored(word, url):
            assert form not in content


async def test_every_sealed_column_was_filled_by_that_test(database: Database, url: str) -> None:
    await fill(database)
    async with raw(url) as connection:
        for table in Base.metadata.sorted_tables:
            if any(isinstance(column.type, SealedBytes) for column in table.columns):
                found = await connection.execute(text(f'SELECT count(*) FROM "{table.name}"'))
                assert found.scalar_one() > 0, table.name


async def test_equal_values_look_different_and_lengths_show_only_steps(database: Database, url: str) -> None:
    await planted(database)
    async with database.work() as work:
        for number, words in enumerate(("yes", "yes", "a little longer")):
            await work.conversations.record(TALK, answer(f"s{number}", words), number)
        await work.commit()
    async with raw(url) as connection:
        bodies = (await connection.execute(text("SELECT body FROM answer"))).scalars().all()
    assert len({bytes(body) for body in bodies}) == 3
    assert len({len(body) % 64 for body in bodies}) == 1


async def test_a_value_moved_to_another_row_or_table_does_not_open(database: Database, url: str) -> None:
    await planted(database)
    async with raw(url) as connection:
        row = (await connection.execute(text("SELECT body FROM staff WHERE id = 'staff-2'"))).scalar_one()
        await connection.execute(text("UPDATE staff SET body = :body WHERE id = 'staff-1'"), {"body": row})
        await connection.execute(text("UPDATE young_person SET body = :body"), {"body": row})
    async with database.reading() as work:
        with pytest.raises(KeyWrong):
            await work.staff.get(SENCO.id)
        with pytest.raises(KeyWrong):
            await work.people.get(SAM.id)


async def test_no_sealed_value_opens_anywhere_but_in_its_own_cell(database: Database, url: str) -> None:
    """Every value that a thief could move, to every place that there is: another row, another column, another table."""
    await fill(database)
    found: list[tuple[Cell, Sealed]] = []
    apart = {place.table.name for place in sealed_columns() if APART in place.table.info}
    async with raw(url) as connection:
        for place in sealed_columns():
            key = place.table.columns[row_key(place.table.info)]
            rows = await connection.execute(select(key, place.column).where(place.column.is_not(None)))
            found += [(Cell(place.table.name, place.column.name, row), Sealed(value)) for row, value in rows]
    assert {(cell.table, cell.column) for cell, _ in found} == {
        (place.table.name, place.column.name) for place in sealed_columns()
    }
    for cell, value in found:
        ring = database.vault.ring_of(apart=cell.table in apart)
        ring.open(value, cell)
        for other, _ in found:
            if other != cell:
                with pytest.raises(KeyWrong):
                    ring.open(value, other)


async def test_equal_answers_of_two_people_are_not_recognised(database: Database, url: str) -> None:
    await planted(database)
    other = ConversationId("other_talk")
    async with database.work() as work:
        await work.conversations.add(talk(None, CARER.id, other))
        for conversation in (TALK, other):
            await work.conversations.record(conversation, answer(), 1)
        await work.commit()
    async with raw(url) as connection:
        bodies = [bytes(each) for each in (await connection.execute(text("SELECT body FROM answer"))).scalars()]
    assert len(bodies) == 2
    assert len(bodies[0]) == len(bodies[1])
    same = sum(one == two for one, two in zip(bodies[0][24:], bodies[1][24:], strict=True))
    assert same < len(bodies[0]) // 8, "nothing but chance is equal in them"


async def test_plain_bytes_are_refused_by_a_sealed_column(database: Database, url: str) -> None:
    await planted(database)
    async with raw(url) as connection:
        for table in (StaffRow, YoungPersonRow, AccountRow):
            with pytest.raises(Exception, match="only a sealed value"):
                await connection.execute(change(table).values(body=b"plain"))


async def test_a_database_does_not_open_with_another_key(url: str) -> None:
    with pytest.raises(KeyWrong):
        await open_database(url, KeyRing.generate("k1"))


async def test_a_database_does_not_open_without_its_key(url: str) -> None:
    with pytest.raises(KeyMissing):
        await open_database(url, KeyRing.generate("k9"))


async def test_all_is_sealed_anew_under_a_new_key_and_the_old_one_can_go(database: Database, url: str) -> None:
    await fill(database)
    ring = fixed_keyring().rotated()
    async with await open_database(url, ring) as running:
        reports = [report async for report in reseal(running)]
        assert {report.table for report in reports} >= {
            "vault",
            "staff",
            "answer",
            "media_bytes",
            "outbox",
            "inbox",
            "frozen_words",
        }
        assert [report async for report in reseal(running)] == []
    async with await open_database(url, ring.only_current()) as after, after.reading() as work:
        assert await work.staff.by_email(SENCO.email) == SENCO
        assert await work.conversations.answers(TALK) == (answer(),)
        [frozen] = await work.frozen.of_alert("alert-1")
        assert frozen.words == "plantedfrozen"
        assert await work.media.data(MediaId("media-1")) == b"plantedvoice" * 100
        assert [row.raw for row in await work.inbox.waiting(1)] == [b"plantedraw"]
        [sent] = await work.submissions.of_review(REVIEW.id)
        assert await work.submissions.verify(sent.id)
    with pytest.raises(KeyMissing):
        await open_database(url, fixed_keyring())


async def test_a_person_who_is_forgotten_is_nowhere_any_more(database: Database, url: str) -> None:
    await fill(database)
    chat = database.blind("chat", str(CHAT))
    async with database.work() as work:
        [account] = [row for row in [await work.accounts.by_chat(CHAT)] if row]
        await work.commit()
    before = await everything(database, url)
    async with database.work() as work:
        forgotten = await work.forget.participant(YOUNG.id)
        assert forgotten.reviews == (REVIEW.id,)
        await work.commit()
    assert await database.tidy()
    content = await everything(database, url)
    for trace in (YOUNG.id, account.id, chat, TALK, "digest-1", "media-1"):
        assert trace.encode() in before
        assert trace.encode() not in content


async def test_an_account_with_another_part_outlives_one_that_is_forgotten(database: Database) -> None:
    account = await planted(database)
    async with database.work() as work:
        await work.staff.attach(SENCO.id, account)
        await work.forget.participant(YOUNG.id)
        assert await work.accounts.get(account) is not None
        assert await work.participants.get(YOUNG.id) is None
        await work.forget.participant("none")


async def test_a_forgotten_young_person_takes_reviews_and_everybody_in_them_along(database: Database) -> None:
    account = await planted(database)
    async with database.work() as work:
        await work.forget.young_person(SAM.id)
        assert await work.reviews.all() == []
        assert await work.participants.of_young_person(SAM.id) == []
        assert await work.conversations.get(TALK) is None
        assert await work.accounts.get(account) is None
        assert len(await work.staff.all()) == 2


async def test_what_is_settled_or_done_loses_its_content(database: Database, url: str) -> None:
    account = await planted(database)
    async with database.work() as work:
        for key in ("sent", "rejected", "cancelled"):
            await work.outbox.add(message(account, key))
        [first] = await work.outbox.claim(NOW, 1)
        await work.outbox.sent(first.id, 1, NOW)
        [second] = await work.outbox.claim(NOW, 1)
        await work.outbox.settle(second.id, OutState.REJECTED, NOW)
        await work.outbox.cancel_for(account_id=account)
        await work.inbox.put([(1, CHAT, b"plantedraw")], NOW)
        [update] = await work.inbox.waiting(1)
        await work.inbox.done(update.id)
        await work.commit()
    async with raw(url) as connection:
        kept = await connection.execute(
            text(
                "SELECT payload FROM outbox WHERE payload IS NOT NULL UNION SELECT raw FROM inbox WHERE raw IS NOT NULL"
            )
        )
        assert kept.all() == []
