"""/privacy, /rights and /who, at any time and for anyone: a short card whose topics open in its place.

Somebody who is not in yet, and a stranger, get the same in a general form: nothing of any review.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.afterwards import Afterwards, AnswerPress, SayDirectly
from bot.clock import Clock
from bot.facts import Circle, circle, circle_of
from bot.joining import current_review
from bot.leaving import Goodbyes
from bot.local_help import local_help
from bot.notices import Notices
from bot.opening import FLOOR
from bot.outside import person_of
from bot.post import Post, Target, To
from bot.rights.kept import Handed
from bot.settings import Settings
from bot.telegram.inbound import CommandGiven, Incoming, NotOurs, Pressed
from bot.who_read import latest_handed_over
from conversations import cards
from conversations.cards import STOP, Card, Reader
from conversations.effects import Button, Reply
from conversations.languages import Languages
from conversations.lines import Line
from conversations.local_links import Local, Place
from conversations.profile import Shows
from conversations.wording import day_in
from conversations.words import Word
from storage.records import Account, Channel, ConversationStatus, ParticipantState
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

_YES: Final = "yes"
_MINUTES: Final = 60
"""For how long the button that ends Telegram can be pressed; later it asks anew (P10)."""


@dataclass(frozen=True, slots=True)
class Cards:
    """Answers what is asked of it, and passes on everything else. It changes nothing but for the last topic.

    `texts` are the cards by the code of their language, `places` the deployer's local services, `notice` the address of
    the privacy notice.
    """

    post: Post
    clock: Clock
    goodbyes: Goodbyes
    texts: Mapping[str, Mapping[str, str]] = field(repr=False)
    places: Mapping[Local, Place] = field(default_factory=dict, repr=False)
    notice: str = ""

    async def heard(
        self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str
    ) -> Sequence[Afterwards] | None:
        """What to do at Telegram after the commit; None where this is for others."""
        asked = _asked(incoming)
        if asked is None:
            return None
        card, name, pictures = asked
        around = await self._around(work, account)
        reader = await self._reader(work, account, around)
        to = To(account.id, around.participant.id if around else None)
        if not isinstance(incoming, Pressed):
            await self.post.show(work, to, await self._reply(work, account, reader, card, ""), f"{cause}:card")
            return []
        reader = _as_shown(reader, around, pictures=pictures)
        if card is Card.PRIVACY and name.startswith(f"{STOP}:"):
            return await self._stopped(work, account, (reader, around), incoming, cause)
        reply = await self._reply(work, account, reader, card, name)
        await self.post.edit(work, to, reply, Target("", incoming.message_id), f"{cause}:card")
        return [AnswerPress(incoming.callback_id)]

    def to_stranger(self, incoming: Incoming) -> Sequence[Afterwards] | None:
        """The same for somebody whom the bot does not know: straight back, and nothing is stored."""
        asked = _asked(incoming)
        if asked is None:
            return None
        card, name, _ = asked
        reader = self._general(self.post)
        reply = _of_topic(reader, card, name) if isinstance(incoming, Pressed) else cards.front(reader, card)
        text = "\n\n".join(reply.texts)
        if isinstance(incoming, Pressed):
            shown = SayDirectly(incoming.chat_id, text, reply.rows, instead_of=incoming.message_id)
            return [AnswerPress(incoming.callback_id), shown]
        return [SayDirectly(incoming.chat_id, text, reply.rows)]

    async def _reply(self, work: UnitOfWork, account: Account, reader: Reader, card: Card, name: str) -> Reply:
        if name == STOP:
            yes = cards.code_of(reader, card, f"{STOP}:{_YES}:{self._minute()}")
            asked = cards.opened(reader, card, name, [Button(cards.said(reader, "privacy_stop_yes"), yes)])
            return asked or cards.front(reader, card)
        if card is Card.WHO and not name and reader.role is not None:
            return await self._who(work, account, reader)
        return _of_topic(reader, card, name)

    async def _who(self, work: UnitOfWork, account: Account, reader: Reader) -> Reply:
        """Who reads; and where this chat has more than one review, the switch between them (decision 11)."""
        buttons: list[Button] = []
        for conversation in await work.conversations.of_account(account.id):
            if conversation.status is not ConversationStatus.CLOSED:
                around = await circle_of(work, conversation)
                post = self.post.speaking_to(around.participant)
                label = post.line(Line.ABOUT, about=around.about.first_name)
                buttons.append(Button(label, FLOOR + conversation.id))
        if len(buttons) < 2:
            return cards.front(reader, Card.WHO)
        shown = cards.front(reader, Card.WHO, extra=buttons)
        question = self.post.speaking_to(await person_of(work, account)).line(Line.WHO_IS_THIS_ABOUT)
        return replace(shown, texts=(*shown.texts, question))

    async def _stopped(
        self,
        work: UnitOfWork,
        account: Account,
        who: tuple[Reader, Circle | None],
        incoming: Pressed,
        cause: str,
    ) -> Sequence[Afterwards]:
        """Yes to "stop using Telegram": it is done at once, and said once. A press that is too old asks anew."""
        reader, around = who
        asked = _asked(incoming)
        minute = asked[1].rpartition(":")[2] if asked else ""
        fresh = minute.isdecimal() and len(minute) < 12 and 0 <= self._minute() - int(minute) <= _MINUTES
        if around is None or not fresh:
            moved_on = self.post.speaking_to(around.participant if around else None).line(Line.MOVED_ON)
            return [AnswerPress(incoming.callback_id, moved_on)]
        await self.goodbyes.no_more_telegram(work, account.id, self.clock.now(), cause)
        done = Reply(tuple(cards.said(reader, "privacy_stop_done").split("\n\n")))
        await self.post.show(work, To(account.id), done, f"{cause}:stopped")
        return [AnswerPress(incoming.callback_id)]

    async def _around(self, work: UnitOfWork, account: Account) -> Circle | None:
        """The review that the chat is about now; None where nobody is in, or nothing is to come."""
        held = await work.participants.of_account(account.id)
        joined = {person.id: person for person in held if person.state is ParticipantState.JOINED}
        if not joined:
            return None
        floor = await work.conversations.get(account.floor) if account.floor else None
        if floor is not None and floor.participant_id in joined:
            return await circle_of(work, floor)
        for person in joined.values():
            review = await current_review(work, person)
            if review is not None:
                return await circle(work, review.id, person.id)
        return None

    async def _reader(self, work: UnitOfWork, account: Account, around: Circle | None) -> Reader:
        if around is None:
            return self._general(self.post.speaking_to(await person_of(work, account)))
        person = around.participant
        post = self.post.speaking_to(person)
        facts = around.facts(self.clock.now())
        held = await work.participants.of_account(account.id)
        inside = [each for each in held if each.state is ParticipantState.JOINED]
        values = {
            "contact": facts.contact,
            "safeguarding": facts.safeguarding,
            "about": facts.about,
            "reads_by": day_in(post.words, facts.reads_by),
            "date": day_in(post.words, facts.meeting),
            "went": self._went(post, around, await latest_handed_over(work, around)),
        }
        return Reader(
            texts=self._texts(post),
            values={key: value for key, value in values.items() if value},
            role=person.role,
            places=self.places,
            notice=self.notice,
            more=post.word(Word.MORE),
            about=post.line(Line.ABOUT, about=facts.about) if len(inside) > 1 else "",
            look=None if person.profile.shows is Shows.WORDS else person.profile.look,
            emoji=post.emoji,
            rtl=post.language.rtl,
        )

    def _went(self, post: Post, around: Circle, handed: Iterable[Handed]) -> str:
        """A line for each way that it went, and for what is known of its reader; empty before it has left."""
        texts, zone, lines = self._texts(post), ZoneInfo(around.setting.zone), []
        for each in handed:
            said = {"card_went_mail" if each.channel == Channel.MAIL else "card_went_chat": each.sent_at}
            for key, at in (said | {"card_went_opened": each.opened_at, "card_went_read": each.read_at}).items():
                if at is not None:
                    lines.append(texts[key].format(day=day_in(post.words, at.astimezone(zone).date()), name=each.to))
        return "\n".join(dict.fromkeys(lines))

    def _general(self, post: Post) -> Reader:
        texts = self._texts(post)
        return Reader(
            texts=texts,
            values={"contact": texts["card_inviter"]},
            places=self.places,
            notice=self.notice,
            more=post.word(Word.MORE),
            emoji=post.emoji,
            rtl=post.language.rtl,
        )

    def _texts(self, post: Post) -> Mapping[str, str]:
        return self.texts.get(post.language.code) or self.texts["en"]

    def _minute(self) -> int:
        return int(self.clock.now().timestamp()) // 60


def cards_in(settings: Settings, languages: Languages, notices: Notices, clock: Clock) -> Cards:
    """The cards in all these languages. A fault in the deployer's file of services is logged, and the rest is told."""
    places, problems = local_help(settings.local_links_file)
    for problem in problems:
        log.error("local_help_set_aside", file=problem.file, line=problem.line)
    texts = {language.code: cards.read_cards(language) for language in languages}
    return Cards(notices.post, clock, Goodbyes(notices), texts, places, settings.privacy_notice)


def _asked(incoming: Incoming) -> tuple[Card, str, bool] | None:
    """The card, what of it, and whether its message has a picture."""
    match incoming:
        case CommandGiven(name=name) if name in set(Card):
            return Card(name), "", False
        case Pressed(data=NotOurs(data=data)):
            return cards.parsed(data)
        case _:
            return None


def _of_topic(reader: Reader, card: Card, name: str) -> Reply:
    """The topic of this name, else the front; `+1` is its second page."""
    page = int(name[1]) if len(name) == 2 and name[0] == "+" and name[1].isdecimal() else 0
    return cards.opened(reader, card, name) or cards.front(reader, card, page)


def _as_shown(reader: Reader, around: Circle | None, *, pictures: bool) -> Reader:
    """In the manner of the message that is changed: one without a picture cannot get one."""
    look = around.participant.profile.look if around is not None and pictures else None
    return replace(reader, look=look)
