"""Contrast and text size, computed from the same values that the templates are given."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from bot.documents.style import COLOURS, LARGE, PAIRS, PEOPLE, STAFF
from bot.pictures.palette import contrast

TEMPLATES = {
    each.name: each.read_text("utf-8") for each in files("bot.documents").iterdir() if each.name.endswith(".typ")
}


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_stands_out_from_its_ground(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


def test_staff_read_at_least_11_points_and_body_text_12() -> None:
    assert STAFF["body"] >= 12
    assert min(size for name, size in STAFF.items() if name != "fine") >= 11


def test_people_read_at_least_14_points_and_large_print_is_18() -> None:
    assert min(size for name, size in PEOPLE.items() if name != "fine") >= 14
    assert min(size for name, size in LARGE.items() if name != "fine") >= 18


def test_small_print_is_for_licences_and_for_marks_that_staff_type_in_alone() -> None:
    assert all(sizes["fine"] >= 10 for sizes in (STAFF, PEOPLE, LARGE))
    used = [(name, line) for name, text in TEMPLATES.items() for line in text.splitlines() if 'size("fine")' in line]
    assert {name for name, _ in used} == {"style.typ", "paper.typ"}
    assert all("attribution" in line or line.startswith("#let mark") for _, line in used)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_no_template_has_a_colour_or_a_size_of_its_own(name: str) -> None:
    text = TEMPLATES[name]
    assert 'rgb("#' not in text
    assert "luma" not in text
    assert not re.search(r"size: *[0-9.]+(pt|em)", text)
    assert not re.search(r"(?:fill|stroke): *(?:[0-9.]+pt *\+ *)?(white|red|blue|black|gray|green)\b", text)


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_text_is_made_smaller_by_no_template(name: str) -> None:
    smaller = re.findall(r'size\("(\w+)"\) - ([0-9.]+)pt', TEMPLATES[name])
    assert all(PEOPLE[size] - float(less) >= 14 for size, less in smaller)


def test_every_colour_is_measured_against_a_ground() -> None:
    assert {each for pair in PAIRS for each in pair} == set(COLOURS)
