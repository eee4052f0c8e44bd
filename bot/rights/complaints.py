"""Complaints from the chat: what is wrong, in words or aloud, to somebody other than the named professional alone.

Whom a complaint goes to: the colleague that the setting names; else the coordinator, the safeguarding lead or the
deputy, whoever is first and not the named professional. An answer is due within 30 days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.notices import Notices
from bot.post import Post, To
from bot.safeguarding.overheard import Overheard, Said
from bot.telegram.inbound import Attachment, EditedWords, Incoming, Words
from conversations.effects import Button
from conversations.lines import Line
from conversations.state import Media, MediaId
from storage.ids import new_id
from storage.records import (
    Account,
    Complaint,
    ComplaintState,
    Participant,
    ParticipantState,
    Review,
    Staff,
    StaffState,
    StoredMedia,
)
from storage.unit_of_work import UnitOfWork

PREFIX: Final = "rights:complain"
STOP: Final = f"{PREFIX}:stop"
MORE: Final = f"{PREFIX}:more:"
ANSWER_WITHIN: Final = timedelta(days=30)
_WAS_IN: Final = frozenset({ParticipantState.LEFT, ParticipantState.BLOCKED, ParticipantState.ELSEWHERE})
_LISTENS: Final = timedelta(hours=1)
_CUT: Final = 4000
"""Words of this length were cut by the app: what follows belongs to them."""


@dataclass(frozen=True, slots=True)
class Complaining:
    """Takes a complaint, says whom it goes to and by when it is answered, and tells that colleague without content."""

    notices: Notices
    clock: Clock
    overheard: Overheard
    contact: str = ""

    async def ask(self, work: UnitOfWork, person: Participant, account: Account, cause: str) -> None:
        """Ask what is wrong. The next words, or a voice message, are the complaint."""
        post, now = self.notices.post.speaking_to(person), self.clock.now()
        review = await _review_of(work, person)
        staff = await self._goes_to(work, review) if review else None
        if staff is None:
            setting = await work.settings.get()
            text = post.line(Line.COMPLAIN_NOBODY, contact=setting.name if setting else "")
            await post.say(work, To(account.id), f"{cause}:nobody", text)
            return
        for left in await work.complaints.of_participant(person.id):
            if left.state is ComplaintState.ASKED:
                await work.complaints.remove(left.id)
        due = await self._due(work, now)
        await work.complaints.add(Complaint(new_id(), person.id, staff.id, now, due, listens_until=now + _LISTENS))
        await self._say_ask(work, post, account, staff, cause)

    async def pressed(self, work: UnitOfWork, person: Participant, account: Account, data: str, cause: str) -> None:
        """Not now, or more to a complaint that was made."""
        post, now = self.notices.post.speaking_to(person), self.clock.now()
        if data == STOP:
            await self.over(work, person)
            await post.say(work, To(account.id), f"{cause}:stopped", post.line(Line.COMPLAIN_STOPPED))
            return
        found = await work.complaints.get(data.removeprefix(MORE)) if data.startswith(MORE) else None
        staff = await work.staff.get(found.staff_id) if found else None
        if found is None or staff is None or found.participant_id != person.id:
            await self.ask(work, person, account, cause)
            return
        await work.complaints.save(replace(found, listens_until=now + _LISTENS))
        await self._say_ask(work, post, account, staff, cause)

    async def over(self, work: UnitOfWork, person: Participant) -> None:
        """The person went on to something else: what they say next is no complaint."""
        waits = await work.complaints.listening(person.id, self.clock.now())
        if waits is None:
            return
        if waits.state is ComplaintState.ASKED:
            await work.complaints.remove(waits.id)
        else:
            await work.complaints.save(replace(waits, listens_until=None))

    async def heard(
        self, work: UnitOfWork, person: Participant, account: Account, incoming: Incoming, cause: str
    ) -> bool:
        """Whether these words or this voice were the complaint that was asked for. They are kept then."""
        now = self.clock.now()
        waits = await work.complaints.listening(person.id, now)
        if waits is None:
            return False
        match incoming:
            case Words(text=text):
                longer = now + _LISTENS if len(text) >= _CUT else None
                kept = await self._keep(work, _with_source(waits, incoming), text, (), longer)
                await self._say_kept(work, person, account, kept, cause)
                await self._overhear(work, person, account, Said(text, (), await _review_of(work, person), cause))
            case Attachment():
                media = Media(MediaId(new_id()), incoming.kind)
                size = incoming.size or 0
                await work.media.arrived(
                    StoredMedia(media.id, person.id, None, media.kind, incoming.file_id, size=size)
                )
                await self._keep(work, _with_source(waits, incoming), incoming.caption, (media,), None)
                post = self.notices.post.speaking_to(person)
                await post.say(work, To(account.id), f"{cause}:saving", post.line(Line.COMPLAIN_SAVING))
                said = Said(incoming.caption, (media,), await _review_of(work, person), cause)
                await self._overhear(work, person, account, said)
            case _:
                return False
        return True

    async def edited(
        self, work: UnitOfWork, person: Participant, account: Account, edit: EditedWords, cause: str
    ) -> bool:
        """Whether this edits a message of a complaint: the new words join it, and go nowhere else."""
        for each in await work.complaints.of_participant(person.id):
            if str(edit.message_id) in each.sources:
                kept = await self._keep(work, each, edit.text, (), None)
                await self._say_kept(work, person, account, kept, cause)
                await self._overhear(work, person, account, Said(edit.text, (), await _review_of(work, person), cause))
                return True
        return False

    async def _overhear(self, work: UnitOfWork, person: Participant, account: Account, said: Said) -> None:
        """A complaint is answered within a month; what tells of danger goes to the safeguarding team as well, now."""
        await self.overheard.heard(work, account.id, person, said)

    async def listen_again(self, work: UnitOfWork, person: Participant, media: StoredMedia) -> None:
        """What was said aloud could not be had, and the person is asked for it again: that is still the complaint."""
        complaint = await work.complaints.holding(person.id, media.id)
        if complaint is not None:
            await work.complaints.save(replace(complaint, listens_until=self.clock.now() + _LISTENS))

    async def media_kept(self, work: UnitOfWork, person: Participant, complaint: Complaint, cause: str) -> None:
        """The bytes of a spoken complaint are sealed: only now the person is told that it is there."""
        account = await work.accounts.get(person.account_id) if person.account_id else None
        if account is not None:
            await self._say_kept(work, person, account, complaint, cause)

    async def _keep(
        self, work: UnitOfWork, waits: Complaint, words: str, media: tuple[Media, ...], until: datetime | None
    ) -> Complaint:
        now = self.clock.now()
        is_new = waits.state is ComplaintState.ASKED
        kept = replace(
            waits,
            at=now if is_new else waits.at,
            answer_by=await self._due(work, now) if is_new else waits.answer_by,
            state=ComplaintState.KEPT,
            words="\n\n".join(each for each in (waits.words, words) if each),
            media=(*waits.media, *media),
            listens_until=until,
            answered_at=None,
            answered_by=None,
            answer="",
        )
        await work.complaints.save(kept)
        staff = await work.staff.get(kept.staff_id)
        if staff is not None:
            text = self.notices.post.line(Line.STAFF_COMPLAINT, answer_by=kept.answer_by)
            await self.notices.to_staff(work, staff, f"complaint:{kept.id}", text)
        return kept

    async def _say_kept(
        self, work: UnitOfWork, person: Participant, account: Account, kept: Complaint, cause: str
    ) -> None:
        post, staff = self.notices.post.speaking_to(person), await work.staff.get(kept.staff_id)
        text = post.line(Line.COMPLAIN_KEPT, complaints=staff.name if staff else "", answer_by=kept.answer_by)
        more = Button(post.line(Line.COMPLAIN_MORE), MORE + kept.id)
        await post.say(work, To(account.id), f"{cause}:complaint", text, [more])

    async def _say_ask(self, work: UnitOfWork, post: Post, account: Account, staff: Staff, cause: str) -> None:
        text = post.line(Line.COMPLAIN_ASK, complaints=staff.name)
        stop = Button(post.line(Line.COMPLAIN_STOP), STOP)
        await post.say(work, To(account.id), f"{cause}:complain", text, [stop])

    async def _goes_to(self, work: UnitOfWork, review: Review) -> Staff | None:
        chosen = await work.staff.by_email(self.contact) if self.contact else None
        if chosen is not None and chosen.state is StaffState.ACTIVE:
            return chosen
        setting = await work.settings.get()
        others = (setting.safeguarding_lead, setting.safeguarding_deputy) if setting else ()
        for staff_id in (review.coordinator_id, *others):
            staff = await work.staff.get(staff_id)
            if staff is not None and staff.state is StaffState.ACTIVE and staff.id != review.professional_id:
                return staff
        return None

    async def _due(self, work: UnitOfWork, now: datetime) -> date:
        setting = await work.settings.get()
        zone = setting.zone if setting else "Europe/London"
        return now.astimezone(ZoneInfo(zone)).date() + ANSWER_WITHIN


def _with_source(complaint: Complaint, message: Words | Attachment) -> Complaint:
    return replace(complaint, sources=(*complaint.sources, str(message.message_id)))


async def complainant(work: UnitOfWork, account: Account) -> Participant | None:
    """Who complains from this chat: somebody who is in, else somebody who was."""
    held = await work.participants.of_account(account.id)
    inside = [each for each in held if each.state is ParticipantState.JOINED]
    was = [each for each in held if each.state in _WAS_IN]
    return next(iter(inside or was), None)


async def _review_of(work: UnitOfWork, person: Participant) -> Review | None:
    reviews = await work.reviews.of_young_person(person.young_person_id)
    return max(reviews, key=lambda each: each.meeting, default=None)
