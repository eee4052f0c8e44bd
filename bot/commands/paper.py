"""`firsthand scripts print`: the questions of a script on paper, for one person or for anybody."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final

import typer

from bot.clock import SystemClock
from bot.commands.desk import clock_of, fail, out, work
from bot.commands.script_check import Folder
from bot.documents.paper_pdf import Paper, paper
from bot.documents.pictures import OPENMOJI, Images
from bot.facts import Circle, circle
from bot.help_card import numbers_of
from bot.pictures.sets import one_set
from bot.settings import Settings
from conversations import catalogue
from conversations.catalogue import Catalogue
from conversations.document_words import load_document_words
from conversations.help_lines import HelpLines, own_help_lines, shipped_help_lines
from conversations.languages import ENGLISH_CODE, Language, load_languages
from conversations.lines import Line, read_lines
from conversations.profile import Look, Profile, Shows
from conversations.script import Role, Way
from storage.database import Database
from storage.private_files import replace_private
from storage.records import Participant
from storage.unit_of_work import UnitOfWork

LARGE: Final = "large"
NO_SCRIPT: Final = "There is no such script. `firsthand scripts list` shows them."
PARTS: Final[Mapping[str, Callable[[Profile], Profile]]] = MappingProxyType(
    {
        "pictures": lambda profile: replace(profile, shows=Shows.PICTURES),
        "words": lambda profile: replace(profile, shows=Shows.WORDS),
        "both": lambda profile: replace(profile, shows=Shows.BOTH),
        "short": lambda profile: replace(profile, way=Way.SHORT),
        "full": lambda profile: replace(profile, way=Way.FULL),
        "light": lambda profile: replace(profile, look=Look.LIGHT),
        "cream": lambda profile: replace(profile, look=Look.CREAM),
        "3": lambda profile: replace(profile, choices=3),
        "4": lambda profile: replace(profile, choices=4),
        "6": lambda profile: replace(profile, choices=6),
    }
)
"""The words of `--for`, and what each changes."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was asked for, taken apart: parts of a profile, large print, and whose it is (empty: anybody's)."""

    parts: tuple[str, ...]
    large: bool
    whose: str = ""


def print_(
    script: Annotated[str, typer.Argument(help="The script's id, such as young_person.")],
    file: Annotated[Path, typer.Option("--out", help="The PDF to write.", dir_okay=False)],
    whom: Annotated[
        str,
        typer.Option(
            "--for",
            help="Whom it is for: words such as pictures, words, short, cream, 3, large; "
            "and a participant's id, or a young person's reference.",
        ),
    ] = "",
    language: Annotated[str, typer.Option(help="The language, by its code. Else the person's own.")] = "",
    folder: Folder = None,
) -> None:
    """Write a script as a PDF to print: the same questions, pictures, numbers and ids, to tick and write on."""
    asked = _taken_apart(whom)
    if not asked.whose:
        made = _anybodys(script, asked, language, folder)
    else:
        made = work(_one_persons(script, asked, language))
    try:
        replace_private(file, made)
    except OSError as error:
        fail(f"The file cannot be written there: {error.strerror}.", 2)
    out.print(f"Written: {file}", markup=False)


def _taken_apart(whom: str) -> _Asked:
    tokens = [each.strip() for each in whom.split(",") if each.strip()]
    known = tuple(each.lower() for each in tokens if each.lower() in PARTS)
    others = [each for each in tokens if each.lower() not in PARTS and each.lower() != LARGE]
    if len(others) > 1:
        fail(f"Please name one person only. The other words are: {', '.join([*PARTS, LARGE])}.", 2)
    return _Asked(known, any(each.lower() == LARGE for each in tokens), *others)


def _anybodys(script: str, asked: _Asked, code: str, folder: Path | None) -> bytes:
    scripts = catalogue.load(folder, load_languages())
    whom = Paper(SystemClock().now(), large=asked.large)
    return _made(scripts, script, code or ENGLISH_CODE, _with_parts(whom, asked))


async def paper_for(settings: Settings, database: Database, participant: Participant) -> bytes:
    """The script of this participant on paper, as they like to be asked, as a PDF."""
    return await _one_persons(participant.role.value, _Asked((), large=False, whose=participant.id), "")(
        settings, database
    )


def _one_persons(script: str, asked: _Asked, code: str) -> Callable[[Settings, Database], Awaitable[bytes]]:
    async def task(settings: Settings, database: Database) -> bytes:
        scripts = catalogue.load(settings.scripts_folder, load_languages(settings.languages_folder))
        flow = scripts.current(script)
        if flow is None:
            fail(NO_SCRIPT)
        now = clock_of(settings).now()
        async with database.reading() as unit:
            around = await _circle_of(unit, asked.whose, flow.role)
        person = around.participant
        whom = Paper(now, person.profile, asked.large, around.facts(now))
        own = own_help_lines(settings.help_lines)[0]
        images = one_set(settings.pictures_folder, scripts.live(), mixed=settings.pictures_mixed)
        return _made(scripts, script, code or person.language, _with_parts(whom, asked), (images, around, own))

    return task


async def _circle_of(unit: UnitOfWork, whose: str, role: Role) -> Circle:
    """The newest review of a participant, or of a young person by their reference."""
    person: Participant | None = await unit.participants.get(whose)
    if person is None:
        young = await unit.people.by_reference(whose)
        theirs = await unit.participants.of_young_person(young.id) if young else []
        person = next((each for each in theirs if each.role is role is Role.YOUNG_PERSON), None)
    if person is None:
        fail(f"There is nobody with this id or reference, and no such word. The words: {', '.join([*PARTS, LARGE])}.")
    if person.role is not role:
        fail("This script is for somebody else: one is for the young person, one for carers.")
    reviews = await unit.reviews.of_young_person(person.young_person_id)
    if not reviews:
        fail("There is no review of this person. Plan one first, or print it for nobody by name.")
    return await circle(unit, max(reviews, key=lambda review: review.meeting).id, person.id)


def _with_parts(whom: Paper, asked: _Asked) -> Paper:
    profile = whom.profile
    for part in asked.parts:
        profile = PARTS[part](profile)
    return replace(whom, profile=profile)


def _made(
    scripts: Catalogue,
    script: str,
    code: str,
    whom: Paper,
    by: tuple[Images, Circle | None, HelpLines | None] = (OPENMOJI, None, None),
) -> bytes:
    images, around, own = by
    flow = scripts.current(script, code)
    if flow is None:
        fail(NO_SCRIPT)
    if code not in scripts.languages.known:
        fail(f"There is no language '{code}'. `firsthand languages list` shows them.", 2)
    spoken = scripts.languages.of(code)
    return paper(flow, load_document_words(spoken), replace(whom, help_lines=_help_lines(spoken, around, own)), images)


def _help_lines(language: Language, around: Circle | None, own: HelpLines | None) -> tuple[str, ...]:
    """Whom to call: the help lines with a number in them, and whom to talk to where that is known."""
    lines = read_lines(language)
    numbers = list(numbers_of(language, own or shipped_help_lines()))
    if around is not None and around.safeguarding:
        there = lines[Line.HELP_CONTACT].format(setting=around.setting.name, safeguarding=around.safeguarding)
        numbers.append(there.strip())
    return tuple(numbers)
