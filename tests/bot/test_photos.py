"""Of a photo only its pixels stay; what is no photo, or too much of one, is refused before it is decoded."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from bot.demo import clips
from bot.photos import LONGEST_SIDE, PhotoFault, PhotoRefusedError, clean, cleaned

PLACE = b"51.5014N-planted-place"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def exif(orientation: int = 1) -> bytes:
    """As a phone writes it: camera, day, orientation, and a place."""
    notes = Image.Exif()
    notes[0x010F] = "PlantedCamera"
    notes[0x0132] = "2026:10:13 15:00:00"
    notes[0x0112] = orientation
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[29] = "N", (51.0, 30.0, 5.04), PLACE.decode()
    return notes.tobytes()


def encoded(image: Image.Image, form: str, **more: object) -> bytes:
    out = BytesIO()
    image.save(out, form, **more)
    return out.getvalue()


def halves(size: tuple[int, int] = (80, 40)) -> Image.Image:
    """Red left, blue right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    return image


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def near(image: Image.Image, place: tuple[int, int], colour: tuple[int, int, int]) -> bool:
    found = image.getpixel(place)
    assert isinstance(found, tuple)
    return all(abs(one - other) < 30 for one, other in zip(found, colour, strict=True))


def refusal(data: bytes) -> PhotoFault:
    with pytest.raises(PhotoRefusedError) as refused:
        clean(data)
    return refused.value.fault


def with_notes(form: str, *, coloured: bool = True) -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {
        "exif": exif(),
        "icc_profile": profile if coloured else b"",
        "xmp": b"<x:xmpmeta>planted-xmp</x:xmpmeta>",
    }
    if form == "JPEG":
        more["comment"] = b"planted-comment"
    if form == "PNG":
        words = PngInfo()
        words.add_text("Comment", "planted-comment")
        words.add_itxt("Title", "planted-title")
        more["pnginfo"] = words
    return encoded(halves(), form, **more)


@pytest.mark.parametrize("coloured", [True, False])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_pixels_is_left(form: str, *, coloured: bool) -> None:
    sent = with_notes(form, coloured=coloured)
    assert PLACE in sent
    kept = clean(sent + b"planted-behind-the-end")
    assert not any(trace in kept for trace in (PLACE, b"lanted", b"Exif", b"ICC_PROFILE", b"http", b"xmp", b"2026:10"))
    image = opened(kept)
    assert image.format == "JPEG"
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert near(image, (10, 20), RED)
    assert near(image, (70, 20), BLUE)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (80, 40), (10, 20)),
        (2, (80, 40), (70, 20)),
        (3, (80, 40), (70, 20)),
        (4, (80, 40), (10, 20)),
        (5, (40, 80), (20, 10)),
        (6, (40, 80), (20, 10)),
        (7, (40, 80), (20, 70)),
        (8, (40, 80), (20, 70)),
        (99, (80, 40), (10, 20)),
    ],
)
def test_it_stands_upright_without_its_notes(orientation: int, size: tuple[int, int], red: tuple[int, int]) -> None:
    image = opened(clean(encoded(halves(), "JPEG", exif=exif(orientation))))
    assert image.size == size
    assert near(image, red, RED)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("size", [(4000, 1000), (700, 5200), (64, 48), (1, 1)])
def test_it_is_no_longer_than_its_longest_side_may_be(form: str, size: tuple[int, int]) -> None:
    image = opened(clean(encoded(Image.new("RGB", size), form)))
    assert max(image.size) == min(max(size), LONGEST_SIDE)
    assert abs(image.width * size[1] - image.height * size[0]) <= 2 * max(size)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_kind_of_colour_is_taken(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = opened(clean(encoded(Image.new(mode, (20, 10)), form)))
    assert image.mode == "RGB"


def test_what_is_see_through_is_white() -> None:
    image = opened(clean(encoded(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG")))
    assert near(image, (5, 5), (255, 255, 255))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_a_damaged_colour_profile_or_orientation_spoils_no_photo() -> None:
    assert near(opened(clean(encoded(halves(), "JPEG", icc_profile=b"no profile at all"))), (10, 20), RED)
    broken = encoded(halves(), "JPEG", exif=b"Exif\0\0MM\0\x2a\xff\xff\xff\xff")
    assert near(opened(clean(broken)), (10, 20), RED)


def test_a_photo_with_a_second_one_for_brightness_is_taken() -> None:
    out = BytesIO()
    halves().save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (80, 40))])
    assert near(opened(clean(out.getvalue())), (10, 20), RED)


def bomb(side: int) -> bytes:
    """A PNG of a few bytes that says it has `side` times `side` pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_072, 9_600, 20_000, 60_000])
def test_a_photo_bomb_is_refused_by_its_header(side: int) -> None:
    assert refusal(bomb(side)) is PhotoFault.TOO_MANY_PIXELS


def test_fifty_million_pixels_are_not_too_many_by_their_header() -> None:
    assert refusal(bomb(7_071)) is PhotoFault.BROKEN  # it is read, and only then found to have no pixels


def test_a_jpeg_of_endless_layers_is_refused_before_it_is_decoded() -> None:
    whole = encoded(Image.new("RGB", (64, 64), RED), "JPEG", progressive=True)
    end = len(whole) - 2
    layer = whole[whole.rindex(b"\xff\xda") : end]
    assert refusal(whole[:end] + layer * 600 + whole[end:]) is PhotoFault.TOO_SLOW
    assert clean(whole[:end] + layer * 400 + whole[end:])


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_moves_is_refused(form: str) -> None:
    frames = [Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)]
    moving = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert refusal(moving) is PhotoFault.MOVES


@pytest.mark.parametrize("form", ["GIF", "TIFF", "BMP", "ICO", "PPM", "JPEG2000"])
def test_other_pictures_are_refused_whatever_they_are_called(form: str) -> None:
    assert refusal(encoded(Image.new("RGB", (32, 32)), form)) is PhotoFault.NOT_A_PHOTO


@pytest.mark.parametrize("lie", [b"", b"\xff", b"MZ a program", b"<html>", clips.voice(1), clips.video(), b"%PDF-1.7"])
def test_what_is_no_picture_is_refused(lie: bytes) -> None:
    assert refusal(lie) is PhotoFault.NOT_A_PHOTO


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_was_cut_off_is_refused(form: str) -> None:
    whole = encoded(Image.effect_noise((300, 300), 90).convert("RGB"), form)
    assert refusal(whole[: len(whole) // 2]) is PhotoFault.BROKEN


@given(
    place=st.integers(0, 2000), value=st.binary(min_size=1, max_size=40), form=st.sampled_from(["JPEG", "PNG", "WEBP"])
)
def test_no_damage_does_more_than_being_refused(place: int, value: bytes, form: str) -> None:
    whole = with_notes(form)
    place %= len(whole)
    damaged = whole[:place] + value + whole[place + len(value) :]
    with suppress(PhotoRefusedError):
        assert opened(clean(damaged)).format == "JPEG"


async def test_it_is_done_beside_the_loop_and_given_up_after_its_time() -> None:
    assert opened(await cleaned(clips.photo())).size == (64, 48)
    with pytest.raises(PhotoRefusedError) as refused:
        await cleaned(clips.photo(2000, 2000), seconds=0)
    assert refused.value.fault is PhotoFault.TOO_SLOW
