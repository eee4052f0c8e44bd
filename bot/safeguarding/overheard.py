"""Words that no conversation looks at: outside a question, or in a complaint. They are matched all the same."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.clock import Clock
from bot.post import Post, To
from bot.safeguarding.alarm import Alarm
from bot.safeguarding.phrases import Matching
from bot.safeguarding.telling import Telling
from conversations.effects import AlertRoute, RaiseAlert
from conversations.lines import Line
from conversations.state import Media
from storage.records import Participant, Review
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, about which review, and the input that it came with."""

    words: str = field(repr=False)
    media: tuple[Media, ...]
    review: Review | None
    cause: str


@dataclass(frozen=True, slots=True)
class Overheard:
    """`matched` gives the topics of the list of phrases."""

    alarm: Alarm
    telling: Telling
    post: Post
    clock: Clock
    matched: Matching

    async def heard(self, work: UnitOfWork, account_id: str, person: Participant, said: Said) -> str:
        """Raise an alert where the words match, and say calmly what happens next; the alert's id, else empty."""
        topics = self.matched(said.words)
        if not topics:
            return ""
        now, post = self.clock.now(), self.post.speaking_to(person)
        raised = RaiseAlert(AlertRoute.PHRASE, topics, words=said.words, media=said.media)
        review_id = said.review.id if said.review else None
        alert_id = await self.alarm.raise_alert(work, person, review_id, raised, now)
        told = await self.alarm.first_reader(work, alert_id)
        text = f"{post.line(Line.ALERT_IMPORTANT)}\n\n{self.telling.next(post, now, told)}"
        await post.say(work, To(account_id, person.id), f"{said.cause}:alert", text)
        return alert_id
