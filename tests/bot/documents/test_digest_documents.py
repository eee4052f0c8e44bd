from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import DictionaryObject
from typing_extensions import override

from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.mailed import Envelope, mailed
from bot.documents.setting import Content, compiled
from conversations.digest import Digest, ReaderKind, compose
from conversations.document_words import DocumentWords
from conversations.readers import Reader, for_reader
from conversations.state import Answer
from conversations.voices import Standing
from tests.bot.documents.samples import WORDS, read, saying, whole
from tests.conversations.digest_samples import MADE, WHEN, YOUNG_ANSWERS, carer, review, silent, young

OTHER = Reader(ReaderKind.OTHER_PROFESSIONAL)
MOTHER = Reader(ReaderKind.CARER, "m")
ONLY_FOR_HER = ("Money is very hard for us.", "Noise and places", "My aunt Mary", "not my uncle", "Breaks every ten")


def test_the_pdf_is_tagged_titled_and_says_what_it_is() -> None:
    reader = PdfReader(io.BytesIO(pdf(whole(), WORDS)))
    root = reader.root_object
    mark = root["/MarkInfo"]
    assert isinstance(mark, DictionaryObject)
    assert str(mark["/Marked"]) == "True"
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]) == "en-GB"
    assert reader.metadata is not None
    assert reader.metadata.title == "What Sam said"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf(whole(), WORDS)
    assert all(page.mediabox.width == pytest.approx(595.28, abs=1) for page in reader.pages)


def test_equal_digests_make_equal_documents() -> None:
    assert pdf(whole(), WORDS) == pdf(whole(), WORDS)
    assert html(whole(), WORDS) == html(whole(), WORDS)


def test_the_words_of_the_pdf_are_in_the_order_of_the_parts_young_person_first() -> None:
    words = read(pdf(whole(2), WORDS))
    order = [
        "What Sam said",
        "How these words were given",
        "I want to travel to college on my own.",
        "In Sam’s words",
        "My dog Biscuit.",
        "What must not change",
        "Miss Bell. She gets me.",
        "What changed since version 1",
        "Carer A (mother)",
        "So kind to everyone.",
        "Carer B (father) has not given views yet.",
        "invitation given, 20 November 2026",
        "Can I do the music course?",
        "Who pays for the bus?",
        "Taking part",
        "Dates after the meeting",
    ]
    places = [words.index(each) for each in order]
    assert places == sorted(places)


def drawn(digest: Digest, words: DocumentWords) -> str:
    return read(pdf(digest, words))


@pytest.mark.parametrize("draw", [text, html, drawn])
def test_what_is_only_for_the_named_professional_is_in_her_copy_and_in_no_other(
    draw: Callable[[Digest, DocumentWords], str],
) -> None:
    hers = draw(whole(), WORDS)
    assert all(each in hers for each in ONLY_FOR_HER)
    assert "◆ Only Ms Okoro" in hers
    assert "○ Circulate" in hers
    circulated = draw(for_reader(whole(), OTHER), WORDS)
    assert not any(each in circulated for each in ONLY_FOR_HER)
    for trace in ("Only Ms Okoro", "Circulate", "What was tried", "has not given", "Receipt", "Version", "hidden"):
        assert trace not in circulated
    assert "This copy has no words from Carer B (father)." in circulated


def test_a_carers_copy_says_one_neutral_sentence_whatever_the_reason() -> None:
    mother = carer("m", "mother")
    kept_back = tuple(Answer("who_comes", WHEN, words="x") for _ in range(1))
    reasons = [
        silent(young(), Standing.NOT_REACHED),
        silent(young(), Standing.TOOK_BACK),
        young(share=False),
        young(share=None),
        young(kept_back, share=True),
    ]
    copies = {
        pdf(for_reader(compose(review(), [yp, mother, *others], MADE), MOTHER), WORDS)
        for yp in reasons
        for others in ([], [carer("f", "father")])
    }
    assert len(copies) == 1
    words = read(copies.pop())
    assert "This copy has no words from Sam." in words
    assert "father" not in words
    assert "Carer A" not in words


def test_a_carer_who_sent_nothing_is_spoken_to_by_no_name() -> None:
    nothing = silent(carer("m", "mother"), Standing.NOT_YET)
    words = text(for_reader(compose(review(), [young(share=False), nothing], MADE), MOTHER), WORDS)
    assert "This copy has no words from you." in words
    assert "from Your own words" not in words


def test_a_shared_copy_brings_the_young_persons_words_to_a_carer() -> None:
    copy = text(for_reader(compose(review(), [young(share=True), carer("m", "mother")], MADE), MOTHER), WORDS)
    assert "Miss Bell. She gets me." in copy
    assert "not my uncle" not in copy
    assert "Money is very hard for us." in copy


