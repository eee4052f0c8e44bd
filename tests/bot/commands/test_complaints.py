"""`firsthand complaints`: only the colleague whom it went to reads it, and it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo import clips
from conversations.state import Media, MediaId, MediaKind
from storage.ids import new_id
from storage.records import Complaint, ComplaintState, StoredMedia
from storage.unit_of_work import UnitOfWork
from tests.bot.college import NOW
from tests.bot.commands.desk import Desk

WRONG = "Nobody listens to what I say."
MINE = ("--email", "patel@example.org")
OTHERS = ("--email", "okafor@example.org")


@pytest.fixture
def complaint(college: Desk) -> Complaint:
    """Sam complained, in words and aloud; it went to the coordinator."""
    [invite, *_] = college.plan()
    voice = Media(MediaId(new_id()), MediaKind.VOICE)

    async def complain(work: UnitOfWork) -> Complaint:
        staff = await work.staff.by_email("patel@example.org")
        assert staff is not None
        due = NOW.date() + timedelta(days=30)
        made = Complaint(new_id(), invite["participant"], staff.id, NOW, due, ComplaintState.KEPT, WRONG, (voice,))
        await work.media.arrived(StoredMedia(voice.id, invite["participant"], None, voice.kind, "file"))
        await work.media.kept(voice.id, clips.voice(), "audio/ogg")
        await work.complaints.add(made)
        await work.complaints.add(replace(made, id=new_id(), state=ComplaintState.ASKED, words="", media=()))
        return made

    return college.ask(complain)


def test_whom_it_went_to_reads_it_with_its_due_day(college: Desk, complaint: Complaint) -> None:
    [row] = college.rows("complaints", "list", *MINE)
    assert row["words"].startswith(WRONG)
    assert (row["from"], row["state"], row["answer by"]) == ("Sam", "open", complaint.answer_by.isoformat())
    college.clock.move_to(NOW + timedelta(days=31))
    assert college.rows("complaints", "list", *MINE)[0]["state"] == "overdue"
    lines = college.ask(lambda work: work.audit.about(complaint.id))
    assert [line.what for line in lines] == ["read_complaint", "read_complaint"]


def test_nobody_else_reads_or_answers_it(college: Desk, complaint: Complaint, tmp_path: Path) -> None:
    assert "No complaints." in college.run("complaints", "list", *OTHERS).stdout
    assert "no such complaint" in college.refused("complaints", "answer", complaint.id, *OTHERS)
    assert "no such complaint" in college.refused("complaints", "media", complaint.id, str(tmp_path), *OTHERS)
    assert "Nobody with this e-mail" in college.refused("complaints", "list", "--email", "x@example.org")
    college.run("staff", "end", "patel@example.org")
    assert "Nobody with this e-mail" in college.refused("complaints", "list", *MINE)


def test_an_answer_is_noted_once(college: Desk, complaint: Complaint) -> None:
    college.run("complaints", "answer", complaint.id, *MINE)
    college.clock.move_to(NOW + timedelta(days=40))
    college.run("complaints", "answer", complaint.id, *MINE)
    found = college.ask(lambda work: work.complaints.get(complaint.id))
    assert found is not None
    assert (found.state, found.answered_at) == (ComplaintState.ANSWERED, NOW)
    assert college.rows("complaints", "list", *MINE)[0]["state"] == "answered"


def test_what_was_said_aloud_is_written_for_their_eyes_alone(
    college: Desk, complaint: Complaint, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    college.run("complaints", "media", complaint.id, str(folder), *MINE)
    [file] = folder.iterdir()
    assert file.name == "voice-1.ogg"
    assert file.read_bytes() == clips.voice()
    assert file.stat().st_mode & 0o077 == 0
