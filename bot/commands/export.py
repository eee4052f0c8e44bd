"""`firsthand export`: everything that is kept about one person, for a subject access request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.authority import About, Action, Ruling, colleague, may
from bot.clock import Clock
from bot.commands.desk import clock_of, fail, out, work
from bot.documents.own_data import own_data_pdf
from bot.documents.record import record_pdf
from bot.rights.gathering import gathered_of, own_media
from bot.rights.kept import OwnData
from bot.rights.own_json import as_json, plain_json
from bot.rights.record import Record, recorded
from bot.safeguarding.rota import Rota, rules_in
from bot.settings import Settings
from bot.telegram.clip_calls import clip_file
from conversations.catalogue import load
from conversations.document_words import load_document_words
from conversations.languages import load_languages
from conversations.script import Role
from conversations.state import MediaId
from storage.database import Database
from storage.private_files import write_private
from storage.records import Participant, Setting, Staff
from storage.records.alerts import Alert
from storage.unit_of_work import UnitOfWork

EXPORTED: Final = "exported"


@dataclass(frozen=True, slots=True)
class _Found:
    """All of it, opened, before it is written."""

    own: OwnData = field(repr=False)
    record: Record = field(repr=False)
    media: tuple[tuple[str, bytes], ...] = field(repr=False)
    language: str
    zone: str


def export(
    to: Annotated[Path, typer.Option(help="A new folder. One that is there is never written into.")],
    as_: Annotated[str, typer.Option("--as", help="Your own work e-mail. It is recorded that you did this.")],
    person: Annotated[str, typer.Option(help="The participant, as `firsthand review list` names them.")] = "",
    reference: Annotated[str, typer.Option(help="Or your own reference for a young person.")] = "",
) -> None:
    """Write all that is kept about one person: their words, what staff keep, and what is left out, and why."""
    if bool(person) is bool(reference):
        fail("Say who it is about: either --person or --reference.", 2)

    async def task(settings: Settings, database: Database) -> _Found:
        clock = clock_of(settings)
        async with database.work() as unit:
            whose, setting = await _whose(unit, person, reference), await unit.settings.get()
            if whose is None or setting is None:
                fail("There is nobody of this name here. `firsthand review list` shows everyone.")
            staff = await _who_may(unit, as_, whose)
            found = await _found(unit, settings, (whose, setting, staff), clock)
            await unit.audit.add(clock.now(), staff.id, EXPORTED, whose.id)
            _new_folder(to)
            await unit.commit()
        return found

    found = work(task)
    for name, content in _files(found):
        try:
            write_private(to / name, content)
        except OSError as error:
            fail(f"{name} cannot be written there: {error.strerror}.")
        out.print(str(to / name), markup=False)
    out.print("\nRead it before you hand it over: could a line of it harm somebody, or tell of somebody else?")
    out.print("It is open to whoever has the files. Delete them here once they were handed over.")


async def _whose(unit: UnitOfWork, person: str, reference: str) -> Participant | None:
    if person:
        return await unit.participants.get(person)
    about = await unit.people.by_reference(reference)
    people = await unit.participants.of_young_person(about.id) if about else []
    return next((each for each in people if each.role is Role.YOUNG_PERSON), None)


async def _who_may(unit: UnitOfWork, email: str, whose: Participant) -> Staff:
    """Who coordinates a review of this person, and the safeguarding team; never about their own child."""
    staff = await unit.staff.by_email(email)
    reviews = await unit.reviews.of_young_person(whose.young_person_id)
    about = About(whose.young_person_id, coordinators=frozenset(each.coordinator_id for each in reviews))
    ruling = may(await colleague(unit, staff), Action.EXPORT, about)
    if ruling is Ruling.OWN_FAMILY:
        fail("You take part in this review yourself. Ask a colleague to do it.")
    if staff is None or not ruling.is_yes:
        fail("Only who coordinates a review of this person, or a safeguarding colleague, can do this.")
    return staff


async def _found(unit: UnitOfWork, settings: Settings, who: tuple[Participant, Setting, Staff], clock: Clock) -> _Found:
    whose, setting, staff = who
    catalogue = load(settings.scripts_folder, load_languages(settings.languages_folder))
    own = await gathered_of(unit, catalogue, setting, [whose], clock.now())
    media = []
    for number, each in enumerate(await own_media(unit, whose.id), start=1):
        if each.kept:
            media.append((clip_file(each.kind, each.mime, number), await unit.media.data(MediaId(each.id))))
    rota = Rota(rules_in(settings))

    async def may_read(alert: Alert) -> bool:
        return await rota.may_read(unit, staff, alert)

    record = await recorded(unit, whose, staff, clock.now(), may_read)
    return _Found(own, record, tuple(media), whose.language, setting.zone)


def _new_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=False)
    except FileExistsError:
        fail("This folder is there already. Name a new one: nothing is written over.", 2)
    except OSError as error:
        fail(f"The folder cannot be made: {error.strerror}.", 2)


def _files(found: _Found) -> Iterator[tuple[str, bytes]]:
    english = load_document_words()
    theirs = load_document_words(load_languages().of(found.language))
    yield "own-words.pdf", own_data_pdf(found.own, theirs)
    yield "own-words.json", as_json(found.own)
    yield "record.pdf", record_pdf(found.record, found.zone, english)
    yield "record.json", plain_json("firsthand-record-1", found.record)
    yield from found.media
