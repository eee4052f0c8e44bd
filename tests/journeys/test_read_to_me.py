"""Staff read questions aloud through the bot, and the people who are asked them listen."""

from __future__ import annotations

import pytest

from bot.demo import clips
from bot.demo.messages import Kind, ShownMessage
from bot.demo.people import Person
from bot.recording import RECORD, spot_in
from conversations.lines import Line
from conversations.script import Role
from conversations.spoken import passages
from storage.records import Duty, Participant, ParticipantState, Recording, Staff, YoungPerson
from tests.journeys.college import OPENS, College, by_bot, codes, heard, invitation_of

SOUND = clips.voice(3)


async def press(here: College, person: Person, verb: str) -> None:
    """Press a button of the studio on the newest message that has it."""
    await person.press(lambda button: (button.data or "").startswith(f"{RECORD}{verb}"))
    await here.stage.calm()


async def begins(here: College) -> None:
    await here.okafor.type("/record")
    await here.stage.calm()
    await press(here, here.okafor, "go:young_person")


async def records(here: College, sound: bytes = SOUND) -> None:
    await here.okafor.send_voice(sound, 3)
    await here.stage.calm()


async def kept(here: College) -> list[Recording]:
    async with here.stage.database.reading() as work:
        return await work.recordings.all()


def played(person: Person) -> list[ShownMessage]:
    return [each for each in by_bot(person) if each.attachment and each.attachment.kind is Kind.VOICE]


def shown(person: Person) -> set[str]:
    return {code.split(":", 3)[-1] for code in codes(person)}


async def at_the_first_question(here: College) -> Person:
    """Sam, at the question that is recorded first."""
    planned = await here.plan()
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(planned, "Sam"))
    await here.at(OPENS)
    return sam


async def test_each_recording_brings_the_next_question_and_people_can_listen(here: College) -> None:
    flow = here.stage.bot.catalogue.current("young_person")
    assert flow is not None
    plain = [each for each in passages(flow) if not each.personal]
    await begins(here)
    assert all(line in heard(here.okafor)[-1] for line in plain[0].lines)
    for _ in range(2):
        await records(here)
    assert here.line(Line.RECORD_SAVED) in heard(here.okafor)
    assert all(line in heard(here.okafor)[-1] for line in plain[2].lines)
    assert [(each.step, each.item, each.mime) for each in await kept(here)] == sorted(
        (each.step, each.item, "audio/ogg") for each in plain[:2]
    )
    async with here.stage.database.reading() as work:
        assert {line.what for each in await kept(here) for line in await work.audit.about(each.id)} == {"recorded"}
    sam = await at_the_first_question(here)
    await here.press(sam, "d:read", "d:read")
    first, second = played(sam)
    assert first.content == second.content == SOUND
    assert first.attachment == second.attachment, "uploaded once, sent by its name after that"


async def test_a_name_that_telegram_takes_no_more_is_uploaded_anew(here: College) -> None:
    await begins(here)
    await records(here)
    [recording] = await kept(here)
    async with here.stage.database.work() as work:
        await work.recordings.sent_as(recording.id, "of-another-bot")
        await work.commit()
    sam = await at_the_first_question(here)
    await here.press(sam, "d:read")
    assert played(sam)[0].content == SOUND
    [again] = await kept(here)
    assert again.file_id not in {"", "of-another-bot"}


async def test_without_a_recording_there_is_no_button(here: College) -> None:
    sam = await at_the_first_question(here)
    assert "d:read" not in shown(sam)


async def test_a_newer_recording_takes_the_place_of_the_older_and_can_be_heard(here: College) -> None:
    await begins(here)
    await records(here)
    await press(here, here.okafor, "go:young_person:en:0")
    assert here.line(Line.RECORD_HAVE) in heard(here.okafor)[-1]
    newer = clips.voice(5)
    await records(here, newer)
    await press(here, here.okafor, "go:young_person:en:0")
    await press(here, here.okafor, "hear")
    assert played(here.okafor)[-1].content == newer
    assert len(await kept(here)) == 1


