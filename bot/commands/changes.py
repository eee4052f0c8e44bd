"""`firsthand review move`, `cancel`, `nudge` and `hand-over`: what changes about a review that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Final

import typer

from bot.authority import Action, about_review, colleague, may
from bot.bank_holidays import bank_holidays
from bot.changes.cancelling import CalledOff, CancelFault, call_off
from bot.changes.handing_over import HandedOver, HandOverFault, Wanted, hand_coordination, hand_over
from bot.changes.moving import Moved, MoveFault, Moving, NewDay
from bot.changes.nudging import Nudge, nudge
from bot.commands.desk import AsJson, clock_of, fail, out, show, work
from bot.commands.faults import REFUSALS
from bot.settings import Settings
from bot.timetables import offsets_in
from conversations.timetable import Refused, at_a_glance
from storage.database import Database
from storage.records import Review, Staff
from storage.unit_of_work import UnitOfWork

ReviewId = Annotated[str, typer.Argument(help="The review, as `firsthand review list` names it.")]
As = Annotated[str, typer.Option("--as", help="Your own work e-mail.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking once more.")]

MOVE_FAULTS: Final[Mapping[MoveFault, str]] = {
    MoveFault.OVER: "This review is over or off. Plan a new one: `firsthand review plan`.",
    MoveFault.SAME_DAY: "The review is on that day already. Nothing has changed.",
    MoveFault.NO_SETTING: "First say who you are: `firsthand setting set`.",
    MoveFault.TOO_YOUNG: "On that day the young person is not yet asked in their own right. Choose a later day.",
    MoveFault.TOO_OLD: "On that day the plan has ended by its age. Choose an earlier day.",
}
CANCEL_FAULTS: Final[Mapping[CancelFault, str]] = {
    CancelFault.OVER: "The meeting has been. There is nothing to call off.",
    CancelFault.OFF_ALREADY: "A colleague has called it off already. Nothing has changed.",
}
NUDGES: Final[Mapping[Nudge, str]] = {
    Nudge.COMES: "a reminder comes at a decent hour",
    Nudge.NOT_IN: "has not joined: make a new invite",
    Nudge.NOT_ASKED_YET: "is not asked yet",
    Nudge.NOTHING_TO_REMIND: "nothing to remind of",
    Nudge.HAD_ALL: "has had every reminder",
}
HAND_OVER_FAULTS: Final[Mapping[HandOverFault, str]] = {
    HandOverFault.OVER: "This review is over or off. There is nothing to hand over.",
    HandOverFault.NOT_HERE: "Nobody with this e-mail works here. `firsthand staff add` adds them.",
    HandOverFault.NO_DUTY: "This colleague does not have the duty for it. `firsthand staff add` gives it.",
    HandOverFault.SAME: "It is theirs already. Nothing has changed.",
    HandOverFault.OWN_FAMILY: "This colleague takes part in these reviews themselves, so they cannot run one.",
}
EVERYONE: Final = "everyone"
NOBODY: Final = "nobody"


def register(app: typer.Typer) -> None:
    """Put these commands where reviews are planned."""
    for command in (move, cancel):
        app.command()(command)
    app.command("nudge")(nudge_)
    app.command("hand-over")(hand_over_)


def move(
    review_id: ReviewId,
    to: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The new day, such as 2027-01-19.")],
    as_: As,
    short_notice_reason: Annotated[
        str, typer.Option(help="Why there is less time than the rules give. The digest prints it.")
    ] = "",
    *,
    yes: Yes = False,
) -> None:
    """Move a review to another day. All that is to come is planned anew, and people are told once."""

    async def task(settings: Settings, database: Database) -> Moved:
        now = clock_of(settings).now()
        moving = Moving(bank_holidays(now.year, now.year + 3), offsets_in(settings.timetable))
        async with database.work() as unit:
            review, staff = await _mine(unit, review_id, as_)
            made = await moving.move(unit, review, NewDay(to.date(), short_notice_reason), staff, now)
            match made:
                case Refused(reason=reason):
                    fail(REFUSALS[reason])
                case MoveFault():
                    fail(MOVE_FAULTS[made])
                case Moved():
                    _show_days(made)
                    _sure("Move it?", yes=yes)
                    await unit.commit()
        return made

    made = work(task)
    out.print(f"Moved to {made.review.meeting.isoformat()}. People who are told: {made.told}.")


def cancel(
    review_id: ReviewId,
    as_: As,
    tell: Annotated[
        list[str],
        typer.Option(help="everyone, nobody, or the id of a participant; can be given more than once."),
    ],
    *,
    yes: Yes = False,
) -> None:
    """Call a review off. Nothing more is asked or sent. It cannot be undone; what was said stays for its time."""

    async def task(settings: Settings, database: Database) -> CalledOff:
        now = clock_of(settings).now()
        async with database.work() as unit:
            review, staff = await _mine(unit, review_id, as_)
            people = [each.id for each in await unit.participants.of_young_person(review.young_person_id)]
            done = await call_off(unit, review, _told(tell, people), staff, now)
            if isinstance(done, CancelFault):
                fail(CANCEL_FAULTS[done])
            _sure("Call it off? This cannot be undone.", yes=yes)
            await unit.commit()
        return done

    out.print(f"It is off. People who are told: {work(task).told}.")


def nudge_(review_id: ReviewId, as_: As, *, as_json: AsJson = False) -> None:
    """Let each person's next reminder come now. Nobody gets more messages than the rules give."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        async with database.work() as unit:
            review, staff = await _mine(unit, review_id, as_)
            fates = await nudge(unit, review, staff, clock_of(settings).now())
            people = {each.id: each.name for each in await unit.participants.of_young_person(review.young_person_id)}
            await unit.commit()
        return [{"name": people[each], "what": NUDGES[fate]} for each, fate in fates.items()]

    show(work(task), as_json=as_json, empty="Nobody is asked in this review.")


