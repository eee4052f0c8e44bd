"""`firsthand staff` and `firsthand setting`: who works here, and the school or college itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated

import typer

from bot.commands.desk import AsJson, clock_of, fail, out, show, work
from bot.naming import as_name
from bot.settings import Settings
from storage.database import Database
from storage.ids import new_id, new_token
from storage.records import Duty, Setting, Staff, StaffState
from storage.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True, help="The people who plan reviews and run meetings.")
setting_app = typer.Typer(no_args_is_help=True, help="Your school, college or team.")

_ADDRESS = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+")
LINK_LASTS = timedelta(days=7)
Email = Annotated[str, typer.Argument(help="Work e-mail address.")]


@app.command()
def add(
    email: Email,
    name: Annotated[str, typer.Option(help="Name, as people know them.")],
    title: Annotated[str, typer.Option(help="Job title.")] = "",
    duty: Annotated[list[Duty] | None, typer.Option(help="coordinator, professional, safeguarding.")] = None,
) -> None:
    """Add a colleague."""
    if not as_name(name) or not _ADDRESS.fullmatch(email.strip()):
        fail("A colleague needs a name, and an e-mail address such as okoro@example.org.", 2)

    async def task(_: Settings, database: Database) -> str | None:
        async with database.work() as unit:
            if await unit.staff.by_email(email) is not None:
                return None
            duties = frozenset(duty or [Duty.PROFESSIONAL])
            staff = Staff(new_id(), as_name(name), as_name(title), email.strip(), duties)
            await unit.staff.add(staff)
            await unit.commit()
            return staff.id

    if work(task) is None:
        fail("This e-mail address is there already. `firsthand staff list` shows everyone.")
    out.print("Added. `firsthand staff link` makes the link with which they join in Telegram.")


@app.command()
def link(email: Email) -> None:
    """Make a one-time link with which a colleague joins in Telegram. An account that they had ends at once."""

    async def task(settings: Settings, database: Database) -> str | None:
        async with database.work() as unit:
            staff = await unit.staff.by_email(email)
            username = await unit.meta.get("bot_username")
            if staff is None or staff.state is not StaffState.ACTIVE:
                return None
            token = new_token()
            await unit.invites.end_for(staff_id=staff.id)
            if staff.account_id is not None:  # a lost phone, or a link that somebody else opened
                await unit.outbox.cancel_staff(staff.account_id)
                await unit.staff.detach(staff.id)
            expires = clock_of(settings).now() + LINK_LASTS
            await unit.invites.add(token, staff_id=staff.id, expires_at=expires)
            await unit.commit()
        return f"https://t.me/{username or 'YOUR_BOT'}?start={token}"

    address = work(task)
    if address is None:
        fail("Nobody with this e-mail address works here. `firsthand staff add` adds a colleague.")
    out.print(address, markup=False)
    out.print("It works once, for seven days. Give it to them alone.")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show everyone."""

    async def task(_: Settings, database: Database) -> list[Staff]:
        async with database.work() as unit:
            return list(await unit.staff.all())

    rows = [
        {
            "name": staff.name,
            "title": staff.title,
            "e-mail": staff.email,
            "duties": ", ".join(sorted(staff.duties)),
            "in Telegram": "yes" if staff.account_id else "no",
            "state": staff.state.value,
        }
        for staff in work(task)
    ]
    show(rows, as_json=as_json, empty="Nobody yet. `firsthand staff add` adds a colleague.")


@app.command()
def end(email: Email) -> None:
    """A colleague has left: nothing more goes to them, at once."""

    async def task(_: Settings, database: Database) -> bool:
        async with database.work() as unit:
            staff = await unit.staff.by_email(email)
            if staff is None:
                return False
            await unit.staff.end(staff.id)
            await unit.invites.end_for(staff_id=staff.id)
            if staff.account_id is not None:
                await unit.outbox.cancel_staff(staff.account_id)
            await unit.commit()
            return True

    if not work(task):
        fail("Nobody with this e-mail address works here.")
    out.print("Done. Hand their reviews over to someone else.")


@setting_app.command("set")
def set_setting(
    name: Annotated[str, typer.Option(help="Name of the school, college or team.")],
    safeguarding_lead: Annotated[str, typer.Option(help="Work e-mail of the safeguarding lead.")],
    safeguarding_deputy: Annotated[str, typer.Option(help="Work e-mail of the deputy.")] = "",
    term: Annotated[list[str] | None, typer.Option(help="A term: 2026-09-01/2026-12-18. Repeat it.")] = None,
    closure: Annotated[list[str] | None, typer.Option(help="A day you are closed: 2026-11-20. Repeat it.")] = None,
) -> None:
    """Say who you are. Lead and deputy are colleagues that you added before. What you leave out stays as it was."""
    try:
        terms = tuple(_term(each) for each in term or ())
        closures = tuple(date.fromisoformat(each) for each in closure or ())
    except ValueError:
        fail("A date reads 2026-09-01, and a term 2026-09-01/2026-12-18.", 2)
    if not as_name(name):
        fail("The school, college or team needs a name.", 2)

    async def task(_: Settings, database: Database) -> None:
        async with database.work() as unit:
            before = await unit.settings.get() or Setting(new_id(), "")
            lead = await _serving(unit, safeguarding_lead)
            deputy = await _serving(unit, safeguarding_deputy) if safeguarding_deputy else before.safeguarding_deputy
            await unit.settings.put(
                replace(
                    before,
                    name=as_name(name),
                    safeguarding_lead=lead,
                    safeguarding_deputy=deputy,
                    terms=terms or before.terms,
                    closures=closures or before.closures,
                )
            )
            await unit.commit()

    work(task)
    out.print("Saved.")


async def _serving(unit: UnitOfWork, email: str) -> str:
    staff = await unit.staff.by_email(email)
    if staff is None or staff.state is not StaffState.ACTIVE:
        fail("The safeguarding lead or deputy is not known. `firsthand staff add` adds them first.")
    return staff.id


def _term(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    found = date.fromisoformat(first), date.fromisoformat(last)
    if found[0] > found[1]:
        raise ValueError
    return found
