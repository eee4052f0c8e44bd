"""Somebody may not be safe: each route, in hours and out of them, and everything that can be in the way."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import clips
from bot.demo.people import Person
from bot.demo.stage import Terms
from bot.reviewing import Planned
from bot.rights.gathering import gathered
from bot.safeguarding.alarm import release
from conversations.effects import AlertRoute, RaiseAlert
from conversations.lines import Line
from conversations.state import Media
from storage.records.alerts import AlertState
from tests.journeys.alarmed import (
    CONTACT,
    EVENING,
    OUT_OF_HOURS,
    TEAM,
    WORDS,
    alerts,
    holds_no_content,
    joins,
    listens,
    mailed,
    presses,
    rings,
)
from tests.journeys.college import (
    ANN,
    CLOSES,
    OPENS,
    SCRIPTS,
    STARTS,
    College,
    all_heard,
    by_bot,
    college,
    heard,
    invitation_of,
)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[College]:
    async with college(tmp_path, Terms(scripts=SCRIPTS, lock_wait=0.05)) as made:
        await joins(made, "reid@example.org", "Reid")
        listens(made)
        yield made


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    return planned


@pytest.fixture
def sam(here: College, made: Planned) -> Person:
    return here.phone("Sam")


async def test_the_button_in_hours_is_told_to_the_whole_team_read_and_seen(
    here: College, made: Planned, sam: Person
) -> None:
    await here.comes_in(here.phone("Ann"), invitation_of(made, "Ann"))
    said = await rings(here, sam)
    assert said.startswith("Thank you for telling me.\n\nI am telling Ms Reid now. They see it by")
    assert "10:30" in said
    assert "Monday 28 September 2026" in said
    await rings(here, sam)
    [alert] = await alerts(here)
    assert sorted(mailed(here)) == sorted(TEAM), "both, once"
    assert holds_no_content(here)
    reid, okafor = here.phone("Reid"), here.okafor
    assert heard(reid)[-1] == here.line(Line.STAFF_ALERT, number=alert.id[-6:])
    assert "needs reading" not in all_heard(okafor) + all_heard(here.phone("Ann"))
    await okafor.press_data(okafor.last().id, f"desk:alert:read:{alert.id}")
    await here.stage.calm()
    assert okafor.toasts[-1].text == here.line(Line.STAFF_ALERT_NOT_YOURS)
    await presses(here, reid, "read")
    assert "is from Sam" in heard(reid)[-1]
    assert by_bot(reid)[-1].protected
    await presses(here, reid, "seen")
    assert heard(sam)[-1] == here.line(Line.ALERT_SEEN, name="Ms Reid")
    [alert] = await alerts(here)
    assert (alert.state, alert.due_at) == (AlertState.SEEN, None)
    await here.later(timedelta(hours=3))
    assert "Nobody has read" not in all_heard(reid)
    await here.later(timedelta(hours=20))
    assert "is from Sam" not in all_heard(reid), "frozen words leave the chat within a day"
    async with here.stage.database.reading() as work:
        assert [line.what for line in await work.audit.about(alert.id)] == ["alert_raised", "alert_read", "alert_seen"]


async def test_a_phrase_in_the_evening_goes_out_of_hours_at_once_and_not_to_the_named_professional(
    here: College, made: Planned, sam: Person
) -> None:
    await here.at(EVENING)
    await here.press(sam, "o:understand", "+:sport", "d:done")
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    before = len(by_bot(sam))
    await here.say(sam, "I had toast for breakfast.", WORDS)
    assert heard(sam)[before].startswith("Thank you. I have kept this."), "a near miss raises nothing"
    answer = heard(sam)[-1]
    assert answer.startswith(here.line(Line.ALERT_IMPORTANT))
    assert "Monday 19 October 2026" in answer
    assert "01632 960000" in answer
    assert sorted(mailed(here)) == sorted([*TEAM, OUT_OF_HOURS])
    assert holds_no_content(here)
    person_id = invitation_of(made, "Sam").participant_id
    note = (await here.notes(person_id))[-1]
    [alert] = await alerts(here)
    assert (note.words, note.alert_id, note.read_due) == (WORDS, alert.id, None)
    await presses(here, here.phone("Reid"), "read")
    assert f"“{WORDS}”" in all_heard(here.phone("Reid"))
    await presses(here, here.phone("Reid"), "seen")
    assert heard(sam)[-1] == answer, "they had stopped: nothing follows in Telegram"
    await here.say(sam, "/complain", WORDS)
    assert heard(sam)[-2].startswith("Thank you. Your complaint goes to")
    assert heard(sam)[-1].startswith(here.line(Line.ALERT_IMPORTANT)), "a complaint waits a month, and this does not"
    assert [each.state for each in await alerts(here)] == [AlertState.WAITING, AlertState.SEEN]


async def test_nobody_answers_then_the_deputy_then_out_of_hours_and_a_restart_forgets_nothing(
    here: College, made: Planned, sam: Person
) -> None:
    await rings(here, sam)
    here.stage.mailbox.messages.clear()
    await here.stage.stop()
    here.stage.clock.move_to(STARTS + timedelta(minutes=31))
    await here.stage.restart()
    await here.stage.calm()
    assert mailed(here) == ["hall@example.org"]
    await here.later(timedelta(minutes=29))
    assert mailed(here) == ["hall@example.org"], "not before the time is over"
    await here.later(timedelta(minutes=2))
    assert sorted(mailed(here)) == sorted(["hall@example.org", *TEAM, OUT_OF_HOURS])
    assert all_heard(here.phone("Reid")).count("Nobody has read message") == 1
    await here.later(timedelta(days=1))
    assert mailed(here).count(OUT_OF_HOURS) == 2, "and every day, until somebody has seen it"


async def test_with_mail_and_telegram_down_it_is_kept_said_and_tried_again(
    here: College, made: Planned, sam: Person
) -> None:
    reid = here.phone("Reid")
    await reid.block_bot()
    await here.stage.mailbox.go_down()
    await here.say(sam, WORDS)
    [alert] = await alerts(here)
    assert heard(sam)[-1] == here.line(Line.ALERT_NOBODY_NOW)
    assert here.stage.bot.safeguarding.alarm.seen_by(here.stage.clock.now()) is None
    await here.say(sam, "And again he hits me.")
    assert heard(sam)[-1].endswith(here.line(Line.ALERT_NOBODY_NOW)), "the next words hear it at once"
    await here.stage.mailbox.come_up()
    await here.later(timedelta(minutes=2))
    assert sorted(mailed(here)) == sorted(TEAM)
    assert here.stage.bot.safeguarding.alarm.seen_by(here.stage.clock.now()) is not None
    async with here.stage.database.reading() as work:
        assert [words.words for words in await work.frozen.of_alert(alert.id)] == [WORDS, "And again he hits me."]


async def test_a_concern_about_staff_goes_past_the_team_to_its_own_contact(
    here: College, made: Planned, sam: Person
) -> None:
    await joins(here, CONTACT, "Patel")
    said = await rings(here, sam, elsewhere=True)
    assert "Ms Patel" in said
    assert "Ms Reid" not in said
    assert mailed(here) == [CONTACT]
    assert "needs reading" not in all_heard(here.phone("Reid")) + all_heard(here.okafor)
    [alert] = await alerts(here)
    reid = here.phone("Reid")
    await reid.press_data(reid.last().id, f"desk:alert:read:{alert.id}")
    await here.stage.calm()
    assert reid.toasts[-1].text == here.line(Line.STAFF_ALERT_NOT_YOURS)
    await here.later(timedelta(minutes=31))
    assert sorted(mailed(here)[1:]) == sorted([CONTACT, OUT_OF_HOURS]), "nobody answers: past the setting"
    await presses(here, here.phone("Patel"), "seen")
    assert heard(sam)[-1] == here.line(Line.ALERT_SEEN, name="Ms Patel")


async def test_with_the_database_off_it_is_sealed_to_a_file_mailed_and_loaded_later(
    here: College, made: Planned, sam: Person
) -> None:
    name = here.stage.settings.database_url.removeprefix("sqlite:///")
    folder = here.stage.settings.alert_path
    with closing(sqlite3.connect(name, isolation_level=None)) as thief:
        thief.execute("BEGIN EXCLUSIVE")
        said = await here.stage.bot.safeguarding.bell.rung(sam.id, 1, elsewhere=False)
        [file] = folder.iterdir()
        assert str(sam.id).encode() not in file.read_bytes()
        assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
        thief.execute("ROLLBACK")
    assert said.startswith(here.line(Line.ALERT_THANKS))
    assert sorted(mailed(here)) == sorted(TEAM)
    assert "database" in here.mails[-1]
    await here.stage.calm()
    [alert] = await alerts(here)
    assert (alert.who, list(folder.iterdir())) == ("Sam", [])
    assert sorted(mailed(here)) == sorted([*TEAM, *TEAM])
    (folder / "0.alert").write_bytes(b"no call at all")
    await here.stage.calm()
    assert await rings(here, here.phone("Stranger")) == here.line(Line.ALERT_STRANGER)
    assert len(await alerts(here)) == 1, "a file that does not open stops nothing, and a stranger raises nothing"


async def test_an_answer_is_in_no_mail_and_in_the_persons_own_copy_until_it_is_released(
    here: College, made: Planned, sam: Person
) -> None:
    await here.at(OPENS)
    await here.sends(sam, "Quince-canary, in the lift.")
    person_id = invitation_of(made, "Sam").participant_id
    [answer] = [each for each in (await here.conversation(person_id)).state.answers if "Quince" in each.words]
    async with here.stage.database.work() as work:
        person = await work.participants.get(person_id)
        assert person is not None
        raised = RaiseAlert(AlertRoute.ANSWER, step=answer.step, item=answer.item, words=answer.words)
        alert_id = await here.stage.bot.safeguarding.alarm.raise_alert(work, person, made.review.id, raised, OPENS)
        await work.commit()
    await here.stage.calm()
    await presses(here, here.phone("Reid"), "read")
    assert "“Quince-canary, in the lift.”" in all_heard(here.phone("Reid"))
    await presses(here, here.phone("Reid"), "seen")
    await here.at(CLOSES)
    assert "The digest for Sam" in all_heard(here.okafor)
    assert all("Quince" not in mail for mail in here.mails)
    assert await here.verified(person_id), "the receipt stands for all that was sent"
    async with here.stage.database.work() as work:
        own = await gathered(work, here.stage.bot.catalogue, person.account_id or "", CLOSES)
        alert, reid = await work.alerts.get(alert_id), await work.staff.by_email("reid@example.org")
        assert alert is not None
        assert reid is not None
        await release(work, alert, reid, CLOSES)
        await work.commit()
    assert "Quince" in repr([each.words for each in own.parts[0].reviews[0].sendings[0].answers] if own else "")
    await here.later(timedelta(hours=1))
    assert "Quince-canary, in the lift." in here.mails[-1]


async def test_a_voice_message_is_frozen_and_outlives_everything_else_of_the_person(
    here: College, made: Planned, sam: Person
) -> None:
    await sam.send_photo(clips.photo(), WORDS)
    await here.stage.calm()
    assert heard(sam)[-1] == here.line(Line.ALERT_MEDIA_KEPT)
    await here.at(OPENS)
    await sam.send_voice(clips.voice(2), 2)
    await here.stage.calm()
    async with here.stage.database.work() as work:
        person = await here.participant(invitation_of(made, "Sam").participant_id)
        [_, voice] = await work.media.of_participant(person.id)
        raised = RaiseAlert(AlertRoute.MORE, media=(Media(voice.id, voice.kind),))
        await here.stage.bot.safeguarding.alarm.raise_alert(work, person, made.review.id, raised, OPENS)
        await work.commit()
    assert "to keep you safe stays" in here.line(Line.DELETE_ASK)
    await here.leaves_for_good(sam)
    found = await alerts(here)
    assert [each.participant_id for each in found] == [None]
    async with here.stage.database.reading() as work:
        words = await work.frozen.of_alert(found[0].id)
        kept = [await work.frozen.media_of(each.id) for each in words]
        assert [len(each) for each in kept] == [1, 1]
        assert await work.frozen.data(kept[1][0].id) == clips.voice(2)
    before = len(by_bot(sam))
    await presses(here, here.phone("Reid"), "read")
    assert WORDS in all_heard(here.phone("Reid"))
    assert by_bot(here.phone("Reid"))[-1].content
    await presses(here, here.phone("Reid"), "seen")
    assert len(by_bot(sam)) == before


async def test_unread_words_that_are_overdue_are_told_to_the_coordinator_once_a_day(
    here: College, made: Planned, sam: Person
) -> None:
    await joins(here, CONTACT, "Patel")
    await here.say(sam, "Before you ask, I am worried.")
    [note] = await here.notes(invitation_of(made, "Sam").participant_id)
    assert note.read_due is not None
    overdue = here.line(Line.STAFF_NOTE_OVERDUE, name="Sam")
    await here.at(datetime(2026, 11, 3, 12, 0, tzinfo=UTC))
    assert overdue not in heard(here.phone("Patel"))
    await here.at(datetime(2026, 11, 4, 12, 0, tzinfo=UTC))
    await here.later(timedelta(hours=1))
    assert heard(here.phone("Patel")).count(overdue) == 1
    await here.later(timedelta(days=1))
    assert heard(here.phone("Patel")).count(overdue) == 2
