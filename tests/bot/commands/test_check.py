"""`firsthand check`: real people cannot be invited until everything is there."""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest

import bot
from bot.__main__ import app
from storage.ids import new_id
from storage.records import Approval, Approver
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import GO_LIVE, LOCAL, Desk, plan_words
from tests.bot.commands.postbox import Postbox
from tests.bot.many.lists import written
from tests.support.database import TEST_KEYS

PAPERS = [name for name in GO_LIVE if name != "MAIL_FROM"]
APPROVALS = 4
DOORS = {"review plan": "review", "invite new": "invite", "review import": "many"}
"""Every command out of which an invite for a real person can come, with the file that asks the gate for it."""


def test_everything_is_there(college: Desk) -> None:
    assert "Everything is there." in college.run("check").stdout
    assert college.rows("check") == []


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_that_is_missing_is_named_and_nobody_is_invited(college: Desk, name: str) -> None:
    college.env.delenv(f"FIRSTHAND_{name}")
    (line,) = college.lacking()
    assert f"FIRSTHAND_{name}" in line


@pytest.mark.parametrize("name", ["DPIA_DATE", "RETENTION_AGREED"])
def test_a_day_to_come_is_a_plan_and_not_done(college: Desk, name: str) -> None:
    college.env.setenv(f"FIRSTHAND_{name}", "2026-09-29")
    (row,) = college.rows("check", code=3)
    assert f"FIRSTHAND_{name}" in row["missing"]
    college.env.setenv(f"FIRSTHAND_{name}", "2026-09-28")
    assert college.rows("check") == []


def test_a_safeguarding_lead_or_deputy_who_has_left_is_missing(college: Desk) -> None:
    college.run("staff", "add", "third@example.org", "--name", "Third", "--duty", "safeguarding")
    college.run("staff", "end", "reid@example.org")
    (row,) = college.rows("check", code=3)
    assert "safeguarding lead" in row["missing"]
    college.run("staff", "end", "hall@example.org")
    told = [row["missing"] for row in college.rows("check", code=3)]
    assert [("lead" in each, "deputy" in each, "at least two" in each) for each in told] == [
        (True, False, False),
        (False, True, False),
        (False, False, True),
    ]


def test_a_watcher_that_has_not_looked_for_ten_minutes_is_missing(college: Desk) -> None:
    college.clock.move_by(timedelta(minutes=10))
    assert college.rows("check") == []
    college.clock.move_by(timedelta(seconds=1))
    (row,) = college.rows("check", code=3)
    assert "firsthand watch" in row["missing"]
    assert "firsthand watch" in college.refused_plan(code=3)


def test_a_contact_for_concerns_who_does_not_work_here_is_missing(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_CONCERNS_CONTACT", "okafor@example.org")
    college.run("staff", "end", "okafor@example.org")
    (row,) = college.rows("check", code=3)
    assert "FIRSTHAND_CONCERNS_CONTACT" in row["missing"]


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


def test_a_token_that_was_never_tried_is_missing(college: Desk) -> None:
    college.ask(lambda work: work.meta.put("bot_username", ""))
    (row,) = college.rows("check", code=3)
    assert "firsthand run" in row["missing"]


def test_all_that_is_missing_is_said_at_once(desk: Desk) -> None:
    for name in GO_LIVE:
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert len(desk.rows("check", code=3)) == len(PAPERS) + APPROVALS + 6
    told = desk.run("check", code=3).stdout
    assert all(f"FIRSTHAND_{name}" in told for name in PAPERS)
    assert "firsthand demo" in told
    refusal = desk.refused(*plan_words("Sam", {}), code=3)
    assert refusal.count("FIRSTHAND_") == len(PAPERS)
    assert "firsthand setting set" in refusal


def test_each_live_script_needs_a_young_person_and_a_parent_who_approved_this_version(desk: Desk) -> None:
    def unapproved() -> set[str]:
        return {line for line in desk.lacking() if "scripts approve" in line}

    wanted = {(script, role) for script in ("young_person", "carer") for role in Approver}
    left = unapproved()
    assert len(left) == len(wanted)
    for script, role in sorted(wanted):
        old = Approval(new_id(), script, 0, role, date(2026, 1, 1), "Kim")
        desk.ask(lambda work, old=old: work.approvals.add(old))  # type: ignore[misc]  # mypy: default args
        desk.run("scripts", "approve", script, "--by", "Kim Plantedname", "--role", role)
        (gone,) = left - unapproved()
        assert f"scripts approve {script} --by NAME --role {role}`" in gone
        left -= {gone}
    assert left == set()
    assert b"Plantedname" not in b"".join(file.read_bytes() for file in desk.folder.glob("firsthand.db*"))
    kept = [each for each in desk.ask(lambda work: work.approvals.all()) if each.version]
    assert {(each.script, each.role) for each in kept} == wanted
    assert {(each.by, each.day) for each in kept} == {("Kim Plantedname", desk.clock.now().date())}


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nobody", "--by", "Kim"), "no such script"),
        (("carer", "--by", " "), "who approved"),
        (("carer", "--by", "Kim", "--on", "2099-01-01"), "still to come"),
        (("carer", "--by", "Kim", "--on", "x"), "date"),
    ],
)
def test_an_approval_that_cannot_be_is_no_approval(college: Desk, words: tuple[str, ...], why: str) -> None:
    before = college.ask(lambda work: work.approvals.all())
    code = 1 if why == "no such script" else 2
    assert why in college.refused("scripts", "approve", *words, "--role", "parent", code=code)
    assert college.ask(lambda work: work.approvals.all()) == before


