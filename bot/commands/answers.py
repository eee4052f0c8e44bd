"""`firsthand answers`: type in what somebody wrote on paper, beside what they send in the chat.

Personal words are never left lying about: what is broken off is forgotten, and only what was confirmed is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.commands.answer_files import Filled, empty_csv, empty_yaml, read_file
from bot.commands.desk import clock_of, err, fail, out, work
from bot.commands.keying import Keying, is_yes, prompted, summary
from bot.commands.paper_faults import DENIED, said
from bot.facts import circle
from bot.paper import Denied, Kept, PaperDesk, at_desk, is_likely, keep, take_back
from bot.safeguarding.papers import alarm_paper
from bot.settings import Settings
from conversations import catalogue
from conversations.catalogue import Catalogue
from conversations.paper import Keyed, Read, Typing, Unfit, read
from conversations.script import Flow
from conversations.sheet import Line, lines
from conversations.state import ReviewFacts
from storage.database import Database
from storage.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True, help="What people wrote on paper.")

ReviewId = Annotated[str, typer.Option("--review", help="The review, as `firsthand review list` names it.")]
By = Annotated[str, typer.Option(help="Your own work e-mail.")]
Who = Annotated[str, typer.Option(help="The participant, as `firsthand review list` names them.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking again.")]
NOTHING = "Stopped. Nothing was stored, and nothing was kept."


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper on the desk: whose it is, the scripts there are, and when it is."""

    desk: PaperDesk
    scripts: Catalogue = field(repr=False)
    now: datetime

    @property
    def facts(self) -> ReviewFacts:
        """What the script must know of the review."""
        return self.desk.around.facts(self.now)


@app.command()
def enter(  # noqa: PLR0913, PLR0917  each is one option of the command line
    review: ReviewId,
    by: By,
    on: Annotated[str, typer.Option(help="The day written on the paper: 2027-01-08.")],
    who: Who = "",
    file: Annotated[Path | None, typer.Option(help="A file that `firsthand answers template` made, filled in.")] = None,
    checked: Annotated[
        bool | None, typer.Option("--checked/--not-checked", help="Did the person look at what you typed?")
    ] = None,
    *,
    yes: Yes = False,
) -> None:
    """Type in one person's paper. It stands beside what they send in the chat, and never changes it."""
    if yes and (file is None or not who or checked is None):
        fail("With --yes, say everything: --file, --who, and --checked or --not-checked.", 2)
    opened = _opened(review, who or _picked(review), by)
    at = opened.desk.moment(_day(on, opened))
    err.print(
        f"If anything on it worries you, tell {opened.facts.safeguarding or 'the safeguarding lead'} today.",
        markup=False,
    )
    try:
        flow, keyed = _from_file(opened, file) if file else _by_hand(opened)
        found = _fits(opened, flow, keyed, Typing(opened.desk.staff.name, at, checked=bool(checked)))
        if file and not yes:
            _show(opened, flow, keyed)
        if not yes:
            checked = _agreed(opened, checked=checked)
            found = _fits(opened, flow, keyed, Typing(opened.desk.staff.name, at, checked=checked))
    except (typer.Abort, KeyboardInterrupt):
        fail(NOTHING)
    _tell(_stored(opened, by, flow, found), file)


@app.command()
def template(
    script: Annotated[str, typer.Argument(help="The script's id, such as young_person.")],
    review: Annotated[str, typer.Option("--review", help="The review whose plan lines and goals belong in it.")] = "",
    to: Annotated[Path | None, typer.Option(help="Write it into this new file.", dir_okay=False)] = None,
    *,
    table: Annotated[bool, typer.Option("--csv", help="A table for a spreadsheet.")] = False,
) -> None:
    """Make an empty file to fill in: the questions of a script, with the ids that stand on the paper."""

    async def task(settings: Settings, database: Database) -> str:
        now = clock_of(settings).now()
        flow = catalogue.load(settings.scripts_folder).current(script)
        if flow is None:
            fail("There is no such script. `firsthand scripts list` shows them.")
        async with database.reading() as unit:
            facts = await _facts(unit, flow, review, now) if review else _no_facts(now)
        return f"\ufeff{empty_csv(flow, facts)}" if table else empty_yaml(flow, facts)

    made = work(task)
    if to is None:
        typer.echo(made, nl=False)
        return
    try:
        with to.open("x", encoding="utf-8", newline="") as file:
            file.write(made)
    except OSError as error:
        fail(f"This file cannot be made ({error.strerror}). Nothing was written over.", 2)


@app.command()
def remove(review: ReviewId, who: Who, by: By, *, yes: Yes = False) -> None:
    """Take back what was typed in from one person's paper. What they sent in the chat stays."""
    opened = _opened(review, who, by)
    if not yes and not is_yes(f"Take back what was typed in for {opened.desk.name}? (yes/no)"):
        fail("Nothing was changed.")

    async def task(_: Settings, database: Database) -> bool:
        async with database.work() as unit:
            done = await take_back(unit, await _desk(unit, review, who, by), opened.now)
            await unit.commit()
        return done

    if not work(task):
        fail("Nothing was typed in for this person.")
    out.print("Taken back. A digest that was handed out cannot be fetched back: the next one says so.")


def _opened(review: str, who: str, by: str) -> Opened:
    async def task(settings: Settings, database: Database) -> Opened:
        async with database.reading() as unit:
            desk = await _desk(unit, review, who, by)
        return Opened(desk, catalogue.load(settings.scripts_folder), clock_of(settings).now())

    return work(task)


async def _desk(unit: UnitOfWork, review: str, who: str, by: str) -> PaperDesk:
    desk = await at_desk(unit, review, who, by)
    if isinstance(desk, Denied):
        fail(DENIED[desk])
    return desk


