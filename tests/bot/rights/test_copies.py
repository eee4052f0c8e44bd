"""The copy as documents: accessible, explained key by key, and whole whatever the words are."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.documents.own_data import own_data_pdf
from bot.rights import kept
from bot.rights.own_json import FORMAT, as_json
from conversations.document_words import load_document_words
from conversations.profile import Profile
from conversations.script import Role
from conversations.state import MediaKind, Refused
from tests.bot.documents.structure import loose_content, tagged
from tests.journeys.walking import pdf_text, squeezed

PAGE = (Path(__file__).parents[3] / "docs" / "my-data.md").read_text("utf-8")
AT = datetime(2026, 11, 3, 12, tzinfo=UTC)


def data(words: str) -> kept.OwnData:
    answer = kept.OwnAnswer(
        "going", "sport", AT, "How is Sport going?", "Sport", ("Working",), words, ("I like it",), ("voice-1",),
        Refused.SKIP, True, ("My aunt",), ("typed",), "Ms Reid",
    )  # fmt: skip
    handed = kept.Handed("Mr Okafor", "telegram", AT, AT)
    sending = kept.Sending(1, AT, "abcd-efgh-jkmn", "replaced", False, True, True, (answer,), (handed,))
    review = kept.OwnReview(
        "ehc_annual", date(2026, 11, 24), "Mr Okafor", (sending,), (answer,), (kept.Written("opening", AT),)
    )
    part = kept.OwnPart(
        "Ann", Role.CARER, "mother", "Sam", "en", "Europe/London", "09:00", "19:00", (5, 6), AT, Profile(emoji=False),
        (review,), (kept.OwnNote(AT, words, ("voice-1",), True),),
        (kept.OwnComplaint(AT, date(2026, 12, 3), words, (), AT),),
        (kept.OwnMedium("id", "voice-1", MediaKind.VOICE, "audio/ogg", 4, True),),
    )  # fmt: skip
    return kept.OwnData(AT, "Riverside", "Europe/London", (part, part))


def test_every_key_is_explained() -> None:
    values: tuple[type, ...] = (kept.OwnData, kept.OwnPart, kept.OwnReview, kept.Sending, kept.OwnAnswer)
    values += (kept.Handed, kept.OwnNote, kept.OwnComplaint, kept.OwnMedium, kept.Written, Profile)
    keys = {each.name for value in values for each in fields(value)} - {"id"}
    assert {key for key in keys if f"`{key}`" not in PAGE} == set()
    assert f"`{FORMAT}`" in PAGE


def test_the_file_holds_plain_values_and_no_id_of_the_database() -> None:
    whole = json.loads(as_json(data("own words")))
    [part, _] = whole["parts"]
    assert "id" not in part["media"][0]
    assert part["reviews"][0]["sendings"][0]["answers"][0]["refused"] == "skip"
    assert part["reviews"][0]["sendings"][0]["at"] == AT.isoformat()
    assert part["profile"]["emoji"] is False


def test_half_a_sign_keeps_no_file_back() -> None:
    assert "a\0 b?" in json.loads(as_json(data("a\0 b\ud800")))["parts"][0]["notes"][0]["words"]


@pytest.mark.parametrize("words", ["own words", "میں نے کہا", "<b>*#x* \\ $y$ 🥳🏽\u202e</b>", "a" * 3000, "\0\ud800"])
def test_the_page_is_accessible_whatever_the_words_are(words: str) -> None:
    made = own_data_pdf(data(words), load_document_words())
    assert tagged(made).marked
    assert tagged(made).title == "What is kept about you"
    assert loose_content(made) == []
    assert squeezed("You get an answer by") not in pdf_text(made), "it was answered"
    assert squeezed("Mr Okafor opened it on 3 November 2026.") in pdf_text(made)


def test_equal_data_gives_equal_bytes() -> None:
    assert own_data_pdf(data("x"), load_document_words()) == own_data_pdf(data("x"), load_document_words())
