"""Reads just enough of a voice message or a video to know what it is and whether anything is in it. It decodes nothing.

What a file is called, and what its sender says it is, do not count; its bytes do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from conversations.state import MediaKind

_OPUS_RATE: Final = 48_000
_LEAST_BYTES: Final = 100
"""Of a recording whose length is not read: less than this is no sound."""
_MP3: Final = (b"ID3", b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2")
_PLAIN: Final = {
    b"fLaC": "audio/flac",
    b"#!AMR": "audio/amr",
    b"\xff\xf1": "audio/aac",
    b"\xff\xf9": "audio/aac",
    **dict.fromkeys(_MP3, "audio/mpeg"),
}
"""Other sounds that phones write, by how they begin."""


class ClipFault(StrEnum):
    """Why a clip is not taken: a code for the log."""

    NOTHING_IN_IT = "nothing_in_it"
    NOT_WHAT_IT_SAYS = "not_what_it_says"


@dataclass(frozen=True, slots=True)
class Clip:
    """What the bytes are. `seconds` is None where the file does not tell."""

    mime: str
    seconds: float | None = None


def read_clip(kind: MediaKind, data: bytes) -> Clip | ClipFault:
    """What a voice message or a video is, or why it is not taken. Total: no bytes make it raise."""
    if not data:
        return ClipFault.NOTHING_IN_IT
    readers: tuple[Callable[[bytes], Clip | ClipFault | None], ...] = (_video, _webm)
    if kind is MediaKind.VOICE:
        readers = (_ogg, _sound_in_mp4, _wave, _other_sound)
    found = next((found for reader in readers if (found := reader(data)) is not None), ClipFault.NOT_WHAT_IT_SAYS)
    if isinstance(found, Clip) and found.seconds is not None and found.seconds <= 0:
        return ClipFault.NOTHING_IN_IT
    return found


# Ogg: pages, each with the place in the sound at which it ends.


@dataclass(frozen=True, slots=True)
class _Page:
    serial: bytes
    granule: int
    body: bytes


def _pages(data: bytes) -> Iterator[_Page]:
    """The whole pages from the beginning, up to the first that is none."""
    at = 0
    while data[at : at + 5] == b"OggS\0" and len(data) >= at + 27:
        segments = data[at + 27 : at + 27 + data[at + 26]]
        begin = at + 27 + data[at + 26]
        end = begin + sum(segments)
        if len(segments) < data[at + 26] or end > len(data):
            return
        granule = int.from_bytes(data[at + 6 : at + 14], "little", signed=True)
        yield _Page(data[at + 14 : at + 18], granule, data[begin:end])
        at = end


def _ogg(data: bytes) -> Clip | ClipFault | None:
    if not data.startswith(b"OggS"):
        return None
    pages = _pages(data)
    first = next(pages, None)
    if first is None:
        return ClipFault.NOT_WHAT_IT_SAYS
    if first.body.startswith(b"OpusHead") and len(first.body) >= 19:
        rate, before = _OPUS_RATE, int.from_bytes(first.body[10:12], "little")
    elif first.body.startswith(b"\x01vorbis") and len(first.body) >= 30:
        rate, before = int.from_bytes(first.body[12:16], "little"), 0
    else:
        return ClipFault.NOT_WHAT_IT_SAYS
    last = max((page.granule for page in pages if page.serial == first.serial and page.body), default=0)
    return Clip("audio/ogg", (last - before) / rate) if rate else ClipFault.NOT_WHAT_IT_SAYS


# MP4, M4A, MOV, 3GP: boxes within boxes.


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each box, up to the first that is none."""
    at = 0
    while len(data) >= at + 8:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = len(data) - at
        if size < head or at + size > len(data):
            return
        yield data[at + 4 : at + 8], data[at + head : at + size]
        at += size


def _box(data: bytes, *path: bytes) -> bytes:
    """The content of the first box on this way; empty where there is none."""
    for name in path:
        data = next((content for each, content in _boxes(data) if each == name), b"")
    return data


def _mp4(data: bytes, handler: bytes, mime: str) -> Clip | ClipFault | None:
    """The clip, where one of its tracks is of this kind; None where it is no MP4."""
    if data[4:8] != b"ftyp":
        return None
    film = _box(data, b"moov")
    tracks = [content for name, content in _boxes(film) if name == b"trak"]
    if not any(_box(each, b"mdia", b"hdlr")[8:12] == handler for each in tracks):
        return ClipFault.NOT_WHAT_IT_SAYS
    if not any(name == b"mdat" and content for name, content in _boxes(data)):
        return ClipFault.NOTHING_IN_IT
    seconds = _length(_box(film, b"mvhd"))
    in_pieces = not seconds and _box(data, b"moof")  # the head does not know how many will come
    return Clip(mime, None if in_pieces else seconds)


def _length(head: bytes) -> float:
    """Seconds, from the head of the film."""
    place, size = (20, 8) if head[:1] == b"\x01" else (12, 4)
    scale = int.from_bytes(head[place : place + 4], "big")
    length = int.from_bytes(head[place + 4 : place + 4 + size], "big")
    return length / scale if scale else 0.0


def _sound_in_mp4(data: bytes) -> Clip | ClipFault | None:
    return _mp4(data, b"soun", "audio/mp4")


def _video(data: bytes) -> Clip | ClipFault | None:
    return _mp4(data, b"vide", "video/quicktime" if data[8:12] == b"qt  " else "video/mp4")


# The rest: by how they begin.


def _webm(data: bytes) -> Clip | ClipFault | None:
    return _sized("video/webm", data) if data.startswith(b"\x1aE\xdf\xa3") else None


def _wave(data: bytes) -> Clip | ClipFault | None:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return None
    return Clip("audio/wav") if len(data) > 44 else ClipFault.NOTHING_IN_IT


def _other_sound(data: bytes) -> Clip | ClipFault | None:
    mime = next((mime for begin, mime in _PLAIN.items() if data.startswith(begin)), None)
    return None if mime is None else _sized(mime, data)


def _sized(mime: str, data: bytes) -> Clip | ClipFault:
    return Clip(mime) if len(data) >= _LEAST_BYTES else ClipFault.NOTHING_IN_IT
