"""What staff are told, and given, where somebody is too young for Telegram: the same questions on paper."""

from __future__ import annotations

from pathlib import Path

from bot.commands.desk import err
from bot.commands.paper import paper_for
from bot.settings import Settings
from storage.database import Database
from storage.records import Participant
from storage.unit_of_work import UnitOfWork


async def too_young(unit: UnitOfWork, participant: Participant) -> str:
    """That there is no link, until which day, and how to ask."""
    about = await unit.people.get(participant.young_person_id)
    until = about.telegram_from.isoformat() if about and about.telegram_from else "later"
    return (
        f"{participant.name} is younger than your age for Telegram (FIRSTHAND_MINIMUM_AGE) until {until}: no link.\n"
        "Please ask them in another way. On paper: "
        f"`firsthand scripts print {participant.role.value} --for {participant.id} --out paper.pdf`."
    )


async def say_on_paper(settings: Settings, database: Database, participant: Participant, folder: Path | None) -> None:
    """Say it, and write the paper beside the letters where there is a folder for them."""
    async with database.reading() as unit:
        err.print(await too_young(unit, participant), markup=False)
    if folder is None:
        return
    path = folder / f"paper-{participant.id[-6:]}.pdf"
    try:
        path.write_bytes(await paper_for(settings, database, participant))
    except OSError as error:
        err.print(f"The paper could not be written: {error.strerror}.", markup=False)
        return
    err.print(f"Written: {path}", markup=False)
