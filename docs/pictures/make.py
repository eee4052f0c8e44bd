"""Make the pictures of the README from what the bot really says: play the story, look at its phones, draw them.

`make pictures` runs it. It holds no sentence of the bot: when the words change, so do the pictures.
"""

from __future__ import annotations

import asyncio
import hashlib
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
from bot.pictures.drawing import draw as draw_art
from bot.pictures.sets import open_set
from bot.settings import LogFormat
from conversations import catalogue
from conversations.document_words import load_document_words
from conversations.languages import load_languages
from docs.gallery.plan import plan

HERE: Final = Path(__file__).parent
DOCUMENT: Final = "digest.pdf"
NEWEST: Final = 6
COLOURS: Final = 256
DOTS_PER_INCH: Final = 124
BOARD_WIDTH, GAP = 420, 16  # pixels

BOARDS: Final = (
    ("boards-young_person-light-6-choices", "good_at-chosen"),
    ("boards-young_person-dark-3-choices", "going.friends"),
    ("mats-young_person-cream-4-choices", "going-every-card"),
    ("boards-young_person-right-to-left-6-choices", "matters"),
)

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

    def drawn(self, folder: Path) -> dict[str, object]:
        """As the template wants it, with the pictures in `folder`."""
        shown = [message for message in self.messages[-NEWEST:] if not message.words.startswith("/start")]
        return {
            "messages": [_drawn(message, folder) for message in shown],
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


def _drawn(message: ShownMessage, folder: Path) -> dict[str, object]:
    carried = message.attachment.kind.value if message.attachment else ""
    picture = ""
    if message.content.startswith(b"\x89PNG"):
        picture = f"{hashlib.sha256(message.content).hexdigest()[:12]}.png"
        (folder / picture).write_bytes(message.content)
    return {
        "bot": message.by_bot,
        "words": message.words,
        "carried": "" if picture else carried,
        "picture": picture,
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
        _keep_small(picture, name)


def draw_boards(name: str) -> None:
    """Boards as the bot draws them, side by side."""
    images, words = open_set(None), load_document_words()
    wanted = plan(catalogue.load(None, load_languages()), frozenset(folder for folder, _ in BOARDS)).drawings
    arts = {(each.folder, each.shown.name): each.shown.art for each in wanted}
    drawn = [Image.open(io.BytesIO(draw_art(arts[board], images, words))).convert("RGB") for board in BOARDS]
    small = [each.resize((BOARD_WIDTH, each.height * BOARD_WIDTH // each.width)) for each in drawn]
    sheet = Image.new("RGB", (len(small) * (BOARD_WIDTH + GAP) - GAP, max(each.height for each in small)), "white")
    for number, each in enumerate(small):
        sheet.paste(each, (number * (BOARD_WIDTH + GAP), 0))
    _keep_small(sheet, name)


def _keep_small(picture: Image.Image, name: str) -> None:
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
        draw("firsthand", [answering.drawn(folder), page], folder)
        phones = (sam.when(OPENING), speaking, sam.when(CHECKING))
        draw("a-review", [view.drawn(folder) for view in phones], folder)
    draw_boards("boards")


if __name__ == "__main__":
    main()
