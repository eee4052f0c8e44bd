"""What was written on paper becomes answers or problems, whatever is keyed in, and nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.asked import Asked
from conversations.paper import Keyed, Problem, Read, Typing, Unfit, Wrong, faults, read
from conversations.script import Does, Flow
from conversations.sheet import Line, Room, lines
from conversations.state import Answer, Audience, Means, Refused
from tests.conversations.small_script import small_flow
from tests.conversations.support import all_flows, facts

AT = datetime(2027, 1, 8, 12, tzinfo=UTC)
TYPING = Typing("Ms Patel", AT, checked=True)
FACTS = facts(plan_lines=2, goals=2)
FLOWS = st.sampled_from(all_flows())


def known(flow: Flow) -> dict[str, Line]:
    return {line.where: line for line in lines(flow, FACTS)}


def taken(*keyed: Keyed, flow: Flow | None = None) -> Read:
    found = read(flow or small_flow(), FACTS, keyed, TYPING)
    assert isinstance(found, Read), found
    return found


def wrongs(*keyed: Keyed) -> list[tuple[Wrong, str]]:
    found = read(small_flow(), FACTS, keyed, TYPING)
    assert isinstance(found, Unfit)
    return [(each.wrong, each.nearest) for each in found.problems]


@st.composite
def papers(draw: st.DrawFn) -> tuple[Flow, list[Keyed]]:
    """A script, and a paper of it as it may well come back: some boxes, some words, some refusals, much left empty."""
    flow = draw(FLOWS)
    keyed = [draw(fillings(line)) for line in lines(flow, FACTS)]
    return flow, draw(st.permutations(keyed)) if len(keyed) < 30 else keyed


@st.composite
def fillings(draw: st.DrawFn, line: Line) -> Keyed:
    only = draw(st.booleans())
    if line.has_words and draw(st.booleans()):
        refused = draw(st.sampled_from([*Refused, ""]))
        return Keyed(line.where, (), draw(st.text(max_size=8)), refused, only=only)
    numbers = [n for n, option in enumerate(line.options, 1) if option.does in {None, Does.WORDS}]
    most = 1 if line.room is Room.ONE else line.at_most or len(numbers)
    ticked = draw(st.lists(st.sampled_from(numbers), unique=True, max_size=most)) if numbers else []
    named = [draw(st.sampled_from([str(n), line.options[n - 1].id])) for n in ticked]
    # An id that is made of digits is read as the number of a box.
    choices = tuple(str(n) if name.isdigit() else name for n, name in zip(ticked, named, strict=True))
    return Keyed(line.where, choices, draw(st.text(max_size=8)) if line.has_words else "", only=only)


@given(papers())
@settings(max_examples=60, deadline=None)
def test_a_paper_of_any_script_becomes_answers_that_say_what_was_written_and_who_typed_it(
    paper: tuple[Flow, list[Keyed]],
) -> None:
    flow, keyed = paper
    given_ones = {each.where: each for each in keyed if not each.is_empty}
    found = read(flow, FACTS, keyed, TYPING)
    if not given_ones:
        assert found == Unfit((Problem(0, "", Wrong.NOTHING),))
        return
    assert isinstance(found, Read)
    wheres = [f"{each.step}.{each.item}" if each.item else each.step for each in found.answers]
    assert wheres == [where for where in known(flow) if where in given_ones], "in the order of the script"
    for where, answer in zip(wheres, found.answers, strict=True):
        line, one = known(flow)[where], given_ones[where]
        numbers = tuple(str([option.id for option in line.options].index(each) + 1) for each in answer.choices)
        typed_again = replace(one, choices=numbers, words=answer.words, refused=answer.refused or "")
        [again] = [a for a in taken(typed_again, flow=flow).answers if (a.step, a.item) == (answer.step, answer.item)]
        assert replace(again, helped=answer.helped) == answer, "what is stored can be typed in again"
        assert (answer.entered_by, answer.checked, answer.at) == ("Ms Patel", True, AT)
        assert answer.means == {Means.PAPER}
        assert (answer.audience is Audience.ONLY_PROFESSIONAL) is one.only
        assert answer.words == one.words.strip()


IDS = sorted({where for flow in all_flows() for where in known(flow)})
ANYTHING = st.builds(
    Keyed,
    where=st.sampled_from(IDS) | st.text(max_size=6),
    choices=st.lists(st.sampled_from(["0", "1", "2", "99", "yes", "²"]) | st.text(max_size=5), max_size=3).map(tuple),
    words=st.text(max_size=5),
    refused=st.sampled_from(["", "skip", "Rather not", "no"]) | st.text(max_size=4),
    only=st.booleans(),
    row=st.integers(0, 99),
)


@given(FLOWS, st.lists(ANYTHING, max_size=6))
@settings(max_examples=150, deadline=None)
def test_whatever_is_keyed_in_fits_whole_or_every_row_that_does_not_is_named(flow: Flow, keyed: list[Keyed]) -> None:
    found = read(flow, FACTS, keyed, TYPING)
    match found:
        case Read(answers):
            assert all(each.where in known(flow) for each in keyed)
            assert len(answers) == len({each.where for each in keyed if not each.is_empty}) > 0
        case Unfit(problems):
            bad = {each.where for each in keyed if each.where not in known(flow)}
            assert bad <= {each.where for each in problems}
            assert {each.row for each in problems} <= {each.row for each in keyed} | {0}


def test_the_ids_are_those_of_the_digest_and_each_stands_once() -> None:
    for flow in all_flows():
        asked, found = Asked(flow, FACTS), lines(flow, FACTS)
        assert len({line.where for line in found}) == len(found)
        assert all(line.step in asked.places and line.asked for line in found)


def test_a_question_for_a_flag_is_there_only_where_staff_set_it() -> None:
    flagged = {line.where for line in lines(small_flow(), facts(flags=frozenset({"acting_in_place"})))}
    assert {line.where for line in lines(small_flow(), facts())} < flagged


@pytest.mark.parametrize(
    ("keyed", "wrong"),
    [
        (Keyed("good_ad", ("1",)), (Wrong.UNKNOWN, "good_at")),
        (Keyed("going", ("1",)), (Wrong.NEEDS_ITEM, "going.lessons")),
        (Keyed("help.", ("1",)), (Wrong.NEEDS_ITEM, "help.lessons")),
        (Keyed("going.friend", ("1",)), (Wrong.UNKNOWN, "going.friends")),
        (Keyed("hello", words="Hi"), (Wrong.UNKNOWN, "")),
        (Keyed("worked", ("1",)), (Wrong.NO_OPTIONS, "")),
        (Keyed("big", ("4",)), (Wrong.NO_SUCH_OPTION, "1-3")),
        (Keyed("big", ("0",)), (Wrong.NO_SUCH_OPTION, "1-3")),
        (Keyed("big", ("hme",)), (Wrong.NO_SUCH_OPTION, "home")),
        (Keyed("big", ("1", "2")), (Wrong.ONLY_ONE, "")),
        (Keyed("good_at", ("1", "thing1")), (Wrong.OPTION_TWICE, "")),
        (Keyed("ready", ("3",)), (Wrong.CHAT_ONLY, "")),
        (Keyed("big", refused="no"), (Wrong.NO_SUCH_REFUSAL, "dont_know, skip, rather_not")),
        (Keyed("big", ("1",), refused="skip"), (Wrong.REFUSED_AND_CHOSE, "")),
        (Keyed("lines", words="all"), (Wrong.NO_WORDS, "")),
        (Keyed("big"), (Wrong.NOTHING, "")),
    ],
    ids=lambda value: value.where if isinstance(value, Keyed) else "",
)
def test_what_does_not_fit_is_named_with_what_was_perhaps_meant(keyed: Keyed, wrong: tuple[Wrong, str]) -> None:
    assert wrong in wrongs(keyed)


def test_all_problems_come_at_once_with_their_rows() -> None:
    keyed = [Keyed("big", ("9",), row=3), Keyed("big", ("1",), row=4), Keyed("big", ("2",), row=5), Keyed("x", row=6)]
    found = read(small_flow(), FACTS, keyed, TYPING)
    assert isinstance(found, Unfit)
    assert [(each.row, each.wrong) for each in found.problems] == [
        (3, Wrong.NO_SUCH_OPTION),
        (5, Wrong.TWICE),
        (6, Wrong.UNKNOWN),
    ]
    assert "9" not in repr(found)


@pytest.mark.parametrize(
    ("typed", "refused"),
    [("dont_know", "dont_know"), ("I don't know", "dont_know"), ("Skip", "skip"), ("rather not", "rather_not")],
)
def test_the_three_ways_to_say_no_are_three(typed: str, refused: str) -> None:
    [answer] = taken(Keyed("big", refused=typed)).answers
    assert answer.refused is Refused(refused)


def test_words_are_possible_beside_boxes_and_beside_a_no() -> None:
    both = taken(Keyed("big", ("home",), " Mum’s home "), Keyed("good_at", words="Nothing", refused="skip"))
    assert [(each.choices, each.words, each.refused) for each in both.answers] == [
        ((), "Nothing", Refused.SKIP),
        (("home",), "Mum’s home", None),
    ]


def test_who_helped_with_the_paper_stands_beside_every_answer() -> None:
    answers = taken(Keyed("helper", ("family",)), Keyed("big", ("home",))).answers
    assert [each.helped for each in answers] == [("family",), ("family",)]


def test_a_yes_to_a_copy_is_only_what_was_ticked_as_yes() -> None:
    share = next(line for line in lines(small_flow(), FACTS) if line.records == "share")
    for number, option in enumerate(share.options, 1):
        assert taken(Keyed(share.where, (str(number),))).share is (option.id == "yes")
    assert taken(Keyed(share.where, refused="skip")).share is False
    assert taken(Keyed("big", ("home",))).share is None


def test_one_question_can_be_looked_at_alone() -> None:
    line = known(small_flow())["big"]
    assert faults(small_flow(), line, Keyed("big")) == ()
    assert faults(small_flow(), line, Keyed("big", ("1",))) == ()
    assert [each.wrong for each in faults(small_flow(), line, Keyed("big", ("1", "2")))] == [Wrong.ONLY_ONE]


def test_no_words_stand_in_what_a_programmer_might_print() -> None:
    keyed = Keyed("big", ("home",), "plantedwords")
    assert "plantedwords" not in repr((keyed, taken(keyed), Typing("Ms Plantedname", AT, checked=False)))
    assert "Plantedname" not in repr(Typing("Ms Plantedname", AT, checked=False))
    assert isinstance(taken(keyed).answers[0], Answer)


def test_more_boxes_than_the_question_takes_are_too_many() -> None:
    flow = small_flow()
    line = next(each for each in lines(flow, FACTS) if each.room is Room.MANY)
    found = faults(flow, replace(line, at_most=1), Keyed(line.where, ("1", "2")))
    assert Wrong.TOO_MANY in {each.wrong for each in found}
    assert faults(flow, replace(line, at_most=2), Keyed(line.where, ("1", "2"))) == ()
