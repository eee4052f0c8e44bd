"""Writes down what every chat shows, as it happens, so that the story can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import wrap
from zoneinfo import ZoneInfo

from bot.demo.files import picture_words
from bot.demo.messages import ShownMessage
from bot.demo.people import Person

_ZONE = ZoneInfo("Europe/London")
_WIDTH = 92


@dataclass(slots=True)
class Transcript:
    """Lines of the story. Each message is written once, in the form it had when it was first looked at."""

    say: Callable[[str], object] = field(repr=False)
    lines: list[str] = field(default_factory=list, repr=False)
    seen: set[tuple[int, int]] = field(default_factory=set, repr=False)

    def scene(self, now: datetime, title: str) -> None:
        """A new day, or a new place."""
        local = now.astimezone(_ZONE)
        self._line("")
        self._line(f"== {local:%A} {local.day} {local:%B %Y}, {local:%H:%M} · {title}")

    def aside(self, text: str) -> None:
        """What is told beside the chats."""
        for line in text.splitlines():
            self._line(f"   ({line})" if line else "")

    def pressed(self, name: str, label: str) -> None:
        """Somebody pressed a button."""
        self._line(f"{name + ':':<14}({label})")

    def catch_up(self, name: str, person: Person) -> None:
        """Write down what this chat shows and was not written yet."""
        for message in person.messages:
            if (message.chat_id, message.id) not in self.seen:
                self.seen.add((message.chat_id, message.id))
                self._message(name, message)

    def _message(self, name: str, message: ShownMessage) -> None:
        author = f"bot to {name}" if message.by_bot else name
        for number, line in enumerate(_wrapped(_body(message))):
            self._line(f"{author + ': ' if number == 0 else '':<14}{line}")
        for row in message.inline:
            self._line(f"{'':<14}" + "  ".join(f"[{button.label}]" for button in row))

    def _line(self, text: str) -> None:
        self.lines.append(text)
        self.say(text)


def _body(message: ShownMessage) -> str:
    if message.attachment is None:
        return message.words
    if seen := picture_words(message.content):
        return "\n".join(part for part in (f"[picture: {seen}]", message.words) if part)
    sign = {"voice": "🎤 voice message", "photo": "🖼️ photo", "document": "📄 document"}
    named = sign.get(message.attachment.kind.value, message.attachment.kind.value)
    return f"{named}\n{message.words}" if message.words else named


def _wrapped(text: str) -> list[str]:
    return [part for line in text.splitlines() for part in (wrap(line, _WIDTH) or [""])] or [""]
