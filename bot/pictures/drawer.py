"""Draws off the event loop, once for equal art, and keeps what it drew last within a bound of bytes."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Final, final

import orjson
import structlog

from bot.documents.pictures import Images
from bot.pictures.drawing import CannotDrawError, draw, template
from bot.pictures.palette import COLOURS, SIZES
from bot.pictures.sets import PictureSet
from conversations.art import Art, Board
from conversations.document_words import DocumentWords

log = structlog.get_logger(__name__)

WORKERS: Final = 1  # a thread draws 30 boards a second, as many as Telegram takes; the other core is the loop's
MOST_BYTES: Final = 32 * 1024 * 1024
MOST_SECONDS: Final = 30.0
"""A full outbox is drawn in one. Whoever has waited this long gets the words alone: nothing may wait for ever."""
_WARM: Final = Board("Firsthand")


@final
class Drawer:
    """One per process. `version` names the set of pictures: with another one, equal art is drawn anew."""

    def __init__(
        self,
        images: Images,
        words: DocumentWords,
        version: str = "",
        most_bytes: int = MOST_BYTES,
        seconds: float = MOST_SECONDS,
    ) -> None:
        """`most_bytes` bounds what is kept of earlier drawings, `seconds` how long a drawing is waited for."""
        self.images, self._words, self._version = images, words, f"{version} {_rendering()}"
        self._seconds = seconds
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="drawing")
        self._kept = _Kept(most_bytes)
        self._under_way: dict[str, asyncio.Future[bytes | None]] = {}

    def key(self, art: Art) -> str:
        """64 hexadecimal digits, equal for art that looks the same. Nobody's words can be read from them."""
        return hashlib.sha256(self._version.encode() + b"\0" + orjson.dumps([type(art).__name__, art])).hexdigest()

    async def draw(self, art: Art) -> bytes | None:
        """A PNG; None where it cannot be drawn in time, which is logged without a word of it."""
        key = self.key(art)
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        if key not in self._under_way:
            drawing = asyncio.get_running_loop().run_in_executor(self._pool, self._drawn, art)
            self._under_way[key] = drawing
            drawing.add_done_callback(lambda done: self._done(key, done))
        try:
            async with asyncio.timeout(self._seconds):
                return await asyncio.shield(self._under_way[key])  # others wait for it too
        except TimeoutError:
            log.warning("picture_not_drawn", art=type(art).__name__, why="it takes too long")
            return None

    async def warm(self) -> None:
        """Open the fonts, which takes a second, before the first person waits for it."""
        await self.draw(_WARM)

    def close(self) -> None:
        """End the threads; what is being drawn is still finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _drawn(self, art: Art) -> bytes | None:
        try:
            return draw(art, self.images, self._words)
        except CannotDrawError as error:
            log.warning("picture_not_drawn", art=type(art).__name__, why=str(error))
        except BaseException as error:  # noqa: BLE001 - a panic of the typesetter is no Exception; words go instead
            log.warning("picture_not_drawn", art=type(art).__name__, why=type(error).__name__)
        return None

    def _done(self, key: str, drawing: asyncio.Future[bytes | None]) -> None:
        del self._under_way[key]
        drawn = None if drawing.cancelled() else drawing.result()
        if drawn is not None:
            self._kept.put(key, drawn)


def drawer_for(pictures: PictureSet, words: DocumentWords) -> Drawer:
    """A drawer with these pictures."""
    return Drawer(pictures, words, pictures.version)


class _Kept:
    """Drawings by key, the one used longest ago dropped first."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._all: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        if key not in self._all:
            return None
        self._all.move_to_end(key)
        return self._all[key]

    def put(self, key: str, drawn: bytes) -> None:
        self._all[key] = drawn
        self._size += len(drawn)
        while self._size > self._most:
            self._size -= len(self._all.popitem(last=False)[1])


@cache
def _rendering() -> str:
    """Changes whenever anything about how boards look is changed."""
    return hashlib.sha256(template() + repr((sorted(COLOURS.items()), SIZES)).encode()).hexdigest()
