"""The help card (P8): answered from memory, before the database, the script or the person's standing are asked.

It never waits in the outbox, and leaves no trace that it need not: the press is deleted, the card can be hidden.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram import inbound
from bot.telegram.batch import RawUpdate
from bot.telegram.calls import Calls, Method
from bot.telegram.inbound import CommandGiven, Incoming, Words
from bot.telegram.outbound import MAX_TEXT
from bot.telegram.splitting import units
from bot.tongues import Tongues
from conversations.lines import Line, Lines

HIDE = "help:hide"
_REMEMBERED = 4096
_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
_SIGN = "🆘"

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class HelpCard:
    """Sends the card, once for each press, to anyone at all."""

    calls: Calls
    lines: Lines
    tongues: Tongues = field(default_factory=Tongues)
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    pause: Callable[[float], Awaitable[None]] = field(default=asyncio.sleep)
    _sending: set[asyncio.Task[None]] = field(default_factory=set, repr=False)
    _answered: OrderedDict[tuple[int, int], None] = field(default_factory=OrderedDict, repr=False)

    def asked_for(self, incoming: Incoming) -> bool:
        """Whether this is a press on help: the control's whole label, or /help."""
        match incoming:
            case Words(text=text):
                return text.strip() == _SIGN or _plain(text) == "help" or bool(self._pressed(text))
            case CommandGiven(name=name):
                return name == "help"
            case _:
                return False

    async def answer_first(self, updates: Sequence[RawUpdate]) -> None:
        """Answer the presses on help in a batch that is not stored yet; storing does not wait for Telegram."""
        for update in updates:
            incoming = inbound.decode(update.raw)
            if isinstance(incoming, CommandGiven | Words) and self.asked_for(incoming):
                task = asyncio.create_task(self.answer(incoming))
                self._sending.add(task)
                task.add_done_callback(self._sending.discard)

    async def answer(self, incoming: Incoming) -> None:
        """Send the card and delete the press."""
        press = (incoming.chat_id, incoming.message_id)
        if press in self._answered:
            return
        self._answered[press] = None
        while len(self._answered) > _REMEMBERED:
            self._answered.popitem(last=False)
        spoken = self._spoken(incoming)
        text = _fitting([self.text(lines) for lines in spoken])
        parameters = {"chat_id": incoming.chat_id, "text": text, "reply_markup": _buttons(spoken[0])}
        if not await self._sent(parameters):
            self._answered.pop(press, None)
            return
        try:
            await self.calls.delete(incoming.chat_id, [incoming.message_id])
        except TelegramError as error:  # the card is there: that counts, and a second one would only worry
            log.info("help_press_stays", error=type(error).__name__)

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

    def text(self, lines: Lines | None = None) -> str:
        """The card's words, in English where no other lines are given, with whom to talk to at this setting."""
        lines = lines or self.lines
        contact = lines[Line.HELP_CONTACT].format_map(self.contact) if self.contact else ""
        return "\n\n".join(part for part in (lines[Line.HELP_CARD], contact) if part)

    def _spoken(self, incoming: Incoming) -> Sequence[Lines]:
        """In the language whose label was pressed; else in all that are offered: nobody is looked up for this."""
        offered = [tongue.lines for each in self.tongues.offered if (tongue := self.tongues.of(each.code))]
        pressed = self._pressed(incoming.text) if isinstance(incoming, Words) else []
        return pressed[:1] or offered or [self.lines]

    def _pressed(self, text: str) -> list[Lines]:
        """The languages whose label of the control this is, with its sign or without."""
        every = [self.lines, *(tongue.lines for tongue in self.tongues.known.values())]
        return [lines for lines in every if _plain(lines[Line.CONTROL_HELP]) == _plain(text)]


def _fitting(cards: Sequence[str]) -> str:
    """As many of the cards as one message takes, the first in any case: a card that is too long would not be sent."""
    text, *others = cards
    for other in others:
        both = f"{text}\n\n{other}"
        text = both if units(both) <= MAX_TEXT else text
    return text


def _buttons(lines: Lines) -> dict[str, object]:
    return {"inline_keyboard": [[{"text": lines[Line.HELP_HIDE], "callback_data": HIDE}]]}


def _plain(text: str) -> str:
    """Letters alone, so that a label counts with or without its symbol."""
    return "".join(char for char in text.casefold() if char.isalnum() or char == " ").strip()
