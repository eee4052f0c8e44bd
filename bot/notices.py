"""What staff are told in their own chat. Names and dates of reviews they are named on; never what anyone said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.facts import Circle
from bot.post import Post, To
from conversations.effects import Button
from conversations.lines import Line
from conversations.script import Role
from storage.records import Staff, StaffState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Notices:
    """Queues notices; staff who have not joined in Telegram see the same on the command line."""

    post: Post

    async def tell(self, work: UnitOfWork, around: Circle, line: Line, key: str, **values: str | date) -> None:
        """Tell the named professional of this review."""
        said: dict[str, str | date] = {"name": named(around), "date": around.review.meeting}
        text = self.post.line(line, **(said | values))
        await self.to_staff(work, around.professional, key, text)

    async def note_waits(self, work: UnitOfWork, around: Circle, now: datetime) -> None:
        """Words outside a question wait to be read: said once a day for each person, not for each word."""
        today = now.astimezone(ZoneInfo(around.setting.zone)).date()
        await self.tell(work, around, Line.STAFF_NOTE, f"note:{around.participant.id}:{today.isoformat()}")

    async def to_staff(self, work: UnitOfWork, staff: Staff, key: str, text: str, *buttons: Button) -> None:
        """Queue words for one member of staff, if they have joined and still work here."""
        if staff.account_id is not None and staff.state is StaffState.ACTIVE:
            await self.post.say(work, To(staff.account_id), key, text, buttons)


def named(around: Circle) -> str:
    """How staff are told of a person: a carer with the relation that staff gave."""
    person = around.participant
    if person.role is Role.YOUNG_PERSON:
        return around.about.first_name
    return f"{person.name} ({person.relation})" if person.relation else person.name
