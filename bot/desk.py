"""What staff can do in the chat today: say that they checked who someone is, and open a digest they are named on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.afterwards import Afterwards, AnswerPress
from bot.authority import Action, about_review, colleague, may
from bot.board import COMMAND as REVIEWS
from bot.board import NUDGE, SUMMARY, Board
from bot.changes.readers import content_of, must_wait
from bot.clock import Clock
from bot.digests import BY_SECTION_NAME, FILE_NAME, OPEN, WORD_NAME, Form, copy_name
from bot.documents.pack import copies
from bot.documents.plan_order import WITH_A_PLAN
from bot.door_notices import CHECKED, REINVITE
from bot.joining import Joining
from bot.listening import PLAY, Listening, pressed_on
from bot.opening_digests import READ, ask_whether_read, note_opened, note_read
from bot.post import Post, To
from bot.recording import COMMAND, RECORD, Studio
from bot.reinviting import MayInvite, Reinviting
from bot.safeguarding.reading import Reading
from bot.safeguarding.stages import ALERT
from bot.telegram.inbound import CommandGiven, Incoming, NotOurs, Pressed
from bot.telegram.outbound import document
from conversations.digest import Digest, ReaderKind
from conversations.lines import Line
from conversations.readers import Reader
from storage.records import Account, DigestKind, Lane, Staff, StaffState, StoredDigest
from storage.unit_of_work import UnitOfWork

_PREFIX: Final = "desk:"


@dataclass(frozen=True, slots=True)
class Desk:
    """Role-checked; every deed is recorded."""

    joining: Joining
    post: Post
    clock: Clock
    studio: Studio
    reading: Reading
    may_invite: MayInvite

    def is_for(self, pressed: Pressed) -> bool:
        """Whether a press belongs here."""
        return isinstance(pressed.data, NotOurs) and pressed.data.data.startswith(_PREFIX)

    async def only_staff(self, work: UnitOfWork, account: Account) -> bool:
        """Whether this account is a colleague's and nobody's who is asked."""
        return await self._staff(work, account) is not None and not await work.participants.of_account(account.id)

    async def pressed(self, work: UnitOfWork, account: Account, incoming: Pressed, cause: str) -> Sequence[Afterwards]:
        """A button of the desk."""
        staff = await self._staff(work, account)
        if staff is None:
            return [AnswerPress(incoming.callback_id, self.post.line(Line.MOVED_ON))]
        data = incoming.data.data if isinstance(incoming.data, NotOurs) else ""
        answers = {
            CHECKED: self._checked,
            REINVITE: self._reinvite,
            OPEN: self._open,
            READ: self._read,
            NUDGE: self._nudge,
            SUMMARY: self._summary,
            ALERT: self.reading.pressed,
            PLAY: self._play,
            RECORD: self.studio.pressed,
        }
        doing = next((doing for prefix, doing in answers.items() if data.startswith(prefix)), None)
        answer = await doing(work, staff, data, cause) if doing else self.post.line(Line.MOVED_ON)
        return [AnswerPress(incoming.callback_id, answer)]

    async def records(self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str) -> bool:
        """Whether this was a colleague who reads questions aloud; it is done then.

        Whoever is also asked in a review records nothing here: their voice could be an answer, and all would hear it.
        """
        staff = await self._staff(work, account)
        if staff is None or not await work.participants.of_account(account.id):
            return staff is not None and await self.studio.heard(work, staff, incoming, cause)
        if isinstance(incoming, CommandGiven) and incoming.name == COMMAND:
            await self.said(work, account, cause)
            return True
        return False

    async def heard(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """From a colleague who reads questions aloud, or who is asked nothing themselves; None: it is not for here."""
        if await self.records(work, account, incoming, cause):
            return ()
        if not await self.only_staff(work, account):
            return None
        staff = await self._staff(work, account)
        if staff is not None and isinstance(incoming, CommandGiven) and incoming.name == REVIEWS:
            await Board(self.post).show(work, staff, self.clock.now(), cause)
            return ()
        return await self.said(work, account, cause)

    async def said(self, work: UnitOfWork, account: Account, cause: str) -> Sequence[Afterwards]:
        """Words from a colleague: there is nothing to answer yet."""
        await self.post.say(work, To(account.id), f"{cause}:desk", self.post.line(Line.STAFF_NOTHING_HERE))
        return []

    async def _reinvite(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        invite_id, now = data.removeprefix(REINVITE), self.clock.now()
        return await Reinviting(self.post, self.may_invite).pressed(work, staff, invite_id, now, cause)

    async def _checked(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        participant_id = data.removeprefix(CHECKED)
        line = await self.joining.checked(work, staff, participant_id, self.clock.now())
        participant = await work.participants.get(participant_id)
        text = self.post.line(line, name=participant.name if participant else "")
        if staff.account_id and line is Line.STAFF_CHECKED:
            await self.post.say(work, To(staff.account_id), f"{cause}:checked", text)
        return text

    async def _readable(self, work: UnitOfWork, staff: Staff, digest_id: str, action: Action) -> StoredDigest | Line:
        """The digest, where this colleague may read it now and no newer one is there."""
        stored = await work.digests.get(digest_id)
        if stored is None or not await self._may(work, staff, stored, action):
            return Line.STAFF_NOT_YOURS
        if await must_wait(work, stored.review_id, self.clock.now()) is not None:
            return Line.STAFF_NOT_YET_YOURS
        latest = await work.digests.latest(stored.review_id)
        return stored if latest is None or latest.id == stored.id else Line.STAFF_DIGEST_GONE

    async def _play(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        digest_id, number = pressed_on(data)
        stored = await self._readable(work, staff, digest_id, Action.PLAY_MEDIA)
        if isinstance(stored, Line):
            return self.post.line(stored)
        return await Listening(self.post).play(work, staff, (stored, number), self.clock.now(), cause)

    async def _open(self, work: UnitOfWork, staff: Staff, data: str, cause: str) -> str:
        """The named professional opens the newest version; that it was opened is recorded."""
        stored = await self._readable(work, staff, data.removeprefix(OPEN), Action.OPEN_DIGEST)
        if isinstance(stored, Line):
            return self.post.line(stored)
        to = To(staff.account_id or "", lane=Lane.DOCUMENT)
        for number, (name, file_name) in enumerate(_documents(stored, await content_of(work, stored))):
            outgoing = document(name, file_name)
            await self.post.document(work, to, outgoing, f"{cause}:open{number}")
        await Listening(self.post).offer(work, to, stored, cause)
        await note_opened(work, staff, stored, self.clock.now())
        await ask_whether_read(work, self.post, to, stored, cause)
        return ""

    async def _nudge(self, work: UnitOfWork, staff: Staff, data: str, _: str) -> str:
        return await Board(self.post).nudge(work, staff, data, self.clock.now())

    async def _summary(self, work: UnitOfWork, staff: Staff, data: str, _: str) -> str:
        return await Board(self.post).summary(work, staff, data, self.clock.now())

    async def _read(self, work: UnitOfWork, staff: Staff, data: str, _: str) -> str:
        """They say that they have read what they opened."""
        stored = await self._readable(work, staff, data.removeprefix(READ), Action.OPEN_DIGEST)
        if isinstance(stored, Line):
            return self.post.line(stored)
        await note_read(work, staff, stored, self.clock.now())
        return self.post.line(Line.STAFF_READ_NOTED)

    async def _may(self, work: UnitOfWork, staff: Staff, stored: StoredDigest, action: Action) -> bool:
        """Only the named professional, and never of their own child (decision 11)."""
        review = await work.reviews.get(stored.review_id)
        if review is None:
            return False
        return may(await colleague(work, staff), action, about_review(review)).is_yes

    async def _staff(self, work: UnitOfWork, account: Account) -> Staff | None:
        staff = await work.staff.by_account(account.id)
        return staff if staff is not None and staff.state is StaffState.ACTIVE else None


def _documents(stored: StoredDigest, digest: Digest) -> Iterator[tuple[str, str]]:
    """The names of the professional's own copy, and from the pack on of those to work in and to hand out."""
    mine = Reader(ReaderKind.NAMED_PROFESSIONAL)
    yield copy_name(stored.id, mine), FILE_NAME
    if stored.kind is DigestKind.FIRST:
        return
    yield copy_name(stored.id, mine, Form.WORD), WORD_NAME
    if digest.kind in WITH_A_PLAN:
        yield copy_name(stored.id, mine, Form.WORD_BY_SECTION), BY_SECTION_NAME
    yield from ((copy_name(stored.id, copy.reader), copy.file_name) for copy in copies(digest))
