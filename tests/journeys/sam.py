"""Sam at the first question of a small script, and what a test asks about him."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from bot.demo.messages import ShownMessage
from bot.demo.people import Person
from conversations.script import Way
from conversations.state import Answer
from tests.journeys.college import (
    OPENS,
    College,
    by_bot,
    invitation_of,
)
from tests.journeys.walking import Walk, presses, ways

Logs = Sequence[MutableMapping[str, Any]]


async def joins(here: College, goals: Sequence[str] = ()) -> Walk:
    """Sam, before the first question."""
    made = await here.plan(goals=goals)
    sam, invitation = here.phone("Sam"), invitation_of(made, "Sam")
    await here.comes_in(sam, invitation)
    await here.at(OPENS)
    return Walk(here, sam, invitation.participant_id, presses, {"agree": ("understand",), **ways(Way.SHORT)})


async def answers(walk: Walk) -> dict[str, Answer]:
    """What Sam has answered, by step."""
    return {answer.step: answer for answer in (await walk.state()).answers}


def asked(person: Person, words: str) -> ShownMessage:
    """The newest message that asks this."""
    return [each for each in by_bot(person) if words in each.words][-1]


def events(logs: Logs) -> list[str]:
    return [str(each["event"]) for each in logs]


def no_words_in(logs: Logs, *words: str) -> bool:
    return not any(word in str(each) for each in logs for word in words)
