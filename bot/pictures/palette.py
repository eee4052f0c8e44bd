"""The colours and sizes of boards and mats, as data that tests can measure. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from conversations.profile import Look

PAGE_WIDTH: Final = 1080
"""Pixels. A phone of 360 px shows three of them as one."""
LEAST_TEXT: Final = 56
"""Pixels on the page: 14 pt on a phone of 360 px."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One look, as `#rrggbb`. Every text stands on `paper`, `tile`, `picked` or (numbers) `badge`."""

    paper: str
    ink: str
    tile: str
    frame: str
    picked: str
    accent: str
    on_accent: str
    badge: str
    on_badge: str
    plate: str
    """What a picture stands on: light in every look, since its outlines are black."""


COLOURS: Final[Mapping[Look, Colours]] = {
    Look.LIGHT: Colours(
        paper="#f4f7f8",
        ink="#17212b",
        tile="#ffffff",
        frame="#5f7182",
        picked="#d9edf4",
        accent="#14536d",
        on_accent="#ffffff",
        badge="#26384a",
        on_badge="#ffffff",
        plate="#ffffff",
    ),
    Look.CREAM: Colours(
        paper="#f8efdb",
        ink="#2a2114",
        tile="#fffaf0",
        frame="#7b6748",
        picked="#f6dcae",
        accent="#7a3a06",
        on_accent="#ffffff",
        badge="#4a3a22",
        on_badge="#fffaf0",
        plate="#fffaf0",
    ),
    Look.DARK: Colours(
        paper="#10161d",
        ink="#f1f5f8",
        tile="#1b242e",
        frame="#8496a8",
        picked="#12394a",
        accent="#7fd3ee",
        on_accent="#0b1a22",
        badge="#dbe5ec",
        on_badge="#10161d",
        plate="#eef3f6",
    ),
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in pixels of the page; the template takes all of them from here."""

    width: int = PAGE_WIDTH
    question: int = 66
    long_question: int = 60
    label: int = 58
    least: int = LEAST_TEXT
    number: int = LEAST_TEXT
    margin: int = 34
    gap: int = 24
    narrow_gap: int = 16
    frame: int = 4
    picked_frame: int = 12
    header_picture: int = 200
    tile_picture: int = 168
    narrow_picture: int = 136
    card_picture: int = 112


SIZES: Final = Sizes()
MOST_IN_COLUMN: Final = 5
"""Cards in one column of a mat; with more, each column becomes a band across the page."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2: from 1 (the same) to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
