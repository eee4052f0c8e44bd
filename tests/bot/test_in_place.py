"""Acting in place of a young person: with paper and an end, in a section of its own, and nobody's words moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.documents.digest_text import text as as_text
from conversations.digest import ReaderKind
from conversations.digest_codec import load_digest
from conversations.document_words import load_document_words
from conversations.in_place import FLAG, InPlace
from conversations.readers import Reader, for_reader
from storage.records import DigestKind
from tests.bot.college import NOW, ORDER, College
from tests.storage.samples import submission, talk

MARKED = InPlace("file 7", "the court", date(2026, 9, 1), date(2026, 11, 30))


async def test_it_stands_in_a_section_of_its_own_and_the_young_person_is_asked_all_the_same(college: College) -> None:
    made = await college.plan()
    sam, ann = (each.participant_id for each in made.invitations)
    await college.joins(sam, 701)
    await college.joins(ann, 702)
    async with college.database.work() as work:
        person = await work.participants.get(ann)
        assert person is not None
        await work.participants.save(replace(person, in_place=MARKED))
        talked = replace(talk(person.account_id, ann), review_id=made.review.id, script="carer")
        await work.conversations.add(talked)
        await work.submissions.add(replace(submission(words="Ann's own words"), script="carer"), ann, made.review.id)
        await work.commit()
    around = await college.around(made.review, ann)
    assert FLAG in around.facts(NOW).flags
    assert FLAG not in around.facts(NOW + timedelta(days=70)).flags, "it has ended by its date"
    assert FLAG not in (await college.around(made.review, sam)).facts(NOW).flags
    async with college.database.work() as work:
        stored = await college.bot.prompts.digests.make(work, made.review, DigestKind.FIRST)
        await work.commit()
    assert stored is not None
    digest, words = load_digest(stored.content), load_document_words()
    whole = as_text(digest, words)
    about = ORDER.first_name
    assert f"In place of {about}: Carer A (mother)" in whole
    assert "the court decided it. The paper is here: file 7." in whole
    assert f"These are not the words of {about}. {about} is asked too." in whole
    assert f"{about} has not given views yet." in whole
    for kind in (ReaderKind.OTHER_PROFESSIONAL, ReaderKind.YOUNG_PERSON):
        copy = as_text(for_reader(digest, Reader(kind)), words)
        assert f"In place of {about}" in copy
        assert "file 7" not in copy
        assert "the court" not in copy


@pytest.mark.parametrize(("day", "holds"), [(date(2026, 8, 31), False), (date(2026, 9, 1), True)])
def test_it_holds_from_its_first_day_to_its_last(day: date, *, holds: bool) -> None:
    assert MARKED.holds(day) is holds
    assert MARKED.holds(MARKED.until)
    assert not MARKED.holds(MARKED.until + timedelta(days=1))
