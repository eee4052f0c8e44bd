"""Writes a photo again, so that only what can be seen is left of it: no place, no day, no camera, no small copy.

What comes in is a stranger's bytes: size and kind are read from the header before anything is decoded.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum
from io import BytesIO
from typing import Final

from PIL import Image, ImageCms, UnidentifiedImageError

LONGEST_SIDE: Final = 2560
QUALITY: Final = 85
MOST_PIXELS: Final = 50_000_000
MOST_LAYERS: Final = 500
"""Passes over a JPEG, each a few bytes that cost a walk over all its pixels. A camera writes ten at most."""
MIME: Final = "image/jpeg"
_LAYER: Final = b"\xff\xda"
_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_WHITE: Final = (255, 255, 255)
_ORIENTATION: Final = 0x0112
_LARGEST_PROFILE: Final = 1024 * 1024
_LEAST_SECONDS: Final = 10.0
_BYTES_A_SECOND: Final = 1_000_000
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class PhotoFault(StrEnum):
    """Why a photo is not taken: a code for the log, never words of the picture."""

    NOT_A_PHOTO = "not_a_photo"  # another kind of file, whatever it is called
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVES = "moves"
    BROKEN = "broken"
    TOO_SLOW = "too_slow"


class PhotoRefusedError(Exception):
    """These bytes are no photo that can be kept; `fault` says why."""

    def __init__(self, fault: PhotoFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def seconds_for(size: int) -> float:
    """How long a photo of this many bytes may take to be written again."""
    return _LEAST_SECONDS + size / _BYTES_A_SECOND


async def cleaned(data: bytes, seconds: float | None = None) -> bytes:
    """The photo as a JPEG without anything but its pixels, made beside the event loop.

    Raises:
        PhotoRefusedError: it is none, or is not made in `seconds` (by its size where none are given).
    """
    try:
        async with asyncio.timeout(seconds_for(len(data)) if seconds is None else seconds):
            return await asyncio.to_thread(clean, data)
    except TimeoutError:
        # The thread cannot be ended; the limit of pixels bounds what it still does.
        raise PhotoRefusedError(PhotoFault.TOO_SLOW) from None


def clean(data: bytes) -> bytes:
    """The same, at once.

    Raises:
        PhotoRefusedError: it is no photo that can be kept.
    """
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as image:
            _look(image, data)
            return _written(_turned(_small(image), _orientation(image)))
    except PhotoRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoRefusedError(PhotoFault.TOO_MANY_PIXELS) from None
    except UnidentifiedImageError:
        raise PhotoRefusedError(PhotoFault.NOT_A_PHOTO) from None
    except Exception:  # noqa: BLE001  on damaged files decoders raise whatever comes; none of it is worth a second try
        raise PhotoRefusedError(PhotoFault.BROKEN) from None


def _look(image: Image.Image, data: bytes) -> None:
    """Refuse by what can be seen from outside: nothing is decoded yet."""
    if image.width * image.height > MOST_PIXELS:
        raise PhotoRefusedError(PhotoFault.TOO_MANY_PIXELS)
    # Phones write a JPEG with a second picture in it for brightness; the first is the photo.
    if image.format in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
        raise PhotoRefusedError(PhotoFault.MOVES)
    if data.count(_LAYER) > MOST_LAYERS:  # by chance a large file of any kind holds some 300
        raise PhotoRefusedError(PhotoFault.TOO_SLOW)


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  camera notes are damaged in many ways; the photo then stands as it is
        return 1


def _small(image: Image.Image) -> Image.Image:
    """Decoded, in sRGB, on white, no longer than the longest side."""
    profile = image.info.get("icc_profile")
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is not even decoded whole
    image.load()
    plain = _in_srgb(_flat(image), profile)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return plain


def _flat(image: Image.Image) -> Image.Image:
    """Without transparency, eight bits a channel, RGB or CMYK."""
    if image.mode == "CMYK":
        return image
    if image.mode.startswith(("I", "F")):
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGB", seen.size, _WHITE)
    ground.paste(seen, mask=seen)
    return ground


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    if not isinstance(profile, bytes) or not 0 < len(profile) <= _LARGEST_PROFILE:
        return image.convert("RGB")
    try:
        its_own = ImageCms.ImageCmsProfile(BytesIO(profile))
        found = ImageCms.profileToProfile(image, its_own, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")  # a damaged profile spoils a shade, not the photo
    return found if found is not None else image.convert("RGB")


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _written(image: Image.Image) -> bytes:
    """On a new sheet: whatever the old one carried beside its pixels stays behind."""
    sheet = Image.new("RGB", image.size)
    sheet.paste(image)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
