"""A known person says something: find the conversation it belongs to, let the engine decide, carry it out.

No question refuses words; words outside any question are kept as a note for a person to read (decision 13).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.afterwards import Afterwards, AnswerPress, DeleteMessage
from bot.authority import is_own
from bot.carry_out import CarryOut, Moment
from bot.changing_language import ChangingLanguage
from bot.choosing import LANGUAGE
from bot.clock import Clock
from bot.opening import FLOOR, HOLDS, Opening, ScriptSetAsideError, chat
from bot.outside import Outside, person_of
from bot.pasting import Pasting
from bot.post import Post, To
from bot.telegram.inbound import (
    Attachment,
    CommandGiven,
    EditedWords,
    Incoming,
    NotOurs,
    Press,
    Pressed,
    Unwanted,
    UnwantedKind,
    Words,
)
from bot.tidying import Tidying
from conversations import inputs
from conversations.effects import Refusal, Turn
from conversations.engine import advance
from conversations.inputs import Control, Controlled, Input
from conversations.lines import Line
from conversations.state import ConversationId, Media, MediaId
from storage.ids import new_id
from storage.records import (
    Account,
    Conversation,
    ConversationStatus,
    ParticipantState,
    ReviewStage,
    StoredMedia,
)
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger(__name__)

_TWICE: Final = timedelta(seconds=2)
_COMMANDS: Final = {
    "stop": Control.STOP,
    "pause": Control.STOP,
    "back": Control.BACK,
    "explain": Control.EXPLAIN,
    "answers": Control.MY_ANSWERS,
    "change": Control.MY_ANSWERS,
    "again": Control.START_AGAIN,
    "carryon": Control.RESUME,
    "myway": Control.MY_WAY,
}
_WAITING: Final = ConversationStatus.WAITING
_LIVE: Final = frozenset({ConversationStatus.ACTIVE, ConversationStatus.PAUSED, ConversationStatus.SENT})


@dataclass(slots=True)
class Talking:
    """From what was heard to what is stored and said."""

    opening: Opening
    carry_out: CarryOut
    outside: Outside
    clock: Clock
    tidying: Tidying
    pasting: Pasting = field(default_factory=Pasting)
    _last_control: dict[str, tuple[Control, datetime]] = field(default_factory=dict, repr=False)

    @property
    def changing_language(self) -> ChangingLanguage:
        """What /language does."""
        return ChangingLanguage(self.carry_out)

    @property
    def post(self) -> Post:
        """Where messages are queued."""
        return self.carry_out.post

    async def heard(self, work: UnitOfWork, account: Account, incoming: Incoming, cause: str) -> Sequence[Afterwards]:
        """One message or press of somebody who is known."""
        match incoming:
            case Pressed(data=Press() as press):
                return [AnswerPress(incoming.callback_id, await self._pressed(work, account, incoming, press, cause))]
            case Pressed(data=NotOurs(data=data)):
                return [AnswerPress(incoming.callback_id, await self._turn_to(work, account, data, cause))]
            case CommandGiven(name="language"):
                await self.changing_language.ask(work, account, cause)
                return []
            case Unwanted():
                return await self._unwanted(work, account, incoming, cause)
        event = await self._event(work, account, incoming)
        if isinstance(event, Controlled) and self._is_double(
            account, event.control, incoming.sent_at or self.clock.now()
        ):
            return []
        moment = await self._moment(work, await self._floor(work, account), cause)
        if moment is None:
            await self.outside.heard(work, account, event, cause)
        else:
            await self._advance(moment, event)
        return []

    async def media_settled(self, work: UnitOfWork, media: StoredMedia, event: Input, cause: str) -> None:
        """What was sent is kept, or could not be had; the conversation that waits for it hears of it."""
        conversation = await work.conversations.get(media.conversation_id) if media.conversation_id else None
        moment = await self._moment(work, conversation, cause)
        if moment is None:
            await self.outside.media_settled(work, media, event, cause)
        else:
            await self._advance(moment, event)

    async def transcribed(self, work: UnitOfWork, media: StoredMedia, event: inputs.Transcribed, cause: str) -> bool:
        """What the deployer's command heard; false where no conversation is there to ask whether that is right."""
        conversation = await work.conversations.get(media.conversation_id) if media.conversation_id else None
        moment = await self._moment(work, conversation, cause)
        if moment is None or moment.conversation.status not in _LIVE:
            return False
        await self._advance(moment, event)
        return True

    async def _moment(
        self, work: UnitOfWork, conversation: Conversation | None, cause: str, pressed: int | None = None
    ) -> Moment | None:
        """Everything around a turn; None: there is no conversation, its script is set aside, or the review is off."""
        try:
            moment = await self.opening.moment(work, conversation, cause, pressed) if conversation else None
        except ScriptSetAsideError:
            log.error("script_missing", conversation=conversation.id if conversation else "")  # noqa: TRY400  ids only
            return None
        return None if moment is not None and moment.around.review.stage is ReviewStage.CANCELLED else moment

    async def _event(self, work: UnitOfWork, account: Account, incoming: Incoming) -> Input:
        match incoming:
            case Words():
                return self._typed(incoming)
            case EditedWords(text=text, message_id=message_id):
                return inputs.Edited(text, str(message_id))
            case Attachment():
                return await self._arrived(work, account, incoming)
            case CommandGiven(name=name) if name in _COMMANDS:
                return Controlled(_COMMANDS[name])
            case CommandGiven(text=text, message_id=message_id):
                return inputs.Typed(text, str(message_id))
            case _:
                return Controlled(Control.ASK_AGAIN)

    def _typed(self, words: Words) -> Input:
        if control := self.post.tongues.control(words.text):
            return Controlled(control)
        if rest := self.pasting.continues(words):
            return inputs.Edited(rest[0], str(rest[1]))
        return inputs.Typed(words.text, str(words.message_id))

    def _is_double(self, account: Account, control: Control, sent_at: datetime) -> bool:
        """Two identical controls within two seconds count once (decision 18)."""
        before = self._last_control.get(account.id)
        self._last_control[account.id] = (control, sent_at)
        return before is not None and before[0] is control and sent_at - before[1] <= _TWICE

    async def _pressed(self, work: UnitOfWork, account: Account, incoming: Pressed, press: Press, cause: str) -> str:
        """A button of a conversation; what to show for a moment, empty where it did what it says."""
        conversation = await work.conversations.get(press.mark.conversation)
        if conversation is None or not is_own(account, conversation) or conversation.status is _WAITING:
            return await self._moved_on(work, account)
        if await self._is_elsewhere(work, account):
            return await self._moved_on(work, account)
        moment = await self._moment(work, conversation, cause, pressed=incoming.message_id)
        if moment is None:
            return await self._moved_on(work, account)
        if account.floor != conversation.id and conversation.status in HOLDS:
            await work.accounts.set_floor(account.id, conversation.id)
        refusal = await self._advance(moment, inputs.Pressed(press.mark, press.code), quiet=True)
        return self._toast(moment, refusal)

    async def _advance(self, moment: Moment, event: Input, *, quiet: bool = False) -> Refusal | None:
        turn = advance(moment.flow, moment.facts, moment.conversation.state, event, moment.now)
        changed = await self.carry_out.turn(moment, turn)
        if turn.refusal is not None and not quiet:
            await self.post.say(moment.work, moment.to, f"{moment.cause}:refusal", self._toast(moment, turn.refusal))
        await self._floor_after(moment, changed, turn)
        return turn.refusal

    async def _floor_after(self, moment: Moment, changed: Conversation, turn: Turn) -> None:
        """Sent or closed: the next conversation of this chat may begin."""
        before = moment.conversation.status
        over = {ConversationStatus.SENT, ConversationStatus.CLOSED}
        if changed.status is ConversationStatus.SENT and before not in over:
            await self.tidying.offer(moment.work, chat(changed), moment.cause)
        if changed.status in over and before not in over:
            await self.opening.next_in_line(moment.work, chat(changed), moment.cause)

    def _toast(self, moment: Moment, refusal: Refusal | None) -> str:
        post = self.post.speaking_to(moment.around.participant)
        return post.words.get(f"refusal_{refusal.value}", "") if refusal else ""

    async def _moved_on(self, work: UnitOfWork, account: Account) -> str:
        return (await self._post(work, account)).line(Line.MOVED_ON)

    async def _post(self, work: UnitOfWork, account: Account) -> Post:
        """Where messages are queued, speaking as this person likes it."""
        return self.post.speaking_to(await person_of(work, account))

    async def _floor(self, work: UnitOfWork, account: Account) -> Conversation | None:
        """The conversation that holds the floor, else the one last touched that is not over."""
        if await self._is_elsewhere(work, account):
            return None
        if account.floor is not None:
            holder = await work.conversations.get(account.floor)
            if holder is not None and is_own(account, holder) and holder.status in _LIVE:
                return holder
        live = [one for one in await work.conversations.of_account(account.id) if one.status in _LIVE]
        return max(live, key=lambda one: (one.status in HOLDS, one.touched_at), default=None)

    async def _is_elsewhere(self, work: UnitOfWork, account: Account) -> bool:
        """Whether this chat took back the agreement to use Telegram: nothing is asked here until a new invite."""
        person = await person_of(work, account)
        return person is not None and person.state is ParticipantState.ELSEWHERE

    async def _arrived(self, work: UnitOfWork, account: Account, incoming: Attachment) -> Input:
        media = Media(MediaId(new_id()), incoming.kind)
        conversation, person = await self._floor(work, account), await person_of(work, account)
        whose = conversation.participant_id if conversation else person.id if person else None
        if whose is not None:
            where = conversation.id if conversation else None
            await work.media.arrived(
                StoredMedia(media.id, whose, where, media.kind, incoming.file_id, size=incoming.size or 0)
            )
        return inputs.MediaArrived(media, incoming.caption, str(incoming.message_id), incoming.group)

    async def _turn_to(self, work: UnitOfWork, account: Account, data: str, cause: str) -> str:
        """The person turns to another of their conversations, or to another language."""
        if data.startswith(LANGUAGE):
            return await self._speak(work, account, data.removeprefix(LANGUAGE), cause)
        conversation = await work.conversations.get(ConversationId(data.removeprefix(FLOOR)))
        if not data.startswith(FLOOR) or conversation is None or not is_own(account, conversation):
            return await self._moved_on(work, account)
        moment = await self._moment(work, conversation, cause)
        if moment is None or conversation.status is ConversationStatus.CLOSED:
            return await self._moved_on(work, account)
        around = moment.around
        await self.opening.take_floor(work, conversation, cause)
        return self.post.speaking_to(around.participant).line(Line.WHO_NOW, about=around.about.first_name)

    async def _speak(self, work: UnitOfWork, account: Account, code: str, cause: str) -> str:
        if not await self.changing_language.keep(work, account, code):
            return await self._moved_on(work, account)
        moment = await self._moment(work, await self._floor(work, account), cause)
        await self.changing_language.say(work, account, moment, cause)
        return ""

    async def _unwanted(
        self, work: UnitOfWork, account: Account, incoming: Unwanted, cause: str
    ) -> Sequence[Afterwards]:
        """Places and numbers are refused and deleted; anything else that cannot be read is said kindly."""
        lines = {
            UnwantedKind.LOCATION: Line.REFUSED_LOCATION,
            UnwantedKind.CONTACT: Line.REFUSED_CONTACT,
            UnwantedKind.FORWARDED: Line.REFUSED_FORWARD,
        }
        line = lines.get(incoming.kind, Line.REFUSED_KIND)
        text = (await self._post(work, account)).line(line)
        await self.post.say(work, To(account.id), f"{cause}:unwanted", text)
        return [DeleteMessage(incoming.chat_id, incoming.message_id)] if incoming.deletes else []
