"""`firsthand review in-place`: a carer also acts in place of the young person in one decision, for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

import typer

from bot.authority import Action, about_review, colleague, may
from bot.commands.desk import clock_of, fail, out, work
from bot.joining import current_review
from bot.naming import as_name
from bot.settings import Settings
from conversations.in_place import InPlace
from conversations.script import Role
from storage.database import Database
from storage.records import Participant, Staff
from storage.unit_of_work import UnitOfWork

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
_MOST: int = 200


def in_place(  # noqa: PLR0913, PLR0917  each is one option of the command line
    participant: Annotated[str, typer.Argument(help="The carer.")],
    as_: Annotated[str, typer.Option("--as", help="Your own work e-mail.")],
    evidence: Annotated[str, typer.Option(help="Where the paper is, such as: file 7, order of 2 May 2026.")] = "",
    decided_by: Annotated[str, typer.Option(help="Who decided it.")] = "",
    since: Day = None,
    until: Day = None,
    *,
    end: Annotated[bool, typer.Option("--end", help="It holds no more, from today.")] = False,
) -> None:
    """Note that a carer also acts in place of the young person. The young person is asked all the same."""
    marked = None if end else _marked(evidence, decided_by, since, until)

    async def task(settings: Settings, database: Database) -> None:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff = await unit.staff.by_email(as_)
            person = await _carer(unit, staff, participant)
            if end and person.in_place is None:
                fail("This carer acts in nobody's place. Nothing has changed.")
            await unit.participants.save(replace(person, in_place=marked))
            await unit.audit.add(now, staff.id if staff else "", "in_place_ended" if end else "in_place", person.id)
            await unit.commit()

    work(task)
    out.print("Ended." if end else "Noted. It ends by itself after its last day.")


def _marked(evidence: str, decided_by: str, since: datetime | None, until: datetime | None) -> InPlace:
    paper, who = as_name(evidence), as_name(decided_by)
    if not paper or not who or since is None or until is None:
        fail("Say --evidence, --decided-by, --since and --until. Without paper and an end nobody acts for another.", 2)
    if len(paper) > _MOST or len(who) > _MOST:
        fail(f"Write at most {_MOST} letters: a reference, and a name.", 2)
    first, last = since.date(), until.date()
    if last < first:
        fail("The last day is before the first one.", 2)
    return InPlace(paper, who, first, last)


async def _carer(unit: UnitOfWork, staff: Staff | None, participant_id: str) -> Participant:
    person = await unit.participants.get(participant_id)
    review = await current_review(unit, person) if person else None
    if person is None or review is None:
        fail("There is no such person in a review to come. `firsthand review list` shows everyone.")
    if not may(await colleague(unit, staff), Action.MARK_IN_PLACE, about_review(review)).is_yes:
        fail("Only the coordinator or the named professional of this review can do this.")
    if person.role is not Role.CARER:
        fail("Only a parent or carer can act in place of a young person.")
    return person
