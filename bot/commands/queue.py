"""The queue of words that nobody has read yet: whose they are and by when, never what they are."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.authority import Action, about_review, colleague, may
from bot.commands.desk import serving
from bot.safeguarding.rota import Rota
from storage.records import Note, Staff
from storage.unit_of_work import UnitOfWork


async def queue(unit: UnitOfWork, rota: Rota, email: str, now: datetime) -> list[dict[str, str]]:
    """What waits for this colleague: of the reviews they coordinate or run, and of the alerts that they may read."""
    staff = await serving(unit, email)
    setting = await unit.settings.get()
    zone = ZoneInfo(setting.zone if setting else "UTC")
    found = [note for note in await unit.notes.unread() if await _concerns(unit, rota, staff, note)]
    first = sorted(found, key=lambda note: (note.alert_id is None, note.read_due or date.max, note.at))
    return [await _row(unit, note, zone, now) for note in first]


async def _concerns(unit: UnitOfWork, rota: Rota, staff: Staff, note: Note) -> bool:
    if note.alert_id is not None:
        alert = await unit.alerts.get(note.alert_id)
        return alert is not None and await rota.may_read(unit, staff, alert)
    review = await unit.reviews.get(note.review_id) if note.review_id else None
    if review is None:
        return False
    return may(await colleague(unit, staff), Action.SEE_WHAT_WAITS, about_review(review)).is_yes


async def _row(unit: UnitOfWork, note: Note, zone: ZoneInfo, now: datetime) -> dict[str, str]:
    person = await unit.participants.get(note.participant_id)
    late = note.read_due is not None and note.read_due < now.astimezone(zone).date()
    return {
        "first": "alert" if note.alert_id else "",
        "review": note.review_id or "",
        "from": person.name if person else "",
        "at": f"{note.at.astimezone(zone):%Y-%m-%d %H:%M}",
        "read by": note.read_due.isoformat() if note.read_due else "now" if note.alert_id else "",
        "state": "overdue" if late else "waits",
    }
