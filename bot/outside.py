"""Words and media while no question is open: kept, sealed, for a person to read (decision 13). It asks nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.facts import circle
from bot.joining import current_review
from bot.notices import Notices
from bot.post import Post, To
from bot.rights.complaints import Complaining
from bot.safeguarding.overheard import Overheard, Said
from conversations import inputs
from conversations.inputs import Input
from conversations.lines import Line
from conversations.state import Media
from conversations.words import Word
from storage.ids import new_id
from storage.records import Account, Note, Participant, ParticipantState, Review, StoredMedia
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Outside:
    """Keeps what answers no question, and says so once it is safe."""

    post: Post
    notices: Notices
    clock: Clock
    complaining: Complaining
    overheard: Overheard

    async def heard(self, work: UnitOfWork, account: Account, event: Input, cause: str) -> None:
        """Words and media are kept for a person to read; a control is answered kindly."""
        person = await person_of(work, account)
        post = self.post.speaking_to(person)
        words, media = _kept(event)
        if person is None or not (words or media):
            await post.say(work, To(account.id), f"{cause}:none", post.line(Line.NOTHING_OPEN))
            return
        review = await latest_review(work, person)
        now = self.clock.now()
        note = Note(new_id(), person.id, now, review.id if review else None, words, media)
        if alert_id := await self.overheard.heard(work, account.id, person, Said(words, media, review, cause)):
            # The safeguarding team reads them, and the named professional does not.
            await work.notes.add(replace(note, alert_id=alert_id))
            return
        if review is not None:
            around = await circle(work, review.id, person.id)
            note = replace(note, read_due=around.reads_by(now))
        await work.notes.add(note)
        if review is not None:
            await self.notices.note_waits(work, await circle(work, review.id, person.id), now)
        if media:
            await post.say(work, To(account.id, person.id), f"{cause}:got", post.word(Word.MEDIA_RECEIVED))
        else:
            await self._say_kept(work, person, f"{cause}:note")

    async def media_settled(self, work: UnitOfWork, media: StoredMedia, event: Input, cause: str) -> None:
        """What was sent outside a question is kept, or could not be had: only now the person is told which."""
        person = await work.participants.get(media.participant_id)
        if person is None or person.account_id is None:
            return
        match event:
            case inputs.MediaFailed(too_big=too_big):
                key = Word.MEDIA_TOO_BIG if too_big else Word.MEDIA_FAILED
                text = self.post.speaking_to(person).word(key)
                await self.post.say(work, To(person.account_id, person.id), f"{cause}:failed", text)
                await self.complaining.listen_again(work, person, media)
            case _ if complaint := await work.complaints.holding(person.id, media.id):
                await self.complaining.media_kept(work, person, complaint, cause)
            case _ if await self._is_alarmed(work, person, media):
                text = self.post.speaking_to(person).line(Line.ALERT_MEDIA_KEPT)
                await self.post.say(work, To(person.account_id, person.id), f"{cause}:alert", text)
            case _:
                await self._say_kept(work, person, f"{cause}:note")

    async def _is_alarmed(self, work: UnitOfWork, person: Participant, media: StoredMedia) -> bool:
        notes = await work.notes.of_participant(person.id)
        return any(each.alert_id and any(one.id == media.id for one in each.media) for each in notes)

    async def _say_kept(self, work: UnitOfWork, person: Participant, key: str) -> None:
        review = await latest_review(work, person)
        if review is None or person.account_id is None:
            return
        around = await circle(work, review.id, person.id)
        facts = around.facts(self.clock.now())
        text = self.post.speaking_to(person).line(Line.NOTE_KEPT, contact=facts.contact, reads_by=facts.reads_by)
        await self.post.say(work, To(person.account_id, person.id), key, text)


async def person_of(work: UnitOfWork, account: Account) -> Participant | None:
    """Who writes from this account: somebody who is in, where there is one."""
    held = await work.participants.of_account(account.id)
    inside = [person for person in held if person.state is ParticipantState.JOINED]
    return next(iter(inside or held), None)


async def latest_review(work: UnitOfWork, person: Participant) -> Review | None:
    """The review that words are for: the one to come, else the last one."""
    present = await current_review(work, person)
    past = await work.reviews.of_young_person(person.young_person_id)
    return present or max(past, key=lambda review: review.meeting, default=None)


def _kept(event: Input) -> tuple[str, tuple[Media, ...]]:
    match event:
        case inputs.Typed(text=text) | inputs.Edited(text=text):
            return text, ()
        case inputs.MediaArrived(media=media, caption=caption):
            return caption, (media,)
        case _:
            return "", ()
