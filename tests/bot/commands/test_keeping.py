"""Purge, backups, a restore, an export and answers to complaints, as an operator types them."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import orjson
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from bot.__main__ import app
from bot.demo import clips
from conversations.state import Media, MediaId, MediaKind
from storage.ids import new_id
from storage.records import (
    Complaint,
    ComplaintState,
    Lane,
    NewMessage,
    Note,
    OutKind,
    ParticipantState,
    PromptState,
    StoredMedia,
)
from storage.unit_of_work import UnitOfWork
from tests.bot.college import NOW
from tests.bot.commands.desk import Desk
from tests.support.database import TEST_KEYS

MINE = ("--email", "patel@example.org")
SAID = "You should have been asked first. I am sorry."


_with_sam: list[tuple[str, bytes]] = []


@pytest.fixture
def sam(college: Desk) -> str:
    """Sam is in, and said something; made for the first test only."""
    place = college.folder / "firsthand.db"
    if not _with_sam:
        _with_sam.append((_sam_comes(college), place.read_bytes()))
    [(who, content)] = _with_sam
    place.write_bytes(content)
    return who


def _sam_comes(college: Desk) -> str:
    [invite, *_] = college.plan("--carer", "Ann/mother", "--line", "A quiet room", "--short-notice-reason", "")
    who = invite["participant"]
    voice = Media(MediaId(new_id()), MediaKind.VOICE)

    async def joined(work: UnitOfWork) -> None:
        account = await work.accounts.add(4711)
        await work.participants.attach(who, account.id)
        await work.participants.set_state(who, ParticipantState.JOINED)
        await work.media.arrived(StoredMedia(voice.id, who, None, voice.kind, "file"))
        await work.media.kept(voice.id, clips.voice(), "audio/ogg")
        await work.notes.add(Note(new_id(), who, NOW, None, "aubergine", (voice,)))
        staff = await work.staff.by_email("patel@example.org")
        assert staff is not None
        due = NOW.date() + timedelta(days=30)
        await work.complaints.add(Complaint("c1", who, staff.id, NOW, due, ComplaintState.KEPT, "Nobody listens."))
        await work.audit.add(NOW, staff.id, "checked", who)

    college.ask(joined)
    return who


def test_a_dry_run_counts_and_deletes_nothing(college: Desk) -> None:
    college.plan()
    college.clock.move_to(NOW + timedelta(days=365))
    rows = {row["what"]: row for row in college.rows("purge", "--dry-run")}
    assert rows["invites"]["goes"] == "1"
    assert rows["invites"]["oldest"].startswith("2026-11")
    assert rows["sent"]["kept for"] == "1s"
    assert "invites" in college.run("purge", "--dry-run").stdout
    assert {row["what"]: row["goes"] for row in college.rows("purge")}["invites"] == "1"
    assert {row["what"]: row["goes"] for row in college.rows("purge")}["invites"] == "0"
    [line] = [each for each in college.ask(lambda work: work.audit.all()) if each.actor == "retention"]
    assert line.what == "purged invites=1"


def test_a_period_that_cannot_be_read_is_said_plainly(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_RETENTION", "drafts=soon")
    assert "FIRSTHAND_RETENTION needs a number with d, y or s for drafts" in college.refused("purge", code=2)


def test_a_backup_is_whole_its_owners_and_never_written_over(college: Desk) -> None:
    file = college.folder / "copy.db"
    told = college.run("check")
    assert "No backup was made yet" in told.stderr
    college.run("db", "backup", str(file))
    assert file.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in college.folder.glob("copy*")) == ["copy.db"]
    assert "there already" in college.refused("db", "backup", str(file), code=2)
    assert college.run("db", "check").stderr == ""
    college.clock.move_to(NOW + timedelta(days=8))
    assert "The newest backup is from 2026-09-28" in college.run("db", "check").stderr
    college.run("db", "backup", "--done")
    assert college.run("db", "check").stderr == ""
    college.env.setenv("FIRSTHAND_DATABASE_URL", f"sqlite:///{file}")
    college.env.setenv("FIRSTHAND_DELETIONS_FILE", str(college.folder / "elsewhere"))
    assert len(college.rows("staff", "list")) == 4
    assert "cannot be written" in college.refused("db", "backup", "nowhere/copy.db", code=2)


def test_a_restore_waits_until_it_is_resumed(college: Desk) -> None:
    assert "Nothing is paused." in college.refused("db", "resume")
    college.plan()
    college.ask(waits_to_be_sent)
    file = college.folder / "copy.db"
    college.run("db", "backup", str(file))
    college.run("staff", "end", "hall@example.org")
    college.ask(lambda work: work.meta.put("heartbeat", NOW.isoformat()))
    assert "The bot still runs" in college.refused("db", "restore", str(file))
    college.clock.move_to(NOW + timedelta(days=40))
    assert "db resume --send" in college.run("db", "restore", str(file)).stdout
    assert {row["state"] for row in college.rows("staff", "list")} == {"active"}, "as it was then"
    college.watched()
    assert "Nothing unasked is sent until" in college.run("check").stderr
    waiting = {row["what"]: row["how many"] for row in college.rows("db", "resume")}
    assert (waiting["prompt: first_digest"], waiting["message: send"]) == ("1", "1")
    assert "Dropped: 1" in college.run("db", "resume", "--send", "--drop-older", "3").stdout, (
        "digests are never dropped"
    )
    told = {row["what"]: row["how many"] for row in college.rows("db", "check")}
    assert told["nothing unasked is sent since"] == "it is sent"


async def waits_to_be_sent(work: UnitOfWork) -> None:
    account = await work.accounts.add(4711)
    await work.outbox.add(NewMessage(account.id, None, Lane.CONVERSATION, OutKind.SEND, b"{}", "waits", NOW))


def test_a_copy_put_back_by_hand_is_noticed_by_the_next_command(college: Desk) -> None:
    college.run("db", "backup", str(college.folder / "copy.db"))
    for left in college.folder.glob("firsthand.db-*"):
        left.unlink()
    (college.folder / "firsthand.db").write_bytes((college.folder / "copy.db").read_bytes())
    told = {row["what"]: row["how many"] for row in college.rows("db", "check")}
    assert told["nothing unasked is sent since"].startswith("2026-09-28")


@pytest.mark.parametrize("content", [b"", b"words that nobody should read" * 100])
def test_what_is_no_backup_is_not_put_back(college: Desk, content: bytes) -> None:
    file = college.folder / "odd"
    file.write_bytes(content)
    told = college.refused("db", "restore", str(file))
    assert "no whole backup" in told
    assert "nobody" not in told
    assert "no whole backup" in college.refused("db", "restore", str(college.folder / "none"))
    assert len(college.rows("staff", "list")) == 4


def test_a_backup_under_other_keys_takes_nobodys_place(college: Desk) -> None:
    copy, other = college.folder / "copy.db", CliRunner().invoke(app, ["keys", "new"]).stdout.strip()
    college.run("db", "backup", str(copy))
    college.env.setenv("FIRSTHAND_KEYS", other)
    assert "does not open" in college.refused("db", "restore", str(copy))
    college.env.setenv("FIRSTHAND_KEYS", TEST_KEYS)
    assert len(college.rows("staff", "list")) == 4


def test_a_server_has_tools_of_its_own(college: Desk) -> None:
    college.env.setenv("FIRSTHAND_DATABASE_URL", "postgresql://user:hidden-word@localhost/name")
    told = college.refused("db", "restore", "file", code=2)
    assert "pg_restore" in told
    assert "hidden-word" not in told


def test_files_that_others_could_read_are_closed_and_said(college: Desk) -> None:
    for name in ("firsthand.db", "firsthand.db.deletions"):
        path = college.folder / name
        path.touch()
        path.chmod(0o644)
    told = college.run("staff", "list").stderr
    assert "Other people could read firsthand.db." in told
    assert "Other people could read firsthand.db.deletions." in told
    assert all(
        (college.folder / each).stat().st_mode & 0o077 == 0 for each in ("firsthand.db", "firsthand.db.deletions")
    )
    assert college.run("staff", "list").stderr == ""


def test_an_export_has_their_words_what_staff_keep_and_what_is_left_out(college: Desk, sam: str) -> None:
    to = college.folder / "export"
    college.run("export", "--person", sam, "--to", str(to), "--as", "patel@example.org")
    names = sorted(each.name for each in to.iterdir())
    assert names == ["own-words.json", "own-words.pdf", "record.json", "record.pdf", "voice-1.ogg"]
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in to.iterdir())
    assert to.stat().st_mode & 0o777 == 0o700
    own = json.loads((to / "own-words.json").read_text())
    assert own["parts"][0]["notes"][0]["words"] == "aubergine"
    record = json.loads((to / "record.json").read_text())
    assert record["format"] == "firsthand-record-1"
    assert {each["what"] for each in record["steps"]} >= {"checked"}
    assert len(record["left_out"]) == 7
    assert "Ann" not in (to / "record.json").read_text(), "who else is asked is not told"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO((to / "record.pdf").read_bytes())).pages)
    assert "What is not in here, and why" in " ".join(text.split())
    lines = college.ask(lambda work: work.audit.about(sam))
    assert [line.what for line in lines][-1] == "exported"
    assert "there already" in college.refused(
        "export", "--person", sam, "--to", str(to), "--as", "patel@example.org", code=2
    )


def test_by_the_settings_own_reference_and_never_by_anybody(college: Desk, sam: str) -> None:
    to = str(college.folder / "export")
    assert "Only who coordinates" in college.refused(
        "export", "--person", sam, "--to", to, "--as", "okafor@example.org"
    )
    assert "nobody of this name" in college.refused(
        "export", "--reference", "x", "--to", to, "--as", "patel@example.org"
    )
    assert "either" in college.refused("export", "--to", to, "--as", "patel@example.org", code=2)

    async def own_child(work: UnitOfWork) -> None:
        person, staff = await work.participants.get(sam), await work.staff.by_email("patel@example.org")
        assert person is not None
        assert staff is not None
        await work.staff.attach(staff.id, person.account_id or "")

    college.ask(own_child)
    told = college.refused("export", "--person", sam, "--to", to, "--as", "patel@example.org")
    assert "You take part in this review yourself" in told
    assert not Path(to).exists()


def test_an_answer_from_a_file_is_told_in_the_chat_with_a_warning_of_hard_words(college: Desk, sam: str) -> None:
    file = college.folder / "answer.txt"
    file.write_text(f"{SAID} We will utilise the EHCP!")
    told = college.run("complaints", "answer", "c1", *MINE, "--words", str(file))
    assert "Hard to read" in told.stderr
    assert "told in the chat at a decent hour" in told.stdout
    complaint = college.ask(lambda work: work.complaints.get("c1"))
    assert complaint is not None
    assert complaint.answer.startswith(SAID)
    [review, *_] = college.rows("review", "list")
    prompts = college.ask(lambda work: work.prompts.of_review(review["review"]))
    [prompt] = [each for each in prompts if each.kind.startswith("complaint_answer:c1")]
    assert (prompt.participant_id, prompt.state) == (sam, PromptState.PENDING)
    assert "answered before" in college.refused("complaints", "answer", "c1", *MINE, "--words", str(file))
    assert "Noted." in college.run("complaints", "answer", "c1", *MINE).stdout


def test_an_answer_can_be_typed_and_who_left_is_written_to_by_letter(college: Desk, sam: str) -> None:
    college.ask(lambda work: work.participants.set_state(sam, ParticipantState.LEFT))
    result = CliRunner().invoke(app, ["complaints", "answer", "c1", *MINE, "--words", "-"], input=SAID)
    assert result.exit_code == 4
    assert "Answer by letter" in result.stderr
    complaint = college.ask(lambda work: work.complaints.get("c1"))
    assert complaint is not None
    assert complaint.answer == SAID


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"x" * 3001])
def test_what_is_no_answer_is_not_taken(college: Desk, sam: str, content: bytes) -> None:
    file = college.folder / "answer.txt"
    file.write_bytes(content)
    college.refused("complaints", "answer", "c1", *MINE, "--words", str(file), code=2)
    complaint = college.ask(lambda work: work.complaints.get("c1"))
    assert complaint is not None
    assert complaint.state is ComplaintState.KEPT
    assert sam


def test_keys_are_not_changed_past_a_running_bot(college: Desk) -> None:
    fresh = CliRunner().invoke(app, ["keys", "new"]).stdout.strip().replace("k1:", "k2:")
    college.env.setenv("FIRSTHAND_KEYS", f"{fresh},{TEST_KEYS}")
    said = orjson.dumps({"at": NOW.isoformat(), "keys": ["k1"]}).decode()
    college.ask(lambda work: work.meta.put("known_keys", said))
    assert "does not know the new key yet" in college.refused("keys", "rotate")
    college.clock.move_to(NOW + timedelta(minutes=6))
    assert "take the old key away" in college.run("keys", "rotate").stdout
