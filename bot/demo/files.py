"""The files that pass through the chats, by file id, and the links under which a bot fetches them."""

import io
import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import final

from PIL import Image, UnidentifiedImageError

from bot.demo.limits import DOWNLOAD_LINK_LIFETIME, MAX_DOWNLOAD
from bot.demo.refusals import bad_request
from bot.demo.wire import JsonObject
from bot.pictures.described import KEY

_FALLBACK_SIZE = (640, 480)
_SUFFIXES = {"audio/ogg": "oga", "video/mp4": "mp4", "image/jpeg": "jpg", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file and what Telegram knows about it."""

    file_id: str
    unique_id: str
    folder: str
    mime_type: str
    file_name: str = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Length in bytes."""
        return len(self.content)

    def to_json(self) -> JsonObject:
        """The fields that every kind of file has."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        }


@final
class FileStore:
    """Every file that was sent by anybody."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._links: dict[str, tuple[StoredFile, datetime]] = {}

    def add(self, folder: str, content: bytes, mime_type: str, file_name: str = "") -> StoredFile:
        """Keep a file under a new id."""
        number = len(self._by_id) + 1
        unique = "U" + sha256(content).hexdigest()[:15]
        stored = StoredFile(f"F{number:06d}-{unique}", unique, folder, mime_type, file_name, content)
        self._by_id[stored.file_id] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        """The file with this id, if anybody ever sent it."""
        return self._by_id.get(file_id)

    def link(self, file_id: str, now: datetime) -> JsonObject:
        """What `getFile` answers; the link lives for an hour of the stand-in's clock."""
        stored = self.find(file_id)
        if stored is None:
            raise bad_request("invalid file_id")
        if stored.size > MAX_DOWNLOAD:
            raise bad_request("file is too big")
        suffix = _SUFFIXES.get(stored.mime_type) or (
            mimetypes.guess_extension(stored.mime_type) or ".bin"
        ).removeprefix(".")
        number = stored.file_id[1:7].lstrip("0")
        path = f"{stored.folder}/file_{number}.{suffix}"
        self._links[path] = (stored, now)
        return stored.to_json() | {"file_path": path}

    def open(self, path: str, now: datetime) -> StoredFile | None:
        """The file behind a link, unless the link is unknown or too old."""
        stored, issued = self._links.get(path, (None, now))
        return stored if now - issued < DOWNLOAD_LINK_LIFETIME else None


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels, or `None` where the bytes are no picture."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.size
    except (UnidentifiedImageError, OSError):
        return None


def picture_words(content: bytes) -> str:
    """What a picture says of itself to those who cannot see it; empty where it says nothing, or is no picture."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            said = picture.info.get(KEY, "")
    except (UnidentifiedImageError, OSError):
        return ""
    return str(said)


def photo_sizes(stored: StoredFile) -> list[JsonObject]:
    """A photo as Telegram lists it: a thumbnail first, the whole last."""
    width, height = picture_size(stored.content) or _FALLBACK_SIZE
    whole = stored.to_json() | {"width": width, "height": height}
    small = {"width": max(1, width // 4), "height": max(1, height // 4)}
    return [whole | small | {"file_unique_id": stored.unique_id + "s"}, whole]
