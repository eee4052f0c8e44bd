"""Answers that were frozen for the safeguarding team stand in no digest until a reader releases them (decision 6).

They are left out whole: what is composed without them shows no gap, and counts nothing. The person's own copy and
receipt keep them. An answer that was changed since is kept back too: it may still tell.
"""

from __future__ import annotations

from dataclasses import replace

from conversations.effects import Submission
from storage.unit_of_work import UnitOfWork

Places = frozenset[tuple[str, str]]


async def kept_back(work: UnitOfWork, participant_id: str, review_id: str) -> Places:
    """The steps and items of this person's answers in this review that are frozen and not released."""
    frozen = [
        words
        for alert in await work.alerts.of_participant(participant_id)
        if alert.review_id == review_id and alert.released_at is None
        for words in await work.frozen.of_alert(alert.id)
    ]
    return frozenset((words.step, words.item) for words in frozen if words.step)


def without(submission: Submission, places: Places) -> Submission:
    """The same without these answers."""
    left = tuple(each for each in submission.answers if (each.step, each.item) not in places)
    return submission if len(left) == len(submission.answers) else replace(submission, answers=left)
