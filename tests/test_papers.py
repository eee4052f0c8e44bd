"""What the papers for a deployer say is so: names, links, files, times, and words that their readers can read."""

from __future__ import annotations

import importlib
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from conversations.findings import Kind, Place
from conversations.pictures import exists
from conversations.plain import findings
from conversations.readability import grade
from docs.papers.make import EASY as SET
from docs.papers.make import easy_read, title_and_rows
from tests.test_docs import code_lines, commands, settings, whole_command

pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parent.parent
PAPERS = ROOT / "docs" / "papers"
ALL = sorted(PAPERS.rglob("*.md"))
EASY = {
    "privacy-notice-young-person.md": 5.0,
    "guides/for-young-people.md": 4.0,
    "privacy-notice-parent.md": 6.0,
    "guides/for-parents.md": 6.0,
}
MATTERS = set(Kind) - {Kind.MANY_WORDS}
LAW = {"UK", "GDPR", "SEND"}
"""Capitals that stand in the law's own names, which a notice for parents has to cite."""


def said(path: Path) -> list[str]:
    """What a reader reads, line by line, without the marks of Markdown."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(("|---", "| Picture |")):
            continue
        cell = line.strip("| ").split(" | ")[-1] if line.startswith("|") else line.lstrip("#- ")
        whole = re.sub(r"\*\*\[fill in[^]]*\]\*\*", "Ms Patel", cell)
        lines.append(re.sub(r"\[([^]]*)\]\([^)]*\)|[`*]", lambda found: found[1] or "", whole).strip())
    return [line for line in lines if line]


@pytest.mark.parametrize("name", EASY)
def test_easy_papers_are_plain(name: str) -> None:
    lines = said(PAPERS / name)
    text = "\n".join(lines)
    for law in LAW:
        text = re.sub(rf"\b{law}\b", law.title(), text)
    found = [each for each in findings(text, Place(name)) if each.kind in MATTERS]
    assert found == []
    assert grade(lines) <= EASY[name]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_settings_commands_and_links_of_a_paper_exist(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(re.findall(r"FIRSTHAND_[A-Z_]+", text)) <= settings()
    used = {*re.findall(r"`(firsthand [^`]+)`", text), *(line for line in code_lines(text) if "firsthand " in line)}
    known = set(commands(whole_command()))
    assert {each for each in used if not any(each == name or each.startswith(f"{name} ") for name in known)} == set()
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (path.parent / target).exists(), target


def test_every_threat_names_what_holds_it_or_says_that_nothing_does() -> None:
    rows = re.findall(
        r"^\| ([STRIDE]) \| [^|]+ \| ([^|]+) \| [^|]+ \|$", (PAPERS / "threat-model.md").read_text(), re.M
    )
    assert {letter for letter, _ in rows} == set("STRIDE")
    for _, holds in rows:
        named = re.findall(r"`((?:bot|storage|conversations|tests|docs)[\w/.-]*)`", holds)
        assert named or holds.startswith("nothing"), holds
        assert [each for each in named if not (ROOT / each).exists()] == []


def test_the_index_lists_every_paper_and_where_something_is_to_be_filled_in() -> None:
    index = re.findall(r"^\| \[[^]]+\]\(([^)]+)\) \| [^|]+ \| ([^|]+) \|$", (PAPERS / "README.md").read_text(), re.M)
    papers = {str(path.relative_to(PAPERS)): path.read_text("utf-8") for path in ALL if path.name != "README.md"}
    assert {name: blank != "nothing" for name, blank in index} == {
        name: "fill in" in _marks(papers[name]) for name in papers
    }


def _marks(text: str) -> str:
    """Its blanks, all marked in the one way that can be looked for."""
    marked = re.findall(r"\*\*\[fill in(?:: [^]]+)?\]\*\*", text)
    assert len(marked) == len(re.findall(r"\[\s*fill", text, re.I))
    return " ".join(marked)


@pytest.mark.skipif(find_spec("conversations.retention") is None, reason="nothing is deleted by its day yet")
def test_the_schedule_is_that_of_the_program() -> None:
    kept = importlib.import_module("conversations.retention").DEFAULTS
    units = {"d": "day", "y": "year", "s": "school year"}
    written = re.findall(
        r"^\| `(\w+)` \| [^|]+ \| (\d+) (day|year|school year)s?", (PAPERS / "retention-schedule.md").read_text(), re.M
    )
    assert {name: (int(count), unit) for name, count, unit in written} == {
        kind.value: (period.count, units[period.unit.value]) for kind, period in kept.items()
    }


@pytest.mark.parametrize("name", SET)
def test_an_easy_read_paper_has_a_picture_for_each_idea_and_can_be_printed(name: str) -> None:
    text = (PAPERS / name).read_text("utf-8")
    _, rows = title_and_rows(text)
    assert len(rows) == len([line for line in text.splitlines() if line.startswith("|")]) - 2
    assert [picture for picture, _ in rows if not exists(picture)] == []
    assert easy_read(text).startswith(b"%PDF")
