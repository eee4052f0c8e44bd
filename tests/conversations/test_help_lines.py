"""Whom to call: ours, a deployer's own on top, and how long a check of the numbers counts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from conversations.help_lines import HelpLines, own_help_lines, read_help_lines, shipped_help_lines

OWN = """
checked: 2026-09-01
lines:
  - {id: front_door, say: "The front door: 01234 567890.", first: true}
  - {id: officer, say: "The officer: 01234 567891.", about_staff: true}
  - {id: shout, say: "Or text CALMER to 85258."}
without: [papyrus]
"""


def test_ours_are_those_of_the_field_and_nobody_has_checked_them_for_you() -> None:
    ours = shipped_help_lines()
    said = "\n".join(ours.card.values())
    assert all(each in said for each in ("999", "111", "85258", "0800 1111", "116 123"))
    assert "The Mix" not in said
    assert ours.stale(date(2026, 12, 1))


def test_own_lines_come_after_take_the_place_of_ours_and_take_one_out(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(OWN, "utf-8")
    lines, problems = own_help_lines(tmp_path / "own.yaml")
    assert not problems
    assert list(lines.card)[-1] == "front_door"
    assert lines.card["shout"] == "Or text CALMER to 85258."
    assert "papyrus" not in lines.card
    assert list(lines.about_staff) == ["officer"]
    assert list(lines.calls) == ["emergency", "nhs_111", "front_door"]


@pytest.mark.parametrize(
    ("today", "stale"),
    [
        (date(2026, 8, 31), True),
        (date(2026, 9, 1), False),
        (date(2027, 3, 3), False),
        (date(2027, 3, 4), True),
    ],
)
def test_a_check_counts_for_six_months_and_a_day_to_come_is_none(today: date, *, stale: bool) -> None:
    assert HelpLines(checked=date(2026, 9, 1)).stale(today) is stale


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- a", "own.yaml:1: This is no list of help lines."),
        ("checked: yesterday", "own.yaml:1: 'checked' is no date."),
        ("without: [nobody]", "own.yaml:1: There is no help line 'nobody'."),
        (f"lines:\n  - {{id: a, say: {'a' * 200}}}", "own.yaml:2: The line is too long."),
        ("lines:\n" + "".join(f"  - {{id: a{n}, say: a}}\n" for n in range(20)), "Keep at most 16."),
        ("lines: [", "own.yaml:1: This is not YAML"),
    ],
)
def test_with_a_fault_ours_are_used_and_the_line_is_told(tmp_path: Path, text: str, what: str) -> None:
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    lines, problems = own_help_lines(tmp_path / "own.yaml")
    assert lines == shipped_help_lines()
    assert what in problems[0].told()


def test_without_a_file_and_with_one_that_is_not_there(tmp_path: Path) -> None:
    assert own_help_lines(None) == (shipped_help_lines(), ())
    assert own_help_lines(tmp_path / "none.yaml")[1]
    assert read_help_lines("", "own.yaml")
