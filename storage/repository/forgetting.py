"""Forget people: every row that is theirs. What was handed out before cannot be fetched back (decision 31)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Select, delete, exists, or_, select, update

from storage.models import (
    AccountRow,
    AuditRow,
    ComplaintRow,
    ConversationRow,
    DigestRow,
    InRow,
    InviteRow,
    MediaRow,
    NoteRow,
    OutRow,
    ParticipantRow,
    PromptRow,
    ReviewRow,
    StaffRow,
    SubmissionRow,
    WrongLinkRow,
    YoungPersonRow,
)
from storage.records import InState
from storage.repository.base import Repository

_AT_ONCE = 100
"""How many ids one statement looks for: SQLite takes no condition that is nested too deeply."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What else must follow: reviews whose digests were deleted, and the ids of the rows that went.

    Give the ids to `traces`: other rows may still name them.
    """

    reviews: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Forgetting(Repository):
    """Delete whole people. Follow it, after the commit, with `database.tidy`."""

    async def participant(self, participant_id: str) -> Forgotten:
        """Delete a participant: their words, media, notes, prompts, queued messages, invites, and their account.

        An account that has another part, or belongs to staff, stays. All digests of the reviews they were asked in go
        too, since each tells of them; the reviews are named so that new versions can be made without them.
        """
        about = await self._one(_of_participant(participant_id))
        if about is None:
            return Forgotten()
        account_id = await self._one(select(ParticipantRow.account_id).where(ParticipantRow.id == participant_id))
        ids = [participant_id, *await self._theirs(participant_id)]
        reviews = select(ReviewRow.id).where(ReviewRow.young_person_id == about)
        told = select(DigestRow.review_id).where(DigestRow.review_id.in_(reviews)).distinct()
        again = tuple(sorted(await self._all(told)))
        ids += await self._all(select(DigestRow.id).where(DigestRow.review_id.in_(again)))
        await self._changed(delete(DigestRow).where(DigestRow.review_id.in_(again)))
        await self._changed(delete(ParticipantRow).where(ParticipantRow.id == participant_id))
        if account_id is not None:
            ids += await self._account(account_id)
        return Forgotten(again, tuple(ids))

    async def young_person(self, young_person_id: str) -> None:
        """Delete a young person with all reviews, and everybody who took part in them."""
        statement = select(ParticipantRow.account_id).where(ParticipantRow.young_person_id == young_person_id)
        accounts = [account_id for account_id in await self._all(statement) if account_id is not None]
        await self._changed(delete(YoungPersonRow).where(YoungPersonRow.id == young_person_id))
        for account_id in accounts:
            await self._account(account_id)

    async def traces(self, ids: Iterable[str]) -> None:
        """Delete the rows of others that only name these ids: audit lines, notices to staff, asked-for updates.

        It looks at every row of three tables: for the rare day on which somebody is forgotten, not for a tick.
        """
        left = iter(ids)
        while some := list(islice(left, _AT_ONCE)):
            await self._changed(delete(AuditRow).where(or_(AuditRow.actor.in_(some), AuditRow.subject.in_(some))))
            named = or_(*(OutRow.dedupe_key.contains(each, autoescape=True) for each in some))
            await self._changed(delete(OutRow).where(named))
            asked = or_(*(PromptRow.kind.contains(each, autoescape=True) for each in some))
            await self._changed(delete(PromptRow).where(asked))

    async def known(self, participant_ids: Sequence[str]) -> list[str]:
        """Return those of these participants that are stored."""
        found: list[str] = []
        for start in range(0, len(participant_ids), _AT_ONCE):
            some = participant_ids[start : start + _AT_ONCE]
            found += await self._all(select(ParticipantRow.id).where(ParticipantRow.id.in_(some)))
        return found

    async def _theirs(self, participant_id: str) -> list[str]:
        """The ids of the rows that go with a participant, as far as other rows may name them."""
        kinds = (ConversationRow, SubmissionRow, MediaRow, NoteRow, InviteRow, ComplaintRow)
        ids: list[str] = []
        for kind in kinds:
            ids += await self._all(select(kind.id).where(kind.participant_id == participant_id))
        return ids

    async def _account(self, account_id: str) -> list[str]:
        """Delete an account that nobody uses any more, with what came from its chat. Return its id where it went."""
        used = (
            exists().where(ParticipantRow.account_id == account_id),
            exists().where(StaffRow.account_id == account_id),
        )
        unused = (AccountRow.id == account_id, ~used[0], ~used[1])
        chat = await self._one(select(AccountRow.chat).where(*unused))
        if chat is None:
            await self._empty_chat(account_id)
            return []
        await self._changed(delete(InRow).where(InRow.chat == chat))
        await self._changed(delete(WrongLinkRow).where(WrongLinkRow.chat == chat))
        await self._changed(delete(AccountRow).where(AccountRow.id == account_id))
        return [account_id]

    async def _empty_chat(self, account_id: str) -> None:
        """An account that stays keeps what still waits to be worked, and nothing of a conversation that went."""
        chat = select(AccountRow.chat).where(AccountRow.id == account_id).scalar_subquery()
        await self._changed(delete(InRow).where(InRow.chat == chat, InRow.state != InState.QUEUED))
        gone = ~exists().where(ConversationRow.id == AccountRow.floor)
        await self._changed(update(AccountRow).where(AccountRow.id == account_id, gone).values(floor=None))


def _of_participant(participant_id: str) -> Select[str]:
    return select(ParticipantRow.young_person_id).where(ParticipantRow.id == participant_id)
