"""Every kind of finding has a script that is bad in just that way, and the check says just that, in its line."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from conversations import catalogue
from conversations.face_checks import Found, shipped_pictures
from conversations.findings import WARNINGS, Kind, Severity
from conversations.glossary import glossary_text, read_glossary
from conversations.looking_over import Common, LookedOver, look_over

FOLDER = Path(__file__).parent / "bad_scripts"
FINDINGS = sorted((FOLDER / "findings").glob("*.yaml"))
DOCS = Path(__file__).parents[2] / "docs" / "scripts.md"
PICTURES = {"own": Found.OWN, "broken": Found.BROKEN}


def known(name: str) -> Found:
    return PICTURES.get(name, shipped_pictures(name))


@cache
def common() -> Common:
    return Common(catalogue.load().words, read_glossary(glossary_text())[0], known)


def look_over_file(path: Path) -> LookedOver:
    return look_over(path.read_text("utf-8"), path.name, common())


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_bad_script_has_its_finding_in_its_line_and_no_other(path: Path) -> None:
    expected = path.read_text("utf-8").partition("\n")[0]
    (found,) = look_over_file(path).found
    assert f"# {found.place.line}: {found.told()}" == expected
    assert found.kind == path.stem


def test_every_kind_of_finding_has_a_bad_script() -> None:
    broken = [look_over_file(FOLDER / name) for name in ("long_label.yaml", "too_many_options.yaml", "bad_indent.yaml")]
    assert {each.kind for one in broken for each in one.found} == {Kind.BROKEN_FILE}
    assert {path.stem for path in FINDINGS} | {Kind.BROKEN_FILE} == set(Kind)


def test_a_warning_does_not_keep_a_script_from_being_used() -> None:
    for path in FINDINGS:
        looked = look_over_file(path)
        (found,) = looked.found
        assert looked.is_fit == (found.severity is Severity.WARNING) == (found.kind in WARNINGS)


def test_every_kind_is_explained_to_those_who_write_scripts_and_no_other() -> None:
    rows = [line.split("|") for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    in_table = {cells[1].strip().strip("`"): cells[2].strip() for cells in rows if len(cells) == 5}
    assert set(in_table) == set(Kind)
    assert {code for code, severity in in_table.items() if severity == "warning"} == WARNINGS
