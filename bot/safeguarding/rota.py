"""Who is told of an alert, in which order, and when they are at work.

The team is everybody who serves here with the duty safeguarding, the setting's lead first and the deputy second. A
concern about staff goes past all of them, to the colleague that the operator named for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from bot.authority import About, Action, colleague, may
from bot.bank_holidays import bank_holidays
from bot.settings import Settings
from conversations.calendar import SchoolCalendar, Term
from conversations.open_hours import OpenHours, Spans, spans_in
from storage.records import Duty, Setting, Staff, StaffState
from storage.records.alerts import Alert
from storage.unit_of_work import UnitOfWork

USUAL: Final = "Mon-Fri 09:00-16:00"
"""Where the operator has set no hours; before real people come, they have to."""
AT_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Rules:
    """What the operator decided. `minutes` are minutes of work."""

    spans: Spans
    minutes: int = 30
    out_of_hours_email: str = field(default="", repr=False)
    out_of_hours_phone: str = ""
    concerns_contact: str = field(default="", repr=False)
    watch_contact: str = field(default="", repr=False)
    by_mail: bool = False


def rules_in(settings: Settings) -> Rules:
    """The rules that these settings make."""
    return Rules(
        spans=spans_in(settings.safeguarding_hours or USUAL),
        minutes=settings.alert_minutes,
        out_of_hours_email=settings.out_of_hours_email,
        out_of_hours_phone=settings.out_of_hours_phone,
        concerns_contact=settings.concerns_contact,
        watch_contact=settings.watch_contact,
        by_mail=bool(settings.mail_host),
    )


@dataclass(frozen=True, slots=True)
class Rota:
    """Reads who serves here; it writes and sends nothing."""

    rules: Rules

    async def team(self, work: UnitOfWork) -> list[Staff]:
        """The safeguarding team, the lead first and the deputy second."""
        setting = await work.settings.get()
        first = [setting.safeguarding_lead, setting.safeguarding_deputy] if setting else []
        serving = [each for each in await work.staff.all() if each.state is StaffState.ACTIVE]
        team = [each for each in serving if Duty.SAFEGUARDING in each.duties or each.id in first]
        return sorted(team, key=lambda each: first.index(each.id) if each.id in first else len(first))

    async def readers(self, work: UnitOfWork, alert: Alert) -> list[Staff]:
        """Who may read this alert, in the order in which they are told; perhaps nobody.

        Never a colleague who is asked about the same young person (decision 11), and never the named professional
        alone. A concern about staff goes to the colleague for that; where there is none, to the team without the named
        professional.
        """
        team = [each for each in await self.team(work) if await self._is_apart(work, each, alert)]
        others = [each for each in team if each.id != alert.professional_id]
        if not alert.elsewhere and others:
            return team
        contact = await self._contact(work, alert)
        return [contact] if contact else others

    async def contact(self, work: UnitOfWork) -> Staff | None:
        """The colleague for a concern about staff, while they serve here."""
        staff = await work.staff.by_email(self.rules.concerns_contact) if self.rules.concerns_contact else None
        return staff if staff is not None and staff.state is StaffState.ACTIVE else None

    async def may_read(self, work: UnitOfWork, staff: Staff, alert: Alert) -> bool:
        """Whether this colleague is one of the readers now."""
        readers = frozenset(each.id for each in await self.readers(work, alert))
        about = About(alert.young_person_id, to=readers)
        return may(await colleague(work, staff), Action.READ_ALERT, about).is_yes

    def hours(self, setting: Setting | None, now: datetime) -> OpenHours:
        """When the team is at work, with the terms and closures of the setting and the bank holidays."""
        setting = setting or Setting("", "")
        terms = tuple(Term(first, last) for first, last in setting.terms)
        calendar = SchoolCalendar(_holidays(now.year), terms, frozenset(setting.closures))
        return OpenHours(setting.zone, self.rules.spans, calendar)

    def next_stage(self, hours: OpenHours, now: datetime) -> datetime:
        """When the next person is told; where nobody is ever at work, as if it were working time."""
        return hours.deadline(now, self.rules.minutes) or now + timedelta(minutes=self.rules.minutes)

    async def _contact(self, work: UnitOfWork, alert: Alert) -> Staff | None:
        contact = await self.contact(work)
        if contact is None or contact.id == alert.professional_id:
            return None
        return contact if await self._is_apart(work, contact, alert) else None

    async def _is_apart(self, work: UnitOfWork, staff: Staff, alert: Alert) -> bool:
        held = await work.participants.of_account(staff.account_id) if staff.account_id else []
        return all(each.young_person_id != alert.young_person_id for each in held)


@cache
def _holidays(year: int) -> frozenset[date]:
    return bank_holidays(year - 1, year + 2)
