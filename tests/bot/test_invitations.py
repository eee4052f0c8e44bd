"""An invite on paper: whose it is, until when, and never the secret."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.facts import NoSuchReviewError
from bot.invitations import NOT_KNOWN_YET, Manner, as_letter, bot_name, link_for, write_letter
from bot.reviewing import Reviewing
from bot.secrets_by_hand import SecretKind
from conversations.document_words import Phrase, load_document_words
from conversations.languages import load_languages
from tests.bot.college import College
from tests.support.database import open_test_database


async def test_a_letter_says_what_this_person_needs(college: College) -> None:
    made = await college.plan()
    for invitation in made.invitations:
        async with college.database.reading() as work:
            letter = await as_letter(work, made.review, invitation)
        assert (letter.about, letter.name, letter.role) == ("Sam", invitation.name, invitation.role)
        assert letter.link == f"https://t.me/FirsthandTestBot?start={invitation.token}"
        assert (letter.answer_by, letter.expires) == (date(2026, 11, 3), date(2026, 11, 27))
        assert invitation.secret.text not in f"{letter!r} {letter.link}".split()


async def test_the_file_names_nobody(college: College, tmp_path: Path) -> None:
    made = await college.plan()
    paths = [await write_letter(college.database, made.review, each, tmp_path / "out") for each in made.invitations]
    assert len(set(paths)) == 2
    assert not any(name in path.name for path in paths for name in ("Sam", "Ann"))


async def test_a_letter_is_in_the_language_that_it_is_asked_for_in(college: College, tmp_path: Path) -> None:
    made = await college.plan()
    for language in load_languages():
        path = await write_letter(college.database, made.review, made.invitations[0], tmp_path, Manner(language))
        document = PdfReader(path)
        assert str(document.root_object["/Lang"]).split("-")[0] == language.code
        english = load_document_words().say(Phrase.LETTER_TITLE, about="Sam")
        said = english in " ".join(document.pages[0].extract_text().split())
        assert said is language.is_english


@pytest.mark.parametrize(("asked", "language"), [("", "en"), ("ur", "ur")])
async def test_an_invite_is_in_the_language_that_staff_named(college: College, asked: str, language: str) -> None:
    made = await college.plan()
    async with college.database.work() as work:
        person = await work.participants.get(made.invitations[0].participant_id)
        assert person is not None
        reviewing = Reviewing(frozenset())
        changed = await reviewing.in_language(work, person, asked)
        invitation = await reviewing.invite(work, changed, SecretKind.WORD, made.review.planned_at)
        stored = await work.participants.get(person.id)
    assert stored is not None
    assert (invitation.language, stored.language) == (language, language)


async def test_a_letter_for_nobody_is_a_programmers_mistake(college: College, tmp_path: Path) -> None:
    made = await college.plan()
    with pytest.raises(NoSuchReviewError):
        await write_letter(college.database, replace(made.review, id="none"), made.invitations[0], tmp_path)


async def test_before_the_first_start_a_word_stands_for_the_bots_name(tmp_path: Path) -> None:
    async with await open_test_database(tmp_path) as database, database.reading() as work:
        assert await bot_name(work) == NOT_KNOWN_YET
        assert await link_for(work, "x") == f"https://t.me/{NOT_KNOWN_YET}?start=x"
