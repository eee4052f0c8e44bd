"""Who is told: never the named professional alone, never a parent, and past everybody for a concern about staff."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.safeguarding.rota import Rota, Rules
from conversations.open_hours import spans_in
from storage.records import Duty, Staff
from storage.records.alerts import Alert
from tests.bot.college import HALL, NOW, OKAFOR, PATEL, REID, College

ROTA = Rota(Rules(spans_in(""), concerns_contact=PATEL.email))
FOURTH = Staff("st-0", "Mx Early", "", "early@example.org", frozenset({Duty.SAFEGUARDING}))


async def readers(college: College, rota: Rota = ROTA, **changed: object) -> list[str]:
    alert = replace(Alert("a", None, NOW, professional_id=OKAFOR.id), **changed)  # type: ignore[arg-type]  # by name
    async with college.database.reading() as work:
        return [each.id for each in await rota.readers(work, alert)]


async def test_the_lead_first_the_deputy_second_then_the_others(college: College) -> None:
    async with college.database.work() as work:
        await work.staff.add(FOURTH)
        await work.commit()
    assert await readers(college) == [REID.id, HALL.id, FOURTH.id]


async def test_never_the_named_professional_alone(college: College) -> None:
    async with college.database.work() as work:
        setting = await work.settings.get()
        assert setting is not None
        await work.settings.put(replace(setting, safeguarding_deputy=OKAFOR.id))
        await work.commit()
    assert await readers(college) == [REID.id, OKAFOR.id, HALL.id]
    async with college.database.work() as work:
        await work.staff.end(REID.id)
        await work.staff.end(HALL.id)
        await work.commit()
    assert await readers(college) == [PATEL.id]
    assert await readers(college, Rota(Rules(spans_in("")))) == []


async def test_a_concern_about_staff_goes_past_the_team_and_never_to_the_named_professional(college: College) -> None:
    assert await readers(college, elsewhere=True) == [PATEL.id]
    assert await readers(college, elsewhere=True, professional_id=PATEL.id) == [REID.id, HALL.id]
    assert await readers(college, elsewhere=True, professional_id=PATEL.id, young_person_id="x") == [REID.id, HALL.id]
    nobody = Rota(Rules(spans_in(""), concerns_contact="nobody@example.org"))
    assert await readers(college, nobody, elsewhere=True, professional_id=REID.id) == [HALL.id]


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_never_a_colleague_who_is_asked_about_the_same_young_person(college: College, elsewhere: bool) -> None:
    made = await college.plan()
    account = await college.joins(made.invitations[1].participant_id, 900)
    async with college.database.work() as work:
        await work.staff.attach(PATEL.id if elsewhere else REID.id, account)
        await work.commit()
    young = made.review.young_person_id
    expected = [REID.id, HALL.id] if elsewhere else [HALL.id]
    assert await readers(college, elsewhere=elsewhere, young_person_id=young) == expected
