"""A real test mail to those who have to be reachable, and the note that it went: for the go-live list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.mail import DigestMail, MailVerdict, send_digest
from bot.mailing import mail_settings
from bot.settings import Settings
from conversations.lines import Line, read_lines
from storage.ids import new_id
from storage.records import Staff, StaffState
from storage.unit_of_work import UnitOfWork

_TRIED: Final = "mail_tried:"


async def to_try(work: UnitOfWork, settings: Settings) -> list[Staff]:
    """Whom a test mail goes to: the safeguarding lead, the deputy, and who gets complaints; each once."""
    setting = await work.settings.get()
    named = (setting.safeguarding_lead, setting.safeguarding_deputy) if setting else ()
    found = [await work.staff.get(each) for each in named]
    found.append(await work.staff.by_email(settings.complaints_contact) if settings.complaints_contact else None)
    serving = [staff for staff in found if staff is not None and staff.state is StaffState.ACTIVE]
    return list({staff.id: staff for staff in serving}.values())


async def send_trial(settings: Settings, staff: Staff, now: datetime) -> MailVerdict:
    """Hand one test mail to the server; it holds no person's words."""
    lines = read_lines()
    text = lines[Line.STAFF_TRIAL_MAIL]
    mail = DigestMail(
        to=staff.email,
        subject=lines[Line.STAFF_TRIAL_SUBJECT],
        text=text,
        html="".join(f"<p>{part}</p>" for part in text.split("\n\n")),
        pdf=b"",
        file_name="",
        message_id=f"{new_id()}@firsthand.invalid",
        at=now,
    )
    return await send_digest(mail_settings(settings), mail)


async def note_tried(work: UnitOfWork, settings: Settings, staff: Staff, now: datetime) -> None:
    """Mail to this colleague was taken by this server today. Another server has to be tried anew."""
    await work.meta.put(f"{_TRIED}{staff.id}", f"{now.date().isoformat()} {_server(settings)}")


async def was_tried(work: UnitOfWork, settings: Settings, staff: Staff) -> bool:
    """Whether the present mail server has taken a mail to this colleague."""
    _, _, server = (await work.meta.get(f"{_TRIED}{staff.id}") or "").partition(" ")
    return server == _server(settings)


def _server(settings: Settings) -> str:
    return f"{settings.mail_host}:{settings.mail_port}"
