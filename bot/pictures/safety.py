"""Whether the bytes of a picture may be drawn: nothing that loads, runs, expands or fills the memory. Pure."""

from __future__ import annotations

import base64
import io
import struct
import xml.parsers.expat
from typing import Final

from PIL import Image

MOST_SVG_BYTES: Final = 512 * 1024
MOST_PNG_BYTES: Final = 5 * 1024 * 1024
MOST_SIDE: Final = 6000
"""Pixels of a PNG's longer side."""
KEPT_SIDE: Final = 512
"""A PNG is made this small before it is drawn: no board shows more."""
_MOST_PARTS: Final = 20_000
_MOST_DEPTH: Final = 64
_MOST_USES: Final = 200
_NEVER: Final = frozenset(
    {"script", "foreignobject", "image", "feimage", "iframe", "embed", "object", "audio", "video", "feturbulence"}
)
"""The last paints noise, in as many layers as a number says: one such picture would draw for hours."""
_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"


class UnsafePictureError(Exception):
    """This picture is not drawn; the text says why, in words for an operator."""


def svg_text(content: bytes) -> str:
    """The text of an SVG that is safe to draw.

    Raises:
        UnsafePictureError: it is no SVG, too large, or refers to anything outside itself.
    """
    if len(content) > MOST_SVG_BYTES:
        raise UnsafePictureError(f"it is larger than {MOST_SVG_BYTES // 1024} KB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnsafePictureError("it is not UTF-8 text") from None
    look = _Look()
    try:
        look.parse(text)
    except xml.parsers.expat.ExpatError:
        raise UnsafePictureError("it is not well-formed SVG") from None
    look.end()
    return text


def png_as_svg(content: bytes) -> str:
    """A PNG, made small and written anew, inside an SVG: so both kinds are drawn alike.

    Raises:
        UnsafePictureError: it is no PNG, or too large in bytes or in pixels.
    """
    if len(content) > MOST_PNG_BYTES:
        raise UnsafePictureError(f"it is larger than {MOST_PNG_BYTES // 1024 // 1024} MB")
    if content[:8] != _PNG_HEAD or len(content) < 33 or content[12:16] != b"IHDR":
        raise UnsafePictureError("it is not a PNG")
    width, height = struct.unpack(">II", content[16:24])  # before anything is unpacked
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise UnsafePictureError(f"it is larger than {MOST_SIDE} pixels")
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as opened:
            small = opened.convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, struct.error):
        raise UnsafePictureError("it is a broken PNG") from None
    small.thumbnail((KEPT_SIDE, KEPT_SIDE))
    made = io.BytesIO()
    small.save(made, "PNG")
    data = base64.b64encode(made.getvalue()).decode()
    side = f'width="{small.width}" height="{small.height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {small.width} {small.height}">'
        f'<image {side} href="data:image/png;base64,{data}"/></svg>'
    )


class _Look:
    """Reads an SVG once, from front to back, and stops at the first thing that is not allowed."""

    def __init__(self) -> None:
        self._parser = xml.parsers.expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.buffer_size = MOST_SVG_BYTES  # the words of a style come in one piece
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.EntityDeclHandler = self._entity
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._finish
        self._parser.CharacterDataHandler = self._words
        self._parser.ProcessingInstructionHandler = self._instruction
        self._open: list[str] = []
        self._parts = 0
        self._used: list[str] = []
        self._hold_uses: set[str] = set()
        self._in_style = 0

    def parse(self, text: str) -> None:
        whole = True
        self._parser.Parse(text.encode(), whole)

    def end(self) -> None:
        """What only the whole shows: parts used within parts that are used grow without end."""
        if len(self._used) > _MOST_USES or self._hold_uses & set(self._used):
            raise UnsafePictureError("it repeats its parts too often")

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal: int) -> None:
        if has_internal:
            raise UnsafePictureError("it has definitions of its own (DOCTYPE)")

    def _entity(self, *_told: object) -> None:
        raise UnsafePictureError("it has entities")

    def _instruction(self, target: str, _data: str) -> None:
        if target.lower() != "xml":
            raise UnsafePictureError("it refers to a style sheet outside itself")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        kind = name.rpartition(":")[2].lower()
        if not self._open and kind != "svg":
            raise UnsafePictureError("it is not an SVG")
        self._parts += 1
        if self._parts > _MOST_PARTS or len(self._open) >= _MOST_DEPTH:
            raise UnsafePictureError("it has too many parts")
        if kind in _NEVER:
            raise UnsafePictureError(f"it holds a part that is not drawn ({kind})")
        self._open.append(attributes.get("id", ""))
        self._in_style += kind == "style"
        for key, value in attributes.items():
            self._attribute(kind, key.rpartition(":")[2].lower(), value)

    def _attribute(self, kind: str, name: str, value: str) -> None:
        if name.startswith("on"):
            raise UnsafePictureError("it holds a script")
        if name in {"href", "src"}:
            if not value.strip().startswith("#"):
                raise UnsafePictureError("it refers to something outside itself")
            if kind == "use":
                self._used.append(value.strip()[1:])
                self._hold_uses.update(filter(None, self._open))
        _check_style(value)

    def _finish(self, name: str) -> None:
        self._open.pop()
        self._in_style -= name.rpartition(":")[2].lower() == "style"

    def _words(self, text: str) -> None:
        if self._in_style:
            _check_style(text)


def _check_style(text: str) -> None:
    plain = "".join(text.lower().split())
    if "@import" in plain or "\\" in plain:
        raise UnsafePictureError("it refers to something outside itself")
    for part in plain.split("url(")[1:]:
        if not part.lstrip("\"'").startswith("#"):
            raise UnsafePictureError("it refers to something outside itself")
