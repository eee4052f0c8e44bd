"""What people said about the same thing stands beside each other, compared by a rule and never merged."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from conversations.digest import compose
from conversations.script import Heading, Role
from conversations.side_by_side import SHARED, Likeness, side_by_side
from conversations.voices import Chosen, Cited, Entry, Voice
from tests.conversations.digest_samples import MADE, WHEN, carer, review, young

LINE = Cited("p1", "A quiet room", "Jo Bell")


def said(heading: Heading, *points: str, words: str = "", step: str = "q", line: Cited | None = None) -> Entry:
    chosen = tuple(Chosen(each, each) for each in points)
    return Entry(step, WHEN, "Asked?", heading=heading, words=words, cited=line, chosen=chosen)


def voice(who: str, *entries: Entry) -> Voice:
    return Voice(who, Role.YOUNG_PERSON if who == "yp" else Role.CARER, None, entries=entries)


def likeness(*voices: Voice) -> list[Likeness]:
    return [each.likeness for each in side_by_side(voices)]


def provision(*points: str, step: str = "helps") -> Entry:
    return said(Heading.PROVISION, *points, step=step, line=LINE)


def test_the_same_point_is_same_and_any_other_is_different() -> None:
    assert likeness(voice("yp", provision("well")), voice("m", provision("well"))) == [Likeness.SAME]
    assert likeness(voice("yp", provision("well")), voice("m", provision("not_well"))) == [Likeness.DIFFERENT]


def test_one_difference_among_several_questions_of_a_line_is_a_difference() -> None:
    young_person = voice("yp", provision("get_yes", step="get"), provision("well"))
    mother = voice("m", provision("get_yes", step="get"), provision("sometimes"))
    assert likeness(young_person, mother) == [Likeness.DIFFERENT]


def test_a_third_who_chose_otherwise_is_a_difference() -> None:
    three = [voice(who, provision(point)) for who, point in (("yp", "well"), ("m", "well"), ("f", "not_well"))]
    assert likeness(*three) == [Likeness.DIFFERENT]


def test_own_words_and_something_else_are_no_points() -> None:
    words = said(Heading.PROVISION, words="It rains in.", line=LINE)
    assert likeness(voice("yp", words), voice("m", provision("well"))) == [Likeness.NOT_COMPARED]
    other = provision("other_helps")
    assert likeness(voice("yp", other), voice("m", other)) == [Likeness.NOT_COMPARED]


def test_what_only_one_spoke_about_is_said_to_be_so() -> None:
    assert likeness(voice("yp", provision("well")), voice("m")) == [Likeness.ONLY_ONE]
    assert likeness(voice("yp"), voice("m", said(Heading.ADMIRE, words="Kind."))) == [Likeness.ONLY_ONE]


def test_different_questions_are_beside_each_other_without_a_mark() -> None:
    both = voice("yp", said(Heading.ADMIRE, "music")), voice("m", said(Heading.ADMIRE, words="Kind."))
    assert likeness(*both) == [Likeness.NOT_COMPARED]


def test_a_refusal_is_no_view_to_compare() -> None:
    assert likeness(voice("yp", said(Heading.ADMIRE)), voice("m", said(Heading.ADMIRE))) == []


def test_nobody_is_compared_with_nobody() -> None:
    assert likeness(voice("yp", provision("well"))) == []


def test_what_only_one_of_the_two_is_asked_about_is_not_there() -> None:
    assert likeness(voice("yp"), voice("m", said(Heading.WORRIES, words="Money."))) == []


def test_matters_of_safety_are_in_no_comparison() -> None:
    digest = compose(review(), [young(), carer("m", "mother")], MADE)
    found = str(list(side_by_side((digest.young_person, *digest.carers))))
    assert "hidden thing" not in found
    assert "Feeling safe" not in found


ENTRIES = st.lists(
    st.builds(
        lambda heading, point, words, line: said(heading, *point, words=words, line=line),
        st.sampled_from(Heading),
        st.lists(st.sampled_from(["well", "not_well", "other_x"]), max_size=1),
        st.text(max_size=4),
        st.sampled_from([None, LINE]),
    ),
    max_size=8,
)


@given(st.lists(ENTRIES, min_size=2, max_size=4))
def test_nothing_is_left_out_added_doubled_or_given_to_another(spoken: list[list[Entry]]) -> None:
    voices = [voice("yp" if not number else f"c{number}", *each) for number, each in enumerate(spoken)]
    found = list(side_by_side(voices))
    for place, person in enumerate(voices):
        wanted = [each for each in person.entries if each.heading in SHARED and (each.words or each.chosen)]
        held: Iterable[Entry] = [entry for each in found for entry in each.said[place]]
        assert sorted(map(repr, held)) == sorted(map(repr, wanted))
    places = [SHARED.index(each.heading) for each in found]
    assert all(before <= after for before, after in pairwise(places)), "in the order of a meeting"
