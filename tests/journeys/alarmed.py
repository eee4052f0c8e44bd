"""What the journeys of an alert share: a list of one phrase, the team's phones, and whom notices reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.demo.people import Person
from storage.ids import new_token
from storage.records.alerts import Alert
from tests.journeys.college import STARTS, College

WORDS = "Quince-canary: he hits me."
TEAM = {"reid@example.org", "hall@example.org"}
OUT_OF_HOURS, CONTACT = "out-of-hours@example.org", "patel@example.org"
EVENING = datetime(2026, 10, 16, 19, 0, tzinfo=UTC)
"""A Friday."""


def matched(text: str) -> tuple[str, ...]:
    """A list of one phrase."""
    return ("hurt",) if "hits me" in text else ()


def listens(here: College) -> None:
    """Let words be matched, as the list of phrases does."""
    talking, rights = here.stage.bot.intake.turns.talking, here.stage.bot.intake.turns.rights
    overheard = replace(talking.outside.overheard, matched=matched)
    talking.outside = replace(talking.outside, overheard=overheard)
    rights.complaining = replace(rights.complaining, overheard=overheard)


async def joins(here: College, email: str, name: str) -> None:
    """A colleague joins in Telegram by their link."""
    token = new_token()
    async with here.stage.database.work() as work:
        staff = await work.staff.by_email(email)
        assert staff is not None
        await work.invites.add(token, staff_id=staff.id, expires_at=STARTS + timedelta(days=60))
        await work.commit()
    await here.opens_link(here.phone(name), token)


async def alerts(here: College) -> list[Alert]:
    async with here.stage.database.reading() as work:
        return await work.alerts.all()


async def rings(here: College, person: Person, *, elsewhere: bool = False) -> str:
    """Press the button on the help card; what is said."""
    said = await here.stage.bot.safeguarding.bell.rung(person.id, 1, elsewhere=elsewhere)
    await here.stage.calm()
    return said


async def presses(here: College, person: Person, what: str) -> None:
    await person.press(lambda button: (button.data or "").startswith(f"desk:alert:{what}"))
    await here.stage.calm()


def mailed(here: College) -> list[str]:
    """Who got mail about an alert, in order."""
    found = [mail for mail in here.stage.mailbox.messages if "message needs reading" in str(mail.message["Subject"])]
    return [to for mail in found for to in mail.recipients]


def holds_no_content(here: College) -> bool:
    """Whether no mail, and no chat but the person's own and a reader's, says what was said or who said it."""
    mails = "\n".join(here.mails)
    return not any(each in mails for each in ("Quince", "Sam", "hurt"))
