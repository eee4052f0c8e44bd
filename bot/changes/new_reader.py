"""People hear who reads now, and may say no; the colleagues hear what that means for them (decision 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.afterwards import Afterwards, AnswerPress
from bot.changes.readers import opens_on
from bot.clock import Clock
from bot.facts import Circle, circle
from bot.notices import Notices, named
from bot.post import Post, To
from bot.prompt_rows import ask_for_update
from bot.telegram.inbound import Incoming, NotOurs, Pressed
from conversations.effects import Button
from conversations.lines import Line
from storage.records import Account, Lane, Participant, Prompt, ReaderChange, Review
from storage.unit_of_work import UnitOfWork

NO: Final = "reader:no:"


async def tell_new_reader(work: UnitOfWork, post: Post, around: Circle, prompt: Prompt) -> None:
    """One message: who reads now, from when on, and where they sent before, a button to say no."""
    change = await _change_of(work, prompt)
    if change is None or around.participant.account_id is None:
        return
    person, told = around.participant, prompt.due_at
    spoken = post.speaking_to(person)
    before = await work.staff.get(change.former_id)
    values = {"name": around.professional.name, "before": before.name if before else ""}
    to = To(person.account_id or "", person.id, Lane.PROMPT)
    if not await _sent_before(work, around, change):
        await spoken.say(work, to, f"reader:{prompt.id}", spoken.line(Line.NEW_READER, **values))
        return
    line = Line.NEW_READER_AT_ONCE if change.is_urgent else Line.NEW_READER_MAY_READ
    text = spoken.line(line, date=opens_on(max(told, post.clock.now()), around.setting), **values)
    button = Button(spoken.line(Line.NEW_READER_NO), NO + change.id)
    await spoken.say(work, to, f"reader:{prompt.id}", text, [button])


async def tell_colleagues(work: UnitOfWork, notices: Notices, review: Review, prompt: Prompt) -> None:
    """Whoever read before destroys their copy; whoever reads now hears that people are asked first."""
    change, person = await _change_of(work, prompt), await work.people.get(review.young_person_id)
    if change is None or person is None:
        return
    now = Line.STAFF_READS_AT_ONCE if change.is_urgent else Line.STAFF_READS_NOW
    lines = ((change.former_id, Line.STAFF_READS_NO_MORE), (change.staff_id, now))
    for staff_id, line in lines:
        staff = await work.staff.get(staff_id)
        if staff is not None:
            text = notices.post.line(line, name=person.first_name, date=review.meeting)
            await notices.to_staff(work, staff, f"reader:{prompt.id}:{staff_id}", text)


@dataclass(frozen=True, slots=True)
class SayingNo:
    """A press on "not them": from then on that reader has none of this person's words."""

    notices: Notices
    clock: Clock

    async def heard(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """What a press comes to; None: it is none of these."""
        if not (isinstance(incoming, Pressed) and isinstance(incoming.data, NotOurs)):
            return None
        if not incoming.data.data.startswith(NO):
            return None
        answer = await self._no(work, account, incoming.data.data.removeprefix(NO), cause)
        return [AnswerPress(incoming.callback_id, answer)]

    async def _no(self, work: UnitOfWork, account: Account, change_id: str, cause: str) -> str:
        change = await work.readers.get(change_id)
        review = await work.reviews.get(change.review_id) if change else None
        person = await self._theirs(work, account, review) if review else None
        if change is None or review is None or person is None or review.professional_id != change.staff_id:
            return self.notices.post.line(Line.MOVED_ON)
        around = await circle(work, review.id, person.id)
        now, post = self.clock.now(), self.notices.post.speaking_to(person)
        if await work.readers.say_no(change.id, person.id, now):
            await ask_for_update(work, review, now, f"no-{change.id}-{person.id}")
            await work.audit.add(now, person.id, "said_no_to_reader", review.id)
            await self._tell_coordinator(work, around, change)
            text = post.line(Line.NEW_READER_SAID_NO, name=around.professional.name)
            await post.say(work, To(account.id, person.id), f"{cause}:no", text)
        return ""

    async def _theirs(self, work: UnitOfWork, account: Account, review: Review) -> Participant | None:
        """Who of this chat is asked in this review: a forged button names somebody else's."""
        held = await work.participants.of_account(account.id)
        return next((each for each in held if each.young_person_id == review.young_person_id), None)

    async def _tell_coordinator(self, work: UnitOfWork, around: Circle, change: ReaderChange) -> None:
        staff = await work.staff.get(around.review.coordinator_id)
        if staff is not None:
            text = self.notices.post.line(
                Line.STAFF_SAID_NO, name=named(around), reader=around.professional.name, date=around.review.meeting
            )
            await self.notices.to_staff(work, staff, f"no:{change.id}:{around.participant.id}", text)


async def _change_of(work: UnitOfWork, prompt: Prompt) -> ReaderChange | None:
    return await work.readers.get(prompt.kind.partition(":")[2])


async def _sent_before(work: UnitOfWork, around: Circle, change: ReaderChange) -> bool:
    sent = await work.submissions.of_review(around.review.id)
    return any(each.participant_id == around.participant.id and each.sent_at <= change.at for each in sent)
