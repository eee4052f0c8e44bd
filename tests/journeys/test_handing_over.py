"""Another colleague runs a review: people are told first, may say no, and nothing is opened before (decision 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.changes.handing_over import HandedOver, HandOverFault, Wanted, hand_coordination, hand_over
from bot.demo.cast import PROFESSIONAL
from bot.demo.people import Person
from bot.documents.own_data import own_data_pdf
from bot.prompt_rows import PromptKind
from bot.reviewing import Planned
from bot.rights.gathering import gathered
from conversations.lines import Line
from storage.ids import new_id
from storage.records import ConversationStatus, Duty, Staff
from tests.bot.documents.samples import WORDS, read, squeezed
from tests.journeys.college import ANN, CLOSES, OPENS, College, heard, invitation_of

pytestmark = pytest.mark.uncounted

BELL = Staff("st-bell", "Miss Bell", "Tutor", "bell@example.org", frozenset({Duty.PROFESSIONAL, Duty.COORDINATOR}))


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(planned, name))
    return planned


@pytest.fixture
async def bell(here: College) -> Person:
    phone = here.phone("Bell")
    await here.say(phone, "/start")
    async with here.stage.database.work() as work:
        account = await work.accounts.add(phone.id)
        await work.staff.add(BELL)
        await work.staff.attach(BELL.id, account.id)
        await work.commit()
    return phone


async def hands_over(here: College, made: Planned, reason: str = "") -> HandedOver | HandOverFault:
    async with here.stage.database.work() as work:
        review, staff = await work.reviews.get(made.review.id), await work.staff.by_email(BELL.email)
        assert review is not None
        done = await hand_over(work, review, Wanted(staff, reason), "operator", here.stage.clock.now())
        await work.commit()
    await here.stage.calm()
    return done


async def everybody_sends(here: College) -> None:
    await here.at(OPENS)
    await here.sends(here.phone("Sam"), "A quiet room, says Sam.")
    await here.sends(here.phone("Ann"), "A bus pass, says Ann.")
    await here.at(CLOSES)


async def opens(here: College, phone: Person) -> list[str]:
    """Press Open below the newest notice; the words of what came, or the toast where nothing did."""
    before = len(phone.messages)
    await phone.press(lambda button: (button.data or "").startswith("desk:open:"))
    await here.stage.calm()
    files = [each.attachment.fields for each in phone.messages[before:] if each.attachment is not None]
    names = [str(each["file_name"]) for each in files if isinstance(each, dict)]
    return names if names else [phone.toasts[-1].text]


def mails_to_bell(here: College) -> list[str]:
    return [
        text
        for mail, text in zip(here.stage.mailbox.messages, here.mails, strict=True)
        if BELL.email in mail.recipients
    ]


async def test_after_send_people_are_told_and_nothing_is_opened_for_two_school_days(
    here: College, made: Planned, bell: Person
) -> None:
    await everybody_sends(here)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    done = await hands_over(here, made)
    assert isinstance(done, HandedOver)
    assert (done.told, done.in_person) == (2, ())
    told = heard(sam)[-1]
    assert told.startswith("Miss Bell runs the review now, in place of Mr Okafor.")
    assert "from Friday 6 November 2026 on" in told, "told on Tuesday; Wednesday and Thursday lie between"
    assert heard(ann)[-1] == told
    assert heard(here.okafor)[-1].endswith("Please destroy what you have of it, on paper too.")
    not_yet = here.line(Line.STAFF_NOT_YET_YOURS)
    await here.later(timedelta(minutes=5))
    assert await opens(here, bell) == [not_yet]
    assert mails_to_bell(here) == []
    await here.at(datetime(2026, 11, 5, 22, tzinfo=UTC))
    assert await opens(here, bell) == [not_yet]
    await here.at(datetime(2026, 11, 6, 8, tzinfo=UTC))
    assert "review.pdf" in await opens(here, bell)
    assert any("A quiet room, says Sam." in each for each in mails_to_bell(here))


async def test_whoever_read_before_reads_nothing_more_at_once(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    assert isinstance(await hands_over(here, made), HandedOver)
    assert await opens(here, here.okafor) == [here.line(Line.STAFF_NOT_YOURS)]


async def test_a_weekend_does_not_count(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    await here.at(datetime(2026, 11, 6, 12, tzinfo=UTC))
    await hands_over(here, made)
    assert "from Wednesday 11 November 2026 on" in heard(here.phone("Sam"))[-1]
    await here.at(datetime(2026, 11, 10, 20, tzinfo=UTC))
    assert await opens(here, bell) == [here.line(Line.STAFF_NOT_YET_YOURS)]
    await here.at(datetime(2026, 11, 11, 8, tzinfo=UTC))
    assert "review.pdf" in await opens(here, bell)


async def test_who_says_no_is_left_out_whole_and_the_others_are_not(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    await hands_over(here, made)
    sam = here.phone("Sam")
    await sam.press(here.line(Line.NEW_READER_NO))
    await here.stage.calm()
    assert heard(sam)[-1].startswith("OK. Miss Bell does not get your words.")
    count = len(heard(sam))
    await sam.press(here.line(Line.NEW_READER_NO))
    await here.stage.calm()
    assert len(heard(sam)) == count, "a second press does nothing"
    async with here.stage.database.reading() as work:
        account = await work.accounts.by_chat(sam.id)
        assert account is not None
        mine = await gathered(work, here.stage.bot.catalogue, account.id, here.stage.clock.now())
    assert mine is not None
    assert [each.said_no_to for part in mine.parts for each in part.reviews] == [("Miss Bell",)]
    assert squeezed("You said no to Miss Bell as a reader.") in squeezed(read(own_data_pdf(mine, WORDS)))
    await here.at(datetime(2026, 11, 6, 12, tzinfo=UTC))
    await opens(here, bell)
    mail = mails_to_bell(here)[-1]
    assert "A quiet room" not in mail
    assert "This copy has no words from Sam." in mail
    assert "A bus pass, says Ann." in mail


async def test_a_no_that_comes_later_counts_from_then_on(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    await hands_over(here, made)
    await here.at(datetime(2026, 11, 6, 12, tzinfo=UTC))
    ann = here.phone("Ann")
    await ann.press(here.line(Line.NEW_READER_NO))
    await here.stage.calm()
    await here.later(timedelta(minutes=5))
    mail = mails_to_bell(here)[-1]
    assert "A bus pass" not in mail
    assert "A quiet room, says Sam." in mail


async def test_where_it_cannot_wait_they_open_at_once_and_people_hear_it(
    here: College, made: Planned, bell: Person
) -> None:
    await everybody_sends(here)
    done = await hands_over(here, made, "Mr Okafor is in hospital and the meeting is tomorrow")
    assert isinstance(done, HandedOver)
    assert "It could not wait." in heard(here.phone("Sam"))[-1]
    assert any("You can open it at once." in each for each in heard(bell))
    await here.later(timedelta(minutes=5))
    assert "review.pdf" in await opens(here, bell)
    async with here.stage.database.reading() as work:
        lines = await work.audit.about(made.review.id)
    assert "handed_over_at_once" in {each.what for each in lines}


async def test_before_anybody_sent_they_are_told_and_nobody_waits(here: College, made: Planned, bell: Person) -> None:
    await here.at(OPENS)
    await hands_over(here, made)
    sam = here.phone("Sam")
    assert heard(sam)[-1] == "Miss Bell runs the review now, in place of Mr Okafor.\n\nMiss Bell reads what you send."
    await here.later(timedelta(minutes=1))
    await here.sends(sam)
    async with here.stage.database.work() as work:
        await work.prompts.bring_forward(made.review.id, PromptKind.FIRST_DIGEST, here.stage.clock.now())
        await work.commit()
    await here.later(timedelta(minutes=5))
    assert "review.pdf" in await opens(here, bell), "they sent to Miss Bell"


async def test_who_cannot_be_told_in_the_chat_is_told_by_staff(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    async with here.stage.database.work() as work:
        account = await work.accounts.by_chat(here.phone("Sam").id)
        assert account is not None
        await here.stage.bot.intake.turns.doors.blocked(work, account, here.stage.clock.now())
        await work.commit()
    done = await hands_over(here, made)
    assert isinstance(done, HandedOver)
    assert done.in_person == ("Sam",)
    await here.later(timedelta(minutes=5))
    assert await opens(here, bell) == [here.line(Line.STAFF_NOT_YET_YOURS)]


async def test_who_left_the_review_after_sending_is_told_by_staff_too(
    here: College, made: Planned, bell: Person
) -> None:
    await everybody_sends(here)
    ann = here.phone("Ann")
    async with here.stage.database.work() as work:
        (talk,) = await work.conversations.of_participant(invitation_of(made, "Ann").participant_id)
        await work.conversations.save(replace(talk, status=ConversationStatus.CLOSED))
        await work.commit()
    count = len(heard(ann))
    done = await hands_over(here, made)
    assert isinstance(done, HandedOver)
    assert done.in_person == ("Ann",), "she hears nothing in the chat"
    assert len(heard(ann)) == count


async def test_a_no_holds_when_the_same_colleague_comes_again_even_at_once(
    here: College, made: Planned, bell: Person
) -> None:
    await everybody_sends(here)
    await hands_over(here, made)
    await here.phone("Sam").press(here.line(Line.NEW_READER_NO))
    await here.stage.calm()
    async with here.stage.database.work() as work:
        review, okafor = await work.reviews.get(made.review.id), await work.staff.by_email(PROFESSIONAL)
        assert review is not None
        back = await hand_over(work, review, Wanted(okafor, "Back again"), "operator", here.stage.clock.now())
        assert isinstance(back, HandedOver)
        await work.commit()
    await here.later(timedelta(minutes=1))
    await hands_over(here, made, "It cannot wait now")
    await here.later(timedelta(minutes=5))
    await opens(here, bell)
    assert "A quiet room" not in mails_to_bell(here)[-1]


async def test_a_forged_no_of_somebody_else_changes_nothing(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    await hands_over(here, made)
    async with here.stage.database.reading() as work:
        change = await work.readers.latest(made.review.id)
    assert change is not None
    other = await here.plan("Lee")
    lee = here.phone("Lee")
    await here.comes_in(lee, invitation_of(other, "Lee"))
    for phone in (lee, bell):
        await phone.press_data(phone.last().id, f"reader:no:{change.id}")
        await phone.press_data(phone.last().id, f"reader:no:{new_id()}")
    await here.stage.calm()
    async with here.stage.database.reading() as work:
        assert await work.readers.said_no(change) == frozenset()


async def test_who_cannot_have_it_is_said(here: College, made: Planned, bell: Person) -> None:
    now = here.stage.clock.now()
    async with here.stage.database.work() as work:
        review = await work.reviews.get(made.review.id)
        assert review is not None
        okafor, reid = [await work.staff.by_email(f"{name}@example.org") for name in ("okafor", "reid")]
        for staff, fault in (
            (None, HandOverFault.NOT_HERE), (reid, HandOverFault.NO_DUTY), (okafor, HandOverFault.SAME)
        ):  # fmt: skip
            assert await hand_over(work, review, Wanted(staff), "operator", now) is fault
        account = await work.accounts.by_chat(bell.id)
        assert account is not None
        await work.participants.attach(invitation_of(made, "Ann").participant_id, account.id)
        own = await hand_over(work, review, Wanted(await work.staff.by_email(BELL.email)), "operator", now)
        assert own is HandOverFault.OWN_FAMILY, "never of their own child (decision 11)"


async def test_coordination_changes_without_a_word(here: College, made: Planned, bell: Person) -> None:
    await everybody_sends(here)
    count = len(heard(here.phone("Sam")))
    async with here.stage.database.work() as work:
        review, staff = await work.reviews.get(made.review.id), await work.staff.by_email(BELL.email)
        assert review is not None
        done = await hand_coordination(work, review, staff, "operator", here.stage.clock.now())
        await work.commit()
    assert isinstance(done, HandedOver)
    await here.stage.calm()
    assert len(heard(here.phone("Sam"))) == count
    async with here.stage.database.reading() as work:
        after = await work.reviews.get(made.review.id)
    assert after is not None
    assert after.coordinator_id == BELL.id
