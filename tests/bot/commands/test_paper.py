"""`firsthand scripts print`: the questions on paper, for anybody or for one person."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.college import NOW
from tests.bot.commands.desk import GO_LIVE, Desk
from tests.bot.commands.papers import planned
from tests.bot.documents.samples import read, squeezed


def printed(desk: Desk, *words: str) -> str:
    """What stands on the paper, without spaces."""
    place = desk.folder / "paper.pdf"
    desk.run("scripts", "print", "young_person", "--out", str(place), *words)
    return squeezed(read(place.read_bytes()))


def test_paper_for_anybody_needs_no_settings_and_no_database(desk: Desk) -> None:
    for name in ("TOKEN", "KEYS", "DATABASE_URL"):
        desk.env.delenv(f"FIRSTHAND_{name}")
    words = printed(desk)
    assert "Thepersonwhogaveyouthisreadsthisfirst." in words
    assert "85258" in words


def test_the_words_of_a_profile_decide_how_it_looks(desk: Desk) -> None:
    short, full = (printed(desk, "--for", each) for each in ("short,Cream, 3", "pictures,full,6,light,4,both"))
    assert "good_at" not in short
    assert "good_at" in full
    large, words = (printed(desk, "--for", each) for each in ("large", "words"))
    assert "going.lessons" in large
    assert "Pickasmanyasyouwant." in words


def test_for_one_person_it_holds_their_review(college: Desk) -> None:
    college.plan("--line", "A quiet room", "--goal", "I take the bus", reference="RC-1")
    sam = college.rows("review", "list")[0]["participant"]
    by_id, by_reference = (printed(college, "--for", each) for each in (sam, "rc-1,light"))
    assert by_id == by_reference
    for said in ("aquietroom", "itakethebus", "okaforreadsthisfirst", "goal_how.", "youcantalkto", "sam"):
        assert said in by_id.casefold(), said
    local = 'lines:\n  - id: front_door\n    say: "Our front door: 01632 960 777."\n'
    (college.folder / GO_LIVE["HELP_LINES"]).write_text(f'checked: "{NOW.date()}"\n{local}', "utf-8")
    assert "Ourfrontdoor:01632960777." in "".join(printed(college, "--for", sam).split())


def test_the_language_is_the_one_asked_for(desk: Desk) -> None:
    assert "Tickonebox." not in printed(desk, "--language", "ur")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("young_person", "--for", "a,b"), "Please name one person only."),
        (("nothing",), "There is no such script."),
        (("young_person", "--language", "xx"), "There is no language 'xx'."),
    ],
)
def test_what_cannot_be_printed_is_said(desk: Desk, words: tuple[str, ...], reason: str) -> None:
    code = 1 if words == ("nothing",) else 2
    assert reason in desk.refused("scripts", "print", *words, "--out", str(desk.folder / "x.pdf"), code=code)


def test_nobody_by_this_name_and_the_wrong_script_are_said(college: Desk) -> None:
    _, sam, ann = planned(college)
    out = str(college.folder / "x.pdf")
    nobody = college.refused("scripts", "print", "young_person", "--for", "nobody", "--out", out)
    assert "There is nobody with this id or reference" in nobody
    wrong = college.refused("scripts", "print", "young_person", "--for", ann, "--out", out)
    assert "This script is for somebody else" in wrong
    assert "no such script" in college.refused("scripts", "print", "other", "--for", sam, "--out", out)


def test_a_folder_that_cannot_be_written_is_said(desk: Desk) -> None:
    place = Path(desk.folder / "nowhere" / "x.pdf")
    assert "cannot be written" in desk.refused("scripts", "print", "carer", "--out", str(place), code=2)
