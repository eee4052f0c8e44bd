"""On the day on which somebody passes an age: staff are told, and nothing goes to whom it may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.ordering import Order
from bot.reviewing import Planned, Reviewing
from storage.records import PromptState, YoungPerson
from tests.bot.college import ORDER, PATEL, College

TOO_YOUNG = replace(ORDER, born=date(2009, 10, 20))
"""17 on 20 October 2026: old enough for Telegram, where it takes 17 years, from 1 November on."""
AT_SCHOOL = replace(ORDER, born=date(2010, 9, 1), meeting=date(2027, 7, 20), short_notice_reason="Their wish.")


async def planned(college: College, order: Order) -> Planned:
    async with college.database.work() as work:
        made = await Reviewing(college.bot.prompts.quiet_days, minimum_age=17).plan(work, order, college.clock.now())
        assert isinstance(made, Planned)
        await work.commit()
    return made


async def ticked(college: College, *moment: int) -> None:
    college.clock.move_to(datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]  # year, month, day, hour
    await college.bot.prompts.tick()


async def coordinator_joins(college: College) -> str:
    async with college.database.work() as work:
        account = await work.accounts.add(501)
        await work.staff.attach(PATEL.id, account.id)
        await work.commit()
    return account.id


async def test_staff_hear_that_somebody_is_too_young_and_later_that_they_are_not(college: College) -> None:
    okafor, patel = await college.staff_joins(), await coordinator_joins(college)
    made = await planned(college, TOO_YOUNG)
    assert made.on_paper is not None
    await college.bot.prompts.tick()
    told = await college.queued()
    assert {message.account_id for message in told} == {okafor, patel}
    assert all(b"Sam is too young for Telegram until Sunday 1 November 2026." in each.payload for each in told)
    await ticked(college, 2026, 11, 1, 11)
    assert await college.queued() == []
    await ticked(college, 2026, 11, 1, 12)
    told = await college.queued()
    assert {message.account_id for message in told} == {okafor, patel}
    assert all(b"From today Sam is old enough for Telegram." in each.payload for each in told)


async def test_nobody_is_asked_before_the_day_on_which_the_review_is_their_own(college: College) -> None:
    okafor = await college.staff_joins()
    made = await college.plan(AT_SCHOOL)
    accounts = [await college.joins(each.participant_id, 100 + n) for n, each in enumerate(made.invitations)]
    await ticked(college, 2027, 6, 25, 23)
    assert await college.queued() == []
    await ticked(college, 2027, 6, 26, 12)
    assert ["From today Sam is over school leaving age." in text for text in await college.said_to(okafor)] == [True]
    await ticked(college, 2027, 6, 28, 16)
    assert {message.account_id for message in await college.queued()} == set(accounts)


@pytest.mark.parametrize(
    ("days", "reason", "state", "note"),
    [
        ({"telegram_from": date(2026, 10, 14)}, "", PromptState.NOT_NEEDED, "below_minimum_age"),
        ({"telegram_from": date(2026, 10, 14)}, "Their wish.", PromptState.NOT_NEEDED, "below_minimum_age"),
        ({"telegram_from": date(2026, 10, 13)}, "", PromptState.DONE, ""),
        ({"plan_ends": date(2026, 10, 13)}, "", PromptState.NOT_NEEDED, "plan_ended"),
        ({"plan_ends": date(2026, 10, 13)}, "Until the term ends.", PromptState.DONE, ""),
        ({"plan_ends": date(2026, 10, 14)}, "", PromptState.DONE, ""),
    ],
)
async def test_what_was_to_come_is_not_sent_past_an_age(
    college: College, days: dict[str, date], reason: str, state: PromptState, note: str
) -> None:
    """The days may change after a review was planned: the clock looks again before every message."""
    made = await college.plan(replace(ORDER, age_reason=reason))
    sam = made.invitations[0].participant_id
    await college.joins(sam, 100)
    async with college.database.work() as work:
        person = await work.people.get(made.review.young_person_id)
        assert person is not None
        await work.people.save(YoungPerson(person.id, person.first_name, person.reference, person.leaving_date, **days))
        await work.commit()
    await ticked(college, 2026, 10, 13, 15)
    row = await college.prompt(made.review, "opening", sam)
    assert (row.state, row.note) == (state, note)
    assert bool(await college.queued()) is (state is PromptState.DONE)
