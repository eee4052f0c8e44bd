"""`firsthand check`: real people cannot be invited until everything is there."""

from __future__ import annotations

import pytest

from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import GO_LIVE, Desk, plan_words

PAPERS = [name for name in GO_LIVE if name != "MAIL_FROM"]


def test_everything_is_there(college: Desk) -> None:
    assert "Everything is there." in college.run("check").stdout
    assert college.rows("check") == []


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_that_is_missing_is_named_and_nobody_is_invited(college: Desk, name: str) -> None:
    college.env.delenv(f"FIRSTHAND_{name}")
    (row,) = college.rows("check", code=3)
    assert f"FIRSTHAND_{name}" in row["missing"]
    assert f"FIRSTHAND_{name}" in college.refused_plan(code=3)


@pytest.mark.parametrize("name", ["DPIA_DATE", "RETENTION_AGREED"])
def test_a_day_to_come_is_a_plan_and_not_done(college: Desk, name: str) -> None:
    college.env.setenv(f"FIRSTHAND_{name}", "2026-09-29")
    (row,) = college.rows("check", code=3)
    assert f"FIRSTHAND_{name}" in row["missing"]
    college.env.setenv(f"FIRSTHAND_{name}", "2026-09-28")
    assert college.rows("check") == []


def test_a_safeguarding_lead_or_deputy_who_has_left_is_missing(college: Desk) -> None:
    college.run("staff", "end", "reid@example.org")
    (row,) = college.rows("check", code=3)
    assert "safeguarding lead" in row["missing"]
    college.run("staff", "end", "hall@example.org")
    assert [("lead" in row["missing"], "deputy" in row["missing"]) for row in college.rows("check", code=3)] == [
        (True, False),
        (False, True),
    ]


def test_a_list_of_deletions_that_takes_no_line_is_missing(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_DELETIONS_FILE", str(college.folder / "nowhere" / "deletions"))
    (row,) = college.rows("check", code=3)
    assert "FIRSTHAND_DELETIONS_FILE" in row["missing"]


@pytest.mark.parametrize("checked", ["checked: 2026-03-28", "checked: 2026-09-29", "without: [papyrus]"])
def test_help_lines_that_nobody_checked_within_six_months_are_missing(college: Desk, checked: str) -> None:
    (college.folder / GO_LIVE["HELP_LINES"]).write_text(checked, "utf-8")
    (row,) = college.rows("check", code=3)
    assert "FIRSTHAND_HELP_LINES" in row["missing"]
    assert "FIRSTHAND_HELP_LINES" in college.refused_plan(code=3)
    (college.folder / GO_LIVE["HELP_LINES"]).write_text("checked: 2026-03-29", "utf-8")
    assert college.rows("check") == []


def test_a_broken_file_of_the_safeguarding_lead_is_missing_with_its_line(college: Desk) -> None:
    (college.folder / "own.yaml").write_text("weapons:\n  phrases: [a]\n", "utf-8")
    college.env.setenv("FIRSTHAND_SAFETY_PHRASES", "own.yaml")
    (row,) = college.rows("check", code=3)
    assert "own.yaml:2:" in row["missing"]


def test_a_token_that_was_never_tried_is_missing(desk: Desk) -> None:
    for name in ("reid", "hall"):
        desk.run("staff", "add", f"{name}@example.org", "--name", name)
    who = ("--safeguarding-lead", "reid@example.org", "--safeguarding-deputy", "hall@example.org")
    desk.run("setting", "set", "--name", "Riverside", *who)
    (row,) = desk.rows("check", code=3)
    assert "firsthand run" in row["missing"]


def test_all_that_is_missing_is_said_at_once(desk: Desk) -> None:
    for name in GO_LIVE:
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert len(desk.rows("check", code=3)) == len(PAPERS) + 4
    told = desk.run("check", code=3).stdout
    assert all(f"FIRSTHAND_{name}" in told for name in PAPERS)
    assert "firsthand demo" in told
    refusal = desk.refused(*plan_words("Sam", {}), code=3)
    assert refusal.count("FIRSTHAND_") == len(PAPERS)
    assert "firsthand setting set" in refusal


def test_the_demo_needs_none_of_it(desk: Desk) -> None:
    (desk.folder / "clock").write_text("2026-09-28T09:00:00+00:00")
    desk.env.setenv("FIRSTHAND_TELEGRAM_URL", "http://127.0.0.1:1")
    desk.env.setenv("FIRSTHAND_DEMO_CLOCK", str(desk.folder / "clock"))
    for name in GO_LIVE:
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert desk.rows("check") == []


def test_a_name_from_before_the_first_start_is_no_link(college: Desk) -> None:
    async def forget(work: UnitOfWork) -> None:
        await work.meta.put("bot_username", "AnotherBot")

    college.ask(forget)
    assert all(row["link"].startswith("https://t.me/AnotherBot?start=") for row in college.plan())
