"""The digest as Word documents, read back by the library that other programs use; and the day of the meeting."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
import vobject
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.digest_docx import docx_of
from bot.documents.digest_html import html
from bot.documents.digest_text import text
from bot.documents.layout import lay_out
from bot.documents.mailed import Envelope, mailed
from bot.documents.meeting_day import calendar_entry
from bot.documents.page import Lines, Page
from bot.documents.plan_order import by_section
from conversations.catalogue import load
from conversations.digest import Digest, ReaderKind
from conversations.readers import Reader, for_reader
from docs.gallery.people import digest
from tests.bot.documents.samples import WORDS, whole

MADE = datetime(2026, 12, 15, 12, tzinfo=UTC)


def shipped() -> Digest:
    """Sam and Sam's mother, who answered the scripts that ship."""
    young, carer = load().current("young_person"), load().current("carer")
    assert young is not None
    assert carer is not None
    return digest(young, carer)


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def everything(document: Document) -> str:
    """All words, those in tables too, in their order."""
    lines = document.element.iter(qn("w:p"))
    return "\n".join("".join(node.text or "" for node in each.iter(qn("w:t"))) for each in lines)


def word(copy: Digest) -> Document:
    return opened(docx_of(lay_out(copy, WORDS), WORDS))


def test_it_holds_every_line_of_the_text_version() -> None:
    held = everything(word(shipped()))
    for line in filter(None, (each.strip("-=. ():") for each in text(shipped(), WORDS).splitlines())):
        said = line.partition(": ")[2] or line  # a cell has its label in another cell
        assert said.split(" · ")[0] in held, line


def test_headings_can_be_jumped_by_and_the_title_and_language_are_set() -> None:
    document = word(whole())
    assert document.core_properties.title == "What Sam said"
    styles = [each.style.name for each in document.paragraphs if each.style is not None]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2", "Heading 3"} <= set(styles)
    assert 'w:lang w:val="en-GB"' in document.styles["Normal"].element.xml
    assert document.core_properties.author == ""


def test_the_heads_of_a_table_come_again_on_every_page_and_rows_stay_whole() -> None:
    document = word(shipped())
    steps = next(each for each in document.tables if each.rows[0].cells[0].text == "What")
    assert [cell.text for cell in steps.rows[0].cells] == [
        "What", "Idea from", "Who does it", "By when", "For adult life", "Sam is told by"
    ]  # fmt: skip
    assert steps.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in steps.rows)
    ideas = [(row.cells[0].text, row.cells[1].text) for row in steps.rows[1:]]
    assert ("“A talk with us before the timetable changes.”", "Carer A (mother)") in ideas
    assert ideas[-1] == ("", ""), "there is room for what the meeting decides"


def test_outcome_and_help_are_two_columns_and_both_are_empty() -> None:
    table = next(each for each in word(shipped()).tables if each.rows[0].cells[0].text == "In Sam’s words")
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads[1:] == ["Draft outcome: so that I can …", "Draft help: what others do"]
    assert table.rows[1].cells[0].text == "“I want to travel to college on my own.”"
    assert {cell.text for row in table.rows[1:] for cell in row.cells[1:]} == {""}


def test_side_by_side_nobody_elses_words_are_in_ones_column() -> None:
    table = next(each for each in word(shipped()).tables if each.rows[0].cells[-1].text == "The setting’s view")
    heads = [cell.text for cell in table.rows[0].cells]
    assert heads == ["Sam", "Carer A (mother)", "The setting’s view"]
    assert "drums" in table.rows[1].cells[0].text
    assert table.rows[1].cells[1].text == "“So kind to everyone.”"
    assert table.rows[1].cells[2].text == ""


@pytest.mark.parametrize("reader", [Reader(ReaderKind.CARER, "m"), Reader(ReaderKind.OTHER_PROFESSIONAL)])
def test_other_copies_have_no_setting_column_and_no_word_of_who_spoke(reader: Reader) -> None:
    copy = everything(word(for_reader(shipped(), reader)))
    assert "The setting’s view" not in copy
    assert "spoke about this" not in copy
    if reader.kind is ReaderKind.CARER:
        assert "Side by side" not in copy
        assert "Next steps" not in copy


def test_by_section_each_answer_stands_under_each_of_its_letters() -> None:
    document = opened(docx_of(by_section(shipped(), WORDS), WORDS))
    titles = [each.text for each in document.paragraphs if each.style is not None and each.style.name == "Heading 1"]
    assert [each[:2] for each in titles[:10]] == [f"{letter}:" for letter in "ABCDEFGHIJ"]
    assert titles[10:] == ["In no section"]
    held = everything(document)
    assert held.index("A: Views") < held.index("I want to travel to college on my own.") < held.index("B: Special")
    assert held.index("F: Help in education") < held.index("Keep it") < held.index("G: Help")
    assert held.rindex("Money is hard for us.") > held.index("In no section")


def test_an_older_digest_without_letters_stands_whole_in_no_section() -> None:
    young = shipped().young_person
    bare = replace(young, entries=tuple(replace(each, sections="") for each in young.entries))
    held = everything(opened(docx_of(by_section(replace(shipped(), young_person=bare), WORDS), WORDS)))
    assert held.rindex("My dog Biscuit.") > held.index("In no section")


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=40))
def test_whatever_was_typed_the_document_opens(words: str) -> None:
    held = everything(opened(docx_of(Page("T", "H", (Lines((words,)),)), WORDS)))
    for sign in words:
        if sign.isalnum():
            assert sign in held


def test_right_to_left_words_run_from_the_right() -> None:
    document = opened(docx_of(Page("T", "H", (Lines(("مرحبا",)), Lines(("Hello",)))), WORDS))
    runs = [each._p.find(f".//{qn('w:bidi')}") is not None for each in document.paragraphs]
    assert runs == [True, False]


def test_the_pack_brings_word_and_the_day_and_the_first_digest_does_not() -> None:
    envelope = Envelope("o@example.org", "1@x", MADE, thread="review-7@x")
    mail = mailed(shipped(), WORDS, envelope, with_pack=True)
    names = [each.name for each in mail.also]
    assert names[-3:] == ["review-2027-01-05.docx", "review-2027-01-05-by-plan-section.docx", "review.ics"]
    support = replace(shipped(), kind="sen_support")
    assert [each.name for each in mailed(support, WORDS, envelope, with_pack=True).also][-2:] == [names[-3], names[-1]]
    assert mailed(shipped(), WORDS, envelope).also == ()


def test_another_library_reads_the_day() -> None:
    entry = calendar_entry("review-7@x", date(2027, 1, 5), "Review; of the plan, yearly", MADE)
    event = vobject.readOne(entry.decode()).vevent
    assert event.summary.value == "Review; of the plan, yearly"
    assert (event.dtstart.value, event.dtend.value) == (date(2027, 1, 5), date(2027, 1, 6))
    assert event.uid.value == "review-7@x"
    assert entry.count(b"\r\n") == entry.count(b"\n")


def test_very_long_words_stand_whole_in_their_own_part_and_only_there() -> None:
    young = shipped().young_person
    long = "word " * 400
    told = tuple(replace(each, words=long) if each.step == "one_thing" else each for each in young.entries)
    held = everything(word(replace(shipped(), young_person=replace(young, entries=told))))
    assert held.count(long) == 1
    assert "They stand whole in their own part." in held


def test_a_mail_leaves_out_what_is_to_write_in() -> None:
    page = html(shipped(), WORDS)
    assert "Idea from" in page
    assert "Who does it" not in page
    assert "Draft outcome" not in page