@given(st.lists(st.text(min_size=1, max_size=40).map(lambda said: f"({said})"), min_size=1, max_size=4))
@settings(max_examples=60)
def test_every_word_of_a_submission_is_in_the_named_professionals_text_exactly(said: list[str]) -> None:
    steps = ("important", "future", "one_thing", "ask")
    answers = tuple(Answer(step, WHEN, words=words) for step, words in zip(steps, said, strict=False))
    document = text(compose(review(), [young(answers)], MADE), WORDS)
    assert all(f"“{words}”" in document for words in said)


class Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.tags: set[str] = set()

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.said.extend("\n" for _ in range(tag == "br"))

    @override
    def handle_data(self, data: str) -> None:
        self.said.append(data)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"]), min_size=1, max_size=40))
@settings(max_examples=60)
def test_in_html_words_are_words_and_never_markup(said: str) -> None:
    parser = Texts()
    parser.feed(html(saying(said), WORDS))
    assert f"“{said}”" in "".join(parser.said)
    assert "script" not in parser.tags


def test_html_escapes_what_looks_like_markup_and_loads_nothing() -> None:
    made = html(saying("<script>alert(1)</script>&amp;\"'\x00\ud800"), WORDS)
    assert "<script>" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&quot;&#x27;\ufffd\ufffd" in made
    assert "http" not in made
    assert "src=" not in made


def test_cards_all_in_one_column_are_marked_with_the_rule_for_the_named_professional_only() -> None:
    cards = tuple(Answer("going", WHEN, card, ("well",)) for card in ("lessons", "friends", "travel", "food"))
    digest = compose(review(), [young(cards)], MADE)
    assert "All 4 sorted cards stand in one column." in text(digest, WORDS)
    assert "4 cards or more, all in the same column" in text(digest, WORDS)
    assert "one column" not in text(for_reader(digest, OTHER), WORDS)


def test_somebody_who_sent_without_an_answer_is_said_to_have() -> None:
    made = text(compose(review(), [young(())], MADE), WORDS)
    assert "Sam sent no answers in this part." in made
    assert "What was tried" not in made


def test_nothing_tried_and_nothing_changed_are_said_too() -> None:
    unasked = replace(silent(young(), Standing.NOT_REACHED), tried=())
    made = text(
        compose(review(2), [unasked], MADE),
        WORDS,
    )
    assert "Nothing has been tried yet." in made
    assert "Nobody has added, changed or withdrawn anything since then." in made


def test_a_mail_has_the_same_copy_three_times_and_names_nobody_outside() -> None:
    digest = for_reader(whole(), OTHER)
    mail = mailed(digest, WORDS, Envelope("to@example.org", "1@bot", MADE.at))
    assert (mail.text, mail.html, mail.pdf) == (text(digest, WORDS), html(digest, WORDS), pdf(digest, WORDS))
    assert "Sam" not in mail.subject + mail.file_name


def test_the_young_persons_copy_is_titled_in_their_own_voice() -> None:
    own: Digest = for_reader(whole(), Reader(ReaderKind.YOUNG_PERSON))
    made = text(own, WORDS)
    assert made.startswith("What I said\n")
    assert "You chose: I don’t want to say." in made
    assert "Money is very hard" not in made
    assert len(YOUNG_ANSWERS) > 20


def test_a_carer_without_a_relation_and_words_sent_twice_read_well_too() -> None:
    again = young(number=2)
    made = text(compose(review(2, {"yp": 1}), [again, carer("m", "")], MADE), WORDS)
    assert "\nCarer A\n" in made
    assert "This was sent 2 times. Only the last one stands here." in made
    assert "Sam: changed." in made
    assert "Carer A: added later." in made


def test_late_words_say_that_they_were_added_later() -> None:
    person = young()
    assert person.submission is not None
    late = replace(person, submission=replace(person.submission, late=True))
    assert "Added later, on 4 December 2026." in text(compose(review(), [late], MADE), WORDS)


def test_when_signs_cannot_be_joined_the_document_still_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[str] = []

    def refusing(template: str, content: Content, at: datetime) -> bytes:
        tries.append(str(content))
        if len(tries) == 1:
            raise typst.TypstError("no glyph", "")
        return compiled(template, content, at)

    monkeypatch.setattr("bot.documents.setting.compiled", refusing)
    assert "[U+1F941 drum with drumsticks]" in read(pdf(saying("drums 🥁"), WORDS))
    assert "[U+1F941" not in tries[0]


def test_a_header_without_what_staff_do_not_know_has_no_empty_line() -> None:
    bare = replace(review(), professional_title="", leaving_date=None, closes=None, follow_up=(), kind="new_kind")
    made = text(compose(bare, [young(share=None)], MADE), WORDS)
    assert "Named professional: Ms Okoro\n" in made
    assert "Review: Review meeting\n" in made
    for absent in ("Who decides", "Answers close on", "Copy for", "Dates after"):
        assert absent not in made