@pytest.mark.parametrize(
    "sound", [b"", clips.voice(0), b"MZ program", clips.photo()], ids=["empty", "0s", "exe", "jpg"]
)
async def test_what_is_no_recording_is_asked_for_again(here: College, sound: bytes) -> None:
    await begins(here)
    await records(here, sound)
    assert here.line(Line.RECORD_FAILED) in heard(here.okafor)
    assert "Number 1 of" in heard(here.okafor)[-1]
    assert await kept(here) == []


async def test_stop_ends_it_and_a_restart_does_not(here: College) -> None:
    await begins(here)
    await here.stage.restart()
    await records(here)
    assert len(await kept(here)) == 1
    await press(here, here.okafor, "stop")
    await records(here)
    assert len(await kept(here)) == 1
    assert heard(here.okafor)[-1] == here.line(Line.STAFF_NOTHING_HERE)


async def test_the_last_one_ends_it(here: College) -> None:
    flow = here.stage.bot.catalogue.current("young_person")
    assert flow is not None
    count = sum(not each.personal for each in passages(flow))
    await begins(here)
    for _ in range(count):
        await records(here)
    assert heard(here.okafor)[-1] == here.line(Line.RECORD_DONE)
    assert len(await kept(here)) == count


async def test_words_that_changed_since_are_not_read(here: College) -> None:
    await begins(here)
    await records(here)
    [recording] = await kept(here)
    async with here.stage.database.work() as work:
        await work.recordings.delete(recording.id)
        older = Recording(
            "old", recording.script, recording.step, recording.item, "en", "older words", recording.by, recording.at
        )
        await work.recordings.arrived(older)
        await work.recordings.kept(older, SOUND, "audio/ogg")
        await work.commit()
    sam = await at_the_first_question(here)
    assert "d:read" not in shown(sam)
    await press(here, here.okafor, "go:young_person:en:0")
    assert here.line(Line.RECORD_OLD) in heard(here.okafor)[-1]


async def test_only_staff_with_the_duty_record(here: College) -> None:
    hall = here.phone("Hall")
    async with here.stage.database.work() as work:
        account = await work.accounts.add(hall.id)
        await work.staff.add(Staff("st-new", "Mr New", "Lead", "new@example.org", frozenset({Duty.SAFEGUARDING})))
        await work.staff.attach("st-new", account.id)
        staff = await work.staff.by_email("okafor@example.org")
        assert staff is not None
        assert Duty.PROFESSIONAL in staff.duties
        await work.staff.end(staff.id)
        await work.commit()
    for person in (here.okafor, here.phone("Sam"), hall):
        await person.type("/record")
        await person.press_data(1, f"{RECORD}go:young_person:en:0")
        await here.stage.calm()
        assert not any("Number 1 of" in text for text in heard(person))


async def test_a_colleague_who_is_also_asked_is_never_recorded(here: College) -> None:
    await begins(here)
    async with here.stage.database.work() as work:
        account = await work.accounts.by_chat(here.okafor.id)
        assert account is not None
        await work.people.add(YoungPerson("yp-own", "Kim"))
        await work.participants.add(Participant("pa-own", "yp-own", Role.CARER, "father", "Mr Okafor"))
        await work.participants.attach("pa-own", account.id)
        await work.participants.set_state("pa-own", ParticipantState.JOINED)
        await work.commit()
    await records(here)
    await here.okafor.type("/record")
    await records(here)
    assert await kept(here) == []
    assert here.line(Line.STAFF_NOTHING_HERE) in heard(here.okafor)


@pytest.mark.parametrize(
    "code", ["", "x", "a:b", "a:b:c", "a:b:-1", "a:b:99999", "nobody:en:0", "young_person:en:9999"]
)
async def test_a_forged_button_does_no_harm(here: College, code: str) -> None:
    await here.okafor.press_data(1, f"{RECORD}go:{code}")
    await here.okafor.press_data(1, f"{RECORD}hear:{code}")
    await here.stage.calm()
    assert await kept(here) == []
    assert spot_in("a:b:c") is None
