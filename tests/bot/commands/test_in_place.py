"""`firsthand review in-place`: only a carer, only with paper and an end, only by who is named on the review."""

from __future__ import annotations

from datetime import date

from conversations.in_place import InPlace
from tests.bot.commands.desk import Desk

MARKED = InPlace("file 7", "the court", date(2026, 9, 1), date(2026, 11, 30))


def test_only_a_carer_with_paper_and_an_end_and_only_by_who_is_named(college: Desk) -> None:
    college.plan("--carer", "Ann/mother")
    rows = {row["person"]: row["participant"] for row in college.rows("review", "list")}
    paper = ("--evidence", "file 7", "--decided-by", "the court", "--since", "2026-09-01", "--until", "2026-11-30")
    mark = ("review", "in-place", rows["Ann"], "--as", "patel@example.org")
    assert "Without paper and an end" in college.refused(*mark, code=2)
    assert "before the first" in college.refused(*mark, *paper[:-1], "2026-08-01", code=2)
    assert "at most 200" in college.refused(*mark, "--evidence", "x" * 201, *paper[2:], code=2)
    assert "Only the coordinator" in college.refused(*mark[:-1], "reid@example.org", *paper)
    assert "Only a parent or carer" in college.refused("review", "in-place", rows["Sam"], *mark[3:], *paper)
    assert "no such person" in college.refused("review", "in-place", "nobody", *mark[3:], *paper)
    assert "nobody's place" in college.refused(*mark, "--end")
    assert "ends by itself" in college.run(*mark, *paper).stdout
    marked = college.ask(lambda work: work.participants.get(rows["Ann"]))
    assert marked is not None
    assert marked.in_place == MARKED
    assert college.run(*mark, "--end").stdout.strip() == "Ended."
    ended = college.ask(lambda work: work.participants.get(rows["Ann"]))
    assert ended is not None
    assert ended.in_place is None
    assert [line.what for line in college.ask(lambda work: work.audit.about(rows["Ann"]))][-2:] == [
        "in_place",
        "in_place_ended",
    ]
