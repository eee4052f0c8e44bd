"""The page that a young person owns: their words, large, and nothing that they kept for one reader."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from bot.documents.profile_page import card_page, profile_page
from bot.documents.style import PEOPLE
from conversations import catalogue
from conversations.document_words import load_document_words
from conversations.languages import ENGLISH_CODE, load_languages
from conversations.own_page import Section, meeting_card, own_page
from conversations.pictures import ATTRIBUTION
from conversations.state import Answer, Audience, Media, MediaId, MediaKind, Refused, Transcript
from conversations.voices import Contribution, OnPaper
from tests.bot.documents.samples import WORDS, read
from tests.bot.documents.structure import loose_content, smaller_than, tagged
from tests.conversations.digest_samples import WHEN, young

ANSWERS = (
    Answer("good_at", WHEN, choices=("music", "funny"), words="I play the drums 🥁"),
    Answer("matters", WHEN, choices=("family", "pets"), words="My dog Biscuit"),
    Answer("going", WHEN, "travel", ("not_well",)),
    Answer("going", WHEN, "safe", ("not_well",)),
    Answer("working", WHEN, choices=("people",), words="Miss Bell tells me what is next"),
    Answer("help_with", WHEN, "travel", ("buddy",), words="Someone to ride with me"),
    Answer("must_stay", WHEN, words="Music on Fridays"),
    Answer("adjust", WHEN, words="Breaks every ten minutes"),
)


def person(*answers: Answer, language: str = ENGLISH_CODE) -> Contribution:
    flow = catalogue.load(None, load_languages()).current("young_person", language)
    assert flow is not None
    return replace(young(answers), flow=flow)


def page(*answers: Answer) -> bytes:
    return profile_page(own_page(person(*answers)), WORDS, WHEN)


def sheets(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def test_the_page_says_three_things_in_the_persons_own_words_on_one_sheet() -> None:
    made = page(*ANSWERS)
    words = read(made)
    order = [
        "Sam", "1 December 2026", "What people like about me", "Music", "Being funny", "“I play the drums 🥁”", "drum",
        "What is important to me", "Family", "Pets", "“My dog Biscuit”", "“Music on Fridays”",
        "How best to support me", "The people", "“Miss Bell tells me what is next”",
        "Getting there", "Someone with me", "“Someone to ride with me”", ATTRIBUTION,
    ]  # fmt: skip
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert sheets(made) == 1


def test_what_was_chosen_stands_with_its_picture() -> None:
    alts = [each.alt for each in tagged(page(*ANSWERS)).of("/Figure")]
    assert alts == [
        "A music note",
        "A laughing face",
        "A family",
        "A dog",
        "One person",
        "A bus",
        "Two people hold hands",
    ]


@pytest.mark.parametrize(
    "kept",
    [
        Answer("matters", WHEN, words="my secret", audience=Audience.ONLY_PROFESSIONAL),
        Answer("adjust", WHEN, words="my secret"),
        Answer("not_talk", WHEN, words="my secret"),
        Answer("one_thing", WHEN, words="my secret"),
        Answer("going", WHEN, "safe", words="my secret"),
        Answer("unheard_of", WHEN, words="my secret"),
        Answer(
            "matters", WHEN, media=(Media(MediaId("m"), MediaKind.VOICE),),
            transcripts=(Transcript(MediaId("m"), "my secret", False),),
        ),
    ],
)  # fmt: skip
def test_what_is_not_for_everyone_or_about_safety_is_not_on_it(kept: Answer) -> None:
    assert "my secret" not in read(page(kept))


def test_a_refusal_is_no_word_on_a_page() -> None:
    assert own_page(person(Answer("matters", WHEN, refused=Refused.SKIP))).sections[Section.IMPORTANT] == ()


def test_what_was_spoken_and_confirmed_stands_in_words() -> None:
    voice = Media(MediaId("m"), MediaKind.VOICE)
    said = Answer("matters", WHEN, media=(voice,), transcripts=(Transcript(voice.id, "My grandad", True),))
    assert "“My grandad”" in read(page(said))


def test_what_was_written_on_paper_stands_there_too() -> None:
    sent = person(Answer("matters", WHEN, words="Chat"))
    other = person(Answer("matters", WHEN, words="Paper")).submission
    assert other is not None
    both = replace(sent, paper=OnPaper(other, sent.flow))
    words = read(profile_page(own_page(both), WORDS, WHEN))
    assert words.index("“Chat”") < words.index("“Paper”")
    alone = replace(both, submission=None)
    assert "“Chat”" not in read(profile_page(own_page(alone), WORDS, WHEN))


def test_much_to_say_goes_on_a_second_sheet_under_the_same_head_and_never_gets_smaller() -> None:
    long = "Somebody to talk to when it is loud and busy, and a quiet place to sit. " * 6
    made = page(
        *ANSWERS, *(Answer("help_with", WHEN, card, ("time",), long) for card in ("friends", "lessons", "work"))
    )
    assert sheets(made) == 2
    pages = [each.extract_text() for each in PdfReader(io.BytesIO(made)).pages]
    assert all("Sam" in each and "1 December 2026" in each for each in pages)
    assert not smaller_than(made, PEOPLE["body"], ATTRIBUTION)


def test_the_least_text_of_a_page_is_14_points() -> None:
    assert not smaller_than(page(*ANSWERS), 14, ATTRIBUTION)
    assert smaller_than(page(*ANSWERS), 14, "")


def test_who_said_little_gets_lines_to_write_on() -> None:
    assert read(page()).count("You can write here:") == 3


def test_the_page_is_accessible() -> None:
    made = page(*ANSWERS)
    found = tagged(made)
    assert (found.language, found.title, found.marked, found.shows_title) == ("en-GB", "About me", True, True)
    assert not loose_content(made)
    assert [each.kind for each in found.tags if each.kind in {"/H1", "/H2"}] == ["/H1", "/H2", "/H2", "/H2"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_the_page_speaks_the_persons_language() -> None:
    urdu = load_languages().of("ur")
    made = profile_page(own_page(person(*ANSWERS, language="ur")), load_document_words(urdu), WHEN)
    assert tagged(made).language == "ur"
    assert "What people like about me" not in read(made)
    assert sheets(made) == 1


def test_the_card_holds_what_to_say_what_stays_and_what_helps_also_what_is_for_one_reader() -> None:
    answers = (
        Answer("one_thing", WHEN, words="A bus of my own."),
        Answer("adjust", WHEN, choices=("breaks",), words="Every ten minutes.", audience=Audience.ONLY_PROFESSIONAL),
        Answer("going", WHEN, "safe", ("not_well",)),
        Answer("must_stay", WHEN, words="Miss Bell."),
    )
    asked = person(*answers)
    steps = {each.step for section in meeting_card(asked).sections.values() for each in section}
    assert steps == {"one_thing", "must_stay", "adjust"}
    made = card_page(meeting_card(asked), WORDS, date(2027, 1, 5), WHEN)
    words = read(made)
    order = [
        "My card for the meeting on 5 January 2027",
        "A bus of my own.",
        "Miss Bell.",
        "Every ten",
        "I need a break.",
    ]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert tagged(made).marked
