"""The go-live list (P14): real people cannot be invited until it is met. The demo bypasses it, and says so.

Each item is a small function that looks and says what is missing, with what to do. `ITEMS` is the list.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from bot.offered import not_fit
from bot.settings import Settings
from conversations.catalogue import load
from conversations.languages import load_languages
from storage.database import Database
from storage.ledger import Ledger
from storage.records import Staff, StaffState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Look:
    """What an item may look at. `work` only reads; `now` is in UTC."""

    settings: Settings
    work: UnitOfWork
    now: datetime


Item: TypeAlias = Callable[[Look], Awaitable[list[str]]]
"""One item of the list: a line for each thing that is missing, none where it is met."""


async def missing(settings: Settings, database: Database, now: datetime) -> list[str]:
    """What is not there yet, each with what to do; empty when real people may be invited, or in the demo."""
    if settings.is_demo:
        return []
    async with database.reading() as work:
        look = Look(settings, work, now)
        return [line for item in ITEMS for line in await item(look)]


async def _assessment(look: Look) -> list[str]:
    return _lacking(
        (
            "the reference of your data protection impact assessment: FIRSTHAND_DPIA_REFERENCE",
            look.settings.dpia_reference,
        ),
        ("its date: FIRSTHAND_DPIA_DATE", _past(look.settings.dpia_date, look.now.date())),
    )


async def _privacy_notice(look: Look) -> list[str]:
    return _lacking(("the address of your privacy notice: FIRSTHAND_PRIVACY_NOTICE", look.settings.privacy_notice))


async def _retention(look: Look) -> list[str]:
    agreed = _past(look.settings.retention_agreed, look.now.date())
    return _lacking(("the day your retention schedule was agreed: FIRSTHAND_RETENTION_AGREED", agreed))


async def _minimum_age(look: Look) -> list[str]:
    what = "the youngest age for Telegram, as you decided: FIRSTHAND_MINIMUM_AGE"
    return _lacking((what, look.settings.minimum_age))


async def _scripts(look: Look) -> list[str]:
    return _lacking(
        (
            "a young person who approved the scripts: FIRSTHAND_SCRIPTS_APPROVED_BY_YOUNG_PERSON",
            look.settings.scripts_approved_by_young_person,
        ),
        (
            "a parent or carer who approved the scripts: FIRSTHAND_SCRIPTS_APPROVED_BY_PARENT",
            look.settings.scripts_approved_by_parent,
        ),
    )


async def _mail(look: Look) -> list[str]:
    return _lacking(("a mail server for digests: FIRSTHAND_MAIL_HOST", look.settings.mail_host))


async def _languages(look: Look) -> list[str]:
    """Nobody is spoken to in a language whose sentences nobody has approved, whatever else the settings say."""
    settings = look.settings
    return not_fit(settings, load_languages(settings.languages_folder), load(settings.scripts_folder))


async def _deletions(look: Look) -> list[str]:
    """Nobody could be deleted: people must not be told that they can."""
    is_there = Ledger(look.settings.deletions_path).is_writable()
    return _lacking(("a list of deletions that can be written: FIRSTHAND_DELETIONS_FILE", is_there))


async def _setting(look: Look) -> list[str]:
    return _lacking(("who you are: `firsthand setting set`", await look.work.settings.get()))


async def _safeguarding(look: Look) -> list[str]:
    setting = await look.work.settings.get()
    lead = await look.work.staff.get(setting.safeguarding_lead) if setting else None
    deputy = await look.work.staff.get(setting.safeguarding_deputy) if setting else None
    return _lacking(
        ("a safeguarding lead who works here: `firsthand setting set --safeguarding-lead`", _serves(lead)),
        ("a safeguarding deputy who works here: `firsthand setting set --safeguarding-deputy`", _serves(deputy)),
    )


async def _token(look: Look) -> list[str]:
    username = await look.work.meta.get("bot_username")
    return _lacking(("a token that was tried: start `firsthand run` once", username))


ITEMS: Final[tuple[Item, ...]] = (
    _assessment,
    _privacy_notice,
    _retention,
    _minimum_age,
    _scripts,
    _mail,
    _languages,
    _deletions,
    _setting,
    _safeguarding,
    _token,
)


def _lacking(*needed: tuple[str, object]) -> list[str]:
    """What of these is not there."""
    return [what for what, value in needed if not value]


def _past(day: date | None, today: date) -> bool:
    """Whether something was done: a day to come is a plan."""
    return day is not None and day <= today


def _serves(staff: Staff | None) -> bool:
    return staff is not None and staff.state is StaffState.ACTIVE
