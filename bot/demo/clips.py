"""Voice, photos and videos as phones write them, made of nothing: real enough for any reader, and nobody's own."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image

_SILENCE: Final = b"\xf8\xff\xfe"
"""20 milliseconds of Opus in which nothing is said."""
_FRAME: Final = 960
_BEFORE: Final = 312
_POLYNOMIAL: Final = 0x104C11DB7


def voice(seconds: float = 4.0, padding: int = 0) -> bytes:
    """A voice message in Ogg with Opus; `padding` bytes make each second larger."""
    head = b"OpusHead\x01\x01" + _BEFORE.to_bytes(2, "little") + (48_000).to_bytes(4, "little") + b"\0\0\0"
    tags = b"OpusTags" + (4).to_bytes(4, "little") + b"demo" + bytes(4)
    pages = [_page(0, 0, [head], 2), _page(1, 0, [tags], 0)]
    frames = round(seconds * 50)
    place = _BEFORE if frames else 0
    for first in range(0, frames, 50):
        packets = [_SILENCE] * min(50, frames - first)
        place += _FRAME * len(packets)
        pages.append(_page(len(pages), place, [*packets, *([bytes(padding)] if padding else [])], 0))
    return b"".join(pages)


def video(seconds: float = 3.0, side: int = 240, height: int = 0, handler: bytes = b"vide") -> bytes:
    """An MP4 with one track that has a head and a body; round ones are square."""
    scale = 1000
    head = bytes(12) + scale.to_bytes(4, "big") + round(seconds * scale).to_bytes(4, "big") + bytes(80)
    size = (side << 16).to_bytes(4, "big") + ((height or side) << 16).to_bytes(4, "big")
    track = _box(b"tkhd", bytes(76) + size) + _box(b"mdia", _box(b"hdlr", bytes(8) + handler + bytes(13)))
    film = _box(b"moov", _box(b"mvhd", head) + _box(b"trak", track))
    return _box(b"ftyp", b"isom\0\0\x02\0isommp42") + film + _box(b"mdat", bytes(64))


def photo(width: int = 64, height: int = 48, colour: tuple[int, int, int] = (40, 120, 90)) -> bytes:
    """A JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def _page(number: int, granule: int, packets: list[bytes], kind: int) -> bytes:
    table = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    front = b"OggS\0" + bytes([kind]) + granule.to_bytes(8, "little") + b"demo" + number.to_bytes(4, "little")
    body = bytes([len(table)]) + table + b"".join(packets)
    check = _checksum(front + bytes(4) + body)
    return front + check.to_bytes(4, "little") + body


def _checksum(page: bytes) -> int:
    """Ogg's own: the polynomial of CRC-32, unreflected, begun at nothing."""
    value = 0
    for byte in page:
        value = (value << 8) & 0xFFFFFFFF ^ _CRC[(value >> 24) ^ byte]
    return value


def _remainder(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1) ^ (_POLYNOMIAL if value & 0x80000000 else 0)
    return value


def _box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


_CRC: Final = [_remainder(byte) for byte in range(256)]
