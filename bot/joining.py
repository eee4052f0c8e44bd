"""Getting in: an invite's link, the second secret, and the staff member's "I checked" (decision 10).

Until all three are there, nothing personal beyond the first name is shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog

from bot.authority import Action, about_review, colleague, may
from bot.choosing import choose, question, rows, said_of_draft
from bot.door_notices import DoorNotices
from bot.facts import Circle, circle
from bot.post import Post, To
from bot.prompt_rows import plan_messages
from bot.secrets_by_hand import TRIES, SecretKind, fits, pictures
from conversations.effects import Button
from conversations.lines import Line
from storage.records import (
    Account,
    Invite,
    InviteState,
    Participant,
    ParticipantState,
    Review,
    ReviewStage,
    Secret,
    Staff,
)
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

PICTURE: Final = "secret:"


@dataclass(frozen=True, slots=True)
class Joining:
    """The way from a link to being known."""

    post: Post

    async def start(self, work: UnitOfWork, chat_id: int, token: str, now: datetime) -> Line | None:
        """Someone opened a link. A line says what is wrong with it; None: all that is to be said is queued."""
        invite = await work.invites.find(token)
        if invite is None:
            return Line.JOIN_UNKNOWN
        if invite.state is InviteState.USED:
            return await self._again(work, chat_id, invite, now)
        if invite.state is InviteState.ENDED or invite.expires_at <= now:
            return Line.JOIN_ENDED
        if invite.staff_id is not None:
            return await self._staff(work, chat_id, invite)
        return await self._participant(work, chat_id, invite, now)

    async def secret_said(self, work: UnitOfWork, account: Account, said: str, now: datetime) -> bool:
        """Words from someone who has opened a link and is not in yet. True: it was their secret.

        Where an account waits with two links, the words may be the secret of either; a wrong try counts for both.
        """
        waiting = await self._waiting(work, account)
        for person in waiting:
            if await self._fits(work, person, said):
                await self._right(work, account, person, now)
                return True
        for person in waiting:
            await self._wrong(work, account, person, now)
        return False

    async def owes_secret(self, work: UnitOfWork, account: Account) -> bool:
        """Whether a secret is waited for, rather than the check by staff."""
        return bool(await self._waiting(work, account))

    async def may_be_secret(self, work: UnitOfWork, account: Account, said: str) -> bool:
        """Whether words of somebody who is in elsewhere have the form of a secret that they owe."""
        kinds = [kept.kind for one in await self._waiting(work, account) if (kept := await _secret(work, one))]
        return any(_has_form(SecretKind(kind), said) for kind in kinds)

    async def language_chosen(self, work: UnitOfWork, account: Account, code: str, cause: str) -> None:
        """Somebody who is not in yet chose a language; all that is still asked of them is asked in it."""
        await choose(work, self.post, account, code)
        await self.say_again(work, account, cause)

    async def post_in(self, work: UnitOfWork, account: Account | None) -> Post:
        """Where words are queued, speaking as the person of this account likes it."""
        held = await work.participants.of_account(account.id) if account else []
        return self.post.speaking_to(next(iter(held), None))

    async def say_again(self, work: UnitOfWork, account: Account, cause: str) -> None:
        """What the door waits for: the secret, else the check by staff."""
        for person in await work.participants.of_account(account.id):
            if person.state is ParticipantState.INVITED:
                await self._ask_for_secret(work, account, person, cause)
            elif person.state is ParticipantState.ANSWERED_CODE:
                await self._say_wait(work, account, person, cause)

    async def comes_back(self, work: UnitOfWork, account: Account, now: datetime) -> None:
        """Somebody who was in and had blocked the bot presses Start: that is a wish to carry on."""
        for person in await work.participants.of_account(account.id):
            if person.state is not ParticipantState.BLOCKED:
                continue
            await work.participants.set_state(person.id, ParticipantState.JOINED)
            review = await current_review(work, person)
            if review is not None:
                await plan_messages(work, await circle(work, review.id, person.id), now)

    async def checked(self, work: UnitOfWork, staff: Staff, participant_id: str, now: datetime) -> Line:
        """Staff say that they checked who it is. Then, and only then, the person is in."""
        participant = await work.participants.get(participant_id)
        if participant is None:
            return Line.MOVED_ON
        review = await current_review(work, participant)
        if review is None:
            return Line.STAFF_NOT_YOURS
        if not may(await colleague(work, staff), Action.CHECK_IDENTITY, about_review(review)).is_yes:
            return Line.STAFF_NOT_YOURS
        if participant.state is ParticipantState.ANSWERED_CODE:
            await work.participants.set_state(participant.id, ParticipantState.JOINED)
            await work.audit.add(now, staff.id, "checked", participant.id)
            await work.conversations.hand_over(participant.id, participant.account_id)
            for each in await live_reviews(work, participant):
                await plan_messages(work, await circle(work, each.id, participant.id), now)
            return Line.STAFF_CHECKED
        # A button of an earlier invite, or of somebody who has left, lets nobody in.
        return Line.STAFF_CHECKED if participant.state is ParticipantState.JOINED else Line.MOVED_ON

    async def _again(self, work: UnitOfWork, chat_id: int, invite: Invite, now: datetime) -> Line | None:
        """The link was used before: by somebody else, or by the same account, which may have come less than all in."""
        account = await work.accounts.by_chat(chat_id)
        if account is None or account.id != await work.invites.used_by(invite.id):
            await self._opened_twice(work, invite)
            return Line.JOIN_USED
        if invite.staff_id is not None:
            staff = await work.staff.get(invite.staff_id)
            return Line.JOIN_ALREADY if staff and staff.account_id == account.id else Line.JOIN_ENDED
        person = await work.participants.get(invite.participant_id or "")
        if person is None or person.account_id != account.id or person.state is ParticipantState.ELSEWHERE:
            return Line.JOIN_ENDED
        if person.state not in {ParticipantState.INVITED, ParticipantState.ANSWERED_CODE}:
            return Line.JOIN_ALREADY
        await self.say_again(work, account, f"again:{invite.id}:{now.timestamp()}")
        return None

    async def _opened_twice(self, work: UnitOfWork, invite: Invite) -> None:
        """One of two who opened a link is not who it is for: staff hear of it once, while nobody is in by it."""
        if invite.staff_id is not None:
            log.warning("staff_link_opened_twice", staff=invite.staff_id)
            return
        person = await work.participants.get(invite.participant_id or "")
        if person is None or person.state not in {ParticipantState.INVITED, ParticipantState.ANSWERED_CODE}:
            return
        if (around := await _circle_now(work, person)) is not None:
            await DoorNotices(self.post).opened_twice(work, around, invite)

    async def _staff(self, work: UnitOfWork, chat_id: int, invite: Invite) -> Line | None:
        staff = await work.staff.get(invite.staff_id or "")
        if staff is None:
            return Line.JOIN_ENDED
        account = await work.accounts.by_chat(chat_id) or await work.accounts.add(chat_id)
        if await self._is_somebody_else(work, account, staff):
            return Line.JOIN_SECOND_ROLE
        await work.staff.attach(staff.id, account.id)
        await work.invites.use(invite.id, account.id)
        words = self.post.line(Line.JOIN_STAFF, name=staff.name)
        await self.post.say(work, To(account.id), f"joined:{invite.id}", words)
        return None

    async def _participant(self, work: UnitOfWork, chat_id: int, invite: Invite, now: datetime) -> Line | None:
        participant = await work.participants.get(invite.participant_id or "")
        review = await current_review(work, participant) if participant else None
        if participant is None or review is None:
            return Line.JOIN_ENDED
        account = await work.accounts.by_chat(chat_id) or await work.accounts.add(chat_id)
        if await self._has_another_role(work, account, participant, review):
            return Line.JOIN_SECOND_ROLE
        if participant.account_id not in {None, account.id}:
            await work.outbox.cancel_for(participant_id=participant.id)
        await work.participants.attach(participant.id, account.id)
        await work.invites.use(invite.id, account.id)
        await work.audit.add(now, participant.id, "opened_link", invite.id)
        if self.post.tongues.is_choice:
            post = self.post.speaking_to(participant)  # the letter's language stands first
            await post.board(work, To(account.id, participant.id), f"language:{invite.id}", question(post), rows(post))
            return None
        only = self.post.tongues.offered[0].code
        await choose(work, self.post, account, only)
        await self._ask_for_secret(work, account, replace(participant, language=only), f"hello:{invite.id}")
        return None

    async def _has_another_role(
        self, work: UnitOfWork, account: Account, participant: Participant, review: Review
    ) -> bool:
        """P1: one account never holds two roles in one young person's reviews; staff named on it have theirs."""
        staff = await work.staff.by_account(account.id)
        if staff is not None and staff.id in {review.professional_id, review.coordinator_id}:
            return True
        held = await work.participants.of_account(account.id)
        return any(
            other.id != participant.id and other.young_person_id == participant.young_person_id for other in held
        )

    async def _is_somebody_else(self, work: UnitOfWork, account: Account, staff: Staff) -> bool:
        """Whether a staff link was opened by another colleague, or by somebody asked in a review they are named on."""
        known = await work.staff.by_account(account.id)
        if known is not None:
            return known.id != staff.id
        named_on = {review.young_person_id for review in await work.reviews.for_staff(staff.id)}
        return any(one.young_person_id in named_on for one in await work.participants.of_account(account.id))

    async def _ask_for_secret(self, work: UnitOfWork, account: Account, participant: Participant, key: str) -> None:
        kept = await work.participants.secret(participant.id)
        kind = SecretKind(kept.kind) if kept else SecretKind.WORD
        post = self.post.speaking_to(participant)
        hello = post.line(Line.JOIN_HELLO, name=participant.name)
        text = "\n\n".join((*said_of_draft(post), hello, post.line(Line(f"join_secret_{kind.value}"))))
        signs = pictures() if kind is SecretKind.PICTURE else ()
        board = [[Button(sign, PICTURE + sign) for sign in signs[at : at + 4]] for at in range(0, len(signs), 4)]
        board += [list(row) for row in rows(post)]
        await self.post.board(work, To(account.id, participant.id), f"{key}:{participant.id}", text, board)

    async def _say_wait(self, work: UnitOfWork, account: Account, person: Participant, key: str) -> None:
        around = await _circle_now(work, person)
        if around is not None:
            words = self.post.speaking_to(person).line(Line.JOIN_WAIT, contact=around.professional.name)
            await self.post.say(work, To(account.id, person.id), f"{key}:wait:{person.id}", words)

    async def _waiting(self, work: UnitOfWork, account: Account) -> list[Participant]:
        """Who of this account owes a secret."""
        held = await work.participants.of_account(account.id)
        return [person for person in held if person.state is ParticipantState.INVITED]

    async def _fits(self, work: UnitOfWork, person: Participant, said: str) -> bool:
        kept = await _secret(work, person)
        return kept is not None and await asyncio.to_thread(fits, said, kept.hash)

    async def _right(self, work: UnitOfWork, account: Account, person: Participant, now: datetime) -> None:
        await work.participants.set_state(person.id, ParticipantState.ANSWERED_CODE)
        await work.audit.add(now, person.id, "secret_right", person.id)
        await self._say_wait(work, account, person, f"right:{now.timestamp()}")
        around = await _circle_now(work, person)
        if around is None:
            return
        await DoorNotices(self.post).check(work, around, now)

    async def _wrong(self, work: UnitOfWork, account: Account, person: Participant, now: datetime) -> None:
        around = await _circle_now(work, person)
        if around is None:
            ended = self.post.speaking_to(person).line(Line.JOIN_ENDED)
            await self.post.say(work, To(account.id), f"over:{now.timestamp()}", ended)
            return
        staff = around.professional
        tries = await work.participants.count_wrong(person.id)
        last = tries >= TRIES
        line = Line.JOIN_WRONG_LAST if last else Line.JOIN_WRONG
        words = self.post.speaking_to(person).line(line, contact=staff.name)
        await self.post.say(work, To(account.id), f"wrong:{person.id}:{tries}:{now.timestamp()}", words)
        await work.audit.add(now, person.id, "secret_wrong", person.id)
        if last:
            await work.invites.end_for(participant_id=person.id)
            await work.participants.detach(person.id)
            await DoorNotices(self.post).ended(work, around, now)


async def _secret(work: UnitOfWork, person: Participant) -> Secret | None:
    return await work.participants.secret(person.id)


async def _circle_now(work: UnitOfWork, person: Participant) -> Circle | None:
    review = await current_review(work, person)
    return await circle(work, review.id, person.id) if review else None


def _has_form(kind: SecretKind, said: str) -> bool:
    bare = said.strip()
    match kind:
        case SecretKind.WORD:
            return bare.isalpha()
        case SecretKind.DIGITS:
            return bare.isdigit() and len(bare) == 4
        case SecretKind.PICTURE:
            return bare in pictures()


async def current_review(work: UnitOfWork, participant: Participant) -> Review | None:
    """The review that this person is asked about now: the next meeting that is not over or cancelled."""
    return next(iter(await live_reviews(work, participant)), None)


async def live_reviews(work: UnitOfWork, participant: Participant) -> list[Review]:
    """The reviews of this person that are not over or cancelled, the next meeting first."""
    over = {ReviewStage.HELD, ReviewStage.CANCELLED}
    reviews = await work.reviews.of_young_person(participant.young_person_id)
    return sorted((each for each in reviews if each.stage not in over), key=lambda each: each.meeting)
