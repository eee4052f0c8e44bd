"""Whatever update comes, alone or amid good ones, polled or posted: the process lives and nothing is lost (P17)."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo.people import Person
from bot.demo.stage import Terms
from bot.telegram.batch import read_update
from conversations.lines import Line
from storage.records import InState
from tests.journeys.college import SCRIPTS, College, college, heard

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "updates"
PATHS = sorted(FOLDER.rglob("*.json"))

pytestmark = pytest.mark.skipif(not PATHS, reason=f"no updates in {FOLDER}")


@pytest.fixture(params=["polling", "webhook"])
async def here(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[College]:
    terms = Terms(scripts=SCRIPTS, webhook=request.param == "webhook")
    async with college(tmp_path, terms) as made:
        yield made


async def test_every_found_update_alone(here: College) -> None:
    good = here.phone("Good")
    for path in _found(here):
        if not _arrives(here, path):
            await good.type("/help")  # what has no id of its own is acknowledged with whatever comes after it
        await here.stage.calm()
    await _still_answers(here, good)
    await _all_worked_or_parked(here)


async def test_good_ones_amid_the_found_ones_are_all_answered(here: College) -> None:
    people = []
    for number, path in enumerate(_found(here)):
        _arrives(here, path)
        if number % 4 == 0:
            people.append(here.phone(f"Good {number}"))
            await people[-1].type("Is anyone there?")
    await _still_answers(here, here.phone("Last"))
    for person in people:
        assert heard(person) == [here.line(Line.STRANGER)]
    await _all_worked_or_parked(here)


def _found(here: College) -> list[Path]:
    """A file that is no JSON can be posted to a webhook, but cannot stand in Telegram's answer to a poller."""
    return [path for path in PATHS if here.stage.terms.webhook or _is_json(path.read_bytes())]


def _is_json(raw: bytes) -> bool:
    try:
        json.loads(raw)
    except ValueError:
        return False
    return True


def _arrives(here: College, path: Path) -> bool:
    """Let the file wait as it is, but for its update id: Telegram gives its own, in order. False: it has none."""
    updates = here.stage.telegram.updates
    ours = max((waiting.update_id for waiting in (*updates.acknowledged, *updates.pending)), default=700_000_001) + 1
    updates.restart_at(ours)
    raw, replaced = re.subn(rb'("update_id"\s*:\s*)\d{1,15}(?=[,\s}])', rb"\g<1>%d" % ours, path.read_bytes(), count=1)
    updates.inject(raw)
    return bool(replaced) and read_update(raw).update_id == ours


async def _still_answers(here: College, person: Person) -> None:
    await person.type("/help")
    await here.stage.calm()
    assert "call 999" in heard(person)[-1]


async def _all_worked_or_parked(here: College) -> None:
    async with here.stage.database.reading() as work:
        assert await work.inbox.waiting(1) == []
        parked = await work.inbox.parked()
    assert all(row.raw and row.state is InState.PARKED for row in parked), "what is set aside is kept, whole"
    assert len(parked) < len(PATHS) // 4
