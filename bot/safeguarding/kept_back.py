"""Answers that were frozen for the safeguarding team stand in no digest until a reader releases them (decision 6).

They are left out whole: what is composed without them shows no gap, and counts nothing. The person's own copy and
receipt keep them. An answer that was changed since is kept back too: it may still tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations.effects import Submission
from storage.unit_of_work import UnitOfWork

Places = frozenset[tuple[str, str]]
Frozen = tuple[str, str, datetime]


async def kept_back(work: UnitOfWork, participant_id: str, review_id: str) -> Places:
    """The steps and items of this person's answers in this review that are frozen and not released."""
    frozen: set[Frozen] = set()
    released: set[Frozen] = set()
    for alert in await work.alerts.of_participant(participant_id):
        if alert.review_id == review_id:
            said = {(words.step, words.item, words.at) for words in await work.frozen.of_alert(alert.id) if words.step}
            (frozen if alert.released_at is None else released).update(said)
    # One thing that was said may be frozen twice: for the team, and for whoever else the person asked for.
    return frozenset((step, item) for step, item, _ in frozen - released)


def without(submission: Submission, places: Places) -> Submission:
    """The same without these answers."""
    left = tuple(each for each in submission.answers if (each.step, each.item) not in places)
    return submission if len(left) == len(submission.answers) else replace(submission, answers=left)
