"""The checks: the shipped scripts pass, and each thing they look for is found when it is there."""

from __future__ import annotations

import pytest

from conversations import catalogue, checks, pictures, plain, readability, scripts
from conversations.findings import Place, Severity
from conversations.glossary import glossary_text, read_glossary
from conversations.script import Does, Flow, Option, Records, Repeat, Role, Say, Sort
from conversations.state import Refused

WORST_LETTERS = 40

GOOD = """
id: talk
version: 1
role: young_person
title: Our talk
scale:
  - {id: well, label: Going well, emoji: "👍", picture: 1F44D, alt: A thumb up}
  - {id: not_well, label: Not going well, emoji: "👎", picture: 1F44E, alt: A thumb down}
parts:
  - id: opening
    opening: true
    steps:
      - say: hello
        text: ["Hello {name}."]
      - choose_one: ready
        records: way
        picture: 1F4AC
        alt: A speech bubble
        text: ["Which way do you want?"]
        explain: ["You choose."]
        options:
          - {id: short, label: Short, picture: 1F539, alt: A small shape}
          - {id: full, label: Full, picture: 1F537, alt: A large shape}
      - choose_one: agree
        records: agreement
        picture: 1F6E1
        alt: A shield
        text: ["Is that OK?"]
        explain: ["You can say no."]
        options:
          - {id: fine, label: "Yes", picture: 1F44D, alt: A thumb up}
          - {id: how, label: Explain, picture: "2753", alt: A question mark, does: explain}
          - {id: other_way, label: Not this, picture: 270B, alt: A hand, does: decline}
  - id: one
    title: One
    steps:
      - sort: going
        heading: going
        picture: 1F4CA
        alt: A chart
        text: ["How is it going with this: {item}?"]
        explain: ["Think about most days."]
        cards:
          - {id: work, label: Work, picture: 1F4BC, alt: A bag}
          - {id: safe, label: Feeling safe, picture: 1F6E1, alt: A shield, safety: true}
      - say: safe_note
        safety: true
        when: [{step: going, card: safe, chose: [not_well]}]
        text: ["Thank you for telling me."]
      - repeat: help
        over: {sort: going, point: not_well}
        at_most: {full: 3, short: 1}
        pick: ["Which first?"]
        steps:
          - tell: help_with
            heading: better
            picture: 1F4A1
            alt: A light bulb
            text: ["What would help with this: {item}?"]
            explain: ["It can be a small thing."]
            prompts: ["It helps if ..."]
      - choose_many: colour
        heading: admire
        picture: 1F3A8
        alt: Paint
        text: ["Which colours do you like?"]
        explain: ["Pick some."]
        options:
          - {id: red, label: Red, emoji: "🔴", picture: 1F534, alt: A red circle}
          - {id: other, label: Something else, emoji: "✨", picture: "2728", alt: Three stars, does: words}
      - choose_one: share
        records: share
        picture: 1F4C4
        alt: A sheet
        text: ["Can your carers have a copy?"]
        explain: ["You choose."]
        options:
          - {id: no, label: "No", picture: 274C, alt: A cross}
          - {id: yes, label: "Yes", picture: "2705", alt: A tick}
"""

ANY = frozenset(Severity)


def read(text: str) -> Flow:
    glossary, _ = read_glossary(glossary_text())
    found = scripts.read(text, "talk.yaml", {}, glossary)
    assert isinstance(found, Flow), found
    return found


def found_in(flow: Flow, severities: frozenset[Severity] = ANY) -> list[str]:
    return [finding.told() for finding in checks.findings(flow) if finding.severity in severities]


def shipped() -> list[Flow]:
    return list(catalogue.load().flows.values())


@pytest.mark.parametrize("flow", shipped(), ids=lambda flow: f"{flow.id}-{flow.version}")
def test_a_shipped_script_has_no_finding(flow: Flow) -> None:
    assert found_in(flow, frozenset({Severity.FINDING})) == []


def test_the_scripts_are_as_easy_to_read_as_promised() -> None:
    grades = {flow.role: checks.grade(flow) for flow in shipped()}
    assert 0 < grades[Role.YOUNG_PERSON] <= 4
    assert 0 < grades[Role.CARER] <= 6


def test_a_good_script_has_no_finding() -> None:
    assert found_in(read(GOOD)) == []


