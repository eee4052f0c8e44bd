"""A script on paper: every question of the chat, with its pictures, numbers and ids, and a way to say no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from bot.documents.paper_pdf import Paper, paper
from bot.help_card import numbers_of
from conversations import catalogue, sheet
from conversations.document_words import load_document_words
from conversations.help_lines import shipped_help_lines
from conversations.languages import ENGLISH, load_languages
from conversations.pictures import ATTRIBUTION
from conversations.print_out import Box, Printing, printed
from conversations.profile import Look, Profile, Shows
from conversations.script import Flow, Way
from conversations.state import PlanLine, ReviewFacts
from tests.bot.documents.samples import WORDS, read, squeezed
from tests.bot.documents.structure import loose_content, smaller_than, tagged
from tests.conversations.digest_samples import WHEN, facts

SCRIPTS = catalogue.load(None, load_languages())
HELP = numbers_of(ENGLISH, shipped_help_lines())
GAPS = {"by": "staff", "contact": "them"}


def flow(name: str = "young_person", language: str = "en") -> Flow:
    found = SCRIPTS.current(name, language)
    assert found is not None
    return found


@cache
def for_anybody() -> bytes:
    return paper(flow(), WORDS, Paper(WHEN, help_lines=HELP))


def marks(script: Flow, known: ReviewFacts | None = None, way: Way = Way.FULL) -> list[str]:
    """The ids of all questions, those of cards among them."""
    sheets = (each for part in printed(script, Printing(known, way, GAPS)) for each in part.sheets)
    return [mark for each in sheets for mark in ([card.mark for card in each.choices if card.mark] or [each.mark])]


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_every_question_of_the_chat_is_on_paper_under_the_id_by_which_it_is_typed_in(name: str) -> None:
    found = set(marks(flow(name), facts()))
    for line in sheet.lines(flow(name), facts()):
        by_card = f"{line.step}."
        asked = line.where in found or by_card in found
        assert asked is (line.records not in sheet.CHAT_ONLY) or line.room is sheet.Room.MANY, line.where


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_every_id_on_paper_can_be_typed_in(name: str) -> None:
    known = {line.where for line in sheet.lines(flow(name), facts())}
    for mark in marks(flow(name), facts()):
        assert mark in known or (mark.endswith(".") and any(each.startswith(mark) for each in known)), mark


def test_the_numbers_of_options_are_those_that_are_typed_in() -> None:
    known = {line.where: line for line in sheet.lines(flow(), facts())}
    for part in printed(flow(), Printing(facts(), gaps=GAPS)):
        for each in part.sheets:
            line = known.get(each.mark)
            if line is not None and each.box is not Box.ROWS:
                assert all(line.options[choice.number - 1].label == choice.label for choice in each.choices)


def test_the_short_way_asks_what_the_short_way_of_the_chat_asks() -> None:
    short, full = marks(flow(), facts(), Way.SHORT), marks(flow(), facts())
    assert set(short) < set(full)
    assert "good_at" not in short
    assert "going.breaks" not in short


def test_more_lines_of_the_plan_than_are_asked_about_are_picked_from() -> None:
    lines = tuple(PlanLine(f"p{number}", f"Help {number}.", "Jo Bell") for number in range(4))
    known = replace(facts(), plan_lines=lines)
    pick = next(
        each for part in printed(flow(), Printing(known, gaps=GAPS)) for each in part.sheets if each.mark == "plan_help"
    )
    assert (pick.steers, pick.at_most, [each.label for each in pick.choices]) == (
        True,
        3,
        [each.text for each in lines],
    )


def test_paper_for_one_person_holds_their_name_plan_lines_and_goals() -> None:
    words = squeezed(read(paper(flow(), WORDS, Paper(WHEN, facts=facts(), help_lines=HELP))))
    for said in (
        "Sam", "Ms Okoro reads this first.", "Sam meets a speech therapist every week.", "Jo Bell wrote it.",
        "Travel to college by bus alone", "Only for Ms Okoro", "plan_get.p1", "goal_how.g1",
        "Give it back to Ms Okoro by Tuesday 15 December 2026.", "young_person",
    ):  # fmt: skip
        assert squeezed(said) in words


def test_paper_for_anybody_names_nobody() -> None:
    made = for_anybody()
    words = squeezed(read(made))
    for said in (
        "The person who gave you this reads this first.", "Give it back to the person who gave it to you.",
        "My review, my say", "Part 1: About me", "Question 1", "Or text SHOUT to 85258.", "Page 1 of ",
    ):  # fmt: skip
        assert squeezed(said) in words
    assert "{" not in words
    assert ATTRIBUTION in read(made)


def test_every_question_can_be_refused_and_kept_for_one_reader() -> None:
    made = read(for_anybody())
    sheets = [each for part in printed(flow(), Printing(gaps=GAPS)) for each in part.sheets]
    rows = sum(each.box is Box.ROWS for each in sheets)
    for said in ("I don’t know", "I don’t want to say"):
        assert squeezed(made).count(squeezed(said)) == len(sheets)
    assert squeezed(made).count("Skip") == len(sheets) - rows
    assert squeezed(made).count("Onlyforthepersonwhogaveyouthis") == len(sheets) + 1


def test_a_question_for_some_says_for_whom() -> None:
    words = read(for_anybody())
    assert "Leave this out if you ticked “Send my words” or “No” in question" in words
    assert "Only for a thing that you put under “Not going well” in question 5." in words
    assert "Which one? Write its number from question 5:" in words


@pytest.mark.parametrize(
    ("whom", "least"), [(Paper(WHEN), 14), (Paper(WHEN, large=True), 18), (Paper(WHEN, facts=facts()), 14)]
)
def test_print_is_large(whom: Paper, least: float) -> None:
    typed_in = " ".join((*marks(flow(), whom.facts), "young_person 1", ATTRIBUTION))
    assert not smaller_than(paper(flow(), WORDS, whom), least, typed_in)


def test_the_profile_decides_how_paper_looks_and_never_what_is_asked() -> None:
    looks = (Profile(), Profile(Shows.WORDS), Profile(Shows.PICTURES, look=Look.CREAM), Profile(choices=3))
    for profile in looks:
        assert "must_stay" in read(paper(flow(), WORDS, Paper(WHEN, replace(profile, asked_on=date(2026, 12, 1)))))
    no_pictures = tagged(paper(flow(), WORDS, Paper(WHEN, Profile(Shows.WORDS))))
    assert not no_pictures.of("/Figure")
    few_words = read(paper(flow(), WORDS, Paper(WHEN, Profile(Shows.PICTURES))))
    assert "Pick as many as you want." not in few_words


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_paper_is_accessible(name: str) -> None:
    made = paper(flow(name), WORDS, Paper(WHEN, facts=facts(), help_lines=HELP))
    found = tagged(made)
    assert (found.language, found.title, found.marked, found.shows_title) == ("en-GB", flow(name).title, True, True)
    assert not loose_content(made)
    assert all(each.alt for each in found.of("/Figure"))
    assert found.of("/Figure") or name == "carer"
    assert [each.kind for each in found.tags if each.kind[:2] == "/H" and each.kind[2:].isdigit()][:3] == [
        "/H1", "/H2", "/H3"
    ]  # fmt: skip
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


def test_paper_in_a_language_that_runs_from_right_to_left_has_the_same_ids() -> None:
    urdu = load_languages().of("ur")
    made = paper(flow("young_person", "ur"), load_document_words(urdu), Paper(WHEN, facts=facts()))
    assert tagged(made).language == "ur"
    assert marks(flow("young_person", "ur"), facts()) == marks(flow(), facts())
    assert "going.lessons" in read(made)
