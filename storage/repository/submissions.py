"""What people pressed Send on."""

from __future__ import annotations

from sqlalchemy import select, update

from conversations import codec
from conversations.effects import Submission
from conversations.state import ConversationId
from storage.ids import new_id
from storage.models import SubmissionRow, cell
from storage.records import StoredSubmission, SubmissionState
from storage.repository.base import Repository

_RECEIPT = "submission"


class Submissions(Repository):
    """Frozen bytes of what was sent. No method changes them; only the state beside them moves."""

    async def add(self, submission: Submission, participant_id: str, review_id: str) -> StoredSubmission:
        """Freeze a submission; earlier ones of the conversation are replaced.

        Raises:
            Conflict: this number was sent before.
        """
        content = codec.dump_submission(submission)
        stored = StoredSubmission(
            id=new_id(),
            conversation_id=submission.conversation,
            participant_id=participant_id,
            review_id=review_id,
            number=submission.number,
            submission=submission,
            code=self._vault.receipt(_RECEIPT, content),
            sent_at=submission.sent_at,
            late=submission.late,
        )
        await self._move(submission.conversation, SubmissionState.REPLACED, SubmissionState.SENT)
        await self._insert(self._row(stored, content))
        return stored

    async def latest(self, conversation_id: ConversationId) -> StoredSubmission | None:
        """Return the newest version, unless it was withdrawn."""
        mine = SubmissionRow.conversation_id == conversation_id
        row = await self._one(select(SubmissionRow).where(mine).order_by(SubmissionRow.number.desc()))
        return self._opened(row) if row is not None and row.state is SubmissionState.SENT else None

    async def of_review(self, review_id: str) -> list[StoredSubmission]:
        """Return the newest version of each conversation of a review, without those withdrawn."""
        counts = (SubmissionRow.review_id == review_id, SubmissionRow.state == SubmissionState.SENT)
        rows = await self._all(select(SubmissionRow).where(*counts).order_by(SubmissionRow.sent_at, SubmissionRow.id))
        return [self._opened(row) for row in rows]

    async def of_participant(self, participant_id: str) -> list[StoredSubmission]:
        """Return all that one person ever sent, in the order in which they sent it: replaced and withdrawn too."""
        rows = await self._find_all(SubmissionRow, "sent_at", "id", participant_id=participant_id)
        return [self._opened(row) for row in rows]

    async def withdraw(self, conversation_id: ConversationId) -> None:
        """Take back everything that a conversation sent."""
        await self._move(conversation_id, SubmissionState.WITHDRAWN, SubmissionState.SENT, SubmissionState.REPLACED)

    async def was_withdrawn(self, conversation_id: ConversationId) -> bool:
        """Say whether a conversation took back what it had sent."""
        taken = (
            SubmissionRow.conversation_id == conversation_id,
            SubmissionRow.state == SubmissionState.WITHDRAWN,
        )
        return await self._one(select(SubmissionRow).where(*taken)) is not None

    async def verify(self, submission_id: str) -> bool:
        """Say whether the stored bytes are those for which the receipt was given."""
        row = await self._find(SubmissionRow, id=submission_id)
        return row is not None and self._vault.receipt(_RECEIPT, self._content(row)) == row.code

    async def _move(self, conversation_id: ConversationId, to: SubmissionState, *of: SubmissionState) -> None:
        those = (SubmissionRow.conversation_id == conversation_id, SubmissionRow.state.in_(of))
        await self._changed(update(SubmissionRow).where(*those).values(state=to))

    def _row(self, stored: StoredSubmission, content: bytes) -> SubmissionRow:
        return SubmissionRow(
            id=stored.id,
            conversation_id=stored.conversation_id,
            participant_id=stored.participant_id,
            review_id=stored.review_id,
            number=stored.number,
            code=stored.code,
            sent_at=stored.sent_at,
            late=stored.late,
            state=stored.state,
            body=self._vault.seal(content, cell(SubmissionRow.body, stored.id)),
        )

    def _content(self, row: SubmissionRow) -> bytes:
        return self._vault.open(row.body, cell(SubmissionRow.body, row.id))

    def _opened(self, row: SubmissionRow) -> StoredSubmission:
        return StoredSubmission(
            id=row.id,
            conversation_id=ConversationId(row.conversation_id),
            participant_id=row.participant_id,
            review_id=row.review_id,
            number=row.number,
            submission=codec.load_submission(self._content(row)),
            code=row.code,
            sent_at=row.sent_at,
            late=row.late,
            state=row.state,
        )