@pytest.mark.parametrize("name", ["reid", "hall"])
def test_lead_and_deputy_have_to_be_reachable(college: Desk, name: str) -> None:
    """A server that was never tried reaches nobody; whoever joined in Telegram is reached."""
    key = f"mail_tried:{college.staff_id(name)}"
    college.ask(lambda work: work.meta.put(key, "2026-09-01 another.example.org:587"))
    (line,) = college.lacking()
    assert ("lead" if name == "reid" else "deputy") in line

    async def join(work: UnitOfWork) -> None:
        account = await work.accounts.add(77)
        staff = await work.staff.by_email(f"{name}@example.org")
        assert staff is not None
        await work.staff.attach(staff.id, account.id)

    college.ask(join)
    assert college.lacking() == []


def test_a_real_test_mail_makes_them_reachable(college: Desk) -> None:
    post = Postbox(["patel@example.org"])
    with post:
        for name, value in (("HOST", "127.0.0.1"), ("PORT", str(post.port)), ("SECURITY", "none")):
            college.env.setenv(f"FIRSTHAND_MAIL_{name}", value)
        assert ["mail" in line for line in college.lacking()] == [True] * 3
        told = college.run("check", "--try-mail").stderr
    assert sorted(post.taken) == ["hall@example.org", "reid@example.org"]
    assert "A test mail went to Reid" in told
    assert "The test mail to Patel did not go. The address takes no mail." in told
    assert college.lacking() == []
    college.env.setenv("FIRSTHAND_MAIL_HOST", "another.example.org")
    college.env.setenv("FIRSTHAND_MAIL_SECURITY", "tls")
    assert len(college.lacking()) == 3
    college.env.delenv("FIRSTHAND_MAIL_HOST")
    assert "FIRSTHAND_MAIL_HOST" in college.run("check", "--try-mail", code=3).stderr


def test_a_mail_server_that_is_down_is_no_mail_that_was_tried(college: Desk) -> None:
    with Postbox([]) as post:
        port = str(post.port)
    for name, value in (("HOST", "127.0.0.1"), ("PORT", port), ("SECURITY", "none")):
        college.env.setenv(f"FIRSTHAND_MAIL_{name}", value)
    assert "cannot be reached" in college.run("check", "--try-mail", code=3).stderr
    assert len(college.lacking()) == 3


