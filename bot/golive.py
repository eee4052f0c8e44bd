"""The go-live list (P14): real people cannot be invited until it is met. The demo bypasses it, and says so.

Each item is a small function that looks and says what is missing, with what to do. `ITEMS` is the list.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, TypeAlias

from bot.documents.own_template import faults
from bot.local_help import local_help
from bot.offered import not_fit
from bot.own_safety import own_problems
from bot.safeguarding.rota import AT_LEAST, Rota, rules_in
from bot.safeguarding.watch import SILENT, WATCHED
from bot.settings import ENV_FILE, Settings
from bot.trial_mail import was_tried
from conversations.catalogue import Catalogue, load
from conversations.help_lines import own_help_lines
from conversations.languages import load_languages
from conversations.local_links import NEEDED
from storage.database import Database
from storage.engines import database_url
from storage.ledger import Ledger
from storage.records import Approver, Staff, StaffState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Look:
    """What an item may look at. `work` only reads; `now` is in UTC; `catalogue` has the scripts that are asked."""

    settings: Settings
    work: UnitOfWork
    now: datetime
    catalogue: Catalogue


Item: TypeAlias = Callable[[Look], Awaitable[list[str]]]
"""One item of the list: a line for each thing that is missing, none where it is met."""


_OTHERS: Final = 0o077


async def missing(settings: Settings, database: Database, now: datetime) -> list[str]:
    """What is not there yet, each with what to do; empty when real people may be invited, or in the demo."""
    async with database.reading() as work:
        return await lacking(Look(settings, work, now, load(settings.scripts_folder)))


async def lacking(look: Look) -> list[str]:
    """The same within a unit of work."""
    return [] if look.settings.is_demo else [line for item in ITEMS for line in await item(look)]


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
    """Each script as it is asked now; a new version needs a new yes, from those whom it is for."""
    said_yes = {(each.script, each.version, each.role) for each in await look.work.approvals.all()}
    command = "`firsthand scripts approve {} --by NAME --role {}`"
    return _lacking(
        *(
            (
                f"a {who.value.replace('_', ' ')} who approved '{flow.id}', version {flow.version}: "
                + command.format(flow.id, who.value),
                (flow.id, flow.version, who) in said_yes,
            )
            for flow in look.catalogue.flows.values()
            for who in Approver
        )
    )


async def _mail(look: Look) -> list[str]:
    if not look.settings.mail_host:
        return ["a mail server for digests: FIRSTHAND_MAIL_HOST"]
    tried = [await was_tried(look.work, look.settings, staff) for staff in await look.work.staff.all()]
    return _lacking(("mail that was tried: `firsthand check --try-mail`", any(tried)))


async def _complaints(look: Look) -> list[str]:
    contact = look.settings.complaints_contact
    staff = await look.work.staff.by_email(contact) if contact else None
    return _lacking(("a colleague who gets complaints and works here: FIRSTHAND_COMPLAINTS_CONTACT", _serves(staff)))


async def _local_links(look: Look) -> list[str]:
    places, problems = local_help(look.settings.local_links_file)
    wrong = [f"a file of local help without a fault: {each.told()}" for each in problems]
    lacking = [each.value for each in NEEDED if each not in places]
    what = f"who helps where you are ({', '.join(lacking)}): FIRSTHAND_LOCAL_LINKS_FILE"
    return [*wrong, *_lacking((what, not lacking))]


async def _word_template(look: Look) -> list[str]:
    file = look.settings.word_template
    return [f"a Word template without a fault: {each} FIRSTHAND_WORD_TEMPLATE" for each in faults(file)] if file else []


async def _private_files(look: Look) -> list[str]:
    """What holds keys or words, and can be read by others on this machine."""
    return [f"a file that you alone can read: chmod 600 {each.name}" for each in _open_to_others(look.settings)]


async def _languages(look: Look) -> list[str]:
    """Nobody is spoken to in a language whose sentences nobody has approved, whatever else the settings say."""
    settings = look.settings
    return not_fit(settings, load_languages(settings.languages_folder), look.catalogue)


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
    found = _lacking(
        ("a safeguarding lead who works here: `firsthand setting set --safeguarding-lead`", _serves(lead)),
        ("a safeguarding deputy who works here: `firsthand setting set --safeguarding-deputy`", _serves(deputy)),
    )
    how = "`firsthand staff link`, or `firsthand check --try-mail`"
    for what, staff in (("lead", lead), ("deputy", deputy)):
        if staff is not None and _serves(staff) and not await _is_reachable(look, staff):
            found.append(f"a safeguarding {what} who is in, or whose mail was tried: {how}")
    return found


async def _safety(look: Look) -> list[str]:
    """Somebody is there for whoever may not be safe, at any hour, and somebody hears when the bot is off."""
    settings, rota = look.settings, Rota(rules_in(look.settings))
    team, contact = await rota.team(look.work), await rota.contact(look.work)
    watched = await look.work.meta.get(WATCHED)
    return _lacking(
        ("a safeguarding team of at least two: `firsthand staff add --duty safeguarding`", len(team) >= AT_LEAST),
        ("the hours of the safeguarding team: FIRSTHAND_SAFEGUARDING_HOURS", settings.safeguarding_hours),
        ("who is told out of hours: FIRSTHAND_OUT_OF_HOURS_EMAIL", settings.out_of_hours_email),
        ("their phone, for people to call: FIRSTHAND_OUT_OF_HOURS_PHONE", settings.out_of_hours_phone),
        ("a colleague for concerns about staff, who works here: FIRSTHAND_CONCERNS_CONTACT", contact is not None),
        ("who is told when the bot is off: FIRSTHAND_WATCH_CONTACT", settings.watch_contact),
        (
            "a watcher that looks: run `firsthand watch` apart from the bot",
            watched is not None and look.now - datetime.fromisoformat(watched) <= SILENT,
        ),
    )


async def _leads_files(look: Look) -> list[str]:
    """Numbers that nobody answers, and lists that are not used, are worse than none."""
    wrong = [f"a file without faults: {problem.told()}" for problem in own_problems(look.settings)]
    stale = own_help_lines(look.settings.help_lines)[0].stale(look.now.date())
    what = "help lines checked within six months, in a file of your own: FIRSTHAND_HELP_LINES"
    return [*wrong, *_lacking((what, not stale))]


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
    _complaints,
    _local_links,
    _word_template,
    _private_files,
    _languages,
    _deletions,
    _setting,
    _safeguarding,
    _safety,
    _leads_files,
    _token,
)


def _lacking(*needed: tuple[str, object]) -> list[str]:
    """What of these is not there."""
    return [what for what, value in needed if not value]


def _past(day: date | None, today: date) -> bool:
    """Whether something was done: a day to come is a plan."""
    return day is not None and day <= today


async def _is_reachable(look: Look, staff: Staff) -> bool:
    """Without a mail server that one is what is missing: it is named above."""
    settings = look.settings
    return staff.account_id is not None or not settings.mail_host or await was_tried(look.work, settings, staff)


def _open_to_others(settings: Settings) -> list[Path]:
    url = settings.database_url
    database = Path(database_url(url).database or "") if url.startswith("sqlite:") else None
    beside = [database.with_name(database.name + end) for end in ("", "-wal", "-shm")] if database else []
    files = [*beside, *filter(None, [settings.key_file]), Path(ENV_FILE)]
    return [each for each in files if os.name == "posix" and each.is_file() and each.stat().st_mode & _OTHERS]


def _serves(staff: Staff | None) -> bool:
    return staff is not None and staff.state is StaffState.ACTIVE
