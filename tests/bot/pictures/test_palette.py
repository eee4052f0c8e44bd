"""Contrast and size of text are computed from the very values that the template draws with."""

import re
from dataclasses import asdict

import pytest

from bot.pictures.drawing import template
from bot.pictures.palette import COLOURS, LEAST_TEXT, PAGE_WIDTH, SIZES, contrast
from conversations.profile import Look

PHONE = 360  # css pixels
OUTLINE = "#000000"  # of OpenMoji


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.478, abs=0.001)
    assert contrast("#336699", "#336699") == 1


def test_every_look_has_its_colours() -> None:
    assert set(COLOURS) == set(Look)
    for colours in COLOURS.values():
        assert all(re.fullmatch("#[0-9a-f]{6}", value) for value in asdict(colours).values())


@pytest.mark.parametrize("look", Look)
def test_every_text_stands_out_from_its_ground(look: Look) -> None:
    c = COLOURS[look]
    for ink, ground in (
        (c.ink, c.paper), (c.ink, c.tile), (c.ink, c.picked), (c.on_badge, c.badge), (c.on_accent, c.accent),
    ):  # fmt: skip
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("look", Look)
def test_every_frame_and_badge_stands_out_from_what_is_beside_it(look: Look) -> None:
    c = COLOURS[look]
    for line, ground in (
        (c.frame, c.paper), (c.frame, c.tile), (c.accent, c.paper), (c.accent, c.picked), (c.accent, c.tile),
        (c.badge, c.tile), (c.badge, c.picked),
    ):  # fmt: skip
        assert contrast(line, ground) >= 3, (line, ground)


@pytest.mark.parametrize("look", Look)
def test_the_outlines_of_pictures_are_seen(look: Look) -> None:
    c = COLOURS[look]
    grounds = (c.plate,) if look is Look.DARK else (c.paper, c.tile, c.picked)
    assert all(contrast(OUTLINE, ground) >= 4.5 for ground in grounds)


def test_the_least_text_is_14_points_on_a_phone() -> None:
    css_pixels = LEAST_TEXT / (PAGE_WIDTH / PHONE)
    assert css_pixels * 72 / 96 >= 14
    assert min(SIZES.question, SIZES.long_question, SIZES.label, SIZES.least, SIZES.number) >= LEAST_TEXT
    assert SIZES.question >= 60
    assert SIZES.width == PAGE_WIDTH


def test_the_template_has_no_colour_or_size_of_text_of_its_own() -> None:
    text = template().decode()
    assert not re.search(r"rgb\(\"|#[0-9a-f]{6}|luma\(|\b(black|white|red|blue|green|gray)\b", text)
    sizes = set(re.findall(r"\bsize: ([^,)\n]+)", text))
    assert sizes <= {'px("label"', 'px("question"', 'px("number"', "size", "if words.clusters("}
    assert 'px("long_question")' in text
