"""The help card (P8): answered from memory, before the database, the script or the person's standing are asked.

It never waits in the outbox, and leaves no trace that it need not: the press is deleted, the card can be hidden. Its
own buttons are answered the same way, once for each press.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.help_card import (
    ELSEWHERE,
    HIDE,
    PRESSES,
    TELL,
    card_buttons,
    card_text,
    fitting,
    nobody_text,
    reply_text,
)
from bot.telegram import inbound
from bot.telegram.batch import RawUpdate
from bot.telegram.calls import Calls, Method
from bot.telegram.inbound import CommandGiven, Incoming, NotOurs, Pressed, Words
from bot.tongues import HELP_KEYS, Tongue, Tongues
from conversations.help_lines import HelpLines
from conversations.languages import ENGLISH
from conversations.lines import Lines

_REMEMBERED = 4096
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
_SIGN = "🆘"

log = structlog.get_logger(__name__)


class Bell(Protocol):
    """Tells the safeguarding team that somebody asks for them, also while the database is down."""

    async def rung(self, chat_id: int, message_id: int, *, elsewhere: bool) -> str:
        """Tell them; the words to say then, or none where nobody could be told.

        `message_id` is the card's: the same card rings once. `elsewhere`: not the people whom the card names.
        """


class NoBell:
    """Nobody can be told."""

    async def rung(self, chat_id: int, message_id: int, *, elsewhere: bool) -> str:
        """Say so."""
        return ""


@dataclass(slots=True)
class HelpCard:
    """Sends the card, once for each press, to anyone at all; and answers its buttons."""

    calls: Calls
    lines: Lines
    tongues: Tongues = field(default_factory=Tongues)
    help_lines: HelpLines = field(default_factory=HelpLines)
    bell: Bell = field(default_factory=NoBell)
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    _sending: set[asyncio.Task[None]] = field(default_factory=set, repr=False)
    _answered: OrderedDict[tuple[int, str], None] = field(default_factory=OrderedDict, repr=False)

    def asked_for(self, incoming: Incoming) -> bool:
        """Whether this is for the card alone: the control's whole label, /help, or one of the card's own buttons."""
        match incoming:
            case Words(text=text):
                return text.strip() == _SIGN or _plain(text) == "help" or bool(self._pressed(text))
            case CommandGiven(name=name):
                return name == "help"
            case Pressed(data=NotOurs(data=data)):
                return data in PRESSES
            case _:
                return False

    async def answer_first(self, updates: Sequence[RawUpdate]) -> None:
        """Answer the presses on help in a batch that is not stored yet; storing does not wait for Telegram."""
        for update in updates:
            incoming = inbound.decode(update.raw)
            if isinstance(incoming, CommandGiven | Words | Pressed) and self.asked_for(incoming):
                task = asyncio.create_task(self.answer(incoming))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def answer(self, incoming: Incoming) -> None:
        """Send the card and delete the press; or answer a press on the card."""
        press = _press_of(incoming)
        if press in self._answered:
            return
        self._answered[press] = None
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
        if not await self._answer(incoming):
            self._answered.pop(press, None)

    async def _answer(self, incoming: Incoming) -> bool:
        if isinstance(incoming, Pressed) and isinstance(incoming.data, NotOurs):
            return await self._answer_press(incoming, incoming.data.data)
        spoken = self._spoken(incoming)
        text = fitting([card_text(tongue, self.help_lines, self.contact) for tongue in spoken])
        buttons = card_buttons(spoken[0], self.contact)
        sent = await self._sent({"chat_id": incoming.chat_id, "text": text, "reply_markup": buttons})
        if sent:
            await self._delete(incoming)
        return sent

    async def _answer_press(self, incoming: Pressed, press: str) -> bool:
        if press == HIDE:
            await self._stop_waiting(incoming)
            return await self._delete(incoming)
        rung = ""
        if press in {TELL, ELSEWHERE}:
            rung = await self._ring(incoming, elsewhere=press == ELSEWHERE)
        spoken = self._spoken(incoming)
        texts = [
            reply_text(tongue, self.help_lines, press, rung or nobody_text(tongue, self.help_lines))
            for tongue in spoken
        ]
        sent = await self._sent({"chat_id": incoming.chat_id, "text": fitting(texts[:1] if rung else texts)})
        await self._stop_waiting(incoming)
        return sent

    async def _ring(self, incoming: Pressed, *, elsewhere: bool) -> str:
        try:
            return await self.bell.rung(incoming.chat_id, incoming.message_id, elsewhere=elsewhere)
        except Exception as error:  # noqa: BLE001  whatever broke, the person must hear whom to call
            log.error("bell_failed", error=type(error).__name__)  # noqa: TRY400  the trace could hold a chat's id
            return ""

    async def _stop_waiting(self, incoming: Pressed) -> None:
        try:
            await self.calls.answer_press(incoming.callback_id)
        except TelegramError as error:
            log.info("help_press_waits", error=type(error).__name__)

    async def _delete(self, incoming: Incoming) -> bool:
        try:
            return await self.calls.delete(incoming.chat_id, [incoming.message_id])
        except TelegramError as error:  # the card is there: that counts, and a second one would only worry
            log.info("help_press_stays", error=type(error).__name__)
            return False

    async def _sent(self, parameters: Mapping[str, object]) -> bool:
        """Try for half a minute: the card waits in no outbox, so nobody else will send it."""
        for seconds in _PAUSES:
            try:
                await self.calls.call(Method.SEND, parameters)
            except (Forbidden, BadRequest) as error:
                log.warning("help_card_refused", error=type(error).__name__)
                return False
            except TelegramError as error:
                log.warning("help_card_failed", error=type(error).__name__)
                await self.pause(seconds)
            else:
                return True
        return False

    def text(self) -> str:
        """The card's words in English, with whom to talk to at this setting."""
        return card_text(self._english, self.help_lines, self.contact)

    @property
    def _english(self) -> Tongue:
        return Tongue(ENGLISH, self.lines, MappingProxyType({}))

    def _spoken(self, incoming: Incoming) -> Sequence[Tongue]:
        """In the language whose label was pressed; else in all that are offered: nobody is looked up for this."""
        offered = [tongue for each in self.tongues.offered if (tongue := self.tongues.of(each.code))]
        pressed = self._pressed(incoming.text) if isinstance(incoming, Words) else []
        return pressed[:1] or offered or [self._english]

    def _pressed(self, text: str) -> list[Tongue]:
        """The languages whose label of the control this is, with its sign or without."""
        every = [self._english, *self.tongues.known.values()]
        said = _plain(text)
        return [each for each in every if said in {_plain(each.lines[label]) for label in HELP_KEYS.values()}]


def _press_of(incoming: Incoming) -> tuple[int, str]:
    """A message counts once; so does each press of a button."""
    unique = incoming.callback_id if isinstance(incoming, Pressed) else str(incoming.message_id)
    return incoming.chat_id, unique


def _plain(text: str) -> str:
    """Letters alone, so that a label counts with or without its symbol."""
    return "".join(char for char in text.casefold() if char.isalnum() or char == " ").strip()