def _picked(review_id: str) -> str:
    """The participant whom staff choose from a list."""

    async def task(_: Settings, database: Database) -> list[tuple[str, str]]:
        async with database.reading() as unit:
            review = await unit.reviews.get(review_id)
            people = await unit.participants.of_young_person(review.young_person_id) if review else []
        return [(each.id, f"{each.name} ({each.relation or each.role.value.replace('_', ' ')})") for each in people]

    people = work(task)
    if not people:
        fail(DENIED[Denied.NO_REVIEW])
    for number, (_, label) in enumerate(people, 1):
        out.print(f"{number} {label}", markup=False)
    known = {str(number): participant for number, (participant, _) in enumerate(people, 1)}
    return known.get(prompted("Whose paper is it").strip(), "")


def _day(text: str, opened: Opened) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        fail("A date reads 2027-01-08.", 2)
    today = opened.now.astimezone(ZoneInfo(opened.desk.around.setting.zone)).date()
    if not is_likely(day, today):
        fail("The day on the paper is still to come, or more than a year ago. Please look again.", 2)
    return day


def _from_file(opened: Opened, file: Path) -> tuple[Flow, Sequence[Keyed]]:
    try:
        filled = read_file(file)
    except OSError as error:
        fail(f"This file cannot be opened ({error.strerror}).", 2)
    if not isinstance(filled, Filled):
        fail("\n".join(problem.told() for problem in filled), 2)
    flow = _current(opened)
    if filled.script:
        flow = opened.scripts.flow(filled.script, filled.version) or fail(
            "The script of this paper is not here, or not in this version. `firsthand scripts list` shows them."
        )
    if flow.role is not opened.desk.around.participant.role:
        fail("This paper is of a script for somebody else: one is for the young person, one for carers.")
    return flow, filled.keyed


def _by_hand(opened: Opened) -> tuple[Flow, Sequence[Keyed]]:
    flow = _current(opened)
    out.print(f"What {opened.desk.name} wrote on paper. Nothing is stored before you say yes.", markup=False)
    keying = Keying(flow, _asked(opened, flow), opened.facts.contact)
    keyed = keying.run()
    while True:
        for line in summary(keying.lines, keyed):
            out.print(line, markup=False)
        typed = prompted("Enter if it is right, or the number to change").strip()
        if not typed:
            return flow, keyed
        if typed.isascii() and typed.isdigit() and 0 < int(typed[:6]) <= len(keying.lines):
            keyed = keying.again(int(typed))


def _current(opened: Opened) -> Flow:
    flow = opened.scripts.current(opened.desk.around.participant.role.value)
    return flow or fail("The script is set aside. `firsthand scripts check` says why.")


def _asked(opened: Opened, flow: Flow) -> tuple[Line, ...]:
    return tuple(line for line in lines(flow, opened.facts) if not line.steers)


def _fits(opened: Opened, flow: Flow, keyed: Sequence[Keyed], typing: Typing) -> Read:
    found = read(flow, opened.facts, keyed, typing)
    if isinstance(found, Unfit):
        rows = [
            " ".join(
                filter(None, [f"Row {each.row}." if each.row else "", each.where and f"[{each.where}]", said(each)])
            )
            for each in found.problems
        ]
        fail("\n".join([*rows, "Nothing was stored."]))
    return found


def _show(opened: Opened, flow: Flow, keyed: Sequence[Keyed]) -> None:
    for line in summary(_asked(opened, flow), keyed):
        out.print(line, markup=False)


def _agreed(opened: Opened, *, checked: bool | None) -> bool:
    """Whether the person looked at it. Breaks off without a yes to storing it.

    Raises:
        typer.Abort: it is not to be stored.
    """
    if checked is None:
        checked = is_yes(f"Did {opened.desk.name} look at what you typed? (yes/no)")
    looked = "has" if checked else "has not"
    out.print(f"{opened.desk.name} {looked} looked at it. It is marked as typed in by you.", markup=False)
    if not is_yes("Type yes to store"):
        raise typer.Abort
    return checked


def _stored(opened: Opened, by: str, flow: Flow, found: Read) -> Kept:
    around = opened.desk.around

    async def task(settings: Settings, database: Database) -> Kept:
        async with database.work() as unit:
            desk = await _desk(unit, around.review.id, around.participant.id, by)
            kept = await keep(unit, desk, flow, found, opened.now)
            if kept.new:
                await alarm_paper(unit, settings, opened.scripts, (around, found.answers), opened.now)
            await unit.commit()
        return kept

    return work(task)


def _tell(kept: Kept, file: Path | None) -> None:
    if not kept.new:
        out.print(f"This was stored before. Nothing has changed. Receipt: {kept.stored.code}")
        return
    late = " It is marked as added later." if kept.stored.late else ""
    again = " It replaces what was typed in before." if kept.stored.number > 1 else ""
    out.print(f"Stored.{again}{late}\nReceipt, for the person: {kept.stored.code}")
    if file is not None:
        out.print("The file still holds their words, and nothing seals it. Delete it now.")


async def _facts(unit: UnitOfWork, flow: Flow, review_id: str, now: datetime) -> ReviewFacts:
    review = await unit.reviews.get(review_id)
    people = await unit.participants.of_young_person(review.young_person_id) if review else []
    person = next((each for each in people if each.role is flow.role), None)
    if person is None:
        fail("There is no such review, or nobody in it whom this script asks.")
    return (await circle(unit, review_id, person.id)).facts(now)


def _no_facts(now: datetime) -> ReviewFacts:
    """For a script alone, without a review: gaps where names would stand."""
    gap = "…"
    return ReviewFacts(gap, gap, gap, gap, meeting=now.date(), reads_by=now.date(), cut_off=now)
