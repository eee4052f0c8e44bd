"""The young person's own yes, or no, to keeping what they sent for their next reviews. Until they say yes, it is no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.post import Post, To
from conversations.effects import Button
from conversations.lines import Line
from conversations.script import Role
from storage.records import Participant, ParticipantState
from storage.unit_of_work import UnitOfWork

PREFIX: Final = "rights:longer"
_YES: Final = f"{PREFIX}:yes"
_NO: Final = f"{PREFIX}:no"


@dataclass(frozen=True, slots=True)
class Longer:
    """Asks when it is asked for, keeps the choice, and changes nothing else."""

    clock: Clock

    async def pressed(self, work: UnitOfWork, post: Post, people: Sequence[Participant], data: str, cause: str) -> None:
        """The question, or an answer to it. Whoever answers for somebody else is not asked."""
        own = young(people)
        if own is None or own.account_id is None:
            return
        if data == _YES:
            await work.retaining.keep_longer(own.id, self.clock.now())
        elif data == _NO:
            await work.retaining.keep_no_longer(own.id)
        line = {_YES: Line.LONGER_KEPT, _NO: Line.LONGER_NOT}.get(data, Line.LONGER_ASK)
        buttons = [Button(post.line(Line.LONGER_YES), _YES), Button(post.line(Line.LONGER_NO), _NO)]
        asked = buttons if line is Line.LONGER_ASK else []
        await post.say(work, To(own.account_id, own.id), f"{cause}:longer", post.line(line), asked)


def young(people: Sequence[Participant]) -> Participant | None:
    """The part in which this chat belongs to the young person, while they are in."""
    own = (each for each in people if each.role is Role.YOUNG_PERSON and each.state is ParticipantState.JOINED)
    return next(own, None)
