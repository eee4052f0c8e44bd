"""`firsthand invite`: a new link for a lost letter or phone, and the word of staff that somebody is who they are."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.ages import may_use_telegram
from bot.commands import gate
from bot.commands.desk import AsJson, clock_of, err, fail, out, serving, show, work
from bot.commands.on_paper import too_young
from bot.invitations import Manner, link_for, write_letter
from bot.joining import Joining, current_review
from bot.offered import offered
from bot.pictures.sets import one_set
from bot.post import Post
from bot.reviewing import Invitation
from bot.secrets_by_hand import SecretKind
from bot.settings import Settings
from conversations import catalogue
from conversations.languages import load_languages
from conversations.lines import Line, read_lines
from storage.database import Database
from storage.records import ParticipantState, Review

app = typer.Typer(no_args_is_help=True, help="Invites: link, QR code, printable letter.")

Letters = Annotated[Path | None, typer.Option(help="Folder for printable letters (PDF).")]
_SAID_THE_SECRET = frozenset({ParticipantState.ANSWERED_CODE, ParticipantState.JOINED})


@app.command()
def new(
    participant_id: Annotated[str, typer.Argument(help="The participant, as `firsthand review list` names them.")],
    secret: Annotated[SecretKind, typer.Option(help="The second secret.")] = SecretKind.WORD,
    language: Annotated[str, typer.Option(help="The letter's language, by its code. Else the one they have.")] = "",
    letters: Letters = None,
    *,
    as_json: AsJson = False,
) -> None:
    """A new invite, for a lost letter or a new phone. The old one, and the old account, end at once."""
    see_that_letters_can_be_written(letters)

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        now = clock_of(settings).now()
        inviting = await gate.inviting(settings, database, now)
        see_that_it_is_offered(settings, language)
        async with database.work() as unit:
            participant = await unit.participants.get(participant_id)
            if participant is None or participant.state is ParticipantState.ENDED:
                fail("There is no such participant. `firsthand review list` shows everyone.")
            if not await may_use_telegram(unit, participant, now):
                fail(await too_young(unit, participant))
            review = await current_review(unit, participant)
            participant = await inviting.in_language(unit, participant, language)
            made = await inviting.invite(unit, participant, secret, now)
            await unit.commit()
        return await handed_out(settings, database, review, [made], letters)

    show(work(task), as_json=as_json, empty="")


@app.command()
def checked(
    participant_id: Annotated[str, typer.Argument(help="The participant.")],
    email: Annotated[str, typer.Option(help="Your own work e-mail.")],
) -> None:
    """Say that you checked, face to face or by phone, that this is the right person."""

    async def task(settings: Settings, database: Database) -> tuple[Line, str]:
        clock = clock_of(settings)
        post = Post(read_lines(), catalogue.load(settings.scripts_folder).words, clock)
        async with database.work() as unit:
            staff = await serving(unit, email)
            participant = await unit.participants.get(participant_id)
            if participant is None:
                fail("There is no such participant. `firsthand review list` shows everyone.")
            if participant.state not in _SAID_THE_SECRET:
                fail("This person has not opened the link and sent the secret yet. Nobody is let in before that.")
            line = await Joining(post).checked(unit, staff, participant_id, clock.now())
            await unit.commit()
        return line, post.line(line, name=participant.name)

    line, text = work(task)
    if line is not Line.STAFF_CHECKED:
        fail(text)
    out.print(text, markup=False)


def see_that_letters_can_be_written(folder: Path | None) -> None:
    """End kindly where they cannot: secrets and links are shown once, so that is found out before they are made."""
    if folder is None:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        fail(f"Letters cannot be written there: {error.strerror}. Please choose another folder.", 2)


def see_that_it_is_offered(settings: Settings, code: str) -> None:
    """End kindly where people cannot choose this language; no code at all is fine."""
    languages = load_languages(settings.languages_folder)
    if code and code not in languages.known:
        fail(f"There is no language '{code}'. `firsthand languages list` shows them. Nothing was made.", 2)
    if code and code not in offered(settings, languages):
        fail(f"Nobody can choose '{code}' here yet. It has to be approved, and in FIRSTHAND_LANGUAGES.", 2)


async def handed_out(
    settings: Settings, database: Database, review: Review | None, made: Sequence[Invitation], letters: Path | None
) -> list[dict[str, str]]:
    """Each invite as it is shown, once; its letter is written where a folder was named and a review is to come."""
    rows = await shown_once(database, made)
    if letters is not None and review is not None:
        await write_letters(database, review, made, letters, manners(settings))
    return rows


async def shown_once(database: Database, made: Sequence[Invitation]) -> list[dict[str, str]]:
    """Each invite as it is shown, once."""
    async with database.reading() as unit:
        return [
            {
                "for": each.name,
                "role": each.role.value.replace("_", " "),
                "link": await link_for(unit, each.token),
                "secret": f"{each.secret.kind.value}: {each.secret.text}",
                "participant": each.participant_id,
            }
            for each in made
        ]


def manners(settings: Settings) -> Callable[[str], Manner]:
    """How a letter in each language looks at this setting; read once, however many letters there are."""
    languages = load_languages(settings.languages_folder)
    can = languages.only(offered(settings, languages))
    scripts = catalogue.load(settings.scripts_folder)
    images = one_set(settings.pictures_folder, scripts.live(), mixed=settings.pictures_mixed)
    return lambda code: Manner(can.of(code), images)


async def write_letters(
    database: Database, review: Review, made: Sequence[Invitation], folder: Path, manner: Callable[[str], Manner]
) -> None:
    """A letter for each; one that cannot be written is said, and stops none of the others."""
    for each in made:
        await _write(database, review, each, folder, manner(each.language))


async def _write(database: Database, review: Review, made: Invitation, folder: Path, manner: Manner) -> None:
    try:
        await write_letter(database, review, made, folder, manner)
    except OSError as error:
        err.print(f"A letter could not be written: {error.strerror}. The link works without it.", markup=False)
