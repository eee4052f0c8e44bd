"""No copy of a digest holds what its reader may not have. The rule is written here a second time, in other words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.captured import captured
from conversations.digest import Contribution, Digest, DigestPart, ReaderKind, Voice, compose
from conversations.digest_codec import dump_digest
from conversations.readers import PROFESSIONAL_ONLY, TABLE, Reader, Sees, for_reader, is_for_circulation, without
from conversations.script import Heading
from conversations.state import Answer, Audience, Refused
from conversations.voices import Standing
from tests.conversations.digest_samples import MADE, ONLY, WHEN, carer, review, silent, young

YOUNG_STEPS = (
    "access", "helper", "good_at", "important", "future", "one_thing", "stay", "attend", "who_comes", "okay", "avoid",
    "ask", "share", "unsafe",
)  # fmt: skip
CARER_STEPS = ("link", "like", "hopes", "worry", "sort_out", "need")
PRIVATE_STEPS = {"access", "helper", "share", "who_comes", "okay", "avoid", "need"}
NAMED = Reader(ReaderKind.NAMED_PROFESSIONAL)
OTHER = Reader(ReaderKind.OTHER_PROFESSIONAL)
YOUNG = Reader(ReaderKind.YOUNG_PERSON)
MOTHER = Reader(ReaderKind.CARER, "m")
SAFEGUARDING = Reader(ReaderKind.SAFEGUARDING)


def answers(who: str, steps: tuple[str, ...]) -> st.SearchStrategy[tuple[Answer, ...]]:
    """One answer for some of the steps, each with words of its own that name who said them."""

    def one(step: str) -> st.SearchStrategy[Answer]:
        audience = st.sampled_from(Audience)
        return st.builds(
            lambda text, heard: Answer(step, WHEN, words=f"<{who}.{step}>{text}", audience=heard),
            st.text(max_size=8),
            audience,
        )

    return st.lists(st.sampled_from(steps), unique=True).flatmap(
        lambda chosen: st.tuples(*(one(each) for each in chosen))
    )


def standings(person: st.SearchStrategy[Contribution]) -> st.SearchStrategy[Contribution]:
    empty = st.sampled_from(sorted(set(Standing) - {Standing.SENT}))
    return st.one_of(person, st.builds(silent, person, empty))


YOUNG_PEOPLE = standings(
    st.builds(
        lambda given, share: young(given, share=share), answers("yp", YOUNG_STEPS), st.sampled_from([True, False, None])
    )
)
MOTHERS = standings(answers("m", CARER_STEPS).map(lambda said: carer("m", "mother", said)))
FATHERS = standings(answers("f", CARER_STEPS).map(lambda said: carer("f", "father", said)))


def voices(digest: Digest) -> tuple[Voice, ...]:
    return (digest.young_person, *digest.carers)


def words(digest: Digest) -> set[str]:
    return {entry.words for voice in voices(digest) for entry in (*voice.entries, *voice.steering)}


def said(*people: Contribution) -> list[tuple[Contribution, Answer]]:
    return [
        (each, answer)
        for each in people
        if each.submission is not None
        for answer in each.submission.answers
        if answer.step != "unsafe"
    ]


def is_open(answer: Answer) -> bool:
    return answer.audience is Audience.EVERYONE and answer.step not in PRIVATE_STEPS


def allowed(reader: Reader, person: Contribution, answer: Answer) -> bool:
    match reader.kind:
        case ReaderKind.NAMED_PROFESSIONAL:
            return True
        case ReaderKind.OTHER_PROFESSIONAL:
            return is_open(answer)
        case ReaderKind.YOUNG_PERSON:
            return person.who == "yp" or is_open(answer)
        case ReaderKind.CARER:
            shared = person.submission is not None and person.submission.share is True
            return person.who == reader.who or (person.who == "yp" and shared and is_open(answer))
        case ReaderKind.SAFEGUARDING:
            return False


@given(YOUNG_PEOPLE, MOTHERS, FATHERS, st.sampled_from([NAMED, OTHER, YOUNG, MOTHER, SAFEGUARDING]))
@settings(max_examples=150)
def test_a_copy_holds_exactly_the_words_its_reader_may_have(
    yp: Contribution, mother: Contribution, father: Contribution, reader: Reader
) -> None:
    copy = for_reader(compose(review(), [yp, mother, father], MADE), reader)
    assert words(copy) == {
        answer.words for person, answer in said(yp, mother, father) if allowed(reader, person, answer)
    }


@given(YOUNG_PEOPLE, YOUNG_PEOPLE, MOTHERS, FATHERS, FATHERS, st.integers(1, 9), st.booleans())
def test_a_carers_copy_is_the_same_byte_for_byte_whatever_others_did(
    yp: Contribution,
    other_yp: Contribution,
    mother: Contribution,
    father: Contribution,
    other: Contribution,
    version: int,
    alone: bool,
) -> None:
    def unshared(person: Contribution) -> Contribution:
        sent = person.submission
        return person if sent is None else replace(person, submission=replace(sent, share=False))

    others = [] if alone else [other]
    one = compose(review(), [unshared(yp), mother, father], MADE)
    two = compose(review(version, {"m": 1}), [unshared(other_yp), *others, mother], MADE)
    assert dump_digest(for_reader(one, MOTHER)) == dump_digest(for_reader(two, MOTHER))


@given(YOUNG_PEOPLE, MOTHERS, st.sampled_from([OTHER, YOUNG, MOTHER, SAFEGUARDING]))
def test_what_is_only_for_the_named_professional_leaves_no_trace(
    yp: Contribution, mother: Contribution, reader: Reader
) -> None:
    def without(person: Contribution) -> Contribution:
        sent = person.submission
        if sent is None or person.who == reader.who or (reader is YOUNG and person is yp):
            return person
        return replace(person, submission=replace(sent, answers=tuple(each for each in sent.answers if is_open(each))))

    whole = for_reader(compose(review(), [yp, mother], MADE), reader)
    assert whole == for_reader(compose(review(), [without(yp), without(mother)], MADE), reader)


@given(YOUNG_PEOPLE, MOTHERS)
def test_only_the_named_professional_learns_why_a_part_is_empty(yp: Contribution, mother: Contribution) -> None:
    whole = compose(review(2, {"yp": 3}), [yp, mother], MADE)
    assert for_reader(whole, NAMED) == whole
    for reader in (OTHER, YOUNG, MOTHER, SAFEGUARDING):
        copy = for_reader(whole, reader)
        assert copy.version == 0
        assert DigestPart.CHANGES not in copy.parts
        own = {YOUNG: "yp", MOTHER: "m"}.get(reader, "")
        for voice in voices(copy):
            assert voice.tried == ()
            if voice.who != own or not own:
                assert (voice.standing, voice.number, voice.code, voice.share, voice.who) == (None, 0, "", None, "")


def test_counts_are_those_of_the_copy() -> None:
    refused = Answer("important", WHEN, refused=Refused.SKIP, audience=ONLY)
    whole = compose(review(), [young((refused, Answer("stay", WHEN, words="x")))], MADE)
    assert captured(whole.young_person, "UTC").refusals == {Refused.SKIP: 1}
    assert captured(for_reader(whole, OTHER).young_person, "UTC").refusals == {}


def test_a_carers_copy_has_no_letter_that_would_count_carers_and_names_no_other() -> None:
    copy = for_reader(compose(review(), [young(), carer("f", "father"), carer("m", "mother")], MADE), MOTHER)
    assert [(each.relation, each.letter) for each in copy.carers] == [("mother", "")]
    assert copy.reference == ""


def test_a_short_notice_reason_reaches_no_carer() -> None:
    whole = compose(replace(review(), short_notice_reason="Mum ill"), [young(), carer("m", "mother")], MADE)
    assert for_reader(whole, OTHER).short_notice_reason == "Mum ill"
    assert for_reader(whole, MOTHER).short_notice_reason == ""


def test_the_safeguarding_row_is_nearly_empty() -> None:
    late = replace(review(), short_notice_reason="Mum ill")
    copy = for_reader(compose(late, [young(), carer("m", "mother")], MADE), SAFEGUARDING)
    assert copy.parts == {DigestPart.HEADER}
    assert (copy.carers, copy.follow_up, copy.short_notice_reason) == ((), (), "")


def test_copies_are_made_from_the_whole_digest_and_for_those_who_were_asked() -> None:
    whole = compose(review(), [young(), carer("m", "mother")], MADE)
    with pytest.raises(ValueError, match="whole"):
        for_reader(for_reader(whole, OTHER), NAMED)
    with pytest.raises(ValueError, match="not asked"):
        for_reader(whole, Reader(ReaderKind.CARER, "yp"))


def test_the_table_has_every_row_and_column() -> None:
    assert set(TABLE) == set(ReaderKind)
    assert all(set(row) == set(DigestPart) for row in TABLE.values())
    assert [kind for kind, row in TABLE.items() if Sees.ALL in row.values()] == [ReaderKind.NAMED_PROFESSIONAL]
    assert {Heading.WHO_COMES, Heading.NOT_TALK_ABOUT, Heading.ADJUSTMENTS} <= PROFESSIONAL_ONLY


def test_what_steered_the_conversation_is_never_for_circulation() -> None:
    helper = compose(review(), [young()], MADE).young_person.steering
    assert helper
    assert not any(is_for_circulation(each) for each in helper)


def test_who_said_no_to_a_reader_is_silent_in_what_that_reader_has_and_the_others_are_not() -> None:
    digest = compose(review(), [young(), carer("m", "mother"), carer("f", "father")], MADE)
    assert without(digest, ()) == digest
    left = without(digest, {"yp", "f"})
    mother, father = left.carers
    for silent_one in (left.young_person, father):
        assert (silent_one.who, silent_one.entries, silent_one.steering, silent_one.standing) == ("", (), (), None)
        assert silent_one.profile is None
    assert father.relation == "father"
    assert mother == digest.carers[0]
    assert "Biscuit" not in str(left)
