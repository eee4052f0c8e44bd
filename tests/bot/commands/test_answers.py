"""`firsthand answers`: typed in from a file, seen before it is stored, by those who may."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from bot.__main__ import app
from conversations.state import Audience, Means, Refused
from storage.records import ReviewStage
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk
from tests.bot.commands.papers import (
    MATTERS,
    OKAFOR,
    PATEL,
    REID,
    SECRET,
    YES,
    enter,
    fill,
    kept,
    planned,
    table,
    template_text,
    typed,
    yaml_file,
)


@pytest.fixture
def ids(college: Desk) -> tuple[str, str, str]:
    return planned(college)


def test_a_filled_file_is_stored_as_it_was_written_with_who_typed_it_and_a_receipt(
    college: Desk, ids: tuple[str, str, str]
) -> None:
    told = college.run(*enter(ids, "--file", yaml_file(college, MATTERS, SECRET), *YES)).stdout
    stored = kept(college, ids)
    assert stored is not None
    assert stored.code in told
    assert "Delete it now" in told
    matters, lessons = stored.submission.answers
    assert (matters.choices, matters.words) == (("family", "friends"), "My dog :smile: [b]")
    assert (lessons.refused, lessons.audience) == (Refused.RATHER_NOT, Audience.ONLY_PROFESSIONAL)
    for each in stored.submission.answers:
        assert (each.entered_by, each.checked, each.means) == ("Patel", True, frozenset({Means.PAPER}))
        assert each.at.date().isoformat() == "2026-09-25"
    assert college.ask(lambda work: work.submissions.verify(stored.id))
    [line] = [each for each in college.ask(lambda work: work.audit.all()) if each.what == "entered_paper"]
    assert line.subject == ids[1]


def test_the_same_file_twice_makes_no_double_and_a_mended_one_a_new_version(
    college: Desk, ids: tuple[str, str, str]
) -> None:
    words = enter(ids, "--file", yaml_file(college, MATTERS), *YES)
    college.run(*words)
    first = kept(college, ids)
    assert first is not None
    college.clock.move_by(timedelta(hours=1))
    again = college.run(*words).stdout
    assert "Nothing has changed" in again
    assert first.code in again
    assert kept(college, ids) == first
    college.run(*enter(ids, "--file", yaml_file(college, SECRET), *YES))
    second = kept(college, ids)
    assert second is not None
    assert (second.number, [each.step for each in second.submission.answers]) == (2, ["going"])
    assert college.ask(lambda work: work.submissions.of_review(ids[0])) == [second]


def test_every_problem_of_a_file_is_named_at_once_with_its_row_and_nothing_is_stored(
    college: Desk, ids: tuple[str, str, str]
) -> None:
    blocks = (MATTERS, "id: maters, choices: [1]", "id: going.lessons, choices: [1, 2]", "id: going.lessons.x")
    told = college.refused(*enter(ids, "--file", yaml_file(college, *blocks), *YES))
    assert "Row 5. [maters] There is no such question in this script. Perhaps: matters." in told
    assert "Row 6. [going.lessons] One box can be ticked here." in told
    assert "Row 7." in told
    assert "Nothing was stored." in told
    assert kept(college, ids) is None


def test_without_yes_a_file_is_shown_and_only_a_yes_stores_it(college: Desk, ids: tuple[str, str, str]) -> None:
    words = enter(ids, "--file", yaml_file(college, MATTERS))
    for no in ("", "no", "y"):
        told = typed(college, words, "no", no, code=1)
        assert "My dog :smile: [b]" in told.stdout
        assert "Nothing was stored" in told.output
        assert kept(college, ids) is None
    typed(college, words, "no", "yes")
    stored = kept(college, ids)
    assert stored is not None
    assert not stored.submission.answers[0].checked


def test_a_table_can_be_filled_in_with_semicolons_too(college: Desk, ids: tuple[str, str, str]) -> None:
    rows = table(template_text("young_person", "--review", ids[0]))
    for row in rows:
        if row["id"] == "matters":
            row |= {"choices": "1; 2", "words": "Line one\nline two"}
    made = io.StringIO()
    writer = csv.DictWriter(made, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    college.run(*enter(ids, "--file", fill(college, "paper.csv", "\ufeff" + made.getvalue()), *YES))
    stored = kept(college, ids)
    assert stored is not None
    [answer] = stored.submission.answers
    assert (answer.choices, answer.words) == (("family", "friends"), "Line one\nline two")


def test_an_empty_template_of_each_kind_can_be_read_and_holds_no_answer(
    college: Desk, ids: tuple[str, str, str]
) -> None:
    empty = college.run("answers", "template", "young_person", "--review", ids[0]).stdout
    assert "A quiet room" in empty
    for name, text in (("a.yaml", empty), ("a.csv", template_text("young_person", "--review", ids[0]))):
        told = college.refused(*enter(ids, "--file", fill(college, name, text), *YES))
        assert "There is no answer in it." in told
    assert "no such script" in college.refused("answers", "template", "nobody")
    words = ("answers", "template", "young_person", "--review", ids[0], "--to", str(college.folder / "b.yaml"))
    college.run(*words)
    assert (college.folder / "b.yaml").read_text("utf-8") == empty
    assert "Nothing was written over" in college.refused(*words, code=2)
    assert "no such review" in college.refused("answers", "template", "young_person", "--review", "none")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("answers:\n- id: matters\n  words: I like #music\n", "without quotes"),
        ("answers: [{id: matters, word: x}]", "Did you mean 'words'?"),
        ("answers: [{id: matters, only: perhaps}]", "neither yes nor no"),
        ("answers: []", "no answer in it"),
        ("answers: {a: b", "not YAML"),
        ("script: young_person\nversion: 999\nanswers: [{id: matters}]", "not in this version"),
        ("script: young_person\nversion: x\nanswers: [{id: matters}]", "version is no number"),
        ("", "empty"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    college: Desk, ids: tuple[str, str, str], text: str, said: str
) -> None:
    result = CliRunner().invoke(app, enter(ids, "--file", fill(college, "paper.yaml", text), *YES))
    assert result.exit_code in {1, 2}
    assert said in " ".join(result.stderr.split())
    assert kept(college, ids) is None


def test_the_paper_of_a_carer_is_a_carers_script(college: Desk, ids: tuple[str, str, str]) -> None:
    file = yaml_file(college, 'id: admire, words: "So kind."', script="carer")
    assert "somebody else" in college.refused(*enter(ids, "--file", file, *YES))
    college.run(*enter(ids, "--file", file, *YES, who=2))
    stored = kept(college, ids, 2)
    assert stored is not None
    assert stored.submission.script == "carer"
    assert kept(college, ids) is None


@pytest.mark.parametrize("by", [REID, "nobody@example.org"])
def test_only_who_runs_this_review_may_type_in(college: Desk, ids: tuple[str, str, str], by: str) -> None:
    file = yaml_file(college, MATTERS)
    assert "Only the coordinator" in college.refused(*enter(ids, "--file", file, *YES, by=by))
    assert "Only the coordinator" in college.refused(
        "answers", "remove", "--review", ids[0], "--who", ids[1], "--by", by, "--yes"
    )


def test_nobody_who_has_left_or_whose_own_child_it_is_types_in(college: Desk, ids: tuple[str, str, str]) -> None:
    async def is_the_parent(work: UnitOfWork) -> None:
        staff, account = await work.staff.by_email(OKAFOR), await work.accounts.add(9)
        assert staff is not None
        await work.staff.attach(staff.id, account.id)
        await work.participants.attach(ids[2], account.id)

    file = yaml_file(college, MATTERS)
    college.ask(is_the_parent)
    assert "Only the coordinator" in college.refused(*enter(ids, "--file", file, *YES, by=OKAFOR))
    college.run("staff", "end", PATEL)
    assert "Only the coordinator" in college.refused(*enter(ids, "--file", file, *YES))
    assert kept(college, ids) is None


def test_only_for_who_is_asked_in_a_review_that_stands(college: Desk, ids: tuple[str, str, str]) -> None:
    file = yaml_file(college, MATTERS)
    assert "not asked" in college.refused(*enter((ids[0], "none", ""), "--file", file, *YES))
    assert "no such review" in college.refused(*enter(("none", ids[1], ""), "--file", file, *YES))
    college.ask(lambda work: work.reviews.set_stage(ids[0], ReviewStage.CANCELLED))
    assert "no such review" in college.refused(*enter(ids, "--file", file, *YES))


@pytest.mark.parametrize("on", ["2026-09-29", "2025-09-01", "Friday"])
def test_the_day_on_the_paper_is_a_likely_one(college: Desk, ids: tuple[str, str, str], on: str) -> None:
    told = college.refused(*enter(ids, "--file", yaml_file(college, MATTERS), *YES, on=on), code=2)
    assert "look again" in told or "2027-01-08" in told


def test_yes_alone_decides_nothing_that_was_not_said(college: Desk, ids: tuple[str, str, str]) -> None:
    assert "say everything" in college.refused(*enter(ids, "--file", yaml_file(college, MATTERS), "--yes"), code=2)


def test_what_comes_after_the_cut_off_is_marked_as_added_later(college: Desk, ids: tuple[str, str, str]) -> None:
    college.clock.move_by(timedelta(days=50))
    told = college.run(*enter(ids, "--file", yaml_file(college, MATTERS), *YES, on="2026-11-16")).stdout
    assert "added later" in told
    stored = kept(college, ids)
    assert stored is not None
    assert stored.late


def test_whose_paper_it_is_can_be_chosen_from_a_list(college: Desk, ids: tuple[str, str, str]) -> None:
    words = ["answers", "enter", "--review", ids[0], "--by", PATEL, "--on", "2026-09-25"]
    file = yaml_file(college, 'id: admire, words: "So kind."', script="carer")
    told = typed(college, [*words, "--file", file, "--checked"], "2", "yes").stdout
    assert "1 Sam (young person)\n2 Ann (mother)\n" in told
    assert kept(college, ids, 2) is not None
    assert "not asked" in typed(college, [*words, "--file", file], "3", code=1).stderr


def test_what_was_typed_in_can_be_taken_back_and_typed_in_again(college: Desk, ids: tuple[str, str, str]) -> None:
    words = ["answers", "remove", "--review", ids[0], "--who", ids[1], "--by", OKAFOR]
    assert "Nothing was typed in" in college.refused(*words, "--yes")
    college.run(*enter(ids, "--file", yaml_file(college, MATTERS), *YES))
    assert "Nothing was changed" in typed(college, words, "no", code=1).stderr
    assert kept(college, ids) is not None
    assert "cannot be fetched back" in typed(college, words, "yes").stdout
    assert kept(college, ids) is None
    assert "removed_paper" in [each.what for each in college.ask(lambda work: work.audit.about(ids[1]))]
    college.run(*enter(ids, "--file", yaml_file(college, MATTERS), *YES))
    again = kept(college, ids)
    assert again is not None
    assert again.number == 2
