"""`firsthand review`: plan a review, see where it stands, ask for its digest, read the words that wait."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.authority import Action, about_review, colleague, may
from bot.changes.readers import must_wait
from bot.commands import changes, gate, many
from bot.commands.desk import AsJson, clock_of, fail, out, show, work
from bot.commands.faults import FAULTS, REFUSALS
from bot.commands.in_place import in_place
from bot.commands.invite import (
    Letters,
    handed_out,
    see_that_it_is_offered,
    see_that_letters_can_be_written,
)
from bot.commands.on_paper import say_on_paper
from bot.commands.queue import queue
from bot.commands.review_rows import standing
from bot.ordering import Asked, Fault, Order
from bot.prompt_rows import summary_now
from bot.reviewing import Planned
from bot.safeguarding.rota import Rota, rules_in
from bot.secrets_by_hand import SecretKind
from bot.settings import Settings
from conversations.offsets import ReviewKind
from conversations.retention import periods_in
from conversations.script import Role
from conversations.timetable import Refused
from storage.database import Database
from storage.records import Note, ReviewStage, Staff
from storage.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True, help="Reviews.")
app.command("in-place")(in_place)
changes.register(app)
app.command()(many.template)
app.command("import")(many.import_)


@app.command()
def plan(  # noqa: PLR0913, PLR0917  each is one option of the command line
    first_name: Annotated[str, typer.Argument(help="First name or initials of the young person.")],
    meeting: Annotated[str, typer.Option(help="Day of the meeting: 2027-01-19.")],
    born: Annotated[str, typer.Option(help="Birth date. It is used once and not kept.")],
    professional: Annotated[str, typer.Option(help="Work e-mail of the named professional.")],
    coordinator: Annotated[str, typer.Option(help="Your own work e-mail.")],
    reference: Annotated[str, typer.Option(help="Your own reference for the young person.")] = "",
    kind: Annotated[ReviewKind, typer.Option(help="Kind of review.")] = ReviewKind.EHC_ANNUAL,
    secret: Annotated[SecretKind, typer.Option(help="The second secret, as the person likes it.")] = SecretKind.WORD,
    language: Annotated[str, typer.Option(help="Language of the letter and first words, by its code.")] = "",
    carer: Annotated[
        list[str] | None, typer.Option(help="Name/relation/language, such as Ann/mother or Ann/mother/ur. Repeat it.")
    ] = None,
    line: Annotated[list[str] | None, typer.Option(help="A line of the plan, in plain words. Repeat it.")] = None,
    goal: Annotated[list[str] | None, typer.Option(help="A goal of last time, in plain words. Repeat it.")] = None,
    short_notice_reason: Annotated[str, typer.Option(help="Why there is less time than the rules give.")] = "",
    age_reason: Annotated[
        str, typer.Option(help="Why you count them as a young person though the rule says no. It is kept.")
    ] = "",
    letters: Letters = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Plan a review. Out come single-use invites; each secret goes by another way than its link."""
    order = Order(
        first_name=first_name,
        reference=reference,
        born=_day(born),
        meeting=_day(meeting),
        kind=kind,
        professional=professional,
        coordinator=coordinator,
        secret=secret,
        language=language,
        carers=tuple(_carer(each) for each in carer or ()),
        plan_lines=tuple(line or ()),
        goals=tuple(goal or ()),
        short_notice_reason=short_notice_reason,
        age_reason=age_reason,
    )
    see_that_letters_can_be_written(letters)

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        for each in (order.language, *(carer.language for carer in order.carers)):
            see_that_it_is_offered(settings, each)
        planned = await _planned(settings, database, order)
        if planned.on_paper is not None:
            await say_on_paper(settings, database, planned.on_paper, letters)
        return await handed_out(settings, database, planned.review, planned.invitations, letters)

    show(work(task), as_json=as_json, empty="Everyone is in already.")
    if not as_json:
        out.print("\nGive the link or letter by one way, and the secret by another. They are shown once.")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show the reviews, where each person stands, and when their words go. Never what anyone said."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        periods = periods_in(settings.retention)
        async with database.reading() as unit:
            return [row for review in await unit.reviews.all() for row in await standing(unit, review, periods)]

    show(work(task), as_json=as_json, empty="No review is planned.")


