"""What is counted of one person's answers, and what is never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.catalogue import load
from conversations.insight_words import about_of, area_of, heading_of, insight_words, label_of, title_of, who_of
from conversations.insights import (
    _CHAINS,
    TOPIC_CHAIN,
    Count,
    Part,
    Point,
    ReportTerm,
    Season,
    Tally,
    picks,
    report,
    term_in,
    term_of,
    topics_of,
)
from conversations.script import Flow, Role
from conversations.state import Answer, Audience, Refused

AT = datetime(2026, 10, 1, 10, tzinfo=UTC)
AUTUMN = ReportTerm(2026, Season.AUTUMN)


def flow_of(role: Role) -> Flow:
    flow = load().current(role.value)
    assert flow is not None
    return flow


def sorted_at(card: str, point: str) -> Answer:
    return Answer("going", AT, card, (point,))


def test_cards_count_where_they_were_put_and_nothing_about_safety_does() -> None:
    answers = [sorted_at("lessons", "well"), sorted_at("friends", "not_well"), sorted_at("safe", "not_well")]
    assert picks(flow_of(Role.YOUNG_PERSON), answers) == {"lessons": Point.WELL, "friends": Point.NOT_WELL}
    assert "safe" not in topics_of(flow_of(Role.YOUNG_PERSON))


def test_what_was_refused_said_in_words_or_meant_for_one_reader_counts_nowhere() -> None:
    answers = [
        Answer("going", AT, "lessons", refused=Refused.SKIP),
        Answer("going", AT, "friends", words="It depends."),
        replace(sorted_at("work", "well"), audience=Audience.ONLY_PROFESSIONAL),
        Answer("good_at", AT, choices=("music",)),
    ]
    assert picks(flow_of(Role.YOUNG_PERSON), answers) == {}


def test_a_carer_who_sees_both_sides_of_a_topic_counts_in_the_middle() -> None:
    answers = [
        Answer("well", AT, choices=("learning", "home", "other_well")),
        Answer("better", AT, choices=("learning", "health")),
        Answer("link", AT, choices=("parent",)),
    ]
    assert picks(flow_of(Role.CARER), answers) == {
        "learning": Point.SOMETIMES,
        "home": Point.WELL,
        "health": Point.NOT_WELL,
    }


def test_a_report_shows_large_numbers_and_says_where_there_are_too_few() -> None:
    counted = Tally()
    flow = flow_of(Role.YOUNG_PERSON)
    for number in range(20):
        counted.add(Count.PEOPLE, Part.SENT_CHAT if number < 12 else Part.JOINED, Role.YOUNG_PERSON)
        counted.add_picks(flow, [sorted_at("friends", "well" if number % 2 else "not_well")])
    made = report(counted, AUTUMN, 5)
    shown = {(heading_of(line), who_of(line), area_of(line), about_of(line)): line for line in made.lines}
    people = shown["Who was asked, and how far they came", "Young people", "", ""]
    assert [(label_of(each), each.count) for each in people.row] == [("Sent their views", 12), ("Sent nothing", 8)]
    friends = shown["How it is going", "Young people", "Friends and the place where you live", "Friends"]
    assert [(label_of(each), each.count) for each in friends.row] == [("Going well", 10), ("Could be better", 10)]
    assert shown["Who was asked, and how far they came", "Parents and carers", "", ""].row == ()
    assert shown["Days between the first question and the meeting", "Reviews", "", ""].row == ()


def test_an_area_stands_together_where_one_of_its_topics_is_too_small() -> None:
    counted = Tally()
    flow = flow_of(Role.YOUNG_PERSON)
    for number in range(12):
        counted.add_picks(flow, [sorted_at("lessons", "well" if number % 2 else "not_well")])
    counted.add_picks(flow, [sorted_at("work", "well")])
    lines = [line for line in report(counted, AUTUMN, 5).lines if line.area is not None]
    assert [(about_of(line), area_of(line)) for line in lines] == [
        ("Together, because some numbers are small", "Learning and work")
    ]
    assert [figure.count for figure in lines[0].row] == [7, 6]


def test_every_group_that_can_be_printed_has_its_words() -> None:
    groups = {"+".join(group) for chain in (*_CHAINS.values(), TOPIC_CHAIN) for part in chain for group in part}
    assert groups <= set(insight_words())


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_every_day_lies_in_one_term_and_terms_follow_each_other(day: date) -> None:
    term = term_of(day)
    assert term.start <= day < term.after
    assert term_of(term.after).start == term.after
    assert term_of(term.start - timedelta(days=1)).after == term.start
    assert term_in(term.code) == term


@pytest.mark.parametrize("code", ["", "2026", "2026-winter", "-autumn", "20-autumn", "0000-autumn", "２０２６-autumn"])
def test_what_is_no_term(code: str) -> None:
    assert term_in(code) is None
    with pytest.raises(ValueError, match="no such term"):
        title_of(code)


def test_a_report_has_the_title_of_its_term() -> None:
    assert title_of(AUTUMN.code) == "What people here say: autumn 2026"
