"""`firsthand complaints`: who complained, by when an answer is due, and that it was given."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from bot.authority import About, Action, colleague, may
from bot.commands.answer_words import written_answer
from bot.commands.desk import AsJson, clock_of, fail, out, serving, show, work
from bot.rights.answering import ask_to_tell
from bot.settings import Settings
from bot.telegram.clip_calls import clip_file
from storage.database import Database
from storage.private_files import write_private
from storage.records import Complaint, ComplaintState, MediaState, Setting, Staff
from storage.unit_of_work import UnitOfWork

app = typer.Typer(no_args_is_help=True, help="Complaints from the chat.")

Email = Annotated[str, typer.Option(help="Your own work e-mail.")]


@app.command("list")
def list_(email: Email, *, as_json: AsJson = False) -> None:
    """Read the complaints that went to you, the soonest due first. That you read them is recorded."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff, setting = await serving(unit, email), await unit.settings.get()
            found = [each for each in await unit.complaints.of_staff(staff.id) if await _is_mine(unit, staff, each)]
            rows = [await _row(unit, each, setting, now) for each in found]
            for each in found:
                await unit.audit.add(now, staff.id, "read_complaint", each.id)
            await unit.commit()
        return rows

    show(work(task), as_json=as_json, empty="No complaints.")


@app.command()
def answer(
    complaint_id: Annotated[str, typer.Argument(help="The complaint.")],
    email: Email,
    words: Annotated[
        Path | None,
        typer.Option(
            help="A file with your answer, or - to type it. It is told in the chat, with your name.", allow_dash=True
        ),
    ] = None,
) -> None:
    """Answer a complaint: here with --words, else note that you answered in person or by letter."""
    said = written_answer(words) if words is not None else ""

    async def task(settings: Settings, database: Database) -> bool:
        now = clock_of(settings).now()
        async with database.work() as unit:
            staff, found = await serving(unit, email), await unit.complaints.get(complaint_id)
            if found is None or not await _is_mine(unit, staff, found) or found.state is ComplaintState.ASKED:
                fail("There is no such complaint of yours. `firsthand complaints list` shows them.")
            if found.state is not ComplaintState.KEPT:
                if said:
                    fail("It was answered before. Talk to the person, or wait until they add something.")
                return True
            answered = _answered(found, staff, now, said)
            await unit.complaints.save(answered)
            is_told = not said or await ask_to_tell(unit, answered, now)
            await unit.audit.add(now, staff.id, "answered_complaint", found.id)
            await unit.commit()
        return is_told

    if not work(task):
        fail("Noted, but it is not told in the chat: this person is not written to any more. Answer by letter.", 4)
    out.print("Noted. It is told in the chat at a decent hour." if said else "Noted.")


@app.command()
def media(
    complaint_id: Annotated[str, typer.Argument(help="The complaint.")],
    folder: Annotated[Path, typer.Argument(help="Where to put the files.", exists=True, file_okay=False)],
    email: Email,
) -> None:
    """Write the voice messages and photos of a complaint to files for your eyes alone. Delete them afterwards."""

    async def task(settings: Settings, database: Database) -> list[tuple[str, bytes]]:
        async with database.work() as unit:
            staff, found = await serving(unit, email), await unit.complaints.get(complaint_id)
            if found is None or not await _is_mine(unit, staff, found):
                fail("There is no such complaint of yours. `firsthand complaints list` shows them.")
            files = []
            for number, each in enumerate(found.media, start=1):
                kept = await unit.media.get(each.id)
                if kept is not None and kept.state is MediaState.KEPT:
                    files.append((clip_file(each.kind, kept.mime, number), await unit.media.data(each.id)))
            await unit.audit.add(clock_of(settings).now(), staff.id, "read_complaint", found.id)
            await unit.commit()
        return files

    for name, content in work(task):
        path = folder / name
        try:
            write_private(path, content)
        except OSError as error:
            fail(f"{path} cannot be written: {error.strerror}. Name an empty folder.", 2)
        out.print(str(path), markup=False)


def _answered(complaint: Complaint, staff: Staff, now: datetime, said: str) -> Complaint:
    done = ComplaintState.ANSWERED
    return replace(complaint, state=done, answered_at=now, answered_by=staff.id, answer=said)


async def _is_mine(unit: UnitOfWork, staff: Staff, complaint: Complaint) -> bool:
    about = About(to=frozenset({complaint.staff_id}))
    return may(await colleague(unit, staff), Action.ANSWER_COMPLAINT, about).is_yes


async def _row(unit: UnitOfWork, complaint: Complaint, setting: Setting | None, now: datetime) -> dict[str, str]:
    person = await unit.participants.get(complaint.participant_id)
    zone = ZoneInfo(setting.zone if setting else "UTC")
    late = complaint.state is ComplaintState.KEPT and complaint.answer_by < now.astimezone(zone).date()
    media = [f"[{each.kind.value}: firsthand complaints media]" for each in complaint.media]
    return {
        "complaint": complaint.id,
        "from": person.name if person else "",
        "at": f"{complaint.at.astimezone(zone):%Y-%m-%d %H:%M}",
        "answer by": complaint.answer_by.isoformat(),
        "state": "overdue" if late else "open" if complaint.state is ComplaintState.KEPT else complaint.state.value,
        "words": "\n".join([*filter(None, [complaint.words]), *media]),
    }
