"""`firsthand alerts`: the safeguarding team reads frozen words, says that it has seen them, closes, releases."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.authority import About, Action, colleague, may
from bot.commands.desk import AsJson, clock_of, fail, out, serving, show, work
from bot.post import Post
from bot.safeguarding import alarm
from bot.safeguarding.reading import as_text
from bot.safeguarding.rota import Rota, rules_in
from bot.safeguarding.stages import number_of
from bot.settings import Settings
from bot.telegram.clip_calls import clip_file
from conversations.catalogue import load
from conversations.lines import read_lines
from storage.database import Database
from storage.records import Staff
from storage.records.alerts import Alert, AlertState
from storage.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True, help="Alerts: somebody may not be safe.")

As = Annotated[str, typer.Option("--as", help="Your own work e-mail.")]
Number = Annotated[str, typer.Argument(help="The number of the alert, as the notice and the list say it.")]
NOT_YOURS = "There is no such alert for you. `firsthand alerts list` shows yours."


@app.command("list")
def list_(as_: As, *, as_json: AsJson = False) -> None:
    """Show the alerts that you may read, the newest first. Never what was said."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        async with database.reading() as unit:
            staff, rota = await serving(unit, as_), Rota(rules_in(settings))
            mine = [each for each in await unit.alerts.all() if await rota.may_read(unit, staff, each)]
            return [await _row(unit, each) for each in mine]

    show(work(task), as_json=as_json, empty="No alerts.")


@app.command()
def read(
    number: Number,
    as_: As,
    media: Annotated[
        Path | None, typer.Option(help="A folder for voices, photos and videos.", exists=True, file_okay=False)
    ] = None,
) -> None:
    """Show what was said, exactly as it was. That you read it is recorded."""

    async def task(settings: Settings, database: Database) -> tuple[str, list[tuple[str, bytes]]]:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff, alert = await _mine(unit, settings, number, as_)
            words = await unit.frozen.of_alert(alert.id)
            frozen = [each for one in words for each in await unit.frozen.media_of(one.id)]
            files = [
                (clip_file(each.kind, each.mime, count), await unit.frozen.data(each.id))
                for count, each in enumerate(frozen if media else (), start=1)
            ]
            await unit.audit.add(now, staff.id, "alert_read", alert.id)
            await unit.commit()
        return as_text(_post(settings), alert, words), files

    text, files = work(task)
    out.print(text, markup=False)
    for name, content in files:
        path = (media or Path()) / name
        path.touch(mode=0o600)
        path.write_bytes(content)
        out.print(str(path), markup=False)


@app.command()
def seen(number: Number, as_: As) -> None:
    """Say that you have seen it. The person is told so, by your name, where they can still be written to."""

    async def task(settings: Settings, database: Database) -> bool:
        async with database.work() as unit:
            staff, alert = await _mine(unit, settings, number, as_)
            done = await alarm.seen(unit, alert, staff, clock_of(settings).now())
            await unit.commit()
        return done

    out.print("Noted. Nobody else is called." if work(task) else "Somebody had seen it before you.")


@app.command()
def close(
    number: Number,
    as_: As,
    real: Annotated[bool | None, typer.Option("--was-real/--was-not", help="Was there a concern?")] = None,
) -> None:
    """Close an alert that was seen, and say whether there was a concern. The list of phrases is judged by that."""
    if real is None:
        fail("Say --was-real or --was-not.", 2)

    async def task(settings: Settings, database: Database) -> bool:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff, alert = await _mine(unit, settings, number, as_)
            done = await unit.alerts.close(alert.id, staff.id, now, real=bool(real))
            if done:
                await unit.audit.add(now, staff.id, "alert_closed", alert.id)
            await unit.commit()
        return done

    if not work(task):
        fail("Only an alert that somebody has seen, and that is not closed, can be closed.")
    out.print("Closed.")


@app.command()
def release(number: Number, as_: As) -> None:
    """Let the words stand in the digest. The lead or the deputy can; of a concern about staff, its reader."""

    async def task(settings: Settings, database: Database) -> bool:
        async with database.work() as unit:
            staff, alert = await _mine(unit, settings, number, as_)
            setting = await unit.settings.get()
            leads = {setting.safeguarding_lead, setting.safeguarding_deputy} if setting else set()
            about = About(alert.young_person_id, to=frozenset({staff.id} if alert.elsewhere else leads))
            if not may(await colleague(unit, staff), Action.RELEASE_WORDS, about).is_yes:
                fail("Only the safeguarding lead or the deputy can release words.")
            done = await alarm.release(unit, alert, staff, clock_of(settings).now())
            await unit.commit()
        return done

    out.print("Released. The next digest holds it." if work(task) else "It was released before.")


@app.command()
def figures(as_: As, *, as_json: AsJson = False) -> None:
    """Count, month by month, the alerts that were raised, and how many were a concern."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        async with database.reading() as unit:
            staff, setting = await serving(unit, as_), await unit.settings.get()
            team = frozenset(each.id for each in await Rota(rules_in(settings)).team(unit))
            if not may(await colleague(unit, staff), Action.SEE_FIGURES, About(to=team)).is_yes:
                fail("Only the safeguarding team can see the figures.")
            zone = ZoneInfo(setting.zone if setting else "UTC")
            every = [(f"{each.raised_at.astimezone(zone):%Y-%m}", each.state) for each in await unit.alerts.all()]
        counted = Counter(every)
        return [_month(month, counted) for month in sorted({month for month, _ in every})]

    show(work(task), as_json=as_json, empty="No alerts.")


def _month(month: str, counted: Counter[tuple[str, AlertState]]) -> dict[str, str]:
    real, not_real = counted[month, AlertState.REAL], counted[month, AlertState.NOT_REAL]
    still = counted[month, AlertState.WAITING] + counted[month, AlertState.SEEN]
    rate = f"{round(100 * real / (real + not_real))} %" if real + not_real else ""
    return {"month": month, "concern": str(real), "none": str(not_real), "open": str(still), "of those closed": rate}


async def _row(unit: UnitOfWork, alert: Alert) -> dict[str, str]:
    setting = await unit.settings.get()
    zone = ZoneInfo(setting.zone if setting else "UTC")
    by = await unit.staff.get(alert.seen_by) if alert.seen_by else None
    return {
        "number": number_of(alert.id),
        "raised": f"{alert.raised_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "state": alert.state.value.replace("_", " "),
        "seen by": by.name if by else "",
        "told": f"{alert.stage} times",
        "in the digest": "yes" if alert.released_at else "no",
    }


async def _mine(unit: UnitOfWork, settings: Settings, number: str, email: str) -> tuple[Staff, Alert]:
    """The colleague and the alert with this number, where they may read it."""
    staff, rota = await serving(unit, email), Rota(rules_in(settings))
    found = [each for each in await unit.alerts.all() if number and each.id.endswith(number)]
    mine = [each for each in found if await rota.may_read(unit, staff, each)]
    if len(mine) != 1:
        fail(NOT_YOURS)
    return staff, mine[0]


def _post(settings: Settings) -> Post:
    return Post(read_lines(), load(settings.scripts_folder).words, clock_of(settings))
