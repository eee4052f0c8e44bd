"""The people of the stand-in: what somebody with a phone can do, and what their chat shows."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias, final

import emoji as emojis

from bot.demo import things
from bot.demo.chats import Chat, Press, Standing, Toast
from bot.demo.formatting import typed
from bot.demo.limits import MAX_TEXT
from bot.demo.markup import Button
from bot.demo.messages import Attachment, Kind, ShownMessage
from bot.demo.wire import JsonObject
from bot.demo.world import Draft, World

Wanted: TypeAlias = str | Callable[[Button], bool]
_NUMBER = re.compile(r"^\d+ ")  # of the tile on the board
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@final
class Person:
    """An invented person in a private chat with the bot."""

    def __init__(self, world: World, chat: Chat, language: str) -> None:
        self._world = world
        self.chat = chat
        self.user: JsonObject = {name: value for name, value in chat.description.items() if name != "type"} | {
            "is_bot": False,
            "language_code": language,
        }

    @property
    def id(self) -> int:
        """Telegram's number for the person and for the chat."""
        return self.chat.id

    @property
    def messages(self) -> list[ShownMessage]:
        """What the chat shows now, oldest first."""
        return self.chat.messages

    @property
    def toasts(self) -> list[Toast]:
        """What answers to presses showed, oldest first."""
        return self.chat.toasts

    def last(self) -> ShownMessage:
        """The newest message of the bot.

        Raises:
            LookupError: the bot has written nothing that still stands.
        """
        for message in reversed(self.messages):
            if message.by_bot:
                return message
        raise LookupError("the bot has not written yet")

    def visible_buttons(self) -> list[str]:
        """The labels of all inline buttons, those of the newest message first."""
        return [button.label for message in reversed(self.messages) for button in message.buttons]

    def reply_buttons(self) -> list[str]:
        """The labels of the reply keyboard, row after row."""
        keyboard = self.chat.keyboard()
        return [label for row in keyboard.rows for label in row] if keyboard else []

    async def until(self, condition: Callable[["Person"], object], within: float = 5.0) -> None:
        """Return when `condition` holds; raises `TimeoutError` after `within` real seconds."""
        await self._world.pulse.until(lambda: condition(self), within=within)

    async def sees(self, fragment: str, within: float = 5.0) -> ShownMessage:
        """The newest message of the bot that contains `fragment`, awaited if need be."""
        await self.until(lambda _: self._said(fragment), within)
        return self._said(fragment)[-1]

    def _said(self, fragment: str) -> list[ShownMessage]:
        return [m for m in self.messages if m.by_bot and fragment in m.words]

    async def type(self, text: str, *, reply_to: int | None = None) -> ShownMessage:
        """Send words; a dice emoji alone becomes a dice, very long words several messages."""
        if text.strip() in things.DICE:
            return await self.send_dice(text.strip())
        pieces = [text[at : at + MAX_TEXT] for at in range(0, len(text), MAX_TEXT)]
        sent = [self._send(Draft(formatted=typed(piece), reply_to=reply_to)) for piece in pieces]
        return sent[-1]

    async def start(self, payload: str = "") -> ShownMessage:
        """Press Start, perhaps by a link with a payload; raises `ValueError` for a bad payload."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise ValueError("a deep link holds 1 to 64 letters, digits, _ and -")
        await self.unblock_bot()
        return await self.type(f"/start {payload}".strip())

    async def press(self, wanted: Wanted) -> Press | ShownMessage:
        """Press the newest inline button, else the reply button, that is wanted.

        A text names a label: exactly, or without its number and its emoji. Raises `LookupError` if none fits.
        """
        for message in reversed(self.messages):
            for button in message.buttons:
                if _fits(button, wanted):
                    return await self.press_data(message.id, button.data or "")
        for label in self.reply_buttons():
            if _fits(Button(label), wanted):
                return await self.type(label)
        raise LookupError(f"no such button; there are {self.visible_buttons()}")

    async def press_data(self, message_id: int, data: str) -> Press:
        """Send a press, also one that the chat does not show (any more)."""
        shown = self.chat.find(message_id)
        gone = {"chat": self.chat.description, "message_id": message_id, "date": 0}
        number = self._world.number()
        press = Press(f"{self.id}{number:06d}", self.id, self._world.clock.now())
        self._world.presses[press.query_id] = press
        query = {
            "id": press.query_id,
            "from": self.user,
            "message": self.chat.told(shown) if shown else gone,
            "chat_instance": f"instance-{self.id}",
            "data": data,
        }
        self._world.updates.put("callback_query", query, self.id)
        return press

    async def send_voice(self, content: bytes, seconds: int) -> ShownMessage:
        """Send a voice note."""
        return self._carry(things.voice(self._world.files, content, seconds))

    async def send_photo(self, content: bytes, caption: str = "") -> ShownMessage:
        """Send a photo."""
        return self._carry(things.photo(self._world.files, content), caption)

    async def send_video_note(self, content: bytes, seconds: int) -> ShownMessage:
        """Send a round video."""
        return self._carry(things.video_note(self._world.files, content, seconds))

    async def send_document(self, content: bytes, name: str, mime_type: str = "application/pdf") -> ShownMessage:
        """Send a file."""
        return self._carry(things.document(self._world.files, content, name, mime_type))

    async def send_sticker(self, emoji: str) -> ShownMessage:
        """Send a sticker that stands for an emoji."""
        return self._carry(things.sticker(self._world.files, emoji))

    async def send_dice(self, emoji: str = "🎲", value: int = 1) -> ShownMessage:
        """Send a dice, football, dart or the like."""
        return self._carry(Attachment(Kind.DICE, {"emoji": emoji, "value": value}))

    async def send_location(self, latitude: float = 51.5, longitude: float = 0.0) -> ShownMessage:
        """Send a place."""
        fields = {"latitude": latitude, "longitude": longitude}
        return self._carry(Attachment(Kind.LOCATION, fields))

    async def send_contact(self, first_name: str, phone_number: str) -> ShownMessage:
        """Send somebody's number."""
        fields = {"first_name": first_name, "phone_number": phone_number}
        return self._carry(Attachment(Kind.CONTACT, fields))

    async def send_poll(self, question: str, options: Sequence[str]) -> ShownMessage:
        """Send a poll."""
        return self._carry(things.poll(self._world.number(), question, options))

    async def album(self, photos: Sequence[bytes], caption: str = "") -> list[ShownMessage]:
        """Send photos as one album; the first carries the caption."""
        name = f"album-{self._world.number()}"
        return [
            self._send(
                Draft(
                    formatted=typed("" if place else caption),
                    attachment=things.photo(self._world.files, content),
                    album=name,
                )
            )
            for place, content in enumerate(photos)
        ]

    async def forward(self, text: str, first_written_by: str) -> ShownMessage:
        """Send on what somebody else wrote, who keeps their account hidden."""
        date = int(self._world.clock.now().timestamp())
        origin = {"type": "hidden_user", "date": date, "sender_user_name": first_written_by}
        return self._send(Draft(formatted=typed(text), extra={"forward_origin": origin}))

    async def edit(self, message_id: int, text: str) -> None:
        """Change the words of an own message.

        Raises:
            LookupError: the chat does not show an own message with this id.
        """
        message = self.chat.find(message_id)
        if message is None or message.by_bot:
            raise LookupError(f"no own message {message_id}")
        changed = things.edited(message, typed(text), self._world.clock.now())
        self._world.show(self.chat, changed)
        self._world.updates.put("edited_message", self.chat.told(changed), self.id)

    async def delete(self, message_id: int) -> None:
        """Delete a message for both sides; the bot is not told."""
        self._world.remove(self.chat, message_id)

    async def block_bot(self) -> None:
        """Block the bot."""
        self.chat.standing = Standing.BLOCKED
        self._world.membership(self.chat, self.user, ("member", "kicked"))

    async def unblock_bot(self) -> None:
        """Let the bot write again, if it was blocked."""
        if self.chat.standing is Standing.BLOCKED:
            self.chat.standing = Standing.OPEN
            self._world.membership(self.chat, self.user, ("kicked", "member"))

    async def leave_telegram(self) -> None:
        """Delete the account; the bot is not told."""
        self.chat.standing = Standing.DEACTIVATED
        self._world.pulse.beat()

    def _carry(self, attachment: Attachment, caption: str = "") -> ShownMessage:
        return self._send(Draft(formatted=typed(caption), attachment=attachment))

    def _send(self, draft: Draft) -> ShownMessage:
        if self.chat.standing is not Standing.OPEN:
            if self.chat.standing is not Standing.UNMET:
                raise LookupError(f"the chat is {self.chat.standing}: unblock the bot first")
            self.chat.standing = Standing.OPEN
        message = self._world.post(self.chat, self.user, draft)
        self._world.updates.put("message", self.chat.told(message), self.id)
        return message


def _fits(button: Button, wanted: Wanted) -> bool:
    if not isinstance(wanted, str):
        return wanted(button)
    label = _NUMBER.sub("", button.label)
    return wanted in {button.label, label, emojis.replace_emoji(label, "").strip()}
