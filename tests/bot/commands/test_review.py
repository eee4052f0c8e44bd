"""`firsthand review`: planned by one command, refused with what to do, and read by who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader

from conversations.catalogue import load
from conversations.po_files import fresh, merged, written
from conversations.sources import all_messages
from conversations.state import Media, MediaId, MediaKind
from storage.records import Invite, Note, ParticipantState, PromptState, ReviewStage
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk, plan_words
from tests.storage.samples import submission, talk

OKAFOR = "okafor@example.org"


def test_a_review_is_planned_and_everyone_asked_gets_an_invite(college: Desk) -> None:
    rows = college.plan("--carer", "Ann/mother", "--carer", "Ben", "--secret", "digits", reference="RC-1")
    assert [(row["for"], row["role"]) for row in rows] == [("Sam", "young person"), ("Ann", "carer"), ("Ben", "carer")]
    assert all(row["link"].startswith("https://t.me/FirsthandTestBot?start=") for row in rows)
    assert len({row["link"] for row in rows}) == 3
    assert rows[0]["secret"].startswith("digits: ")
    assert rows[1]["secret"].startswith("word: ")
    listed = college.rows("review", "list")
    assert [row["person"] for row in listed] == ["Sam", "Ann", "Ben"]
    assert {(row["about"], row["meeting"], row["stage"], row["state"]) for row in listed} == {
        ("Sam", "2026-11-24", "planned", "invited")
    }


async def find(token: str, work: UnitOfWork) -> Invite | None:
    return await work.invites.find(token)


def test_for_people_each_link_is_printed_whole_with_what_to_do(college: Desk) -> None:
    told = college.run(
        "review", "plan", "Sam", "--meeting=2026-11-24", "--born=2009-05-14", f"--professional={OKAFOR}",
        "--coordinator=patel@example.org", "--carer", f"{'Ann' * 40}/mother",
    ).stdout  # fmt: skip
    links = [word for word in told.split() if word.startswith("https://t.me/")]
    assert len(links) == 2
    for link in links:
        assert college.ask(partial(find, link.partition("start=")[2])) is not None
    assert "the secret by another" in told
    assert "Sam" in college.run("review", "list").stdout


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"meeting": "2026-09-28"}, "after today"),
        ({"meeting": "2026-09-01"}, "after today"),
        ({"meeting": "2028-09-29"}, "two years"),
        ({"meeting": "2026-10-03"}, "--short-notice-reason"),
        ({"meeting": "2026-10-09"}, "--short-notice-reason"),
        ({"meeting": "2026-09-29", "short_notice_reason": "a move"}, "no day left"),
        ({"professional": "nobody@example.org"}, "named professional is not known"),
        ({"coordinator": "nobody@example.org"}, "coordinator is not known"),
        ({"born": "2011-09-01"}, "school leaving age"),
        ({"born": "2030-01-01"}, "school leaving age"),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else "",
)
def test_what_cannot_be_planned_is_refused_with_what_to_do(college: Desk, changed: dict[str, str], said: str) -> None:
    assert said in college.refused_plan(changed=changed)


def test_a_young_person_needs_a_name(college: Desk) -> None:
    assert "first name or initials" in college.refused(*plan_words(" ", {}))


@pytest.mark.parametrize("carers", [("/mother",), ("Ann/mother", " ann / Mother")])
def test_a_carer_needs_a_name_that_is_theirs_alone(college: Desk, carers: tuple[str, ...]) -> None:
    told = college.refused_plan(*(word for carer in carers for word in ("--carer", carer)))
    assert "name" in told


@pytest.mark.parametrize("wrong", [{"meeting": "24 November"}, {"born": "2009-02-29"}, {"meeting": "2027-02-29"}])
def test_a_date_that_is_none_is_refused(college: Desk, wrong: dict[str, str]) -> None:
    assert "2027-01-19" in college.refused_plan(code=2, changed=wrong)


@pytest.mark.parametrize("meeting", ["2028-02-29", "2027-03-28", "2026-10-25", "2028-09-28"])
def test_odd_days_are_planned(college: Desk, meeting: str) -> None:
    if meeting == "2026-10-25":
        college.plan(meeting=meeting, short_notice_reason="a move")
    else:
        college.plan(meeting=meeting)
    assert {row["meeting"] for row in college.rows("review", "list")} == {meeting}


def test_short_notice_with_a_reason_is_planned_and_the_reason_kept(college: Desk) -> None:
    college.plan(meeting="2026-10-03", short_notice_reason=" The family moves. ")
    (review,) = college.ask(lambda work: work.reviews.all())
    assert review.short_notice_reason == "The family moves."


def test_a_colleague_who_has_left_runs_no_review(college: Desk) -> None:
    college.run("staff", "end", OKAFOR)
    assert "named professional is not known" in college.refused_plan()


def test_the_same_review_is_planned_once(college: Desk) -> None:
    college.plan(reference="RC-1")
    words = ["review", "plan", "Sam", "--meeting=2026-11-24", "--born=2009-05-14", f"--professional={OKAFOR}"]
    told = college.refused(*words, "--coordinator=patel@example.org", "--reference=rc-1")
    assert "planned already" in told
    other = college.refused(
        *(word.replace("Sam", "Kim") for word in words), "--coordinator=patel@example.org", "--reference=RC-1"
    )
    assert "another name or birth date" in other
    assert len(college.rows("review", "list")) == 1


def test_letters_name_nobody_on_the_outside_and_hold_no_secret(college: Desk) -> None:
    folder = college.folder / "to print"
    rows = college.plan("--carer", "Ann/mother", "--letters", str(folder), name="Samira")
    letters = sorted(folder.iterdir())
    assert [letter.name.partition("-")[0] for letter in letters] == ["letter", "letter"]
    assert not any(name in letter.name.lower() for letter in letters for name in ("samira", "ann"))
    for letter in letters:
        text = "".join(page.extract_text() for page in PdfReader(letter).pages)
        (mine,) = [row for row in rows if row["participant"].endswith(letter.stem[-6:])]
        assert "Samira" in text
        assert mine["secret"].partition(": ")[2] not in text.split()
        assert mine["link"].partition("start=")[2] in text.replace("\n", "")


def test_each_letter_is_in_the_language_of_its_person(college: Desk) -> None:
    approve_urdu(college)
    words = ("--language", "ur", "--carer", "Ann/mother/ur", "--carer", "Ben/father", "--letters", "to print")
    rows = college.plan(*words)
    languages = {
        row["for"]: str(PdfReader(letter).root_object["/Lang"])
        for row in rows
        for letter in (college.folder / "to print").iterdir()
        if row["participant"].endswith(letter.stem[-6:])
    }
    assert languages == {"Sam": "ur", "Ann": "ur", "Ben": "en-GB"}
    (review,) = college.ask(lambda work: work.reviews.all())
    people = college.ask(lambda work: work.participants.of_young_person(review.young_person_id))
    stored = {each.relation: each.language for each in people}
    assert stored == {"": "ur", "mother": "ur", "father": "en"}


@pytest.mark.parametrize("words", [("--language", "{}"), ("--carer", "Ann/mother/{}"), ("--carer", "Ann//{}")])
@pytest.mark.parametrize(("code", "said"), [("xx", "languages list"), ("ur", "FIRSTHAND_LANGUAGES")])
def test_a_language_that_nobody_can_choose_is_refused(
    college: Desk, words: tuple[str, str], code: str, said: str
) -> None:
    assert said in college.refused_plan(*(word.format(code) for word in words), code=2)


def approve_urdu(desk: Desk) -> None:
    """A whole translation, as if somebody had approved it: real people may be invited in it."""
    messages = all_messages(load())
    book = merged(fresh("ur", desk.clock.now()), messages, desk.clock.now())
    book.status = "approved by Ayesha on 2026-09-01"
    for message in messages:
        entry = book.get(message.english, message.context)
        assert entry is not None
        entry.string = message.english
    (desk.folder / "ur.po").write_bytes(written(book))
    desk.env.setenv("FIRSTHAND_LANGUAGES", "en, ur")
    desk.env.setenv("FIRSTHAND_LANGUAGES_FOLDER", str(desk.folder))


def test_a_folder_that_cannot_be_written_is_found_out_before_anything_is_planned(college: Desk) -> None:
    (college.folder / "file").write_text("")
    told = college.refused_plan("--letters", str(college.folder / "file" / "letters"), code=2)
    assert "another folder" in told


def test_a_letter_that_fails_does_not_take_the_invites_with_it(college: Desk) -> None:
    def full(_path: Path, _content: bytes) -> int:
        raise OSError(28, "No space left on device")

    with college.env.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        rows = college.plan("--letters", str(college.folder / "letters"))
    assert rows[0]["link"]


def review_id(desk: Desk) -> str:
    return desk.rows("review", "list")[0]["review"]


def test_nothing_is_planned_yet(desk: Desk) -> None:
    assert "No review is planned." in desk.run("review", "list").stdout


def test_a_digest_is_asked_for_now_and_a_later_one_is_a_new_version(college: Desk) -> None:
    college.plan()
    review = review_id(college)
    college.run("review", "digest", review)
    prompts = college.ask(lambda work: work.prompts.of_review(review))
    (first,) = [each for each in prompts if each.kind == "first_digest"]
    assert first.due_at == college.clock.now()
    college.ask(lambda work: work.prompts.settle(first.id, PromptState.DONE, college.clock.now()))
    college.run("review", "digest", review)
    prompts = college.ask(lambda work: work.prompts.of_review(review))
    (update,) = [each for each in prompts if each.kind.startswith("update:staff-")]
    assert update.due_at == college.clock.now()


def test_a_digest_of_no_review_or_a_cancelled_one_is_refused(college: Desk) -> None:
    college.plan()
    review = review_id(college)
    assert "no such review" in college.refused("review", "digest", "none")
    college.ask(lambda work: work.reviews.set_stage(review, ReviewStage.CANCELLED))
    assert "no such review" in college.refused("review", "digest", review)


async def leave_notes(work: UnitOfWork) -> None:
    (review,) = await work.reviews.all()
    (person,) = await work.participants.of_young_person(review.young_person_id)
    at = review.planned_at + timedelta(days=3)
    voice = (Media(MediaId("m1"), MediaKind.VOICE),)
    await work.notes.add(Note("n1", person.id, at, review.id, "[b]Maths :smile: is loud[/b]"))
    await work.notes.add(Note("n2", person.id, at + timedelta(hours=1), review.id, "", voice))


def test_the_named_professional_reads_the_words_that_wait_once_and_it_is_recorded(college: Desk) -> None:
    college.plan()
    review = review_id(college)
    words = ("review", "notes", review, "--email", OKAFOR)
    assert college.run(*words).stdout == "Nothing waits.\n"
    assert college.rows(*words) == []
    college.ask(leave_notes)
    told = college.run(*words).stdout
    assert "Sam (young person), 2026-10-01 10:00:\n[b]Maths :smile: is loud[/b]\n" in told
    assert "stays unread" in told
    (left,) = college.rows(*words)
    assert "voice" in left["words"]
    audit = college.ask(lambda work: work.audit.about(review))
    assert [line.what for line in audit].count("read_notes") == 4


def test_nobody_else_reads_them(college: Desk) -> None:
    college.plan()
    review = review_id(college)
    college.ask(leave_notes)
    for email in ("patel@example.org", "nobody@example.org"):
        assert "Only the named professional" in college.refused("review", "notes", review, "--email", email)
    assert "Only the named professional" in college.refused("review", "notes", "none", "--email", OKAFOR)

    async def is_the_parent(work: UnitOfWork) -> None:
        staff, account = await work.staff.by_email(OKAFOR), await work.accounts.add(9)
        assert staff is not None
        await work.staff.attach(staff.id, account.id)
        (person,) = await work.participants.of_young_person((await work.reviews.all())[0].young_person_id)
        await work.participants.attach(person.id, account.id)

    college.ask(is_the_parent)
    assert "Only the named professional" in college.refused("review", "notes", review, "--email", OKAFOR)
    assert len(college.ask(lambda work: work.notes.unread(review))) == 2


def test_a_professional_who_has_left_reads_nothing(college: Desk) -> None:
    college.plan()
    college.ask(leave_notes)
    college.run("staff", "end", OKAFOR)
    told = college.refused("review", "notes", review_id(college), "--email", OKAFOR)
    assert "Only the named professional" in told
    assert "Maths" not in told


def test_who_has_sent_is_listed_as_sent_and_nothing_they_said(college: Desk) -> None:
    college.plan()
    row = college.rows("review", "list")[0]

    async def send(work: UnitOfWork) -> None:
        await work.participants.set_state(row["participant"], ParticipantState.JOINED)
        account = await work.accounts.add(11)
        conversation = replace(talk(account.id, row["participant"]), review_id=row["review"])
        await work.conversations.add(conversation)
        await work.submissions.add(submission(), row["participant"], row["review"])

    college.ask(send)
    result = college.run("review", "list", "--json")
    assert '"state": "sent"' in result.stdout
    assert "plantedwords" not in result.stdout
