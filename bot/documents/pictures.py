"""The pictures of documents: by name, as SVG without its wide margins. A missing one leaves its words standing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final, Protocol

from conversations import pictures
from conversations.script import Picture

_WIDE: Final = re.compile(r'viewBox="0 0 72 72"')
_CLOSE: Final = 'viewBox="3 3 66 66"'


class Images(Protocol):
    """Where pictures come from."""

    def svg(self, name: str) -> str | None:
        """A picture as SVG that is safe to draw; None where there is none."""
        ...

    def credit(self, names: Iterable[str]) -> str:
        """Whose the pictures of these names are, and by what licence, as it stands under a document."""
        ...


class OpenMoji:
    """The set that ships with the bot."""

    def svg(self, name: str) -> str | None:
        """The picture of this code."""
        return _read(name)

    def credit(self, names: Iterable[str]) -> str:
        """OpenMoji, where there is any picture at all."""
        return pictures.ATTRIBUTION if any(names) else ""


OPENMOJI: Final[Images] = OpenMoji()


def found(images: Images, names: Iterable[str], *, rtl: bool = False) -> Mapping[str, str]:
    """Those of these pictures that there are, by name; with `rtl`, an arrow onward points left."""
    drawn = ((name, images.svg(pictures.facing(name, rtl=rtl))) for name in dict.fromkeys(names) if name)
    return {name: svg for name, svg in drawn if svg}


def names_in(value: object) -> Iterable[str]:
    """The names of all pictures in what `plain_picture` and its like made: lists, mappings, and plain values."""
    if isinstance(value, Mapping):
        if value.keys() == {"name", "alt"}:
            yield str(value["name"])
        for each in value.values():
            yield from names_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from names_in(each)


def plain_picture(picture: Picture | None) -> dict[str, str] | None:
    """A picture as a template takes it."""
    return {"name": picture.name, "alt": picture.alt} if picture else None


@lru_cache(maxsize=512)
def _read(name: str) -> str | None:
    file = pictures.source(name)
    return _WIDE.sub(_CLOSE, file.read_text("utf-8"), count=1) if file is not None else None
