"""Paper stands beside what a person sent: marked, after their own words, and never in their place (decision 9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations.changes import numbers_of
from conversations.digest import ReaderKind, compose
from conversations.digest_codec import dump_digest, load_digest
from conversations.readers import Reader, for_reader
from conversations.script import Heading
from conversations.state import Answer, Audience, Means
from conversations.voices import Change, Contribution, OnPaper, Standing
from tests.conversations.digest_samples import MADE, WHEN, YOUNG_ANSWERS, carer, review, silent, submission, young

ONLY = Audience.ONLY_PROFESSIONAL
_ON = frozenset({Means.PAPER})
PAPER = (
    Answer("important", WHEN, words="My dog, on paper", means=_ON, entered_by="Ms Patel", checked=True),
    Answer("who_comes", WHEN, words="Gran, on paper", means=_ON, entered_by="Ms Patel"),
    Answer("ask", WHEN, words="Secret, on paper", means=_ON, entered_by="Ms Patel", audience=ONLY),
)


def with_paper(person: Contribution, number: int = 1, *, share: bool | None = None) -> Contribution:
    typed = submission(PAPER, number=number, share=share)
    return replace(person, standing=Standing.SENT, paper=OnPaper(typed, person.flow, "AAAA-BBBB-CCCC"))


def test_their_own_words_come_first_unchanged_and_the_paper_after_them_each_answer_marked() -> None:
    alone = compose(review(), [young()], MADE).young_person
    both = compose(review(), [with_paper(young())], MADE).young_person
    own = len(alone.entries)
    assert both.entries[:own] == alone.entries
    assert both.steering[: len(alone.steering)] == alone.steering
    assert [(each.entered_by, each.checked, each.means) for each in both.entries[own:]] == [
        ("Ms Patel", True, _ON),
        ("Ms Patel", False, _ON),
        ("Ms Patel", False, _ON),
    ]
    assert not any(each.entered_by for each in both.entries[:own])
    assert (both.number, both.code, both.sent_at, both.late) == (alone.number, alone.code, alone.sent_at, alone.late)
    assert both.typed_in is not None
    assert (both.typed_in.number, both.typed_in.code) == (1, "AAAA-BBBB-CCCC")


def test_a_part_of_paper_alone_is_not_empty_and_bears_no_receipt_of_a_chat() -> None:
    voice = compose(review(), [with_paper(silent(young()))], MADE).young_person
    assert voice.standing is Standing.SENT
    assert [each.words for each in voice.entries] == ["My dog, on paper", "Gran, on paper", "Secret, on paper"]
    assert [each.heading for each in voice.entries][:2] == [Heading.IMPORTANT_NOW, Heading.WHO_COMES]
    assert (voice.sent_at, voice.number, voice.code) == (None, 0, "")


def test_paper_counts_only_for_somebody_whose_words_stand() -> None:
    gone = replace(with_paper(young()), standing=Standing.TOOK_BACK)
    voice = compose(review(), [gone], MADE).young_person
    assert (voice.entries, voice.typed_in) == ((), None)


@pytest.mark.parametrize(
    ("own", "paper", "share"),
    [
        (True, None, True),
        (False, None, False),
        (True, False, False),
        (False, True, False),
        (True, True, True),
        (None, True, True),
        (None, None, None),
    ],
)
def test_a_no_to_a_copy_stays_a_no_wherever_it_was_said(own: bool | None, paper: bool | None, share: bool) -> None:
    assert compose(review(), [with_paper(young(share=own), share=paper)], MADE).young_person.share is share


@pytest.mark.parametrize(
    ("before", "own", "paper", "change"),
    [
        ({"yp": 1}, 1, 1, Change.CHANGED),
        ({"yp": 1, "yp/paper": 1}, 1, 1, Change.NONE),
        ({"yp": 1, "yp/paper": 1}, 1, 2, Change.CHANGED),
        ({"yp": 1, "yp/paper": 1}, 1, 0, Change.CHANGED),
        ({"yp/paper": 1}, 1, 1, Change.CHANGED),
        ({"yp/paper": 1}, 0, 2, Change.CHANGED),
        ({"yp/paper": 1}, 0, 0, Change.WITHDRAWN),
        ({}, 0, 1, Change.ADDED),
        ({}, 0, 0, Change.NONE),
    ],
)
def test_what_changed_since_the_version_before_counts_paper_too(
    before: dict[str, int], own: int, paper: int, change: Change
) -> None:
    person = young(number=own) if own else silent(young())
    person = with_paper(person, paper) if paper else person
    voice = compose(review(2, before), [person], MADE).young_person
    assert voice.change is change
    assert numbers_of(voice) == {"yp": own, "yp/paper": paper}


def test_the_table_of_who_gets_which_part_holds_for_paper_as_for_all_words() -> None:
    whole = compose(review(), [with_paper(young(share=True), share=True), with_paper(carer("m", "mother"))], MADE)
    for reader in (Reader(ReaderKind.OTHER_PROFESSIONAL), Reader(ReaderKind.CARER, "m")):
        words = {each.words: each.entered_by for each in for_reader(whole, reader).young_person.entries}
        assert words["My dog, on paper"] == "Ms Patel", "the mark goes with the words"
        assert not {"Gran, on paper", "Secret, on paper"} & set(words)
    own = for_reader(whole, Reader(ReaderKind.YOUNG_PERSON))
    assert {"Gran, on paper", "Secret, on paper"} <= {each.words for each in own.young_person.entries}
    unshared = compose(review(), [with_paper(young(share=True), share=False), carer("m", "mother")], MADE)
    assert for_reader(unshared, Reader(ReaderKind.CARER, "m")).young_person.entries == ()


def test_a_digest_with_paper_survives_and_one_kept_before_there_was_any_still_opens() -> None:
    digest = compose(review(2, {"yp": 1}), [with_paper(young(YOUNG_ANSWERS)), carer("m", "mother")], MADE)
    assert load_digest(dump_digest(digest)) == digest
    without = compose(review(), [young()], MADE)
    kept = dump_digest(without).replace(b',"typed_in":null', b"")
    assert b"typed_in" not in kept
    assert load_digest(kept) == without