def test_a_colleague_for_complaints_who_has_left_is_missing(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_COMPLAINTS_CONTACT", "okafor@example.org")
    college.run("staff", "end", "okafor@example.org")
    (line,) = college.lacking()
    assert "FIRSTHAND_COMPLAINTS_CONTACT" in line


@pytest.mark.parametrize("service", ["advocacy", "advice", "local_offer", "mediation"])
def test_a_local_service_that_is_missing_is_named(college: Desk, service: str) -> None:
    kept = "".join(line for line in LOCAL.splitlines(keepends=True) if not line.startswith(f"{service}:"))
    (college.folder / "local.yaml").write_text(kept)
    (line,) = college.lacking()
    assert f"({service})" in line


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LOCAL.replace("https://offer", "http://offer"), "https://"),
        (LOCAL.replace("01632 960 123", "'ring us'"), "no phone number"),
        (LOCAL.replace("Riverside Mediation", "x" * 61), "longer than 60"),
        ("advice: [", "not YAML"),
        (None, "cannot be read"),
        ("x" * 600_000, "larger than"),
    ],
)
def test_a_fault_in_the_local_file_is_told_and_nobody_is_invited(college: Desk, text: str | None, why: str) -> None:
    (college.folder / "local.yaml").unlink()
    if text is not None:
        (college.folder / "local.yaml").write_text(text)
    assert any(why in line for line in college.lacking())


def test_files_of_secrets_that_others_can_read_are_named_or_closed(college: Desk) -> None:
    database, env, keys = (college.folder / name for name in ("firsthand.db", ".env", "keys"))
    for file in (database, env):
        file.touch()
        file.chmod(0o644)
    (line,) = college.lacking()
    assert "chmod 600 .env" in line
    assert database.stat().st_mode & 0o077 == 0  # opening it closes it
    keys.write_text(TEST_KEYS)
    keys.chmod(0o644)
    college.env.delenv("FIRSTHAND_KEYS")
    college.env.setenv("FIRSTHAND_KEY_FILE", str(keys))
    assert "chmod 600" in college.run("check", code=1).stderr  # at the door, before anything is looked at


@pytest.mark.parametrize("command", sorted(DOORS))
def test_no_door_of_inviting_opens_before_the_list_is_met(college: Desk, command: str) -> None:
    words = {
        "review plan": plan_words("Kim", {}),
        "review import": ["review", "import", str(written(college.folder)), "--to", "out", "--yes"],
        "invite new": ["invite", "new", college.plan(name="Sam")[0]["participant"]],
    }[command]
    before = college.ask(lambda work: work.audit.all())
    college.env.delenv("FIRSTHAND_DPIA_DATE")
    assert "FIRSTHAND_DPIA_DATE" in college.refused(*words, code=3)
    assert college.ask(lambda work: work.audit.all()) == before
    college.env.setenv("FIRSTHAND_DPIA_DATE", "2026-06-01")
    assert len(college.rows(*words)) == 1


def test_every_command_that_invites_goes_through_the_gate() -> None:
    """Only the gate makes what plans and invites, only that makes invites, and these commands ask the gate."""
    made, added, asked = set(), set(), set()
    for path in (Path(bot.__file__).parent).rglob("*.py"):
        place = path.relative_to(Path(bot.__file__).parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            made |= {place} if called == "Reviewing" else set()
            added |= {place} if called.endswith("invites.add") else set()
            asked |= {place} if called.endswith("gate.inviting") else set()
    assert made == {"commands/gate.py", "demo/cast.py", "reinviting.py"}  # the last asks the list itself
    assert added == {"reviewing.py", "commands/staff.py", "demo/cast.py"}  # the last two are for colleagues
    assert asked == {f"commands/{file}.py" for file in DOORS.values()}
    groups = {group.name: group.typer_instance for group in app.registered_groups if group.typer_instance}
    there = {
        f"{name} {command.name or command.callback.__name__}"
        for name, group in groups.items()
        for command in group.registered_commands
        if command.callback
    }
    assert there >= DOORS.keys()


def test_the_demo_needs_none_of_it(desk: Desk) -> None:
    (desk.folder / "clock").write_text("2026-09-28T09:00:00+00:00")
    desk.env.setenv("FIRSTHAND_TELEGRAM_URL", "http://127.0.0.1:1")
    desk.env.setenv("FIRSTHAND_DEMO_CLOCK", str(desk.folder / "clock"))
    for name in GO_LIVE:
        desk.env.delenv(f"FIRSTHAND_{name}")
    assert desk.rows("check") == []


def test_a_word_template_with_a_fault_is_named(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_WORD_TEMPLATE", "none.docx")
    assert "a Word template without a fault: It cannot be read" in college.run("check", code=3).output
