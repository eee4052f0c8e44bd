"""Forget people: every row that is theirs. What was handed out before cannot be fetched back (decision 31)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, exists, select

from storage.models import AccountRow, DigestRow, InRow, ParticipantRow, StaffRow, SubmissionRow, YoungPersonRow
from storage.repository.base import Repository


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What else must follow: reviews whose digests held the person's words and were deleted."""

    reviews: tuple[str, ...]


class Forgetting(Repository):
    """Delete whole people. Follow it, after the commit, with `database.tidy`."""

    async def participant(self, participant_id: str) -> Forgotten:
        """Delete a participant: their words, media, notes, prompts, queued messages, invites, and their account.

        An account that has another part, or belongs to staff, stays. Digests made from their words go too; the
        reviews are named so that new versions can be made without them.
        """
        statement = select(ParticipantRow.account_id).where(ParticipantRow.id == participant_id)
        account_id = await self._one(statement)
        wrote = select(SubmissionRow.review_id).where(SubmissionRow.participant_id == participant_id).distinct()
        reviews = tuple(sorted(await self._all(wrote)))
        await self._changed(delete(DigestRow).where(DigestRow.review_id.in_(reviews)))
        await self._changed(delete(ParticipantRow).where(ParticipantRow.id == participant_id))
        if account_id is not None:
            await self._account(account_id)
        return Forgotten(reviews)

    async def young_person(self, young_person_id: str) -> None:
        """Delete a young person with all reviews, and everybody who took part in them."""
        statement = select(ParticipantRow.account_id).where(ParticipantRow.young_person_id == young_person_id)
        accounts = [account_id for account_id in await self._all(statement) if account_id is not None]
        await self._changed(delete(YoungPersonRow).where(YoungPersonRow.id == young_person_id))
        for account_id in accounts:
            await self._account(account_id)

    async def _account(self, account_id: str) -> None:
        """Delete an account that nobody uses any more, with what came from its chat."""
        used = (
            exists().where(ParticipantRow.account_id == account_id),
            exists().where(StaffRow.account_id == account_id),
        )
        unused = (AccountRow.id == account_id, ~used[0], ~used[1])
        chat = await self._one(select(AccountRow.chat).where(*unused))
        if chat is not None:
            await self._changed(delete(InRow).where(InRow.chat == chat))
            await self._changed(delete(AccountRow).where(AccountRow.id == account_id))
