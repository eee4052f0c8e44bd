"""Whatever a conversation remembers survives its way to bytes and back, and equal values have equal bytes."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations import codec
from conversations.effects import Reply, Submission
from conversations.state import Answer, ConversationState, Means, ReviewFacts
from tests.conversations.support import CHAT, NOW, at

PAST = Path(__file__).parent.parent / "golden" / "state_v1.json"

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TIMES = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone itself


def some(kind: type[object]) -> st.SearchStrategy[object]:
    """Values of a type, made from its annotations, so that a new field is tried without a word here."""
    st.register_type_strategy(str, TEXT)
    st.register_type_strategy(datetime, TIMES)
    st.register_type_strategy(int, st.integers(0, 2**40))
    return st.from_type(kind)


@given(some(ConversationState))
def test_a_state_survives(state: object) -> None:
    assert isinstance(state, ConversationState)
    assert codec.load_state(codec.dump_state(state)) == state


@given(some(Answer))
def test_an_answer_survives(answer: object) -> None:
    assert isinstance(answer, Answer)
    assert codec.load_answer(codec.dump_answer(answer)) == answer


@given(some(Submission))
def test_a_submission_survives(submission: object) -> None:
    assert isinstance(submission, Submission)
    assert codec.load_submission(codec.dump_submission(submission)) == submission


@given(some(Reply))
def test_a_reply_survives(reply: object) -> None:
    assert isinstance(reply, Reply)
    assert codec.load_reply(codec.dump_reply(reply)) == reply


@given(some(ReviewFacts))
def test_facts_survive(facts: object) -> None:
    assert isinstance(facts, ReviewFacts)
    assert codec.load_facts(codec.dump_facts(facts)) == facts


def test_what_comes_back_has_plain_zones_and_hashable_parts() -> None:
    answer = codec.load_answer(codec.dump_answer(Answer("a", NOW, means=frozenset({Means.TYPED, Means.VOICE}))))
    assert answer.at.utcoffset() is not None
    assert hash(answer) == hash(Answer("a", NOW, means=frozenset({Means.VOICE, Means.TYPED})))


def test_equal_values_have_equal_bytes_in_every_process() -> None:
    program = (
        "from conversations.codec import dump_answer; from conversations.state import Answer, Means;"
        "from datetime import datetime, UTC;"
        "print(dump_answer(Answer('a', datetime(2027, 1, 1, tzinfo=UTC), means=frozenset(Means))).decode())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, check=True, text=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"junk",
        b"[]",
        b"{}",
        b'{"v":2,"value":{}}',
        b'{"v":1}',
        b'{"v":1,"value":{"id":"secret words"}}',
        b'{"v":1,"value":7}',
    ],
)
def test_what_is_none_of_ours_is_unreadable_and_not_quoted(data: bytes) -> None:
    with pytest.raises(codec.UnreadableError) as caught:
        codec.load_state(data)
    assert "secret" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_only_our_own_values_are_dumped() -> None:
    with pytest.raises(TypeError):
        codec.dump({"a": object()})


def test_a_state_of_the_first_version_still_loads(*, update_golden: bool) -> None:
    talk = at("good_at")
    talk.press("Sport")
    talk.type("I sing", "s1")
    talk.send_media(caption="Look", group="a1")
    if update_golden and not PAST.exists():
        PAST.write_bytes(orjson.dumps(orjson.loads(codec.dump_state(talk.state)), option=orjson.OPT_INDENT_2))
    state = codec.load_state(PAST.read_bytes())
    assert state.id == CHAT
    assert state.draft.words == "I sing"
    assert state.pending[0].words == "Look"
    assert codec.load_state(codec.dump_state(state)) == state
