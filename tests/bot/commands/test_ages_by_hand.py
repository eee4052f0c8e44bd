"""Planning by hand for somebody who is too young for Telegram, or whom an age rule would leave out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from tests.bot.commands.desk import GO_LIVE, Desk, plan_words


def test_who_is_too_young_for_telegram_gets_paper_and_no_link(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_MINIMUM_AGE", "18")
    words = plan_words("Sam", {"carer": "Ann/mother", "letters": "letters"})
    result = college.run(*words, "--json")
    assert [row["for"] for row in json.loads(result.stdout)] == ["Ann"]
    (sam,) = [row["participant"] for row in college.rows("review", "list") if row["person"] == "Sam"]
    assert "until 2027-06-01: no link" in " ".join(result.stderr.split())
    paper = college.folder / "letters" / f"paper-{sam[-6:]}.pdf"
    assert paper.read_bytes().startswith(b"%PDF")
    assert "until 2027-06-01: no link" in college.refused("invite", "new", sam)
    college.clock.move_to(datetime(2027, 6, 1, 9, tzinfo=UTC))
    college.watched()
    (college.folder / GO_LIVE["HELP_LINES"]).write_text("checked: 2027-05-01", "utf-8")
    assert len(college.rows("invite", "new", sam)) == 1


def test_an_age_rule_is_set_aside_with_a_reason_that_can_be_read_later(college: Desk) -> None:
    assert "--age-reason" in college.refused_plan(changed={"born": "2010-09-01"})
    college.plan("--age-reason", "The council counts terms.", born="2010-09-01")
    assert {row["age reason"] for row in college.rows("review", "list")} == {"The council counts terms."}
