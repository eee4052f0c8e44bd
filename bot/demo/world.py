"""Everything that Telegram knows: the bot, its chats, files, presses and updates."""

from dataclasses import dataclass, field
from itertools import count
from typing import final

from bot.clock import Clock
from bot.demo.chats import Chat, Press, Standing, Toast
from bot.demo.files import FileStore
from bot.demo.formatting import Formatted
from bot.demo.limits import RateLimits
from bot.demo.markup import Markup
from bot.demo.messages import Attachment, Author, ShownMessage
from bot.demo.pulse import Pulse
from bot.demo.refusals import bad_request, too_many
from bot.demo.updates import UpdateQueue
from bot.demo.webhooks import Webhook
from bot.demo.wire import Call, JsonObject

_FIRST_PERSON_ID = 5_000_001
_FIRST_GROUP_ID = 9_000_001


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody is about to put into a chat."""

    formatted: Formatted = field(default=Formatted(""), repr=False)
    attachment: Attachment | None = None
    markup: Markup | None = None
    reply_to: int | None = None
    protected: bool = False
    silent: bool = False
    album: str | None = None
    extra: JsonObject = field(default_factory=dict, repr=False)


@final
class World:
    """The state of the stand-in; each change to it beats the pulse."""

    def __init__(self, clock: Clock, bot: JsonObject, limits: RateLimits | None) -> None:
        self.clock = clock
        self.bot = bot
        self.limits = limits
        self.pulse = Pulse()
        self.updates = UpdateQueue(clock, self.pulse)
        self.webhook = Webhook(self.updates, self.pulse)
        self.files = FileStore()
        self.chats: dict[int, Chat] = {}
        self.presses: dict[str, Press] = {}
        self.profile: dict[str, str] = {}
        self.commands: dict[str, list[JsonObject]] = {}
        self._message_ids = count(1)
        self._numbers = count(1)

    def number(self) -> int:
        """A number that was not given out before."""
        return next(self._numbers)

    def new_private_chat(self, fields: JsonObject) -> Chat:
        """A chat with somebody who has not written yet."""
        chat_id = _FIRST_PERSON_ID + self.number()
        return self._keep(Chat({"id": chat_id, "type": "private", **fields}, Standing.UNMET))

    def new_group(self, title: str) -> Chat:
        """A group of which the bot is no member yet."""
        fields = {"id": -(_FIRST_GROUP_ID + self.number()), "type": "group", "title": title}
        return self._keep(Chat(fields, Standing.LEFT))

    def _keep(self, chat: Chat) -> Chat:
        self.chats[chat.id] = chat
        return chat

    def chat(self, call: Call, name: str = "chat_id") -> Chat:
        """The chat of a call; refuses where there is none or where the bot may not write."""
        if not call.text(name):
            raise bad_request(f"{name} is empty")
        chat = self.chats.get(call.integer(name))
        if chat is None:
            raise bad_request("chat not found")
        if refusal := chat.refusal():
            raise refusal
        return chat

    def spend(self, chat: Chat, messages: int = 1) -> None:
        """Count new messages against the limits; refuses when there were too many."""
        wait = self.limits.take(chat.id, messages) if self.limits else None
        if wait is not None:
            raise too_many(wait)

    def post(self, chat: Chat, sender: JsonObject, draft: Draft) -> ShownMessage:
        """Put a message into a chat."""
        message = ShownMessage(
            id=next(self._message_ids),
            chat_id=chat.id,
            author=Author.BOT if sender is self.bot else Author.PERSON,
            sent_at=self.clock.now(),
            sender=sender,
            formatted=draft.formatted,
            attachment=draft.attachment,
            markup=draft.markup,
            reply_to=draft.reply_to,
            protected=draft.protected,
            silent=draft.silent,
            album=draft.album,
            extra=draft.extra,
        )
        self.show(chat, message)
        return message

    def show(self, chat: Chat, message: ShownMessage) -> None:
        """Show a new or changed message."""
        chat.put(message)
        self.pulse.beat()

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message out of a chat."""
        chat.remove(message_id)
        self.pulse.beat()

    def toast(self, chat: Chat, toast: Toast) -> None:
        """Show the answer to a press."""
        chat.toasts.append(toast)
        self.pulse.beat()

    def membership(self, chat: Chat, actor: JsonObject, change: tuple[str, str]) -> None:
        """Tell the bot that its own standing in a chat went from one status to another."""
        update = {
            "chat": chat.description,
            "from": actor,
            "date": int(self.clock.now().timestamp()),
            "old_chat_member": self._member(change[0]),
            "new_chat_member": self._member(change[1]),
        }
        self.updates.put("my_chat_member", update, chat.id)
        self.pulse.beat()

    def _member(self, status: str) -> JsonObject:
        member: JsonObject = {"status": status, "user": self.bot}
        return member | ({"until_date": 0} if status == "kicked" else {})
