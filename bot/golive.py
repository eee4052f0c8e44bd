"""The go-live list (P14): real people cannot be invited until it is met. The demo bypasses it, and says so."""

from __future__ import annotations

from datetime import date, datetime

from bot.offered import not_fit
from bot.own_safety import own_problems
from bot.settings import Settings
from conversations.catalogue import load
from conversations.help_lines import own_help_lines
from conversations.languages import load_languages
from storage.database import Database
from storage.ledger import Ledger
from storage.records import Staff, StaffState


async def missing(settings: Settings, database: Database, now: datetime) -> list[str]:
    """What is not there yet, each with what to do; empty when real people may be invited, or in the demo."""
    if settings.is_demo:
        return []
    today = now.date()
    written = [*_papers(settings, today), *_languages(settings), *_deletions(settings), *_safety(settings, today)]
    return [*written, *await _people(database)]


def _deletions(settings: Settings) -> list[str]:
    """Nobody could be deleted: people must not be told that they can."""
    if Ledger(settings.deletions_path).is_writable():
        return []
    return ["a list of deletions that can be written: FIRSTHAND_DELETIONS_FILE"]


def _safety(settings: Settings, today: date) -> list[str]:
    """Numbers that nobody answers, and lists that are not used, are worse than none."""
    found = [f"a file without faults: {problem.told()}" for problem in own_problems(settings)]
    if own_help_lines(settings.help_lines)[0].stale(today):
        found.append("help lines checked within six months, in a file of your own: FIRSTHAND_HELP_LINES")
    return found


def _languages(settings: Settings) -> list[str]:
    """Nobody is spoken to in a language whose sentences nobody has approved, whatever else the settings say."""
    return not_fit(settings, load_languages(settings.languages_folder), load(settings.scripts_folder))


def _papers(settings: Settings, today: date) -> list[str]:
    needed = {
        "the reference of your data protection impact assessment: FIRSTHAND_DPIA_REFERENCE": settings.dpia_reference,
        "its date: FIRSTHAND_DPIA_DATE": _past(settings.dpia_date, today),
        "the address of your privacy notice: FIRSTHAND_PRIVACY_NOTICE": settings.privacy_notice,
        "the day your retention schedule was agreed: FIRSTHAND_RETENTION_AGREED": _past(
            settings.retention_agreed, today
        ),
        "the youngest age for Telegram, as you decided: FIRSTHAND_MINIMUM_AGE": settings.minimum_age,
        "a young person who approved the scripts: FIRSTHAND_SCRIPTS_APPROVED_BY_YOUNG_PERSON": (
            settings.scripts_approved_by_young_person
        ),
        "a parent or carer who approved the scripts: FIRSTHAND_SCRIPTS_APPROVED_BY_PARENT": (
            settings.scripts_approved_by_parent
        ),
        "a mail server for digests: FIRSTHAND_MAIL_HOST": settings.mail_host,
    }
    return [what for what, value in needed.items() if not value]


def _past(day: date | None, today: date) -> bool:
    """Whether something was done: a day to come is a plan."""
    return day is not None and day <= today


async def _people(database: Database) -> list[str]:
    async with database.reading() as work:
        setting = await work.settings.get()
        lead = await work.staff.get(setting.safeguarding_lead) if setting else None
        deputy = await work.staff.get(setting.safeguarding_deputy) if setting else None
        username = await work.meta.get("bot_username")
    found = []
    if setting is None:
        found.append("who you are: `firsthand setting set`")
    if not _serves(lead):
        found.append("a safeguarding lead who works here: `firsthand setting set --safeguarding-lead`")
    if not _serves(deputy):
        found.append("a safeguarding deputy who works here: `firsthand setting set --safeguarding-deputy`")
    if username is None:
        found.append("a token that was tried: start `firsthand run` once")
    return found


def _serves(staff: Staff | None) -> bool:
    return staff is not None and staff.state is StaffState.ACTIVE
