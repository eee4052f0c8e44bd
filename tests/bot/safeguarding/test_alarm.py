"""What an alert knows and does besides its stages: who can be told, what is kept apart, who is written to."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.safeguarding.alarm import Known, release, seen
from bot.safeguarding.kept_back import kept_back
from conversations.effects import AlertRoute, DeleteAnswers, KeepNote, RaiseAlert, Turn
from conversations.lines import Line
from conversations.state import Answer, ConversationId, Media, MediaId, MediaKind
from storage.records import Participant, StoredMedia
from storage.records.alerts import AlertState
from storage.unit_of_work import UnitOfWork
from tests.bot.college import HALL, NOW, REID, College
from tests.storage.samples import TALK, talk

WORDS = "He hits me."
RAISED = RaiseAlert(AlertRoute.PHRASE, ("hurt",), words=WORDS)


@pytest.fixture
async def sam(college: College) -> Participant:
    made = await college.plan()
    await college.joins(made.invitations[0].participant_id, 700)
    async with college.database.work() as work:
        person = await work.participants.get(made.invitations[0].participant_id)
        assert person is not None
        await work.conversations.add(replace(talk(person.account_id, person.id), review_id=made.review.id))
        await work.commit()
    await college.queued()
    return person


async def raised(college: College, work: UnitOfWork, sam: Participant, what: RaiseAlert = RAISED) -> str:
    [review] = await work.reviews.of_young_person(sam.young_person_id)
    return await college.bot.safeguarding.alarm.raise_alert(work, sam, review.id, what, NOW)


async def in_telegram(college: College, *staff_ids: str) -> None:
    async with college.database.work() as work:
        for number, staff_id in enumerate(staff_ids):
            await work.staff.attach(staff_id, (await work.accounts.add(900 + number)).id)
        await work.commit()
    await college.bot.safeguarding.learn()


async def test_a_conversation_knows_by_when_an_alert_is_seen_and_that_nobody_can_be_told(
    college: College, sam: Participant
) -> None:
    async def by(now_known: bool) -> None:
        async with college.database.reading() as work:
            conversation = await work.conversations.get(TALK)
            assert conversation is not None
            moment = await college.bot.intake.turns.talking.opening.moment(work, conversation, "cause")
        expected = NOW + timedelta(minutes=30) if now_known else None
        assert moment.facts.alert_seen_by == expected

    await college.bot.safeguarding.learn()
    await by(now_known=False)  # no mail, and nobody of the team is in Telegram
    await in_telegram(college, REID.id)
    await by(now_known=True)
    async with college.database.work() as work:
        await work.staff.end(HALL.id)
        await work.commit()
    await college.bot.safeguarding.learn()
    await by(now_known=False)  # a team of one is none


async def test_nobody_can_be_told_while_a_notice_does_not_get_through(college: College, sam: Participant) -> None:
    await in_telegram(college, REID.id)
    alarm = college.bot.safeguarding.alarm
    async with college.database.work() as work:
        alert_id = await raised(college, work, sam)
        await work.commit()
    await college.bot.safeguarding.tick()
    assert alarm.seen_by(NOW) is not None, "it is on its way"
    college.clock.move_by(timedelta(minutes=2))
    await college.bot.safeguarding.tick()
    assert alarm.seen_by(NOW) is None
    [nobody] = await college.said_to(sam.account_id or "")
    assert nobody == college.bot.lines[Line.ALERT_NOBODY_NOW]
    await college.bot.safeguarding.tick()
    await college.bot.safeguarding.tick()
    assert alarm.seen_by(NOW) is not None, "looking at the outbox has sent the notice"
    assert await college.said_to(sam.account_id or "") == [], "it is said once"
    async with college.database.reading() as work:
        alert = await work.alerts.get(alert_id)
    assert alert is not None
    assert alert.reached_at is not None


@pytest.mark.parametrize("note_first", [True, False])
async def test_words_that_are_a_note_too_are_kept_from_the_named_professional(
    college: College, sam: Participant, note_first: bool
) -> None:
    talking = college.bot.intake.turns.talking
    voice = Media(MediaId("m" * 32), MediaKind.VOICE)
    async with college.database.work() as work:
        conversation = await work.conversations.get(TALK)
        assert conversation is not None
        await work.media.arrived(StoredMedia(voice.id, sam.id, ConversationId(TALK), voice.kind, "file"))
        if not note_first:
            await raised(college, work, sam)
            await raised(college, work, sam, RaiseAlert(AlertRoute.MORE, media=(voice,)))
        moment = await talking.opening.moment(work, conversation, "cause")
        effects = (KeepNote(WORDS), KeepNote("", (voice,)), KeepNote("Something else."))
        await talking.carry_out.turn(moment, Turn(conversation.state, effects))
        if note_first:
            await raised(college, work, sam)
            await raised(college, work, sam, RaiseAlert(AlertRoute.MORE, media=(voice,)))
        notes = await work.notes.of_participant(sam.id)
        assert {note.words: note.alert_id is not None for note in notes if not note.media} == {
            WORDS: True,
            "Something else.": False,
        }
        assert [note.alert_id is not None for note in notes if note.media] == [True]
        [alert] = await work.alerts.of_participant(sam.id)
        assert await seen(work, alert, REID, NOW)
        assert [note.words for note in await work.notes.unread()] == ["Something else."]


@pytest.mark.parametrize("alarming", [True, False])
async def test_the_named_professional_does_not_hear_that_words_came_which_are_for_the_team(
    college: College, sam: Participant, alarming: bool
) -> None:
    okafor = await college.staff_joins()
    talking = college.bot.intake.turns.talking
    async with college.database.work() as work:
        conversation = await work.conversations.get(TALK)
        assert conversation is not None
        moment = await talking.opening.moment(work, conversation, "cause")
        effects = (KeepNote(WORDS), RAISED) if alarming else (KeepNote("The bus is late."),)
        await talking.carry_out.turn(moment, Turn(conversation.state, effects))
        await work.commit()
    assert len(await college.said_to(okafor)) == (0 if alarming else 1)


async def test_a_voice_that_is_frozen_and_has_not_come_yet_stays_when_answers_are_deleted(
    college: College, sam: Participant
) -> None:
    talking = college.bot.intake.turns.talking
    frozen, other = (Media(MediaId(sign * 32), MediaKind.VOICE) for sign in "mn")
    async with college.database.work() as work:
        conversation = await work.conversations.get(TALK)
        assert conversation is not None
        for each in (frozen, other):
            await work.media.arrived(StoredMedia(each.id, sam.id, ConversationId(TALK), each.kind, "file"))
        await raised(college, work, sam)
        await raised(college, work, sam, RaiseAlert(AlertRoute.MORE, media=(frozen,)))
        moment = await talking.opening.moment(work, conversation, "cause")
        await talking.carry_out.turn(moment, Turn(conversation.state, (DeleteAnswers(),)))
        assert [each.id for each in await work.media.of_participant(sam.id)] == [frozen.id]


async def test_whoever_is_asked_for_about_staff_reads_what_was_said_before_too(
    college: College, sam: Participant
) -> None:
    voice = Media(MediaId("m" * 32), MediaKind.VOICE)
    async with college.database.work() as work:
        await work.media.arrived(StoredMedia(voice.id, sam.id, None, voice.kind, "file"))
        await work.media.kept(voice.id, b"voice", "audio/ogg")
        await raised(college, work, sam, replace(RAISED, step="going", item="safe"))
        await raised(college, work, sam, RaiseAlert(AlertRoute.MORE, media=(voice,)))
        for_team = await work.alerts.of_participant(sam.id)
        about_staff = await raised(college, work, sam, RaiseAlert(AlertRoute.ASKED, elsewhere=True))
        read = await work.frozen.of_alert(about_staff)
        assert [each.words for each in read] == [WORDS, "", ""]
        [copied] = [medium for each in read for medium in await work.frozen.media_of(each.id)]
        assert await work.frozen.data(copied.id) == b"voice"
        assert len(await work.frozen.of_alert(for_team[0].id)) == 2, "the team's own stay where they are"
        review = for_team[0].review_id
        assert await kept_back(work, sam.id, review) == {("going", "safe")}
        assert await release(work, for_team[0], REID, NOW)
        assert await kept_back(work, sam.id, review) == frozenset(), "released once is released"


async def test_what_was_closed_before_is_nobody_elses(college: College, sam: Participant) -> None:
    async with college.database.work() as work:
        closed = await raised(college, work, sam)
        await work.alerts.seen(closed, REID.id, NOW)
        await work.alerts.close(closed, REID.id, NOW, real=False)
        about_staff = await raised(college, work, sam, RaiseAlert(AlertRoute.ASKED, elsewhere=True))
        assert [each.words for each in await work.frozen.of_alert(about_staff)] == [""]


@pytest.mark.parametrize("answer", ["shared", "no"])
async def test_where_it_is_not_safe_to_write_nothing_follows(college: College, sam: Participant, answer: str) -> None:
    flow = college.bot.catalogue.current("carer")
    assert flow is not None
    async with college.database.work() as work:
        talked = await work.conversations.get(TALK)
        assert talked is not None
        said = Answer("safe_here", NOW, choices=(answer,))
        carers = replace(talked.state, script="carer", version=flow.version, answers=(said,))
        other = replace(talked, id=ConversationId("c" * 22), script="carer", version=flow.version, state=carers)
        await work.conversations.add(other)
        await work.commit()
    async with college.database.work() as work:
        await raised(college, work, sam)
        [alert] = await work.alerts.of_participant(sam.id)
        await seen(work, alert, REID, NOW)
        await work.commit()
    await college.bot.safeguarding.tick()
    assert await college.said_to(sam.account_id or "") == []
    async with college.database.reading() as work:
        assert await work.alerts.to_tell() == []


async def test_closed_alerts_go_when_their_days_are_over_and_open_ones_never(
    college: College, sam: Participant
) -> None:
    async with college.database.work() as work:
        await raised(college, work, sam)
        closed = await raised(college, work, sam, replace(RAISED, elsewhere=True))
        await work.alerts.seen(closed, REID.id, NOW)
        await work.alerts.close(closed, REID.id, NOW, real=True)
        await work.commit()
    college.clock.move_by(timedelta(days=6 * 365))
    await college.bot.keeping.retention.run()
    async with college.database.reading() as work:
        assert len(await work.alerts.all()) == 2, "six years are not over"
    college.clock.move_by(timedelta(days=3))
    await college.bot.keeping.retention.run()
    async with college.database.reading() as work:
        assert [each.state for each in await work.alerts.all()] == [AlertState.WAITING]


async def test_what_is_not_known_yet_promises_nothing(college: College) -> None:
    alarm = college.bot.safeguarding.alarm
    alarm.known = Known()
    assert alarm.seen_by(NOW) is None
    assert not alarm.is_open(NOW)
