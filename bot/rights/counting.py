"""A yes to be counted: of what somebody pressed, only numbers of many people together are ever shown. Else it is no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.post import Post, To
from conversations.effects import Button
from conversations.lines import Line
from storage.records import Participant, ParticipantState
from storage.unit_of_work import UnitOfWork

PREFIX: Final = "rights:count"
_YES: Final = f"{PREFIX}:yes"
_NO: Final = f"{PREFIX}:no"


@dataclass(frozen=True, slots=True)
class Counting:
    """Asks after the first Send, and when it is asked for; keeps the choice, and changes nothing else."""

    clock: Clock

    async def ask(self, work: UnitOfWork, post: Post, to: To, key: str) -> None:
        """Queue the question. Neither answer stands out, and none of them is a yes."""
        buttons = [Button(post.line(Line.COUNT_YES), _YES), Button(post.line(Line.COUNT_NO), _NO)]
        await post.say(work, to, f"{key}:count", post.line(Line.COUNT_ASK), buttons)

    async def pressed(self, work: UnitOfWork, post: Post, people: Sequence[Participant], data: str, cause: str) -> None:
        """The question, or an answer to it, for every part that this chat has."""
        joined = [each for each in people if each.state is ParticipantState.JOINED and each.account_id is not None]
        if not joined:
            return
        to = To(joined[0].account_id or "", joined[0].id)
        if data not in {_YES, _NO}:
            await self.ask(work, post, to, cause)
            return
        for person in joined:
            if data == _YES:
                await work.insights.count_in(person.id, self.clock.now())
            else:
                await work.insights.count_out(person.id)
        said = Line.COUNT_IN if data == _YES else Line.COUNT_OUT
        await post.say(work, to, f"{cause}:counted", post.line(said))