@app.command()
def digest(review_id: Annotated[str, typer.Argument(help="The review, as `firsthand review list` names it.")]) -> None:
    """Make the next version of the digest now; the running bot sends it."""

    async def task(settings: Settings, database: Database) -> None:
        now = clock_of(settings).now()
        async with database.work() as unit:
            review = await unit.reviews.get(review_id)
            if review is None or review.stage is ReviewStage.CANCELLED:
                fail("There is no such review. `firsthand review list` shows them.")
            await summary_now(unit, review, now)
            await unit.commit()

    work(task)
    out.print("Asked for. The running bot sends it within a minute.")


@app.command()
def notes(
    review_id: Annotated[str, typer.Argument(help="The review.")],
    email: Annotated[str, typer.Option(help="Your own work e-mail.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Read the words that came outside a question. Only for the named professional; it is recorded."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff = await _reader(unit, review_id, email, now)
            # What raised an alert is for the safeguarding team, until a reader releases it.
            waiting = [each for each in await unit.notes.unread(review_id) if each.alert_id is None]
            for note in waiting:
                if not note.media:  # what cannot be shown here has not been read
                    await unit.notes.mark_read(note.id, staff.id, now)
            await unit.audit.add(now, staff.id, "read_notes", review_id)
            rows = [await _note(unit, note) for note in waiting]
            await unit.commit()
        return rows

    rows = work(task)
    if as_json:
        show(rows, as_json=True, empty="")
    for row in () if as_json else rows:
        out.print("{from} ({role}), {at}:\n{words}".format_map(row), markup=False)
    if not rows and not as_json:
        out.print("Nothing waits.")


@app.command()
def waiting(
    email: Annotated[str, typer.Option(help="Your own work e-mail.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Show which words wait to be read, and by when. Never what was said. Those of an alert stand first."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        now = clock_of(settings).now()
        async with database.reading() as unit:
            return await queue(unit, Rota(rules_in(settings)), email, now)

    show(work(task), as_json=as_json, empty="Nothing waits.")


async def _planned(settings: Settings, database: Database, order: Order) -> Planned:
    now = clock_of(settings).now()
    inviting = await gate.inviting(settings, database, now)
    async with database.work() as unit:
        planned = await inviting.plan(unit, order, now)
        match planned:
            case Refused(reason=reason):
                fail(REFUSALS[reason])
            case Fault():
                fail(FAULTS[planned])
            case Planned():
                await unit.commit()
    return planned


async def _reader(unit: UnitOfWork, review_id: str, email: str, now: datetime) -> Staff:
    """The named professional of this review, once people had their days to say no to them."""
    review, staff = await unit.reviews.get(review_id), await unit.staff.by_email(email)
    asking = await colleague(unit, staff)
    if review is None or staff is None or not may(asking, Action.READ_NOTES, about_review(review)).is_yes:
        fail("Only the named professional of this review can read them.")
    if await must_wait(unit, review.id, now) is not None:
        fail("Not yet. People have two school days to say no to a new reader.")
    return staff


async def _note(unit: UnitOfWork, note: Note) -> dict[str, str]:
    person, setting = await unit.participants.get(note.participant_id), await unit.settings.get()
    at = note.at.astimezone(ZoneInfo(setting.zone)) if setting else note.at
    unseen = [f"[{media.kind.value}: it cannot be shown here, and stays unread]" for media in note.media]
    return {
        "from": person.name if person else "",
        "role": person.role.value.replace("_", " ") if person else "",
        "at": f"{at:%Y-%m-%d %H:%M}",
        "words": "\n".join([*filter(None, [note.words]), *unseen]),
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail("A date reads 2027-01-19.", 2)


def _carer(text: str) -> Asked:
    name, relation, language = (each.strip() for each in f"{text}//".split("/", 2))
    return Asked(Role.CARER, name, relation, language=language.strip("/ "))
