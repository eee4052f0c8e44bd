"""`firsthand scripts`: what the bot asks, and whether it is fit to be asked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage.records import ParticipantState
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk
from tests.storage.samples import talk

BROKEN = Path(__file__).parents[2] / "conversations" / "bad_scripts" / "unknown_kind.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> str:
    place = tmp_path / "scripts"
    place.mkdir()
    (place / BROKEN.name).write_bytes(BROKEN.read_bytes())
    return str(place)


def test_the_shipped_scripts_are_listed(desk: Desk) -> None:
    assert {row["script"] for row in desk.rows("scripts", "list")} == {"young_person", "carer"}
    assert "young_person" in desk.run("scripts", "list").stdout


def test_they_are_read_without_settings_or_database(desk: Desk) -> None:
    for name in ("TOKEN", "KEYS", "DATABASE_URL"):
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert desk.rows("scripts", "list")


def test_what_is_broken_is_said_apart_from_the_list(desk: Desk, folder: str) -> None:
    assert desk.rows("scripts", "list", "--folder", folder) == []
    result = desk.run("scripts", "list", "--folder", folder)
    assert "There is no script." in result.stdout
    assert "unknown_kind.yaml, line" in result.stderr


@pytest.mark.parametrize("command", ["list", "check"])
def test_a_folder_that_is_not_there_is_no_success(desk: Desk, command: str) -> None:
    assert "does not exist" in desk.refused("scripts", command, "--folder", "nowhere", code=2)


def test_conversations_on_an_older_version_are_carried_over_on_purpose_and_once(college: Desk) -> None:
    (row,) = college.plan()

    async def begin(work: UnitOfWork) -> None:
        account = await work.accounts.add(7)
        state = ParticipantState.JOINED
        await work.participants.attach(row["participant"], account.id)
        await work.participants.set_state(row["participant"], state)
        (review,) = await work.reviews.all()
        await work.conversations.add(replace(talk(account.id, row["participant"]), review_id=review.id, version=0))

    college.ask(begin)
    assert college.run("scripts", "upgrade", "young_person").stdout.startswith("1 ")
    assert college.run("scripts", "upgrade", "young_person").stdout.startswith("0 ")
    assert college.run("scripts", "upgrade", "carer").stdout.startswith("0 ")
    (review,) = college.ask(lambda work: work.reviews.all())
    prompts = college.ask(lambda work: work.prompts.of_review(review.id))
    (asked,) = [each for each in prompts if each.kind.startswith("upgrade:")]
    assert (asked.participant_id, asked.due_at) == (row["participant"], college.clock.now())


def test_a_script_that_is_not_there_is_not_carried_over_to(desk: Desk) -> None:
    assert "no such script" in desk.refused("scripts", "upgrade", "nobody")
