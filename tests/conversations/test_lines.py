"""The sentences that belong to no script: all there, none too many, and plain."""

from __future__ import annotations

import pytest
import yaml

from conversations.findings import Place, Severity
from conversations.lines import Line, lines_in, read_lines
from conversations.plain import findings

FOR_STAFF = {line for line in Line if line.value.startswith("staff_")}


def test_every_line_is_there_and_no_other() -> None:
    assert read_lines().keys() == set(Line)
    written = {line.value: "words" for line in Line}
    with pytest.raises(ValueError, match=r"lacks .'left'."):
        lines_in(yaml.safe_dump({key: text for key, text in written.items() if key != "left"}))
    with pytest.raises(ValueError, match=r"has too much: .'nobody_says_this'."):
        lines_in(yaml.safe_dump({**written, "nobody_says_this": "words"}))


@pytest.mark.parametrize("line", sorted(set(Line) - FOR_STAFF))
def test_what_is_said_to_people_is_plain(line: Line) -> None:
    found = [each for each in findings(read_lines()[line], Place(line)) if each.severity is Severity.FINDING]
    assert found == []
