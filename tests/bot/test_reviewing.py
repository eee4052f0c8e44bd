"""Planning: refused, or complete; nothing in between, and no birth date anywhere."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ages import BelowMinimumAgeError
from bot.bank_holidays import bank_holidays
from bot.ordering import Asked, Fault, Order
from bot.reviewing import Planned, Reviewing
from bot.secrets_by_hand import SecretKind, fits
from conversations.offsets import ReviewKind
from conversations.script import Role
from conversations.timetable import Refused, Stage
from storage.database import Database
from storage.records import InviteState, ParticipantState, Review
from tests.bot.college import HALL, NOW, OKAFOR, ORDER, PATEL, College, staffed
from tests.support.database import open_test_database

QUIET = bank_holidays(2025, 2029)


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("firsthand.db*"))


async def planned(database: Database, order: Order, minimum_age: int | None = None) -> Planned | Refused | Fault:
    async with database.work() as work:
        made = await Reviewing(QUIET, minimum_age=minimum_age).plan(work, order, NOW)
        if isinstance(made, Planned):
            await work.commit()
    return made


async def test_a_plan_is_complete(college: College) -> None:
    made = await college.plan()
    review = made.review
    assert (review.professional_id, review.coordinator_id) == (OKAFOR.id, PATEL.id)
    assert set(review.timetable) >= {stage.value for stage in (Stage.OPENING, Stage.CLOSE, Stage.PACK, Stage.MEETING)}
    assert [(line.text, line.by) for line in (*review.plan_lines, *review.goals)] == [
        ("A quiet room", PATEL.name),
        ("I take the bus", PATEL.name),
    ]
    assert [(each.role, each.name) for each in made.invitations] == [(Role.YOUNG_PERSON, "Sam"), (Role.CARER, "Ann")]
    for each in made.invitations:
        async with college.database.reading() as work:
            invite, kept = await work.invites.find(each.token), await work.participants.secret(each.participant_id)
        assert invite is not None
        assert (invite.participant_id, invite.state) == (each.participant_id, InviteState.OPEN)
        assert invite.expires_at == each.expires_at == NOW + timedelta(days=60)
        assert kept is not None
        assert fits(each.secret.text, kept.hash)
        assert each.token not in repr(made)
        assert f"'{each.secret.text}'" not in repr(made)


async def test_the_birth_date_is_stored_nowhere(college: College, tmp_path: Path) -> None:
    await college.plan()
    await college.database.tidy()
    for born in (ORDER.born.isoformat(), f"{ORDER.born:%d/%m/%Y}", f"{ORDER.born:%Y%m%d}"):
        assert born.encode() not in on_disk(tmp_path)
    async with college.database.reading() as work:
        (review,) = await work.reviews.all()
        person = await work.people.get(review.young_person_id)
    assert person is not None
    assert person.leaving_date == date(2025, 6, 27)
    assert str(ORDER.born.year) not in f"{person!r} {review!r} {ORDER!r}"


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"professional": "nobody@example.org"}, Fault.NO_PROFESSIONAL),
        ({"coordinator": ""}, Fault.NO_COORDINATOR),
        ({"first_name": " "}, Fault.NO_NAME),
        ({"carers": (Asked(Role.CARER, " "),)}, Fault.NO_NAME),
        ({"carers": (Asked(Role.CARER, "Ann", "mother"), Asked(Role.CARER, "ann ", "Mother"))}, Fault.SAME_CARER_TWICE),
    ],
)
async def test_a_fault_is_a_value_and_leaves_nothing(
    college: College, changed: dict[str, object], fault: Fault
) -> None:
    made = await planned(college.database, replace(ORDER, **changed))  # type: ignore[arg-type]  # each names its own field
    assert made is fault
    async with college.database.reading() as work:
        assert await work.reviews.all() == []


async def test_without_a_setting_nothing_is_planned(tmp_path: Path) -> None:
    async with await open_test_database(tmp_path) as database, database.work() as work:
        assert await Reviewing(QUIET).plan(work, ORDER, NOW) is Fault.NO_SETTING


@pytest.mark.parametrize("left", [OKAFOR, PATEL])
async def test_who_has_left_runs_nothing(college: College, left: object) -> None:
    async with college.database.work() as work:
        await work.staff.end(left.id)  # type: ignore[attr-defined]  # both are staff
        await work.commit()
    expected = Fault.NO_PROFESSIONAL if left is OKAFOR else Fault.NO_COORDINATOR
    assert await planned(college.database, ORDER) is expected


@pytest.mark.parametrize(("age", "born", "ok"), [(17, date(2009, 9, 2), False), (17, date(2009, 9, 1), True)])
async def test_the_minimum_age_is_reached_on_the_first_of_the_month_after(
    college: College, age: int, born: date, ok: bool
) -> None:
    """Who is too young for Telegram has a review like anybody, and no invite; whoever else is asked has theirs."""
    made = await planned(college.database, replace(ORDER, born=born), age)
    assert isinstance(made, Planned)
    assert [each.role for each in made.invitations] == [Role.YOUNG_PERSON, Role.CARER][0 if ok else 1 :]
    assert (made.on_paper is None) is ok


@pytest.mark.parametrize(
    ("born", "meeting", "fault"),
    [
        (date(2010, 9, 1), date(2027, 6, 26), Fault.TOO_YOUNG),  # the day after the leaving date: nobody can be asked
        (date(2010, 9, 1), date(2027, 7, 20), None),
        (date(2001, 11, 2), date(2026, 11, 30), None),
        (date(2001, 11, 2), date(2026, 12, 1), Fault.TOO_OLD),  # the first after the 25th birthday
    ],
)
async def test_whose_review_it_is_is_decided_by_the_day_of_the_meeting(
    college: College, born: date, meeting: date, fault: Fault | None
) -> None:
    order = replace(ORDER, born=born, meeting=meeting, short_notice_reason="a move")
    made = await planned(college.database, order)
    if fault is None:
        assert isinstance(made, Planned)
        assert made.timetable.opening > date(2027, 6, 25) if born.year == 2010 else True
        return
    assert made is fault
    made = await planned(college.database, replace(order, age_reason=" The council counts terms. "))
    assert isinstance(made, Planned)
    assert made.review.age_reason == "The council counts terms."
    async with college.database.reading() as work:
        lines = [(line.actor, line.what) for line in await work.audit.about(made.review.id)]
    assert (PATEL.id, "age_rule_set_aside") in lines


async def test_no_reason_opens_telegram_to_somebody_who_is_too_young(college: College) -> None:
    order = replace(ORDER, born=date(2010, 8, 31), age_reason="The family wants it.")
    made = await planned(college.database, order, 17)
    assert isinstance(made, Planned)
    assert made.on_paper is not None
    with pytest.raises(BelowMinimumAgeError):
        async with college.database.work() as work:
            await Reviewing(QUIET).invite(work, made.on_paper, SecretKind.WORD, NOW)
    async with college.database.work() as work:
        later = datetime(2027, 8, 31, 23, 0, tzinfo=UTC)  # the first of September by the clocks of London
        with pytest.raises(BelowMinimumAgeError):
            await Reviewing(QUIET).invite(work, made.on_paper, SecretKind.WORD, later - timedelta(seconds=1))
        assert (await Reviewing(QUIET).invite(work, made.on_paper, SecretKind.WORD, later)).token


async def test_a_review_is_planned_once(college: College) -> None:
    await college.plan()
    assert await planned(college.database, replace(ORDER, reference=" rc-1 ")) is Fault.PLANNED_ALREADY


async def test_without_a_reference_two_people_of_one_name_are_two(college: College) -> None:
    first = await college.plan(replace(ORDER, reference=""))
    second = await college.plan(replace(ORDER, reference=""))
    assert first.review.young_person_id != second.review.young_person_id


@pytest.mark.parametrize("changed", [{"first_name": "Kim"}, {"born": date(2007, 1, 1)}])
async def test_a_reference_of_somebody_else_is_refused(college: College, changed: dict[str, object]) -> None:
    made = await college.plan()
    later = replace(ORDER, meeting=date(2027, 3, 2), **changed)  # type: ignore[arg-type]  # each names its own field
    assert await planned(college.database, later) is Fault.ANOTHER_PERSON
    assert len(await college.people(made.review)) == 2


async def test_who_is_in_already_stays_in_and_hears_of_the_next_review(college: College) -> None:
    first = await college.plan()
    sam, ann = (each.participant_id for each in first.invitations)
    await college.joins(sam, 100)
    second = await college.plan(replace(ORDER, first_name=" sam", meeting=date(2027, 3, 2)))
    assert [each.participant_id for each in second.invitations] == [ann]
    assert second.review.young_person_id == first.review.young_person_id
    kinds = {row.kind for row in await college.prompts(second.review) if row.participant_id == sam}
    assert kinds == {"opening", "reminder", "last_call"}
    async with college.database.reading() as work:
        person = await work.participants.get(sam)
    assert person is not None
    assert person.state is ParticipantState.JOINED


async def test_a_new_invite_ends_what_was_before(college: College) -> None:
    made = await college.plan()
    old = made.invitations[0]
    account_id = await college.joins(old.participant_id, 100)
    (sam, _) = await college.people(made.review)
    async with college.database.work() as work:
        fresh = await Reviewing(QUIET).invite(work, sam, SecretKind.DIGITS, NOW)
        await work.commit()
    async with college.database.reading() as work:
        ended, kept = await work.invites.find(old.token), await work.participants.secret(sam.id)
        held = await work.participants.of_account(account_id)
    assert ended is not None
    assert ended.state is InviteState.ENDED
    assert kept is not None
    assert fits(fresh.secret.text, kept.hash)
    assert not fits(old.secret.text, kept.hash)
    assert held == []


NAMES = st.sampled_from(["Sam", "Ann", "", " ", "Ångström", "🙂", "x" * 200])
CARERS = st.lists(
    st.builds(Asked, st.just(Role.CARER), NAMES, st.sampled_from(["", "mother", "father"])), max_size=4
).map(tuple)
ORDERS = st.builds(
    Order,
    first_name=NAMES,
    reference=st.sampled_from(["", "RC-1", "rc-1 "]),
    born=st.dates(date(2000, 1, 1), date(2012, 1, 1)),
    meeting=st.dates(NOW.date() - timedelta(days=30), NOW.date() + timedelta(days=800)),
    kind=st.sampled_from(ReviewKind),
    professional=st.sampled_from([OKAFOR.email, PATEL.email, "nobody@example.org"]),
    coordinator=st.sampled_from([PATEL.email, HALL.email, "nobody@example.org"]),
    secret=st.sampled_from(SecretKind),
    carers=CARERS,
    plan_lines=st.lists(st.text(max_size=30), max_size=3).map(tuple),
    short_notice_reason=st.sampled_from(["", " ", "a move"]),
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(orders=st.lists(ORDERS, min_size=1, max_size=6))
def test_whatever_is_ordered_is_refused_or_planned_completely(orders: list[Order]) -> None:
    asyncio.run(_refused_or_complete(orders))


async def _refused_or_complete(orders: list[Order]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with await open_test_database(Path(folder)) as database:
            await staffed(database)
            made = [await planned(database, order) for order in orders]
            complete = [each for each in made if isinstance(each, Planned)]
            await _each_has_all(database, complete)
            async with database.reading() as work:
                stored = await work.reviews.all()
            assert {review.id for review in stored} == {each.review.id for each in complete}


async def _each_has_all(database: Database, complete: list[Planned]) -> None:
    invitations = [each for planned in complete for each in planned.invitations]
    assert len({each.token for each in invitations}) == len(invitations)
    for each in complete:
        async with database.reading() as work:
            people = await work.participants.of_young_person(each.review.young_person_id)
            rows = await work.prompts.of_review(each.review.id)
        assert {invitation.participant_id for invitation in each.invitations} <= {person.id for person in people}
        assert Role.YOUNG_PERSON in {invitation.role for invitation in each.invitations}
        assert {row.kind for row in rows} - {"own_right"} == {"first_digest", "pack", "held"}
        _in_order(each.review)


def _in_order(review: Review) -> None:
    until_the_meeting = list(Stage)[: list(Stage).index(Stage.MEETING) + 1]
    days = [review.timetable[stage.value] for stage in until_the_meeting if stage.value in review.timetable]
    assert days == sorted(days)
    assert review.timetable[Stage.MEETING.value] == review.meeting.isoformat()
