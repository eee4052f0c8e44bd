"""`firsthand alerts` and `firsthand review waiting`: each by role, each reading recorded, words shown nowhere else."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from bot.safeguarding.kept_back import kept_back
from conversations.effects import AlertRoute
from conversations.script import Role
from conversations.state import MediaKind
from storage.records import Note, YoungPerson
from storage.records.alerts import Alert, AlertState, FrozenWords
from storage.records.people import Participant
from storage.unit_of_work import UnitOfWork
from tests.bot.college import NOW
from tests.bot.commands.desk import Desk
from tests.bot.commands.papers import MATTERS, SECRET, YES, enter, planned, yaml_file

ALERT = "a" * 26 + "b00b1e"
REID, HALL, OKAFOR, PATEL = (f"{name}@example.org" for name in ("reid", "hall", "okafor", "patel"))


@pytest.fixture
def raised(college: Desk) -> Desk:
    """Sam has said something that a phrase matched, outside a question; and something else that did not."""
    college.plan()
    (row,) = college.rows("review", "list")

    async def plant(work: UnitOfWork) -> None:
        review = await work.reviews.get(row["review"])
        assert review is not None
        okafor = review.professional_id
        alert = Alert(ALERT, row["participant"], NOW, review.id, okafor, who="Sam", about="Sam", due_at=NOW)
        await work.alerts.add(alert)
        words = FrozenWords("w" * 32, ALERT, NOW, AlertRoute.PHRASE, ("hurt",), words="He hits [me].")
        await work.frozen.add(words)
        await work.frozen.add_media(words.id, MediaKind.VOICE, "audio/ogg", b"OggS")
        await work.notes.add(Note("n1", row["participant"], NOW, review.id, "Hello.", read_due=NOW.date()))
        await work.notes.add(Note("n2", row["participant"], NOW, review.id, "He hits [me].", alert_id=ALERT))

    college.ask(plant)
    return college


def audit(desk: Desk) -> list[str]:
    lines = desk.ask(lambda work: work.audit.about(ALERT))
    return [line.what for line in lines]


def test_it_is_read_seen_and_closed_by_the_team_and_by_nobody_else(raised: Desk) -> None:
    assert raised.rows("alerts", "list", "--as", PATEL) == []
    for command in ("read", "seen", "release"):
        assert "no such alert" in raised.refused("alerts", command, "b00b1e", "--as", OKAFOR)
    assert "works here" in raised.refused("alerts", "list", "--as", "nobody@example.org")
    assert audit(raised) == []
    (row,) = raised.rows("alerts", "list", "--as", HALL)
    assert (row["number"], row["state"]) == ("b00b1e", "waiting")
    assert "hits" not in str(row)
    read = raised.run("alerts", "read", "b00b1e", "--as", HALL, "--media", str(raised.folder)).stdout
    assert "“He hits [me].”" in read
    assert (raised.folder / "voice-1.ogg").read_bytes() == b"OggS"
    assert (raised.folder / "voice-1.ogg").stat().st_mode & 0o777 == 0o600
    assert "--was-real" in raised.refused("alerts", "close", "b00b1e", "--as", HALL, code=2)
    assert "has seen" in raised.refused("alerts", "close", "b00b1e", "--as", HALL, "--was-real")
    assert "Nobody else is called" in raised.run("alerts", "seen", "b00b1e", "--as", HALL).stdout
    assert "before you" in raised.run("alerts", "seen", "b00b1e", "--as", REID).stdout
    raised.run("alerts", "close", "b00b1e", "--as", REID, "--was-not")
    (row,) = raised.rows("alerts", "list", "--as", REID)
    assert (row["state"], row["seen by"]) == ("not real", "Hall")
    assert audit(raised) == ["alert_read", "alert_seen", "alert_closed"]


def test_the_figures_are_those_of_a_month(raised: Desk) -> None:
    async def more(work: UnitOfWork) -> None:
        for number, state in enumerate((AlertState.REAL, AlertState.REAL, AlertState.NOT_REAL)):
            await work.alerts.add(Alert(f"x{number}", None, NOW - timedelta(days=40), state=state))

    raised.ask(more)
    assert raised.rows("alerts", "figures", "--as", REID) == [
        {"month": "2026-08", "concern": "2", "none": "1", "open": "0", "of those closed": "67 %"},
        {"month": "2026-09", "concern": "0", "none": "0", "open": "1", "of those closed": ""},
    ]
    assert "Only the safeguarding team" in raised.refused("alerts", "figures", "--as", PATEL)


def test_words_of_an_alert_are_not_shown_to_the_named_professional_until_they_are_released(raised: Desk) -> None:
    (invited,) = raised.rows("review", "list")
    notes = ("review", "notes", invited["review"], "--email", OKAFOR)
    raised.clock.move_by(timedelta(days=1))
    assert [(row["first"], row["state"]) for row in raised.rows("review", "waiting", "--email", REID)] == [
        ("alert", "waits")
    ]
    assert [(row["first"], row["state"]) for row in raised.rows("review", "waiting", "--email", PATEL)] == [
        ("", "overdue")
    ]
    assert "hits" not in raised.run("review", "waiting", "--email", REID).stdout
    assert [row["words"] for row in raised.rows(*notes)] == ["Hello."]
    raised.run("alerts", "seen", "b00b1e", "--as", HALL)
    assert raised.rows("review", "waiting", "--email", REID) == []
    raised.run("staff", "add", "third@example.org", "--name", "Third", "--duty", "safeguarding")
    assert "lead or the deputy" in raised.refused("alerts", "release", "b00b1e", "--as", "third@example.org")
    assert "next digest" in raised.run("alerts", "release", "b00b1e", "--as", HALL).stdout
    assert "before" in raised.run("alerts", "release", "b00b1e", "--as", HALL).stdout
    assert [row["words"] for row in raised.rows(*notes)] == ["He hits [me]."]


def test_typed_paper_is_matched_too_and_stands_in_no_digest(college: Desk) -> None:
    def matched(text: str) -> tuple[str, ...]:
        return ("hurt",) if "dog" in text else ()

    college.env.setattr("bot.safeguarding.papers.matching", lambda _: matched)
    ids = planned(college)
    for _ in range(2):
        college.run(*enter(ids, "--file", yaml_file(college, MATTERS, SECRET), *YES))
    (row,) = college.rows("alerts", "list", "--as", REID)
    read = college.run("alerts", "read", row["number"], "--as", REID).stdout
    assert "My dog :smile: [b]" in read
    assert "• Family" in read
    assert read.count("My dog") == 1, "the very same paper twice is one alert"
    kept = college.ask(lambda work: kept_back(work, ids[1], ids[0]))
    assert kept == {("matters", "")}


def test_a_watcher_looks_once_and_says_by_its_code_what_it_saw(college: Desk) -> None:
    college.env.setattr("bot.commands.watch.set_up_logs", lambda _: None)  # it would stay for all other tests
    college.env.setenv("FIRSTHAND_MAIL_HOST", "127.0.0.1")
    college.env.setenv("FIRSTHAND_MAIL_PORT", "1")
    assert college.run("watch", "--once", code=4).stdout.splitlines()[-1] == "silent"
    college.ask(lambda work: work.meta.put("heartbeat", college.clock.now().isoformat()))
    assert college.run("watch", "--once").stdout.splitlines()[-1] == "well"
    college.env.delenv("FIRSTHAND_WATCH_CONTACT")
    assert "FIRSTHAND_WATCH_CONTACT" in college.refused("watch", code=2)


def test_a_concern_about_staff_is_read_by_its_contact_and_nobody_of_the_team(college: Desk) -> None:
    async def plant(work: UnitOfWork) -> None:
        await work.people.add(YoungPerson("yp", "Kim"))
        await work.participants.add(Participant("p", "yp", Role.YOUNG_PERSON, name="Kim"))
        await work.alerts.add(Alert(ALERT, "p", NOW, elsewhere=True, young_person_id="yp", who="Kim", due_at=NOW))

    college.ask(plant)
    assert college.rows("alerts", "list", "--as", REID) == []
    assert len(college.rows("alerts", "list", "--as", PATEL)) == 1
    assert "Kim" in college.run("alerts", "read", "b00b1e", "--as", PATEL).stdout
    college.env.delenv("FIRSTHAND_CONCERNS_CONTACT")
    assert len(college.rows("alerts", "list", "--as", REID)) == 1, (
        "nobody is named for it: the team, better than nobody"
    )


def test_an_access_request_holds_alerts_only_where_who_makes_it_may_read_them(raised: Desk) -> None:
    (row,) = raised.rows("review", "list")
    for name, email, holds in (("one", REID, True), ("two", PATEL, False)):
        to = raised.folder / name
        raised.run("export", "--person", row["participant"], "--to", str(to), "--as", email)
        record = json.loads((to / "record.json").read_text("utf-8"))
        assert ["He hits [me]." in each["words"] for each in record["alerts"]] == [True] * holds
        text = "".join(page.extract_text() for page in PdfReader(BytesIO((to / "record.pdf").read_bytes())).pages)
        assert ("He hits [me]." in " ".join(text.split())) is holds
