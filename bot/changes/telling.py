"""What people are told when a review is moved or off: the same to everybody, and nothing about anybody else."""

from __future__ import annotations

from bot.facts import Circle
from bot.notices import Notices
from bot.post import Post, To
from bot.prompt_rows import PromptKind
from conversations.lines import Line
from conversations.script import Role
from storage.records import Lane, Prompt, Review
from storage.unit_of_work import UnitOfWork

_LINES = {
    (PromptKind.NEW_DAY, Role.YOUNG_PERSON): Line.NEW_DAY,
    (PromptKind.NEW_DAY, Role.CARER): Line.NEW_DAY_CARER,
    (PromptKind.CALLED_OFF, Role.YOUNG_PERSON): Line.CALLED_OFF,
    (PromptKind.CALLED_OFF, Role.CARER): Line.CALLED_OFF_CARER,
}


async def tell_change(work: UnitOfWork, post: Post, around: Circle, prompt: Prompt) -> None:
    """Say it in words of their own language; the day is the one that holds now."""
    person, review = around.participant, around.review
    line = _LINES[PromptKind(prompt.kind.partition(":")[0]), person.role]
    text = post.speaking_to(person).line(
        line, about=around.about.first_name, date=review.meeting, contact=around.professional.name
    )
    to = To(person.account_id or "", person.id, Lane.PROMPT)
    await post.say(work, to, f"change:{prompt.id}", text)


async def tell_professional(work: UnitOfWork, notices: Notices, review: Review, kind: PromptKind, cause: str) -> None:
    """The named professional hears of it too, whoever did it."""
    staff, person = await work.staff.get(review.professional_id), await work.people.get(review.young_person_id)
    if staff is not None and person is not None:
        line = Line.STAFF_MOVED if kind is PromptKind.NEW_DAY else Line.STAFF_CALLED_OFF
        text = notices.post.line(line, name=person.first_name, date=review.meeting)
        await notices.to_staff(work, staff, f"change:{cause}", text)
