"""The command line as an operator uses it, and looks into what it stored."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.clock import MovableClock
from bot.golive import missing
from bot.settings_read import load_settings
from storage.database import Database, open_database
from storage.ids import new_id
from storage.records import Approval, Approver
from storage.unit_of_work import UnitOfWork
from tests.bot.college import TOKEN
from tests.support.database import TEST_KEYS, fixed_keyring

T = TypeVar("T")

GO_LIVE = {
    "DPIA_REFERENCE": "DPIA-7",
    "DPIA_DATE": "2026-06-01",
    "PRIVACY_NOTICE": "https://riverside.example.org/privacy",
    "RETENTION_AGREED": "2026-06-02",
    "MINIMUM_AGE": "16",
    "SAFEGUARDING_HOURS": "Mon-Fri 08:30-16:30",
    "OUT_OF_HOURS_EMAIL": "out-of-hours@example.org",
    "OUT_OF_HOURS_PHONE": "01632 960000",
    "CONCERNS_CONTACT": "patel@example.org",
    "WATCH_CONTACT": "it@example.org",
    "LOCAL_LINKS_FILE": "local.yaml",
    "COMPLAINTS_CONTACT": "patel@example.org",
    "HELP_LINES": "help_lines.yaml",
    "MAIL_HOST": "mail.example.org",
    "MAIL_FROM": "bot@example.org",
}
LOCAL = """
advocacy: {name: Riverside Advocacy, phone: 01632 960 123, link: https://advocacy.example.org/help}
advice: {name: Riverside SEND Advice, phone: 01632 960 124}
local_offer: {link: https://offer.example.org}
mediation: {name: Riverside Mediation, phone: 01632 960 125}
"""
SECRETS = (TOKEN.partition(":")[2], TEST_KEYS.partition(":")[2])


@dataclass(frozen=True, slots=True)
class Desk:
    """Commands as an operator types them, and looks into what they stored."""

    folder: Path
    url: str
    env: pytest.MonkeyPatch
    clock: MovableClock

    def run(self, *words: str, code: int = 0) -> Result:
        """Run one command; it ends with this code, without a trace, and shows no secret of the operator."""
        result = CliRunner().invoke(app, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, result.output
        assert "Traceback" not in result.output
        assert not any(secret in result.output for secret in SECRETS)
        return result

    def refused(self, *words: str, code: int = 1) -> str:
        """Run one command that is refused; the reason, on one line. Nothing else is printed."""
        result = self.run(*words, code=code)
        assert result.stdout == ""
        return " ".join(result.stderr.split())

    def rows(self, *words: str, code: int = 0) -> list[dict[str, str]]:
        """Run one command for a script: what it prints is JSON and nothing else."""
        rows: list[dict[str, str]] = json.loads(self.run(*words, "--json", code=code).stdout)
        return rows

    def ask(self, question: Callable[[UnitOfWork], Awaitable[T]]) -> T:
        """Look into the database, or change it."""

        async def asked() -> T:
            async with await open_database(self.url, fixed_keyring()) as database:
                return await _answered(database, question)

        return asyncio.run(asked())

    def staffed(self) -> None:
        """The college stands, by the commands that make it."""
        people = (
            ("okafor", "professional"),
            ("patel", "coordinator"),
            ("reid", "safeguarding"),
            ("hall", "safeguarding"),
        )
        for name, duty in people:
            self.run("staff", "add", f"{name}@example.org", "--name", name.title(), "--duty", duty)
        lead, deputy = "reid@example.org", "hall@example.org"
        self.run("setting", "set", "--name", "Riverside", "--safeguarding-lead", lead, "--safeguarding-deputy", deputy)
        self.ask(_ready)
        self.watched()

    def watched(self) -> None:
        """A watcher has just looked."""
        self.ask(lambda work: work.meta.put("watched", self.clock.now().isoformat()))

    def lacking(self) -> list[str]:
        """What the go-live list lacks, by its function: quicker than the command."""

        async def looked() -> list[str]:
            async with await open_database(self.url, fixed_keyring()) as database:
                return await missing(load_settings(), database, self.clock.now())

        return asyncio.run(looked())

    def staff_id(self, name: str) -> str:
        """The id of a colleague."""

        async def found(work: UnitOfWork) -> str:
            staff = await work.staff.by_email(f"{name}@example.org")
            assert staff is not None
            return staff.id

        return self.ask(found)

    def plan(self, *more: str, name: str = "Sam", **changed: str) -> list[dict[str, str]]:
        """Plan a review; the invites."""
        return self.rows(*plan_words(name, changed), *more)

    def refused_plan(self, *more: str, code: int = 1, changed: dict[str, str] | None = None) -> str:
        """Plan a review that cannot be; why, and nothing of it is stored."""
        told = self.refused(*plan_words("Sam", changed or {}), *more, code=code)
        assert self.rows("review", "list") == []
        return told


def plan_words(name: str, changed: dict[str, str]) -> list[str]:
    """The command that plans a review, as an operator types it."""
    options = {
        "meeting": "2026-11-24",
        "born": "2009-05-14",
        "professional": "okafor@example.org",
        "coordinator": "patel@example.org",
    } | changed
    return ["review", "plan", name, *(f"--{key.replace('_', '-')}={value}" for key, value in options.items())]


async def _ready(work: UnitOfWork) -> None:
    """What else the go-live list looks for in the database: a name, tried mail, and scripts that were approved."""
    await work.meta.put("bot_username", "FirsthandTestBot")
    setting = await work.settings.get()
    assert setting is not None
    for staff_id in (setting.safeguarding_lead, setting.safeguarding_deputy):
        await work.meta.put(f"mail_tried:{staff_id}", "2026-09-01 mail.example.org:587")
    for script in ("young_person", "carer"):
        for role in Approver:
            await work.approvals.add(Approval(new_id(), script, 1, role, date(2026, 9, 1), "Kim"))


async def _answered(database: Database, question: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    async with database.work() as work:
        answer = await question(work)
        await work.commit()
    return answer
