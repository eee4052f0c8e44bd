"""The chats of the stand-in and what stands in them; knows nothing of HTTP or of updates."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import final

from bot.demo.markup import KeyboardRemoved, ReplyKeyboard
from bot.demo.messages import ShownMessage
from bot.demo.refusals import RefusalError, bad_request, forbidden
from bot.demo.wire import JsonObject


class Standing(StrEnum):
    """What the bot may do in a chat."""

    UNMET = "unmet"
    OPEN = "open"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person saw as the answer to a press."""

    query_id: str
    text: str = field(repr=False)
    alert: bool = False


@final
class Chat:
    """One chat: its people, what it shows now, and what was shown in passing."""

    def __init__(self, description: JsonObject, standing: Standing) -> None:
        self.description = description
        self.standing = standing
        self.toasts: list[Toast] = []
        self.actions: list[str] = []
        self.deleted: list[ShownMessage] = []
        self._messages: dict[int, ShownMessage] = {}

    @property
    def id(self) -> int:
        """Telegram's number for the chat."""
        return int(self.description["id"])

    @property
    def messages(self) -> list[ShownMessage]:
        """What the chat shows now, oldest first."""
        return list(self._messages.values())

    def find(self, message_id: int) -> ShownMessage | None:
        """The message with this id, if the chat still shows it."""
        return self._messages.get(message_id)

    def put(self, message: ShownMessage) -> None:
        """Show a new message, or a changed one in its old place."""
        self._messages[message.id] = message

    def remove(self, message_id: int) -> bool:
        """Take a message away; says whether it was there."""
        removed = self._messages.pop(message_id, None)
        if removed is not None:
            self.deleted.append(removed)
        return removed is not None

    def keyboard(self) -> ReplyKeyboard | None:
        """The reply keyboard that the person sees; it goes when its message is deleted."""
        for message in reversed(self.messages):
            match message.markup:
                case ReplyKeyboard() as keyboard:
                    return keyboard
                case KeyboardRemoved():
                    return None
        return None

    def told(self, message: ShownMessage) -> JsonObject:
        """A message as a bot reads it, with the one that it replies to."""
        body = message.to_json(self.description)
        replied = self.find(message.reply_to) if message.reply_to else None
        if replied is not None:
            body["reply_to_message"] = replied.to_json(self.description)
        return body

    def refusal(self) -> RefusalError | None:
        """Why the bot may not write here, if it may not."""
        match self.standing:
            case Standing.OPEN:
                return None
            case Standing.UNMET:
                return bad_request("chat not found")
            case Standing.BLOCKED:
                return forbidden("bot was blocked by the user")
            case Standing.DEACTIVATED:
                return forbidden("user is deactivated")
            case Standing.LEFT:
                return forbidden("bot is not a member of the group chat")


@dataclass(slots=True)
class Press:
    """A press on an inline button, waiting for its answer."""

    query_id: str
    chat_id: int
    pressed_at: datetime
    answered: bool = False
