from __future__ import annotations

import io
from dataclasses import fields, replace
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader

from bot.documents.letter import Invitation, letter
from conversations.pictures import ATTRIBUTION
from conversations.script import Role
from tests.bot.documents.samples import WORDS, read, squeezed
from tests.bot.documents.structure import loose_content, smaller_than, tagged

LINK = "https://t.me/HillReviewBot?start=q3Zk1dPz0aWmX7rTt9bLcA"
INVITATION = Invitation(
    role=Role.YOUNG_PERSON,
    about="Sam",
    name="Sam",
    professional="Ms Okoro",
    professional_title="SENCO",
    setting="Hill College",
    contact="01632 960123",
    meeting=date(2027, 1, 5),
    answer_by=date(2026, 12, 15),
    expires=date(2026, 12, 20),
    bot="HillReviewBot",
    link=LINK,
    made_at=datetime(2026, 11, 20, tzinfo=UTC),
)


@pytest.mark.parametrize("role", Role)
def test_a_letter_says_who_asks_why_how_and_what_else_there_is(role: Role) -> None:
    words = squeezed(read(letter(replace(INVITATION, role=role), WORDS)))
    for each in (
        "Ms Okoro is SENCO at Hill College.",
        "The review meeting is on Tuesday 5 January 2027.",
        "Please answer by Tuesday 15 December 2026.",
        "The chat is with a bot, not a person.",
        "The real bot is @HillReviewBot.",
        "The link works once, until Sunday 20 December 2026.",
        "It is not in this letter.",
        "You do not have to use the chat.",
        "Write or draw on paper",
        "Questions? Ask Ms Okoro: 01632 960123",
        "https://t.me/HillReviewBot? start=q3Zk1dPz0aWmX7rTt9bLcA",
    ):
        assert squeezed(each) in words


def test_the_letter_is_accessible_and_its_square_has_words() -> None:
    made = letter(INVITATION, WORDS)
    root = PdfReader(io.BytesIO(made)).root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en-GB"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_there_is_no_place_for_the_second_secret() -> None:
    assert not [each.name for each in fields(Invitation) if "secret" in each.name or "pin" in each.name]


def test_a_carers_letter_without_a_name_title_or_contact_still_reads_well() -> None:
    bare = replace(
        INVITATION, role=Role.CARER, name="", professional_title="", contact="", link="https://t.me/HillReviewBot"
    )
    words = squeezed(read(letter(bare, WORDS)))
    for each in ("review of Sam Hello Ms Okoro asks", "Ms Okoro works at Hill College.", "Questions? Ask Ms Okoro."):
        assert squeezed(each) in words


def test_names_in_any_writing_make_a_letter() -> None:
    assert letter(replace(INVITATION, name="محمد \x00 𒀀", setting="#panic()"), WORDS).startswith(b"%PDF")


def test_a_repr_shows_no_name_and_no_link() -> None:
    assert "Sam" not in repr(INVITATION)
    assert "q3Zk" not in repr(INVITATION)


@pytest.mark.parametrize("role", Role)
def test_a_letter_is_large_tagged_and_names_whose_pictures_it_has(role: Role) -> None:
    made = letter(replace(INVITATION, role=role), WORDS)
    found = tagged(made)
    assert (found.marked, found.shows_title) == (True, True)
    assert [each.alt for each in found.of("/Figure")] == [f"Square code that opens the link {LINK}"]
    assert [each.kind for each in found.tags if each.kind in {"/H1", "/H2"}] == ["/H1", "/H2"]
    assert not loose_content(made)
    assert not smaller_than(made, 14, ATTRIBUTION)
    assert ATTRIBUTION in read(made)
