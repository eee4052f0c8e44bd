from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.asked import Asked
from conversations.captured import captured
from conversations.digest import DigestPart, compose, part_of
from conversations.languages import Language
from conversations.messages import context_of
from conversations.retelling import Kind
from conversations.retold_digest import in_language
from conversations.script import Heading, Role
from conversations.state import Answer, Means, Refused
from conversations.voices import Change, Entry, Standing
from tests.conversations.digest_samples import (
    GOALS,
    LINES,
    MADE,
    ONLY,
    SCALE,
    WHEN,
    YOUNG_ANSWERS,
    carer,
    review,
    silent,
    young,
)


def entries(*answers: Answer) -> tuple[Entry, ...]:
    return compose(review(), [young(answers)], MADE).young_person.entries


def test_the_young_person_comes_first_and_each_carer_stands_apart() -> None:
    digest = compose(review(), [carer("f", "father"), young(), carer("m", "mother")], MADE)
    assert digest.young_person.who == "yp"
    assert [(each.who, each.letter, each.relation) for each in digest.carers] == [
        ("f", "A", "father"),
        ("m", "B", "mother"),
    ]


def test_words_choices_refusals_audience_and_means_are_kept_as_they_were_given() -> None:
    words = "  two  spaces\n\tand a tab \u202e"
    answer = Answer("important", WHEN, words=words, audience=ONLY, means=frozenset({Means.TYPED}), helped=("family",))
    (entry,) = entries(answer)
    assert entry.words == words
    assert (entry.audience, entry.means, entry.helped) == (ONLY, frozenset({Means.TYPED}), ("Family",))
    (refused,) = entries(Answer("stay", WHEN, refused=Refused.RATHER_NOT))
    assert refused.refused is Refused.RATHER_NOT


def test_the_question_stands_there_without_the_hints_before_it() -> None:
    assert entries(Answer("good_at", WHEN, choices=("music",)))[0].asked == "What do people like about you?"
    assert entries(Answer("would_help", WHEN, "travel", ("time",)))[0].asked == "What would help?"


def test_a_plan_line_and_a_goal_are_cited_with_the_name_of_who_wrote_them() -> None:
    line, unsigned, goal = entries(
        Answer("get_it", WHEN, "p1", ("yes",)),
        Answer("get_it", WHEN, "p2", ("no",)),
        Answer("goal", WHEN, "g1", ("done",)),
    )
    assert line.cited is not None
    assert unsigned.cited is not None
    assert goal.cited is not None
    assert (line.cited.text, line.cited.by) == (LINES[0].text, "Jo Bell")
    assert unsigned.cited.by == ""
    assert goal.cited.text == GOALS[0].text


def test_a_card_knows_its_column_and_one_answered_in_words_does_not_stand_in_a_column() -> None:
    card, words = entries(Answer("going", WHEN, "food", ("well",)), Answer("going", WHEN, "noise", words="too loud"))
    assert card.sorted
    assert [point.id for point in card.scale] == [point.id for point in SCALE]
    assert not words.sorted


@pytest.mark.parametrize(
    "answer",
    [
        Answer("unsafe", WHEN, words="hidden"),
        Answer("going", WHEN, "safe", ("not_well",)),
        Answer("going", WHEN, "safe", words="hidden"),
        Answer("would_help", WHEN, "safe", words="hidden"),
        Answer("safe_more", WHEN, words="hidden"),
    ],
    ids=["safety step", "safety card", "words at a safety card", "repeat over a safety card", "asked because of it"],
)
def test_nothing_about_safety_is_in_a_digest_or_leaves_a_trace_there(answer: Answer) -> None:
    seen = compose(review(), [young((*YOUNG_ANSWERS[:4], answer))], MADE)
    assert seen == compose(review(), [young(YOUNG_ANSWERS[:4])], MADE)


def test_presses_that_only_steered_are_left_out_but_words_never_are() -> None:
    digest = compose(review(), [young((Answer("share", WHEN, choices=("yes",)),))], MADE)
    assert digest.young_person.steering == ()
    with_words = compose(review(), [young((Answer("share", WHEN, choices=("yes",), words="not Dad"),))], MADE)
    assert [each.words for each in with_words.young_person.steering] == ["not Dad"]
    assert [each.words for each in entries(Answer("help_with", WHEN, choices=("travel",)))] == []
    assert [each.words for each in entries(Answer("help_with", WHEN, words="both"))] == ["both"]
    assert [each.words for each in entries(Answer("goals", WHEN, refused=Refused.SKIP))] == [""]


def test_an_answer_to_a_step_that_the_flow_does_not_know_is_kept_for_the_named_professional() -> None:
    (entry,) = entries(Answer("gone", WHEN, "thing", ("x",), words="still mine"))
    assert (entry.asked, entry.words, entry.item, entry.audience) == ("", "still mine", "thing", ONLY)
    assert [each.label for each in entry.chosen] == ["x"]
    (unknown,) = entries(Answer("going", WHEN, "no_such_card", ("well",), helped=("nobody",)))
    assert (unknown.item, unknown.helped) == ("no_such_card", ("nobody",))
    (line,) = entries(Answer("get_it", WHEN, "no_such_line", ("yes",)))
    assert (line.item, line.cited) == ("no_such_line", None)


def test_who_took_it_back_has_no_words_in_the_digest_whatever_is_handed_in() -> None:
    took_back = replace(young(), standing=Standing.TOOK_BACK)
    voice = compose(review(), [took_back], MADE).young_person
    assert (voice.standing, voice.entries, voice.code, voice.sent_at) == (Standing.TOOK_BACK, (), "", None)


