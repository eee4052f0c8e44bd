"""Pictures that load, run, expand or fill the memory are refused, each with its reason."""

import io
import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.pictures.looked import can_be_drawn
from bot.pictures.safety import MOST_PNG_BYTES, MOST_SVG_BYTES, UnsafePictureError, png_as_svg, svg_text
from conversations import pictures

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
DOT = '<circle cx="4" cy="4" r="4"/>'


def svg(inside: str) -> bytes:
    return f"{HEAD}{inside}</svg>".encode()


def png(width: int = 30, height: int = 20) -> bytes:
    made = io.BytesIO()
    Image.new("RGBA", (width, height), (200, 0, 0, 255)).save(made, "PNG")
    return made.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        svg(DOT),
        b"\xef\xbb\xbf" + svg(DOT),
        b'<?xml version="1.0" encoding="UTF-8"?><!-- made by hand -->' + svg(DOT),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + svg(DOT),
        svg('<defs><g id="a"><circle r="4"/></g></defs><use xlink:href="#a"/><use href="#a"/>'),
        svg('<linearGradient id="g"/><circle r="4" fill="url(#g)" style="stroke: url( \'#g\' )"/>'),
    ],
)
def test_a_plain_svg_is_drawn(content: bytes) -> None:
    assert can_be_drawn(svg_text(content))


def test_openmoji_would_pass() -> None:
    for name in ("1F3A8", "1F468-200D-1F469-200D-1F467", "1F1EC-1F1E7"):
        file = pictures.source(name)
        assert file is not None
        assert svg_text(file.read_bytes())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "well-formed"),
        (b"<svg", "well-formed"),
        (svg("<circle>"), "well-formed"),
        (b"<html/>", "not an SVG"),
        (b"\xff\xfe<\0s\0", "UTF-8"),
        (svg(" " * MOST_SVG_BYTES), "larger than"),
        (b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg("&a;"), "DOCTYPE|entities"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "DOCTYPE|entities"),
        (b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + svg(DOT), "DOCTYPE"),
        (b'<?xml-stylesheet href="http://a.example/x.css"?>' + svg(DOT), "style sheet"),
        (svg('<image href="http://a.example/x.png"/>'), "not drawn"),
        (svg('<image href="data:image/png;base64,AAAA"/>'), "not drawn"),
        (svg('<use xlink:href="http://a.example/x.svg#a"/>'), "outside"),
        (svg('<use href="file:///etc/passwd"/>'), "outside"),
        (svg('<a href="javascript:alert(1)"/>'), "outside"),
        (svg('<circle fill="url(http://a.example/x#a)"/>'), "outside"),
        (svg('<circle style="fill: UR\\4c (http://a.example/x)"/>'), "outside"),
        (svg("<style>@import 'http://a.example/x.css';</style>"), "outside"),
        (svg("<style>circle { fill: url( http://a.example/x ) }</style>"), "outside"),
        (svg("<script>1</script>"), "not drawn"),
        (svg('<circle onload="1"/>'), "script"),
        (svg("<foreignObject><p/></foreignObject>"), "not drawn"),
        (svg('<filter id="a"><feTurbulence numOctaves="99999999"/></filter>'), "not drawn"),
        (svg("<g>" * 80 + "</g>" * 80), "too many parts"),
        (svg("<g/>" * 30_000), "too many parts"),
        (svg(f'<g id="a">{DOT}</g>' + '<use href="#a"/>' * 300), "too often"),
        (svg('<g id="a"/><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>'), "too often"),
        (svg('<g id="a"><use href="#a"/></g>'), "too often"),
    ],
)
def test_an_svg_that_is_not_drawn(content: bytes, why: str) -> None:
    with pytest.raises(UnsafePictureError, match=why):
        svg_text(content)


def test_a_png_is_made_small_and_drawn() -> None:
    made = png_as_svg(png(3000, 1500))
    assert can_be_drawn(made)
    assert 'viewBox="0 0 512 256"' in made


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge, in a few bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = struct.pack(">I", len(head)) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return b"\x89PNG\r\n\x1a\n" + chunk + bytes(40)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a PNG"),
        (b"GIF89a" + bytes(60), "not a PNG"),
        (svg(DOT), "not a PNG"),
        (bomb(100_000, 100_000), "pixels"),
        (bomb(10, 2**31), "pixels"),
        (bomb(0, 10), "pixels"),
        (bomb(10, 10), "broken"),
        (png()[:60], "broken"),
        (png() + bytes(MOST_PNG_BYTES), "larger"),
    ],
)
def test_a_png_that_is_not_drawn(content: bytes, why: str) -> None:
    with pytest.raises(UnsafePictureError, match=why):
        png_as_svg(content)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(svg))
def test_any_bytes_are_drawn_or_refused(content: bytes) -> None:
    for reader in (svg_text, png_as_svg):
        with suppress(UnsafePictureError):
            assert isinstance(reader(content), str)
