"""`firsthand recordings`: questions read aloud, from files that somebody else recorded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.clips import ClipFault, read_clip
from bot.commands.desk import AsJson, clock_of, fail, out, show, work
from bot.media_fetch import LIMIT
from bot.settings import Settings
from conversations import catalogue
from conversations.bounded import read_at_most
from conversations.catalogue import Catalogue
from conversations.languages import ENGLISH_CODE, load_languages
from conversations.spoken import Passage, passages, place_name
from conversations.state import MediaKind
from storage.database import Database
from storage.ids import new_id
from storage.records import Recording

app = typer.Typer(no_args_is_help=True, help="Questions read aloud. In Telegram, staff record them with /record.")

Script = Annotated[str, typer.Argument(help="The script's id.")]
Step = Annotated[str, typer.Argument(help="The step's id; for a card: step.card.")]
Code = Annotated[str, typer.Option("--language", help="Code of the language that is spoken.")]
Sound = Annotated[
    Path, typer.Argument(help="A sound file: OGG, MP3 or M4A.", exists=True, dir_okay=False, readable=True)
]

_BY_HAND = "command"
"""In place of a staff id: whoever runs the server."""


@app.command()
def add(script: Script, step: Step, file: Sound, language: Code = ENGLISH_CODE) -> None:
    """Keep a recording of one question, in place of an earlier one."""
    data = read_at_most(file, LIMIT)
    data = data if len(data) <= LIMIT else b""
    clip = read_clip(MediaKind.VOICE, data)
    if isinstance(clip, ClipFault):
        fail("This file holds no sound that can be played, or is larger than 20 MB.", 2)

    async def task(settings: Settings, database: Database) -> None:
        passage = _passage(settings, (script, step), language)
        recording = Recording(
            id=new_id(),
            script=script,
            step=passage.step,
            item=passage.item,
            language=language,
            said=passage.code,
            by=_BY_HAND,
            at=clock_of(settings).now(),
        )
        async with database.work() as unit:
            await unit.recordings.arrived(recording)
            await unit.recordings.kept(recording, data, clip.mime)
            await unit.audit.add(recording.at, _BY_HAND, "recorded", recording.id)
            await unit.commit()

    work(task)
    out.print("Kept. People can listen to it from their next question on.")


@app.command("list")
def list_(*, as_json: AsJson = False) -> None:
    """Show what is read aloud, and what was recorded before its words were changed."""

    async def task(settings: Settings, database: Database) -> list[dict[str, str]]:
        async with database.reading() as unit:
            kept = await unit.recordings.all()
        flows = catalogue.load(settings.scripts_folder, load_languages(settings.languages_folder))
        return [_row(flows, each) for each in kept]

    show(work(task), as_json=as_json, empty="Nothing is read aloud yet.")


@app.command()
def remove(script: Script, step: Step, language: Code = ENGLISH_CODE) -> None:
    """Take a recording away."""

    async def task(settings: Settings, database: Database) -> bool:
        async with database.work() as unit:
            kept = await unit.recordings.of(script, language)
            theirs = [each for each in kept if place_name(each.step, each.item) == step]
            for each in theirs:
                await unit.recordings.delete(each.id)
                await unit.audit.add(clock_of(settings).now(), _BY_HAND, "recording_removed", each.id)
            await unit.commit()
        return bool(theirs)

    if not work(task):
        fail("There is no such recording. `firsthand recordings list` shows them.")
    out.print("Taken away.")


def _passage(settings: Settings, place: tuple[str, str], language: str) -> Passage:
    script, step = place
    languages = load_languages(settings.languages_folder)
    flow = catalogue.load(settings.scripts_folder, languages).current(script, language)
    if flow is None:
        fail("There is no such script. `firsthand scripts list` shows them.")
    if flow.language != language:
        fail("This language is not there.")
    found = next((each for each in passages(flow) if each.name == step), None)
    if found is None:
        fail("There is no such question in this script. For a card, write step.card.")
    return found


def _row(flows: Catalogue, recording: Recording) -> dict[str, str]:
    flow = flows.current(recording.script, recording.language)
    said = {(each.step, each.item): each.code for each in passages(flow)} if flow is not None else {}
    fits = said.get((recording.step, recording.item)) == recording.said
    return {
        "script": recording.script,
        "step": place_name(recording.step, recording.item),
        "language": recording.language,
        "recorded": recording.at.date().isoformat(),
        "played": "yes" if fits else "no, the words have changed",
    }
