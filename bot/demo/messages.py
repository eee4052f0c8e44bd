"""One message as a chat shows it, and as Telegram tells a bot about it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.demo.files import StoredFile
from bot.demo.formatting import Formatted
from bot.demo.markup import Button, InlineKeyboard, Markup
from bot.demo.wire import JsonObject


class Author(StrEnum):
    """Who wrote a message."""

    PERSON = "person"
    BOT = "bot"


class Kind(StrEnum):
    """What a message carries beside words; the value is Telegram's field name."""

    PHOTO = "photo"
    VOICE = "voice"
    AUDIO = "audio"
    VIDEO = "video"
    VIDEO_NOTE = "video_note"
    DOCUMENT = "document"
    STICKER = "sticker"
    DICE = "dice"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"


@dataclass(frozen=True, slots=True)
class Attachment:
    """What a message carries: Telegram's own fields for it, and the file where there is one."""

    kind: Kind
    fields: JsonObject | list[JsonObject] = field(repr=False)
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMessage:
    """A message at one moment; an edit makes a new one with the same id."""

    id: int
    chat_id: int
    author: Author
    sent_at: datetime
    sender: JsonObject = field(repr=False)
    formatted: Formatted = field(default=Formatted(""), repr=False)
    attachment: Attachment | None = None
    markup: Markup | None = None
    reply_to: int | None = None
    edited_at: datetime | None = None
    protected: bool = False
    silent: bool = False
    album: str | None = None
    extra: JsonObject = field(default_factory=dict, repr=False)

    @property
    def words(self) -> str:
        """The text, or the caption of what the message carries."""
        return self.formatted.text

    @property
    def text(self) -> str:
        """The text of a message that carries nothing else."""
        return "" if self.attachment else self.words

    @property
    def caption(self) -> str:
        """The words under a picture or a file."""
        return self.words if self.attachment else ""

    @property
    def inline(self) -> tuple[tuple[Button, ...], ...]:
        """The rows of buttons under the message."""
        return self.markup.rows if isinstance(self.markup, InlineKeyboard) else ()

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The buttons under the message, row after row."""
        return tuple(button for row in self.inline for button in row)

    @property
    def content(self) -> bytes:
        """The bytes of the file that the message carries, or none."""
        return self.attachment.file.content if self.attachment and self.attachment.file else b""

    @property
    def by_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.author is Author.BOT

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return self.edited_at is not None

    def to_json(self, chat: JsonObject) -> JsonObject:
        """The message without the one it replies to."""
        body: JsonObject = {
            "message_id": self.id,
            "from": self.sender,
            "chat": chat,
            "date": int(self.sent_at.timestamp()),
        }
        if self.edited_at:
            body["edit_date"] = int(self.edited_at.timestamp())
        if self.album:
            body["media_group_id"] = self.album
        if self.protected:
            body["has_protected_content"] = True
        if isinstance(self.markup, InlineKeyboard):
            body["reply_markup"] = self.markup.to_json()
        return body | self._content_json() | self.extra

    def _content_json(self) -> JsonObject:
        body: JsonObject = {}
        words, entities = "text", "entities"
        if self.attachment:
            words, entities = "caption", "caption_entities"
            body[self.attachment.kind.value] = self.attachment.fields
        if self.words:
            body[words] = self.words
        if self.formatted.entities:
            body[entities] = list(self.formatted.entities)
        return body