CASES = [
    ('"Which colours do you like?"', '"' + "so " * 15 + 'red?"', "16 words in one sentence"),
    ('"Which colours do you like?"', '"' + "so " * 12 + 'red?"', "13 words in one sentence"),
    ('"Which colours do you like?"', '"Which colours do you like!"', "exclamation mark"),
    ('"Which colours do you like?"', '"Which colours are in your EHCP?"', "'EHCP' is an acronym"),
    ('"Which colours do you like?"', '"What colours does your mum like?"', "'mum' does not fit every family."),
    ('"Which colours do you like?"', '"Bear in mind what you like."', "'bear in mind' is a figure of speech"),
    ('["Pick some."]', '["Please utilise this."]', "'utilise' is hard. Try: use."),
    ('["It helps if ..."]', '["Prior to this ..."]', "'prior to' is hard"),
    ('["Which first?"]', '["Which outcome?"]', "'outcome' is hard"),
    ("alt: A red circle", "alt: A red circle thus", "'thus' is hard"),
    ("title: One", "title: Transition", "'transition' is hard"),
    ("label: Work,", "label: Provision,", "'provision' is hard"),
    ('        explain: ["Pick some."]\n', "", "no easier words"),
    ("        picture: 1F3A8\n        alt: Paint\n", "", "There is no picture. Add"),
    (", picture: 1F534, alt: A red circle", "", "talk, step colour, red: There is no picture."),
    (", picture: 1F4BC, alt: A bag", "", "talk, step going, work: There is no picture."),
    (", picture: 1F44D, alt: A thumb up}\n  - ", "}\n  - ", "talk, scale well: There is no picture."),
    ("picture: 1F534", "picture: 1FFFF", "There is no picture '1FFFF'."),
    ("picture: 1F534", "picture: ../LICENSE", "There is no picture '../LICENSE'."),
    ('["Hello {name}."]', '["One.", "Two.", "Three."]', "3 bubbles come at once"),
    ('["Which first?"]', '["One.", "Two.", "Three."]', "3 bubbles come at once"),
    ('"Which colours do you like?"', '"' + "Red. " * 206 + '"', "The words have 1030 letters."),
    (", does: words}", "}", "does not end with own words"),
    ("        heading: admire\n", "", "The answer goes nowhere."),
    ('emoji: "✨"', 'emoji: "🔴"', "Two have the emoji '🔴'."),
    ("label: Something else", "label: RED", "Two have the label 'red'."),
    ("choose_many: colour", "choose_many: colour\n        at_most: 3", "'at_most' is 3, with 2 options."),
    ("records: agreement", "records: access", "does not ask once for agreement"),
    (", does: decline", "", "'agree' must offer yes, more words and no."),
    ("id: full", "id: long", "The step that records the way lacks one."),
    ("records: share", "records: access", "does not ask once who gets a copy"),
    ("role: young_person", "role: carer", "A carer's script asks about sharing."),
    ("        safety: true\n", "", "Nothing is said after the safety card 'safe'."),
    ("        safety: true\n", "", "A step looks at the safety card 'safe'."),
    ("card: safe, chose", "card: work, chose", "Nothing is said after the safety card 'safe'."),
    ("alt: A bag}", "alt: A bag, safety: true}", "step help: Nobody can get here in the full way."),
    ("alt: A bag}", "alt: A bag, ways: [full]}", "step help: Nobody can get here in the short way."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "what"), CASES)
def test_what_should_not_ship_is_found(old: str, new: str, what: str) -> None:
    assert old in GOOD
    told = found_in(read(GOOD.replace(old, new, 1)))
    assert any(what in each for each in told), told


def test_the_shares_first_answer_must_be_no() -> None:
    no, yes = GOOD.rstrip().split("\n")[-2:]
    swapped = GOOD.replace(no, "#").replace(yes, no).replace("#", yes)
    assert any("'no', then 'yes'" in each for each in found_in(read(swapped)))


def test_a_carers_script_asks_nothing_that_the_young_person_decides() -> None:
    asked = GOOD.replace("role: young_person", "role: carer").replace("heading: admire", "heading: who_comes")
    assert any("only the young person decides" in each for each in found_in(read(asked)))


def test_a_way_that_asks_nothing_is_found() -> None:
    only_full = GOOD
    for step in ("sort: going", "repeat: help", "choose_many: colour", "choose_one: share", "say: safe_note"):
        only_full = only_full.replace(f"- {step}\n", f"- {step}\n        ways: [full]\n")
    assert any("The short way asks nothing." in each for each in found_in(read(only_full)))


def test_a_step_behind_a_step_of_the_other_way_is_found() -> None:
    behind = GOOD.replace("- choose_many: colour", "- choose_many: colour\n        ways: [full]").replace(
        "- choose_one: share", "- choose_one: share\n        when: [{step: colour, chose: [red]}]"
    )
    assert found_in(read(behind)) == [
        "finding talk, step share: Nobody can get here in the short way. Mend 'when', or leave short out of 'ways'."
    ]
    negated = behind.replace("chose: [red]", "not: [red]")
    assert found_in(read(negated)) == []
    flagged = behind.replace("{step: colour, chose: [red]}", "{flag: acting_in_place}")
    assert found_in(read(flagged)) == []


def test_only_options_that_lead_away_are_a_dead_end() -> None:
    lines = [line for line in GOOD.split("\n") if "id: fine" not in line and "id: how" not in line]
    assert any("No option goes on." in each for each in found_in(read("\n".join(lines))))


def test_more_options_than_a_page_are_a_warning() -> None:
    red = '          - {id: red, label: Red, emoji: "🔴", picture: 1F534, alt: A red circle}\n'
    six = "".join(
        red.replace("id: red, label: Red, emoji", f"id: c{n}, label: C{n}, x").replace(', x: "🔴"', "")
        for n in range(6)
    )
    told = found_in(read(GOOD.replace(red, red + six)))
    assert told == ["warning talk, step colour: 7 options need a second page. 6 or fewer are easier."]


