"""The colours and text sizes of every document. One table, so that contrast and size are computed and never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COLOURS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ink": "#1d2733",
        "quiet": "#4a5766",
        "accent": "#1f5a73",
        "warm": "#8a4b2a",
        "leaf": "#2f5d3a",
        "white": "#ffffff",
        "ground": "#f3f7f8",
        "warm_ground": "#fdf3ea",
        "leaf_ground": "#eef5ec",
        "cream": "#fdf6e3",
    }
)

PAIRS: Final = (
    *((text, ground) for text in ("ink", "quiet", "accent") for ground in ("white", "ground", "cream")),
    *(("ink", ground) for ground in ("warm_ground", "leaf_ground")),
    *(("quiet", ground) for ground in ("warm_ground", "leaf_ground")),
    ("warm", "warm_ground"),
    ("leaf", "leaf_ground"),
    ("accent", "ground"),
    ("white", "accent"),
)
"""Every colour of text or frame with every ground on which it may stand."""

STAFF: Final[Mapping[str, float]] = MappingProxyType(
    {"body": 12, "quote": 14, "large": 18, "small": 11, "title": 24, "head": 16, "sub": 13.5, "fine": 10}
)
"""Sizes, in points, of what staff read."""

PEOPLE: Final[Mapping[str, float]] = MappingProxyType(
    {"body": 14, "quote": 16, "large": 20, "small": 14, "title": 28, "head": 18, "sub": 16, "fine": 10}
)
"""Sizes of what a young person, a parent or a carer reads."""

LARGE: Final[Mapping[str, float]] = MappingProxyType(
    {"body": 18, "quote": 20, "large": 24, "small": 18, "title": 34, "head": 24, "sub": 20, "fine": 12}
)
"""Sizes of large print. `fine`, in every table, is only for licences and for marks that staff type in."""
