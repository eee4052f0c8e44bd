"""Make the pictures of the README from what the bot really says: play the story, look at its phones, draw them.

`make pictures` runs it. It holds no sentence of the bot: when the words change, so do the pictures.
"""

from __future__ import annotations

import asyncio
import io
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import typst
from PIL import Image

from bot.demo.cast import STARTS
from bot.demo.messages import ShownMessage
from bot.demo.stage import Stage, stage
from bot.demo.story import tell
from bot.documents.fonts import families, fonts
from bot.logs import set_up_logs
from bot.settings import LogFormat

HERE: Final = Path(__file__).parent
DOCUMENT: Final = "digest.pdf"
NEWEST: Final = 6
COLOURS: Final = 256
DOTS_PER_INCH: Final = 124

OPENING, CHECKING = "o:full", "d:send"  # what a button of the wanted screen does
THUMB: Final = "👎"


@dataclass(frozen=True, slots=True)
class View:
    """What one phone showed at one moment: the messages, and the keys under them."""

    messages: tuple[ShownMessage, ...]
    keys: tuple[tuple[str, ...], ...]

    def offers(self, code: str) -> bool:
        """Whether the newest message has a button that does this."""
        return any(f":{button.data}".endswith(f":{code}") for button in self.messages[-1].buttons)

    def drawn(self) -> dict[str, object]:
        """As the template wants it."""
        return {
            "messages": [
                _drawn(message) for message in self.messages[-NEWEST:] if not message.words.startswith("/start")
            ],
            "keys": [list(row) for row in self.keys],
        }


@dataclass(slots=True)
class Onlooker:
    """Looks at one person's phone whenever the story says a line."""

    name: str
    views: list[View] = field(default_factory=list)
    stage: Stage | None = None

    def look(self, _line: str) -> None:
        """Keep what the phone shows now, if it shows anything."""
        chats = self.stage.telegram.world.chats.values() if self.stage else ()
        for chat in chats:
            if chat.description.get("first_name") == self.name and chat.messages:
                keyboard = chat.keyboard()
                self.views.append(View(tuple(chat.messages), keyboard.rows if keyboard else ()))

    def when(self, code: str) -> View:
        """The first view that offered a button which does this.

        Raises:
            LookupError: there was none: the story has changed.
        """
        for view in self.views:
            if view.offers(code):
                return view
        raise LookupError(f"the story shows no button {code}")

    def after(self, sent: Callable[[ShownMessage], bool]) -> View:
        """The first view in which the person has just sent this, and the bot has asked on.

        Raises:
            LookupError: there was none: the story has changed.
        """
        for view in self.views:
            mine = [message for message in view.messages if not message.by_bot]
            if mine and sent(mine[-1]) and view.messages[-1].buttons:
                return view
        raise LookupError("the story shows nobody who sends that")


def _drawn(message: ShownMessage) -> dict[str, object]:
    carried = message.attachment.kind.value if message.attachment else ""
    return {
        "bot": message.by_bot,
        "words": message.words,
        "carried": carried,
        "rows": [[button.label for button in row] for row in message.inline],
    }


async def _play(folder: Path) -> Onlooker:
    onlooker = Onlooker("Sam")
    async with stage(STARTS) as set_up:
        onlooker.stage = set_up
        await tell(set_up, folder, onlooker.look)
        newest = set_up.mailbox.messages[-1].message
        (folder / DOCUMENT).write_bytes(
            next(
                bytes(part.get_payload(decode=True))
                for part in newest.walk()
                if part.get_content_type() == "application/pdf"
            )
        )
    return onlooker


def draw(name: str, parts: list[dict[str, object]], folder: Path) -> None:
    """Draw phones and pages side by side, and keep the picture, small, as `name`.png."""
    (folder / "phones.typ").write_bytes((HERE / "phones.typ").read_bytes())
    compiler = typst.Compiler(folder / "phones.typ", root=folder, font_paths=fonts())
    content = {"fonts": families(), "parts": parts}
    made = compiler.compile(format="png", ppi=DOTS_PER_INCH, sys_inputs={"content": json.dumps(content)})
    if not isinstance(made, bytes):
        raise TypeError("a picture is one file")
    with Image.open(io.BytesIO(made)) as picture:
        small = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        small.save(HERE / f"{name}.png", optimize=True)


def main() -> None:
    """Play the story and draw."""
    set_up_logs(LogFormat.CONSOLE, level=40)
    with tempfile.TemporaryDirectory(prefix="firsthand-pictures-") as place:
        folder = Path(place)
        sam = asyncio.run(_play(folder))
        answering = sam.after(lambda message: message.words.startswith(THUMB))
        speaking = sam.after(lambda message: message.attachment is not None)
        page: dict[str, object] = {"document": DOCUMENT, "page": 2}
        draw("firsthand", [answering.drawn(), page], folder)
        draw("a-review", [sam.when(OPENING).drawn(), speaking.drawn(), sam.when(CHECKING).drawn()], folder)


if __name__ == "__main__":
    main()