def test_a_script_in_hard_words_passes_its_grade() -> None:
    hard = "Internationalisation necessitates organisational accountability considerations. " * 6
    told = found_in(read(GOOD.replace('["Pick some."]', f'["{hard.strip()}"]')))
    assert any("The reading grade is" in each for each in told)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1), ("help", 1), ("time", 1), ("agree", 2), ("little", 2), ("asked", 1), ("wanted", 2), ("choose", 1),
        ("people", 2), ("meeting", 2), ("carer", 2), ("university", 5), ("don't", 1), ("x", 1), ("12", 1), ("the", 1),
    ],
)  # fmt: skip
def test_syllables_are_about_right(word: str, count: int) -> None:
    assert readability.syllables(word) == count


def test_the_grade_follows_the_formula() -> None:
    assert readability.grade(["The cat sat."]) == pytest.approx(0.39 * 3 + 11.8 - 15.59)
    assert readability.grade([]) == 0.0
    assert readability.grade(["👍"]) == 0.0


def test_sentences_are_split_as_a_reader_would() -> None:
    text = "“{item}”\nDo you get it? Ask {contact}. Receipt {code}… Then “stop.” Go /on now"
    assert plain.sentences(text) == (
        "Do you get it?",
        "Ask Ms Patel.",
        "Receipt KX3F…",
        "Then “stop.",
        "Go /on now",
    )


def test_official_names_and_ok_are_allowed() -> None:
    assert plain.findings("OK. They call it a carer's assessment.", Place("here")) == ()
    assert plain.findings("They call it a carer’s assessment.", Place("here")) == ()


def test_pictures_are_found_by_their_code_only() -> None:
    assert pictures.exists("1F3A8")
    file = pictures.source("1F3A8")
    assert file is not None
    assert file.read_bytes().startswith(b"<svg")
    for name in ("1f3a8", "../svg/1F3A8", "", "1F3A8.svg", "FFFF"):
        assert not pictures.exists(name)
    assert "CC BY-SA 4.0" in pictures.ATTRIBUTION


def plain_steps(flow: Flow) -> list[tuple[str, tuple[str, ...]]]:
    found = []
    for part in flow.parts:
        for step in part.steps:
            inner = step.steps if isinstance(step, Repeat) else (step,)
            found += [(each.id, (*each.texts, *each.explain)) for each in inner]
    return found


def test_before_the_first_question_each_person_is_told_what_they_must_know() -> None:
    needed = ("not a person", "{contact}", "{date}", "{reads_by}", "{safeguarding}", "all the time", "🆘", "/rights",
              "type, speak or send a photo", "say no to any question", "Reactions", "secrets about safety", "the pack",
              "/who", "use paper", "change your mind", "People talk there")  # fmt: skip
    for flow in shipped():
        said = " ".join(text for step in flow.parts[0].steps if not isinstance(step, Repeat) for text in step.texts)
        assert [each for each in needed if each not in said] == []
        declines = [option for step in flow.parts[0].steps for option in getattr(step, "options", ())]
        assert any(option.does is Does.DECLINE for option in declines)


def test_the_young_person_is_told_that_no_copy_goes_out_without_a_yes() -> None:
    flow = catalogue.load().current("young_person")
    assert flow is not None
    said = " ".join(text for step in flow.parts[0].steps if isinstance(step, Say) for text in step.texts)
    assert "Nobody in your family gets a copy unless you say yes." in said


def test_a_carers_script_hints_at_no_other_carer_and_at_no_choice() -> None:
    flow = catalogue.load().current("carer")
    assert flow is not None
    said = " ".join(text for _, texts in plain_steps(flow) for text in texts).casefold()
    for hint in ("other carer", "other parent", "another parent", "both parents", "chose", "has said", "mum", "dad"):
        assert hint not in said
    assert "{about} may see what you send, except what you mark only for {contact}." in said
    assert "please give your own view" in said


def test_feeling_safe_is_a_safety_card_and_never_a_view_of_a_repeat() -> None:
    flow = catalogue.load().current("young_person")
    assert flow is not None
    cards = [card for part in flow.parts for step in part.steps if isinstance(step, Sort) for card in step.cards]
    assert [card.id for card in cards if card.safety] == ["safe"]
    assert len(cards) == 8


def test_no_option_repeats_a_refusal() -> None:
    refusals = {catalogue.load().words[refused] for refused in Refused}
    options: list[Option] = []
    for flow in shipped():
        for part in flow.parts:
            for step in part.steps:
                for each in step.steps if isinstance(step, Repeat) else (step,):
                    options += getattr(each, "options", ())
    assert options
    assert not [option for option in options if any(option.label in refusal for refusal in refusals)]
    assert all(len(option.label) <= WORST_LETTERS for option in options)


def test_what_steers_is_recorded_once() -> None:
    flow = catalogue.load().current("young_person")
    assert flow is not None
    recorded = [
        step.records for part in flow.parts for step in part.steps if not isinstance(step, Repeat) and step.records
    ]
    assert sorted(recorded) == sorted(set(Records) - {Records.SAFE_HERE})
