"""What staff hear of an invite on its way, each with the press that puts it right (decision 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.facts import Circle
from bot.notices import named
from bot.post import Post, To
from conversations.effects import Button
from conversations.lines import Line
from storage.records import Invite
from storage.unit_of_work import UnitOfWork

CHECKED: Final = "desk:checked:"
REINVITE: Final = "desk:invite:"


@dataclass(frozen=True, slots=True)
class DoorNotices:
    """To the named professional, where they are in Telegram; others look with `firsthand review list`."""

    post: Post

    async def check(self, work: UnitOfWork, around: Circle, now: datetime) -> None:
        """Somebody sent the right secret: was it them? If not, one press ends it and makes a new link."""
        person = around.participant
        yes = Button(self.post.line(Line.STAFF_CHECK_BUTTON, name=named(around)), CHECKED + person.id)
        no = await self._new_link(work, around, self.post.line(Line.STAFF_CHECK_NO, name=named(around)))
        text = self.post.line(Line.STAFF_CHECK, name=named(around), date=around.review.meeting)
        await self._tell(work, around, f"check:{person.id}:{now.timestamp()}", text, yes, *no)

    async def ended(self, work: UnitOfWork, around: Circle, now: datetime) -> None:
        """Three wrong tries have ended an invite."""
        text = self.post.line(Line.STAFF_INVITE_ENDED, name=named(around))
        press = await self._new_link(work, around, self.post.line(Line.STAFF_INVITE_NEW))
        await self._tell(work, around, f"ended:{around.participant.id}:{now.timestamp()}", text, *press)

    async def opened_twice(self, work: UnitOfWork, around: Circle, invite: Invite) -> None:
        """One of two who opened a link is not who it is for: said once for each link."""
        text = self.post.line(Line.STAFF_INVITE_TWICE, name=named(around))
        press = await self._new_link(work, around, self.post.line(Line.STAFF_INVITE_NEW))
        await self._tell(work, around, f"twice:{invite.id}", text, *press)

    async def _new_link(self, work: UnitOfWork, around: Circle, label: str) -> list[Button]:
        newest = await work.invites.latest(around.participant.id)
        return [Button(label, REINVITE + newest.id)] if newest else []

    async def _tell(self, work: UnitOfWork, around: Circle, key: str, text: str, *buttons: Button) -> None:
        account = around.professional.account_id
        if account is not None:
            await self.post.say(work, To(account), key, text, buttons)