def test_the_empty_part_says_which_of_the_four_it_is_and_what_was_tried() -> None:
    for standing in set(Standing) - {Standing.SENT}:
        voice = compose(review(), [silent(young(), standing)], MADE).young_person
        assert voice.standing is standing
        assert len(voice.tried) == 2


@pytest.mark.parametrize(
    ("before", "number", "change"),
    [({}, 1, Change.ADDED), ({"yp": 1}, 1, Change.NONE), ({"yp": 1}, 2, Change.CHANGED), ({"yp": 0}, 1, Change.ADDED)],
)
def test_since_the_version_before_words_are_added_changed_or_the_same(
    before: dict[str, int], number: int, change: Change
) -> None:
    assert compose(review(2, before), [young(number=number)], MADE).young_person.change is change


def test_what_was_withdrawn_since_the_version_before_is_told_and_the_first_version_has_no_changes() -> None:
    gone = silent(young(), Standing.TOOK_BACK)
    assert compose(review(2, {"yp": 1}), [gone], MADE).young_person.change is Change.WITHDRAWN
    assert compose(review(2), [gone], MADE).young_person.change is Change.NONE
    assert compose(review(), [young()], MADE).young_person.change is Change.NONE


@pytest.mark.parametrize(
    "people",
    [(), (carer("m", "mother"),), (young(), replace(young(), who="other")), (young(), carer("yp", "mother"))],
    ids=["nobody", "no young person", "two young people", "one person twice"],
)
def test_a_digest_is_about_one_young_person_and_everybody_once(people: tuple[object, ...]) -> None:
    with pytest.raises(ValueError, match="exactly one young person"):
        compose(review(), people, MADE)  # type: ignore[arg-type]  # parametrize loses the element type


def test_somebody_who_sent_must_have_a_submission() -> None:
    with pytest.raises(ValueError, match="missing"):
        compose(review(), [replace(young(), submission=None)], MADE)


def test_carers_after_the_twenty_sixth_have_two_letters() -> None:
    people = [young(), *(carer(str(n), "") for n in range(28))]
    assert [each.letter for each in compose(review(), people, MADE).carers][-3:] == ["Z", "AA", "AB"]


def test_each_heading_has_its_part() -> None:
    at = {
        entry.heading: part_of(Role.YOUNG_PERSON, entry)
        for entry in compose(review(), [young()], MADE).young_person.entries
    }
    assert at[Heading.ONE_THING] is DigestPart.ONE_THING
    assert at[Heading.MUST_STAY] is DigestPart.MUST_STAY
    assert at[Heading.AGENDA] is DigestPart.AGENDA
    assert at[Heading.WHO_COMES] is DigestPart.TAKING_PART
    assert at[Heading.GOING] is DigestPart.HEADINGS
    likes = Entry("like", WHEN, "?", Heading.ADMIRE)
    assert part_of(Role.CARER, likes) is DigestPart.CARERS
    assert part_of(Role.CARER, Entry("helper", WHEN, "?")) is DigestPart.HOW_CAPTURED


def test_how_captured_counts_refusals_means_days_and_who_helped() -> None:
    found = captured(compose(review(), [young()], MADE).young_person, "Europe/London")
    assert found.refusals == {Refused.RATHER_NOT: 1}
    assert found.means[Means.VOICE] == 1
    assert found.helped == ("Family",)
    assert found.first is not None
    assert found.last is not None
    assert (found.last - found.first).days == 2
    assert [each.chosen[0].label for each in found.access] == ["Pictures"]


@pytest.mark.parametrize(("points", "marked"), [("wwww", 4), ("www", 0), ("wwws", 0)])
def test_all_in_one_column_is_marked_from_four_cards_on(points: str, marked: int) -> None:
    ids = {"w": "well", "s": "sometimes"}
    cards = ("lessons", "friends", "travel", "food")
    answers = tuple(Answer("going", WHEN, card, (ids[point],)) for card, point in zip(cards, points, strict=False))
    assert captured(compose(review(), [young(answers)], MADE).young_person, "UTC").one_column == marked


@pytest.mark.parametrize(("chosen", "supporters"), [("family", ("Family",)), ("just_me", ()), ("", ())])
def test_who_helps_is_what_was_sent_and_nothing_that_was_said_another_time(
    chosen: str, supporters: tuple[str, ...]
) -> None:
    helper = (Answer("helper", WHEN, choices=(chosen,)),) if chosen else ()
    assert compose(review(), [young(helper)], MADE).young_person.supporters == supporters


def test_an_own_copy_in_another_language_says_in_it_who_helps() -> None:
    person = young((Answer("helper", WHEN, choices=("family",)),))
    urdu = Language("ur", "اردو", translations={(context_of(Kind.LABEL), "Family"): "خاندان"})
    told = in_language(compose(review(), [person], MADE), urdu, {person.who: Asked(person.flow, person.facts)})
    assert told.young_person.supporters == ("خاندان",)


def test_an_own_copy_leaves_a_voice_as_it_is_whose_questions_are_not_known() -> None:
    whole = compose(review(), [young((Answer("helper", WHEN, choices=("family",)),))], MADE)
    urdu = Language("ur", "اردو", translations={(context_of(Kind.LABEL), "Family"): "خاندان"})
    assert in_language(whole, urdu, {}) == whole