def hand_over_(  # noqa: PLR0913  each is one option of the command line
    review_id: ReviewId,
    to: Annotated[str, typer.Option(help="The work e-mail of the colleague who runs it from now on.")],
    as_: Annotated[str, typer.Option("--as", help="Your own work e-mail. The operator leaves it out.")] = "",
    at_once: Annotated[str, typer.Option(help="Why it cannot wait until people had two school days.")] = "",
    *,
    coordination: Annotated[bool, typer.Option("--coordination", help="Only who coordinates changes.")] = False,
    yes: Yes = False,
) -> None:
    """Give a review to a colleague. People are told, and can say no before anything is opened."""

    async def task(settings: Settings, database: Database) -> HandedOver:
        now = clock_of(settings).now()
        async with database.work() as unit:
            review, by = await _mine_or_operators(unit, review_id, as_)
            staff = await unit.staff.by_email(to)
            if coordination:
                done = await hand_coordination(unit, review, staff, by, now)
            else:
                done = await hand_over(unit, review, Wanted(staff, at_once), by, now)
            if isinstance(done, HandOverFault):
                fail(HAND_OVER_FAULTS[done])
            _sure("Hand it over?", yes=yes)
            await unit.commit()
        return done

    done = work(task)
    out.print(f"Handed over. People who are told in the chat: {done.told}.")
    if done.in_person:
        out.print(f"Tell these people yourselves, today: {', '.join(done.in_person)}.", markup=False)


async def _mine_or_operators(unit: UnitOfWork, review_id: str, email: str) -> tuple[Review, str]:
    """The review, and in whose name it is changed: where both have left, only the operator can."""
    if email:
        review, staff = await _mine(unit, review_id, email, Action.HAND_OVER)
        return review, staff.id
    found = await unit.reviews.get(review_id)
    if found is None:
        fail("There is no such review. `firsthand review list` shows them.")
    return found, "operator"


async def _mine(
    unit: UnitOfWork, review_id: str, email: str, action: Action = Action.CHANGE_REVIEW
) -> tuple[Review, Staff]:
    """The review, where this colleague may change it."""
    review, staff = await unit.reviews.get(review_id), await unit.staff.by_email(email)
    if review is None or staff is None:
        fail("There is no such review of yours. `firsthand review list` shows them.")
    if not may(await colleague(unit, staff), action, about_review(review)).is_yes:
        fail("Only the coordinator or the named professional of this review can do this.")
    return review, staff


def _told(tell: list[str], people: list[str]) -> list[str]:
    if tell == [EVERYONE]:
        return people
    if tell == [NOBODY]:
        return []
    if not tell or set(tell) - set(people):
        fail("Say --tell everyone, --tell nobody, or --tell with the id of each participant.", 2)
    return tell


def _show_days(made: Moved) -> None:
    for stage, day in at_a_glance(made.timetable):
        out.print(f"{stage.value.replace('_', ' ')}: {day.isoformat()}", markup=False)


def _sure(question: str, *, yes: bool) -> None:
    """Nothing is stored before this is answered."""
    if not yes and not typer.confirm(question):
        fail("Nothing has changed.", 1)
