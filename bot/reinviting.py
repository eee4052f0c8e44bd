"""One press of staff puts a lost way in right (decision 10): a new link and a new secret, for them to hand over.

The press belongs to one invite. Once a newer one is there, or the person is in, it does nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.authority import Action, about_review, colleague, may
from bot.facts import Circle, circle
from bot.help_card import HIDE
from bot.invitations import link_for
from bot.joining import current_review
from bot.notices import named
from bot.post import Post, To
from bot.reviewing import Invitation, Reviewing
from bot.secrets_by_hand import SecretKind
from conversations.effects import Button
from conversations.lines import Line
from storage.records import Participant, ParticipantState, Staff
from storage.unit_of_work import UnitOfWork

MayInvite: TypeAlias = Callable[[UnitOfWork, datetime], Awaitable[bool]]
"""Whether the go-live list is met (P14): the chat is no way around it."""
_NOT_IN: Final = frozenset({ParticipantState.INVITED, ParticipantState.ANSWERED_CODE})


@dataclass(frozen=True, slots=True)
class Reinviting:
    """The button under what staff are told of an invite."""

    post: Post
    may_invite: MayInvite

    async def pressed(self, work: UnitOfWork, staff: Staff, invite_id: str, now: datetime, cause: str) -> str:
        """A colleague pressed it; what to show for a moment. Link and secret come apart, and can be hidden."""
        invite = await work.invites.get(invite_id)
        person = await work.participants.get((invite.participant_id if invite else None) or "")
        review = await current_review(work, person) if person else None
        if person is None or review is None or person.state not in _NOT_IN:
            return self.post.line(Line.MOVED_ON)
        if not may(await colleague(work, staff), Action.INVITE_AGAIN, about_review(review)).is_yes:
            return self.post.line(Line.STAFF_NOT_YOURS)
        if not await self.may_invite(work, now):
            return self.post.line(Line.STAFF_NOT_LIVE)
        newest = await work.invites.latest(person.id)
        if newest is None or newest.id != invite_id:
            return self.post.line(Line.MOVED_ON)
        made = await Reviewing(frozenset()).invite(work, person, await _kind(work, person), now)
        await work.audit.add(now, staff.id, "invited_again", person.id)
        await self._hand_over(work, To(staff.account_id or ""), await circle(work, review.id, person.id), made, cause)
        return ""

    async def _hand_over(self, work: UnitOfWork, to: To, around: Circle, made: Invitation, cause: str) -> None:
        """The two are never in one message: what is passed on by mistake opens nothing."""
        hide = [Button(self.post.line(Line.HELP_HIDE), HIDE)]
        until = made.expires_at.astimezone(ZoneInfo(around.setting.zone)).date()
        link = await link_for(work, made.token)
        name = named(around)
        text = self.post.line(Line.STAFF_NEW_LINK, name=name, until=until, link=link)
        await self.post.say(work, to, f"{cause}:link", text, hide)
        text = self.post.line(Line.STAFF_NEW_SECRET, name=name, secret=made.secret.text)
        await self.post.say(work, to, f"{cause}:secret", text, hide)


async def _kind(work: UnitOfWork, person: Participant) -> SecretKind:
    kept = await work.participants.secret(person.id)
    return SecretKind(kept.kind) if kept else SecretKind.WORD
