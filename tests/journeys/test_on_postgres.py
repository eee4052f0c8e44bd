"""The same bot on PostgreSQL: many people at once, a restart, changes, a digest of what was sent, and a stop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.stage import Terms
from bot.ordering import Asked
from bot.secrets_by_hand import SecretKind
from conversations.script import Role
from storage.records import OutState, ParticipantState
from tests.journeys.college import CLOSES, OPENS, SCRIPTS, College, college, heard, invitation_of
from tests.support.postgres import Postgres, running_postgres

CARERS = tuple(Asked(Role.CARER, f"Carer{number}", "aunt", SecretKind.DIGITS) for number in range(4))


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
async def here(postgres: Postgres, tmp_path: Path) -> AsyncIterator[College]:
    terms = Terms(scripts=SCRIPTS, database_url=await postgres.fresh())
    async with college(tmp_path, terms) as made:
        yield made


async def test_a_review_from_plan_to_digest(here: College) -> None:
    made = await here.plan(carers=CARERS)
    people = {each.name: here.phone(each.name) for each in made.invitations}
    for name, person in people.items():
        await here.comes_in(person, invitation_of(made, name))
    await here.at(OPENS)
    # All at once, each in their own chat, and every update twice.
    here.stage.telegram.updates.duplicate_next(100)
    for person in people.values():
        data = next(button.data for button in person.last().buttons if (button.data or "").endswith("o:understand"))
        await asyncio.gather(*(person.press_data(person.last().id, data or "") for _ in range(3)))
    await here.stage.calm()
    for name, person in people.items():
        await here.sends(person, f"These are the words of {name}.")
    await here.stage.restart()
    await here.at(CLOSES)
    [mail] = here.mails
    for name, person in people.items():
        assert f"These are the words of {name}." in mail
        assert await here.verified(invitation_of(made, name).participant_id)
        assert sum("Receipt" in text for text in heard(person)) == 1
    await here.press(people["Sam"], "d:withdraw", "d:yes")
    assert "These are the words of Sam." not in here.mails[1]


async def test_blocking_ends_everything_and_nothing_waits_in_the_outbox(here: College) -> None:
    made = await here.plan()
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.comes_in(sam, invitation)
    await here.at(OPENS)
    await sam.block_bot()
    await here.stage.calm()
    await here.later(timedelta(days=60))
    assert (await here.participant(invitation.participant_id)).state is ParticipantState.BLOCKED
    async with here.stage.database.reading() as work:
        counts = await work.outbox.counts()
    assert not counts.get(OutState.QUEUED)
    assert not counts.get(OutState.FAILED)


async def test_odd_words_and_presses_are_no_trouble_for_the_database(here: College) -> None:
    made = await here.plan()
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.comes_in(sam, invitation)
    await here.at(OPENS)
    await here.press(sam, "o:understand", "r:skip")
    for data in ("floor:\0", "desk:open:\0'", "secret:\0", "\ud800", "a" * 64):
        await sam.press_data(sam.last().id, data)
    await here.stage.calm()
    await here.opens_link(sam, "x" * 64)
    await here.say(sam, "'; DROP TABLE answer; --")
    await here.press(sam, "o:no", "d:send")
    await here.at(CLOSES)
    assert "'; DROP TABLE answer; --" in here.mails[0]
    async with here.stage.database.reading() as work:
        assert await work.inbox.parked() == []
