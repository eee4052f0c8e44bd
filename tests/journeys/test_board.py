"""Colleagues see their reviews in the chat: days and where people stand, and never what anybody said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.demo.people import Person
from bot.reviewing import Planned
from conversations.lines import Line
from storage.ids import new_id
from storage.records import Duty, Staff
from tests.journeys.college import ANN, OPENS, College, heard, invitation_of

pytestmark = pytest.mark.uncounted


@pytest.fixture
async def made(here: College) -> Planned:
    planned = await here.plan(carers=[ANN])
    await here.comes_in(here.phone("Sam"), invitation_of(planned, "Sam"))
    return planned


async def colleague(here: College, name: str, *duties: Duty) -> Person:
    """Somebody who works here, on a phone of their own."""
    phone = here.phone(name)
    await here.say(phone, "/start")
    async with here.stage.database.work() as work:
        account = await work.accounts.add(phone.id)
        staff = Staff(new_id(), name, "Tutor", f"{name.lower()}@example.org", frozenset(duties))
        await work.staff.add(staff)
        await work.staff.attach(staff.id, account.id)
        await work.commit()
    return phone


async def board(here: College, phone: Person) -> list[str]:
    before = len(heard(phone))
    await here.say(phone, "/reviews")
    return heard(phone)[before:]


async def test_it_says_the_day_and_where_each_person_stands(here: College, made: Planned) -> None:
    assert await board(here, here.okafor) == [
        "The review for Sam is on Tuesday 24 November 2026. Days left: 57.\n"
        "• Sam is in, and has not sent yet.\n"
        "• Ann (mother) has an invite, and is not in yet."
    ], made.review.id
    await here.at(OPENS)
    sam = here.phone("Sam")
    await here.sends(sam, "A very secret word.")
    (shown,) = await board(here, here.okafor)
    assert "• Sam has sent." in shown
    assert "secret" not in shown
    await here.plan("Lee", date(2026, 11, 10))
    assert [each[:18] for each in await board(here, here.okafor)] == ["The review for Lee", "The review for Sam"]


async def test_nobody_sees_a_review_that_is_not_theirs(here: College, made: Planned) -> None:
    other = await colleague(here, "Lowe", Duty.PROFESSIONAL, Duty.COORDINATOR)
    assert await board(here, other) == [here.line(Line.STAFF_NO_REVIEWS)]
    for button in ("nudge", "summary"):
        for review in (made.review.id, new_id()):
            await other.press_data(other.last().id, f"desk:{button}:{review}")
            await here.stage.calm()
            assert other.toasts[-1].text == here.line(Line.STAFF_NOT_YOURS)
    stranger = here.phone("Stranger")
    assert not any("Sam" in each for each in await board(here, stranger))
    assert not any("Days left" in each for each in await board(here, here.phone("Sam")))


async def test_the_summary_comes_now_and_only_to_who_may_read_it(here: College, made: Planned) -> None:
    await here.at(OPENS)
    await here.sends(here.phone("Sam"))
    await board(here, here.okafor)
    await here.okafor.press(here.line(Line.STAFF_SUMMARY))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.STAFF_SUMMARY_COMES)
    await here.later(timedelta(minutes=2))
    assert [each.version for each in await here.digests(made.review.id)] == [1]
    coordinator = await colleague(here, "Cole", Duty.COORDINATOR)
    async with here.stage.database.work() as work:
        staff = await work.staff.by_email("cole@example.org")
        assert staff is not None
        await work.reviews.hand_to(made.review.id, coordinator_id=staff.id)
        await work.commit()
    assert len(await board(here, coordinator)) == 1
    assert here.line(Line.STAFF_SUMMARY) not in coordinator.visible_buttons()
    await coordinator.press_data(coordinator.last().id, f"desk:summary:{made.review.id}")
    await here.stage.calm()
    assert coordinator.toasts[-1].text == here.line(Line.STAFF_NOT_YOURS)


async def test_one_press_reminds_and_says_whom(here: College, made: Planned) -> None:
    await here.at(OPENS)
    await board(here, here.okafor)
    await here.okafor.press(here.line(Line.STAFF_NUDGE))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == "A reminder comes at a decent hour for: Sam.", made.review.id
    await here.sends(here.phone("Sam"))
    await here.okafor.press(here.line(Line.STAFF_NUDGE))
    await here.stage.calm()
    assert here.okafor.toasts[-1].text == here.line(Line.STAFF_NUDGED_NOBODY)


async def test_a_colleague_who_is_asked_in_a_review_has_no_board_in_that_chat(here: College, made: Planned) -> None:
    phone = await colleague(here, "Hill", Duty.PROFESSIONAL)
    async with here.stage.database.work() as work:
        account = await work.accounts.by_chat(phone.id)
        staff = await work.staff.by_email("hill@example.org")
        assert account is not None
        assert staff is not None
        await work.participants.attach(invitation_of(made, "Ann").participant_id, account.id)
        await work.reviews.hand_to(made.review.id, professional_id=staff.id)
        await work.commit()
    assert not any("Days left" in each for each in await board(here, phone))
    await phone.press_data(phone.last().id, f"desk:nudge:{made.review.id}")
    await here.stage.calm()
    assert phone.toasts[-1].text == here.line(Line.STAFF_NOT_YOURS)


async def test_it_asks_the_one_function(here: College, made: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.authority._relations", lambda *_: frozenset())
    assert await board(here, here.okafor) == [here.line(Line.STAFF_NO_REVIEWS)], made.review.id
