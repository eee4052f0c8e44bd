"""A file is looked over as a whole: lines, figures, its own glossary, and problems that keep it from being read."""

from __future__ import annotations

from conversations import scripts
from conversations.face_checks import Found
from conversations.findings import Finding, Kind, Place, Severity, Spot
from conversations.glossary import glossary_text, hard_words_in, read_glossary
from conversations.hard_words import read_hard_words
from conversations.looking_over import Common, look_over, look_over_sentences
from conversations.problems import Report
from conversations.reading import parse
from conversations.script import Flow, Way
from conversations.source_lines import line_of, with_line
from tests.conversations.test_checks import GOOD

GLOSSARY, NO_PROBLEMS = read_glossary(glossary_text())
COMMON = Common({}, GLOSSARY)


def test_a_good_script_is_fit_and_has_its_figures() -> None:
    looked = look_over(GOOD, "talk.yaml", COMMON)
    assert looked.found == ()
    assert looked.is_fit
    assert looked.flow is not None
    assert looked.figures is not None
    assert looked.figures.steps == 8
    assert looked.figures.taps == {Way.SHORT: 8, Way.FULL: 8}
    assert looked.figures.pictures == 17
    assert looked.figures.told() == (
        "8 steps, about 8 taps in the short way and about 8 taps in the full way. Reading grade 0.0, "
        "target 4 or less. The longest sentence has 7 words. 17 pictures."
    )


def test_findings_stand_in_the_order_of_the_file() -> None:
    bad = GOOD.replace("You can say no.", "You can say no!").replace("Pick some.", "Pick some!")
    lines = [each.place.line for each in look_over(bad, "talk.yaml", COMMON).found]
    assert lines == sorted(lines)
    assert len(lines) == 2


def test_a_script_that_cannot_be_read_has_its_problems_as_findings() -> None:
    looked = look_over(GOOD.replace("label: Red", f"label: {'R' * 60}"), "talk.yaml", COMMON)
    (found,) = looked.found
    assert (found.kind, found.place.line, looked.flow, looked.is_fit) == (Kind.BROKEN_FILE, 69, None, False)
    assert look_over("", "talk.yaml", COMMON).found[0].what == "The file is empty."


def test_a_title_and_a_part_are_read_too() -> None:
    bad = GOOD.replace("title: One", "title: One outcome").replace("title: Our talk", "title: Talk, etc.")
    found = look_over(bad, "talk.yaml", COMMON).found
    assert [(each.kind, each.place.line, each.place.spot) for each in found] == [
        (Kind.SHORT_FORM, 5, Spot.FILE),
        (Kind.HARD_WORD, 35, Spot.PART),
    ]


def test_pictures_of_the_scale_and_of_one_own_set() -> None:
    no_picture = GOOD.replace(", picture: 1F44E, alt: A thumb down", "")
    (found,) = look_over(no_picture, "talk.yaml", COMMON).found
    assert (found.where, found.place.line) == ("talk, scale not_well", 8)
    assert look_over(GOOD, "talk.yaml", Common({}, GLOSSARY, lambda _: Found.OWN)).found == ()


def test_a_scripts_own_glossary_goes_before_the_shipped_one_and_is_read() -> None:
    own = GOOD.replace("title: Our talk", 'title: Our talk\nglossary:\n  bursary: "Money!"\n  carer: Someone at home.')
    looked = look_over(own.replace("Pick some.", "Think of your bursary."), "talk.yaml", COMMON)
    (found,) = looked.found
    assert (found.kind, found.where, found.place.line) == (Kind.EXCLAMATION_MARK, "talk, glossary bursary", 7)
    assert looked.flow is not None
    assert looked.flow.glossary["carer"] == "Someone at home."
    assert looked.flow.glossary["advocate"] == GLOSSARY["advocate"]


def test_a_hard_word_that_nothing_explains_is_told_once() -> None:
    bad = GOOD.replace("Pick some.", "Think of the tribunal.").replace("Think about most days.", "It is a tribunal.")
    (found,) = look_over(bad, "talk.yaml", COMMON).found
    assert (found.kind, found.place.name) == (Kind.NO_GLOSSARY, "going")
    carers = bad.replace("role: young_person", "role: carer").replace("records: share", "records: access")
    assert look_over(carers, "talk.yaml", COMMON).found == ()


def test_a_glossary_that_is_none_is_a_problem() -> None:
    for wrong, what in (("glossary: [x]", "must have keys"), ("glossary: {x: [y]}", "has no sentence")):
        found = scripts.read(GOOD.replace("title: Our talk", f"title: Our talk\n{wrong}"), "talk.yaml", {})
        assert not isinstance(found, Flow)
        assert what in found[0].what


def test_the_shipped_glossary_is_whole() -> None:
    assert NO_PROBLEMS == ()
    assert set(GLOSSARY) <= set(read_hard_words().explain)
    for word in ("advocate", "review", "plan", "carer", "goal", "timetable", "apprenticeship", "supported internship"):
        assert len(GLOSSARY[word].split()) <= 15
    assert read_glossary("- a")[1][0].what == "This is no glossary."
    assert read_glossary("a: 'b")[1]
    assert read_glossary("a: {b: c}")[1][0].what == "'a' has no sentence."
    assert read_glossary("a: a {brace}")[1][0].what == "'a' has no sentence."


def test_hard_words_are_found_as_people_write_them() -> None:
    words = ("bot", "chat bot", "Telegram", "review")
    assert hard_words_in("A CHAT BOT and reviews, not robots.", words) == ("chat bot", "review")
    assert hard_words_in("telegram", words) == ("Telegram",)
    assert hard_words_in("Anything", ()) == ()


def test_sentences_are_looked_over_like_a_script() -> None:
    looked = look_over_sentences("a: Fine.\nb: Well done.\n", "said.yaml")
    assert [each.kind for each in looked.found] == [Kind.NOT_NEUTRAL]
    assert (looked.flow, looked.figures, looked.is_fit) == (None, None, False)


def test_what_the_file_does_not_have_gets_the_nearest_line() -> None:
    root = parse(GOOD, Report("talk.yaml"))
    assert root is not None
    assert line_of(root, Place("talk")) == 2
    assert line_of(root, Place("talk", "nowhere", Spot.STEP)) == 2
    assert line_of(root, Place("talk", "going", Spot.STEP)) == 37
    assert line_of(root, Place("talk", "going", Spot.STEP, "nothing", "no such words")) == 37
    assert line_of(root, Place("talk", "going", Spot.STEP, "well")) == 7
    assert line_of(root, Place("talk", "nothing", Spot.PART)) == 2
    assert line_of(root, Place("talk", "nothing", Spot.GLOSSARY)) == 2
    lonely = parse("id: talk", Report("talk.yaml"))
    assert lonely is not None
    assert line_of(lonely, Place("talk", "x", Spot.STEP, "y")) == 1
    finding = Finding(Kind.PASSIVE, Place("talk", "going", Spot.STEP), "What.", "Do.")
    assert with_line(root, finding).place.line == 37
    assert (finding.severity, finding.place.line) == (Severity.WARNING, 0)
