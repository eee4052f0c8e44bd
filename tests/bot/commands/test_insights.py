"""`firsthand insights`: printed once for a term, and never a number that is too small."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from conversations.effects import Submission
from conversations.state import Answer, ConversationId
from storage.ids import new_id
from storage.records import Conversation, ConversationStatus
from storage.unit_of_work import UnitOfWork
from tests.bot.college import NOW
from tests.bot.commands.desk import Desk
from tests.storage.samples import talk

AFTER = datetime(2027, 2, 20, 9, 0, tzinfo=UTC)
PEOPLE = 12


_filled: list[bytes] = []


@pytest.fixture
def term(college: Desk) -> Desk:
    """Twelve young people sent; eleven want to be counted. Half of them find lessons good, and two felt unsafe."""
    place = college.folder / "firsthand.db"
    if not _filled:
        for number in range(PEOPLE):
            [invite, *_] = college.plan("--reference", f"RC-{number}", name=f"Y{number}")
            college.ask(partial(_sends, who=invite["participant"], number=number))
        _filled.append(place.read_bytes())
    place.write_bytes(_filled[0])
    college.clock.move_to(AFTER)
    return college


async def _sends(work: UnitOfWork, who: str, number: int) -> None:
    person = await work.participants.get(who)
    assert person is not None
    [review] = await work.reviews.of_young_person(person.young_person_id)
    held = ConversationId(new_id())
    started: Conversation = talk(None, who, held)
    await work.conversations.add(_in(started, review.id))
    answers = (
        Answer("going", NOW, "lessons", ("well" if number % 2 else "not_well",)),
        Answer("going", NOW, "safe", ("not_well" if number < 2 else "well",)),
    )
    await work.submissions.add(Submission(held, "young_person", 1, 1, answers, NOW, late=False), who, review.id)
    if number:
        await work.insights.count_in(who, NOW)


def _in(conversation: Conversation, review_id: str) -> Conversation:
    return replace(conversation, review_id=review_id, status=ConversationStatus.SENT)


def rows(folder: Path, name: str) -> list[list[str]]:
    return list(csv.reader(StringIO((folder / name).read_text("utf-8"))))


def test_a_term_as_pdf_pictures_csv_and_text(term: Desk) -> None:
    term.run("insights", "2026-autumn", "--to", "out")
    folder = Path("out")
    assert {each.suffix for each in folder.iterdir()} == {".pdf", ".png", ".csv", ".txt"}
    table = rows(folder, "insights-2026-autumn-5.csv")
    lessons = [row[-2:] for row in table if row[3:6] == ["Young people", "Learning and work", "Lessons"]]
    assert lessons == [["Going well", "6"], ["Could be better", "5"]]
    people = [row[-2:] for row in table if row[2].startswith("Who was asked") and row[3] == "Young people"]
    assert people == [["Asked", "12"]], "nobody sent nothing, and that is too few to say"
    assert ["too few", ""] in [row[-2:] for row in table]
    text = (folder / "insights-2026-autumn-5.txt").read_text("utf-8")
    assert "Going well: 6" in text
    pages = PdfReader(BytesIO((folder / "insights-2026-autumn-5.pdf").read_bytes()))
    assert "What people here say: autumn 2026" in " ".join(pages.pages[0].extract_text().split())
    for each in folder.glob("*.png"):
        with Image.open(each) as page:
            assert page.width > 800
    assert "safe" not in text.lower(), "what is about safety is counted nowhere"
    assert not any(f"Y{number}" in text for number in range(PEOPLE))


def test_what_is_given_away_has_no_number_below_ten(term: Desk) -> None:
    term.run("insights", "2026-autumn", "--to", "out", "--publish")
    numbers = [int(row[-1]) for row in rows(Path("out"), "insights-2026-autumn-10.csv")[1:] if row[-1]]
    assert numbers
    assert min(numbers) >= 10


def test_a_second_print_is_the_first_whoever_changed_their_mind(term: Desk) -> None:
    """Two prints that differ by one person would show what that person pressed."""
    term.run("insights", "2026-autumn", "--to", "out")
    before = rows(Path("out"), "insights-2026-autumn-5.csv")

    async def change(work: UnitOfWork) -> None:
        for each in await work.insights.counted():
            await work.insights.count_out(each)

    term.ask(change)
    term.run("insights", "2026-autumn", "--to", "out")
    assert rows(Path("out"), "insights-2026-autumn-5.csv") == before
    term.run("insights", "2026-autumn", "--to", "other", "--publish")
    published = rows(Path("other"), "insights-2026-autumn-10.csv")
    assert [row[-2:] for row in published if row[4] == "Learning and work" and row[3] == "Young people"] == [
        ["All answers", "11"]
    ]


def test_not_before_the_term_is_over_and_answered(college: Desk) -> None:
    told = college.refused("insights", "2026-autumn", "--to", "out")
    assert "from 12 February 2027 on" in told
    assert not Path("out").exists()


@pytest.mark.parametrize("term", ["autumn", "2026-winter", "2026"])
def test_a_term_that_is_none(college: Desk, term: str) -> None:
    assert "2026-autumn" in college.refused("insights", term, "--to", "out", code=2)


def test_a_folder_that_is_none(term: Desk) -> None:
    Path("out").write_text("a file")
    assert "cannot be written" in term.refused("insights", "2026-autumn", "--to", "out")
