"""The answer to a complaint, told in the chat as a quote with the colleague's name (decision 7), at a decent hour."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.facts import Circle
from bot.post import Post, To
from bot.prompt_rows import PromptKind, ask
from conversations.lines import Line
from storage.records import Complaint, ComplaintState, Lane, ParticipantState, Prompt
from storage.unit_of_work import UnitOfWork

STILL_USEFUL = timedelta(days=30)


async def ask_to_tell(work: UnitOfWork, complaint: Complaint, now: datetime) -> bool:
    """Ask for the message that carries the answer. False where this person is not written to any more (P12)."""
    person = await work.participants.get(complaint.participant_id)
    if person is None or person.state is not ParticipantState.JOINED or person.account_id is None:
        return False
    reviews = await work.reviews.of_young_person(person.young_person_id)
    if not reviews:
        return False
    newest = max(reviews, key=lambda review: review.meeting)
    kind = f"{PromptKind.COMPLAINT_ANSWER}:{complaint.id}:{now:%Y%m%d%H%M%S}"
    return await ask(work, newest.id, kind, now, now + STILL_USEFUL, person.id)


async def tell_answer(work: UnitOfWork, post: Post, around: Circle, prompt: Prompt) -> bool:
    """Queue the answer as it stands now. False where there is none any more: more was added to the complaint."""
    _, complaint_id, _ = prompt.kind.split(":")
    found = await work.complaints.get(complaint_id)
    person = around.participant
    if found is None or found.state is not ComplaintState.ANSWERED or not found.answer or person.account_id is None:
        return False
    staff = await work.staff.get(found.answered_by or "")
    said = post.speaking_to(person).line(
        Line.COMPLAIN_ANSWERED, complaints=staff.name if staff else "", answer=found.answer
    )
    to = To(person.account_id, person.id, Lane.PROMPT)
    await post.say(work, to, f"answer:{prompt.id}", said)
    return True
