"""A review is moved, called off, or people are reminded once more: everyone hears it once, or nobody at all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.changes.cancelling import CalledOff, CancelFault, call_off
from bot.changes.moving import Moved, MoveFault, Moving, NewDay
from bot.changes.nudging import Nudge, nudge
from bot.demo.cast import COORDINATOR
from bot.demo.people import Person
from bot.post import To
from bot.reviewing import Planned
from conversations.lines import Line
from conversations.timetable import RefusalReason, Refused
from storage.records import Channel, DeliveryState, PromptState, Review, ReviewStage, Staff
from storage.unit_of_work import UnitOfWork
from tests.journeys.college import ANN, CLOSES, MEETING, OPENS, College, by_bot, heard, invitation_of

pytestmark = pytest.mark.uncounted

LATER = date(2026, 12, 8)
SAID = "It is on Tuesday 8 December 2026."


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    for name in ("Sam", "Ann"):
        await here.comes_in(here.phone(name), invitation_of(planned, name))
    return planned


async def patel(work: UnitOfWork) -> Staff:
    staff = await work.staff.by_email(COORDINATOR)
    assert staff is not None
    return staff


async def stored(here: College, made: Planned) -> Review:
    async with here.stage.database.reading() as work:
        review = await work.reviews.get(made.review.id)
    assert review is not None
    return review


async def move(here: College, made: Planned, meeting: date, reason: str = "") -> Moved | Refused | MoveFault:
    review, now = await stored(here, made), here.stage.clock.now()
    async with here.stage.database.work() as work:
        moving = Moving(here.stage.bot.prompts.quiet_days)
        done = await moving.move(work, review, NewDay(meeting, reason), await patel(work), now)
        await work.commit()
    await here.stage.calm()
    return done


async def cancel(here: College, made: Planned, *tell: str) -> CalledOff | CancelFault:
    review, now = await stored(here, made), here.stage.clock.now()
    async with here.stage.database.work() as work:
        done = await call_off(work, review, tell, await patel(work), now)
        await work.commit()
    await here.stage.calm()
    return done


async def remind(here: College, made: Planned) -> dict[str, Nudge]:
    review, now = await stored(here, made), here.stage.clock.now()
    async with here.stage.database.work() as work:
        done = await nudge(work, review, await patel(work), now)
        await work.commit()
    await here.stage.calm()
    return done


def since(person: Person, count: int) -> list[str]:
    return heard(person)[count:]


def ids(made: Planned) -> tuple[str, str]:
    return invitation_of(made, "Sam").participant_id, invitation_of(made, "Ann").participant_id


async def test_who_has_not_heard_of_the_old_day_hears_the_new_one_later(here: College, made: Planned) -> None:
    sam = here.phone("Sam")
    before = len(heard(sam))
    done = await move(here, made, LATER)
    assert isinstance(done, Moved)
    assert done.told == 0
    await here.at(OPENS)
    assert since(sam, before) == [], "the opening has moved too"
    await here.at(OPENS + timedelta(days=15))
    assert "8 December" in "".join(since(sam, before))


async def test_whoever_knew_is_told_once_and_everything_to_come_has_its_new_day(here: College, made: Planned) -> None:
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam)
    counts = {"Sam": len(heard(sam)), "Ann": len(heard(ann)), "Okafor": len(heard(here.okafor))}
    done = await move(here, made, LATER)
    assert isinstance(done, Moved)
    assert done.told == 2
    assert since(sam, counts["Sam"]) == [f"Your review has a new day. {SAID}\n\nDo you have a question? Ask Mr Okafor."]
    assert since(ann, counts["Ann"])[0].startswith(f"The review for Sam has a new day. {SAID}")
    assert since(here.okafor, counts["Okafor"])[-1].startswith(
        "The review for Sam has a new day: Tuesday 8 December 2026."
    )
    assert await move(here, made, LATER) is MoveFault.SAME_DAY
    assert len(since(sam, counts["Sam"])) == 1
    await here.at(CLOSES)
    assert await here.digests(made.review.id) == [], "it closes two weeks later"
    await here.at(CLOSES + timedelta(days=14))
    assert len(await here.digests(made.review.id)) == 1
    await here.at(datetime(2026, 12, 9, 12, tzinfo=UTC))
    assert (await stored(here, made)).stage is ReviewStage.HELD
    assert len(since(ann, counts["Ann"])) <= 1 + 2, "the new day, and no more reminders than before"


async def test_late_in_the_evening_they_hear_of_the_newest_day_in_the_morning(here: College, made: Planned) -> None:
    await here.at(OPENS.replace(hour=22))
    sam = here.phone("Sam")
    before = len(heard(sam))
    await move(here, made, date(2026, 12, 1))
    await move(here, made, LATER)
    assert since(sam, before) == []
    await here.later(timedelta(hours=18))
    told = [each for each in since(sam, before) if "new day" in each]
    assert len(told) == 1
    assert SAID in told[0]


async def test_after_the_first_digest_a_new_version_has_the_new_day(here: College, made: Planned) -> None:
    await here.at(OPENS)
    await here.sends(here.phone("Sam"))
    await here.at(CLOSES)
    mails = len(here.mails)
    assert isinstance(await move(here, made, LATER), Moved)
    assert [each.version for each in await here.digests(made.review.id)] == [1, 2]
    await here.later(timedelta(minutes=2))
    assert "8 December 2026" in here.mails[mails]


async def test_yesterday_too_near_and_over_are_refused_and_change_nothing(here: College, made: Planned) -> None:
    await here.at(OPENS)
    today = here.stage.clock.now().date()
    yesterday = await move(here, made, today - timedelta(days=1))
    assert isinstance(yesterday, Refused)
    assert yesterday.reason is RefusalReason.MEETING_IN_THE_PAST
    near = await move(here, made, today + timedelta(days=7))
    assert isinstance(near, Refused)
    assert near.reason is RefusalReason.REASON_NEEDED
    assert (await stored(here, made)).meeting == MEETING
    await remind(here, made)
    assert isinstance(await move(here, made, today + timedelta(days=7), "The council asked for it"), Moved)
    states = await here.prompt_states(made.review.id, ids(made)[0])
    assert states["reminder"] is PromptState.DONE, "there is no day for it now, and it has come already"
    assert (await stored(here, made)).short_notice_reason == "The council asked for it"
    await cancel(here, made)
    assert await move(here, made, LATER) is MoveFault.OVER


async def test_called_off_each_person_hears_it_once_and_nothing_more_comes(here: College, made: Planned) -> None:
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    open_question = by_bot(sam)[-1]
    before = {"Sam": len(heard(sam)), "Ann": len(heard(ann))}
    done = await cancel(here, made, *ids(made))
    assert done == CalledOff(2)
    assert since(sam, before["Sam"]) == [
        "Your review is off. You do not have to answer anything now.\n\n"
        "What you sent is kept for a time. Send /mydata to see it or delete it.\n\n"
        "Do you have a question? Ask Mr Okafor."
    ]
    assert since(ann, before["Ann"])[0].startswith("The review for Sam is off.")
    assert await cancel(here, made, *ids(made)) is CancelFault.OFF_ALREADY, "of two who do it at once, one is told so"
    await here.at(datetime(2026, 12, 15, 12, tzinfo=UTC))
    assert len(since(sam, before["Sam"])) == len(since(ann, before["Ann"])) == 1
    assert here.mails == []
    await sam.press_data(open_question.id, open_question.buttons[0].data or "")
    await here.stage.calm()
    assert sam.toasts[-1].text == here.line(Line.MOVED_ON)


async def test_words_that_come_afterwards_are_kept_for_a_person_to_read(here: College, made: Planned) -> None:
    await here.at(OPENS)
    await cancel(here, made)
    sam = here.phone("Sam")
    await here.say(sam, "Is anybody there?")
    assert [each.words for each in await here.notes(ids(made)[0])] == ["Is anybody there?"]


async def test_told_to_no_one_it_ends_without_a_word_even_of_what_was_queued(here: College, made: Planned) -> None:
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    await here.sends(sam)
    await here.at(CLOSES)
    before = {"Sam": len(heard(sam)), "Ann": len(heard(ann))}
    async with here.stage.database.work() as work:
        digest = await work.digests.latest(made.review.id)
        assert digest is not None
        staff = await patel(work)
        await work.digests.add_delivery(digest.id, staff.id, Channel.MAIL, CLOSES + timedelta(days=1))
        await work.commit()
    mails = len(here.mails)
    assert await cancel(here, made) == CalledOff(0)
    await here.at(datetime(2026, 12, 15, 12, tzinfo=UTC))
    assert since(sam, before["Sam"]) == since(ann, before["Ann"]) == []
    assert len(here.mails) == mails
    assert heard(here.okafor)[-1].startswith("The review for Sam on Tuesday 24 November 2026 is off.")
    async with here.stage.database.reading() as work:
        states = {each.state for each in await work.digests.deliveries(digest.id)}
    assert states <= {DeliveryState.SENT, DeliveryState.FAILED}
    waits = {PromptState.PENDING, PromptState.CLAIMED}
    assert not [each for each in (await here.prompts(made.review.id)).values() if each.state in waits]


async def test_told_to_some_only_they_hear_it(here: College, made: Planned) -> None:
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    before = {"Sam": len(heard(sam)), "Ann": len(heard(ann))}
    assert await cancel(here, made, ids(made)[1]) == CalledOff(1)
    assert since(sam, before["Sam"]) == []
    assert len(since(ann, before["Ann"])) == 1


async def test_another_review_of_the_same_person_goes_on(here: College, made: Planned) -> None:
    await here.at(OPENS)
    other = await here.plan(meeting=date(2027, 1, 26), carers=[ANN])
    sam = here.phone("Sam")
    person, review, now = await here.participant(ids(made)[0]), await stored(here, made), here.stage.clock.now()
    async with here.stage.database.work() as work:
        to = To(person.account_id or "", person.id, not_before=now + timedelta(hours=1))
        await here.stage.bot.prompts.opening.post.say(work, to, "waits", "This is for the other one.")
        await call_off(work, review, (), await patel(work), now)
        await work.commit()
    before = len(heard(sam))
    await here.at(datetime(2026, 12, 16, 18, tzinfo=UTC))
    assert "This is for the other one." in since(sam, before)
    assert "26 January" in "".join(since(sam, before)), other.review.id


async def test_one_more_reminder_takes_the_place_of_one_that_was_to_come(here: College, made: Planned) -> None:
    await here.at(OPENS)
    sam, ann = here.phone("Sam"), here.phone("Ann")
    sams, anns = ids(made)
    await here.sends(ann)
    before = {"Sam": len(heard(sam)), "Ann": len(heard(ann))}
    await here.later(timedelta(days=1))
    assert await remind(here, made) == {sams: Nudge.COMES, anns: Nudge.NOTHING_TO_REMIND}
    assert any("Hi Sam." in each for each in since(sam, before["Sam"]))
    assert since(ann, before["Ann"]) == []
    await here.later(timedelta(days=1))
    assert (await remind(here, made))[sams] is Nudge.COMES
    await here.later(timedelta(days=1))
    assert (await remind(here, made))[sams] is Nudge.HAD_ALL
    await here.at(CLOSES - timedelta(hours=1))
    assert sum("Hi Sam." in each for each in since(sam, before["Sam"])) == 2, "the opening and two more, however asked"
    states = await here.prompt_states(made.review.id, sams)
    assert states["reminder"] is states["last_call"] is PromptState.DONE


async def test_nobody_is_reminded_before_the_opening_after_leaving_or_without_having_joined(here: College) -> None:
    made = await here.plan(carers=[ANN])
    sam = here.phone("Sam")
    await here.comes_in(sam, invitation_of(made, "Sam"))
    sams, anns = ids(made)
    assert await remind(here, made) == {sams: Nudge.NOT_ASKED_YET, anns: Nudge.NOT_IN}
    await here.at(OPENS)
    await here.say(sam, "/stop")
    await here.press(sam, "d:leave_review")
    before = len(heard(sam))
    assert (await remind(here, made))[sams] is Nudge.NOTHING_TO_REMIND
    assert since(sam, before) == []
