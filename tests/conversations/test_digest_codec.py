from __future__ import annotations

import json
from typing import get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.digest import Digest, Entry, FollowUp, Tried, Voice, compose
from conversations.digest_codec import DigestUnreadableError, dump_digest, load_digest
from conversations.state import Answer
from tests.conversations.digest_samples import MADE, WHEN, carer, review, silent, young

# Any text, half surrogate pairs and NUL too: what people typed must come back as it was.
ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=12)


def _few(kind: type[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.from_type(kind), max_size=1).map(tuple)


ENTRIES = {"entries": _few(Entry), "steering": _few(Entry), "tried": _few(Tried)}
VOICES = st.builds(
    Voice, **{name: ENTRIES.get(name, st.from_type(hint)) for name, hint in get_type_hints(Voice).items()}
)


@given(st.builds(Digest, young_person=VOICES, carers=st.lists(VOICES, max_size=1).map(tuple), follow_up=_few(FollowUp)))
@settings(max_examples=25, deadline=None)
def test_every_digest_survives(digest: Digest) -> None:
    assert load_digest(dump_digest(digest)) == digest


@given(ANY_TEXT)
def test_any_words_survive(words: str) -> None:
    digest = compose(review(), [young((Answer("important", WHEN, words=words),))], MADE)
    assert load_digest(dump_digest(digest)).young_person.entries[0].words == words


def test_equal_digests_have_equal_bytes_and_a_real_one_survives() -> None:
    def made() -> Digest:
        return compose(review(2, {"yp": 1}), [young(), carer("m", "mother"), silent(carer("f", "father"))], MADE)

    assert dump_digest(made()) == dump_digest(made())
    assert load_digest(dump_digest(made())) == made()


GOOD = json.loads(dump_digest(compose(review(), [young()], MADE)))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"v":2,"digest":{}}',
        b'{"v":1,"digest":{}}',
        b'{"v":1,"digest":null}',
        json.dumps(GOOD | {"digest": GOOD["digest"] | {"version": "1"}}).encode(),
        json.dumps(GOOD | {"digest": GOOD["digest"] | {"reader": "nobody"}}).encode(),
        json.dumps(GOOD | {"digest": GOOD["digest"] | {"made_at": 5}}).encode(),
    ],
)
def test_what_is_no_digest_is_refused_without_quoting_it(data: bytes) -> None:
    with pytest.raises(DigestUnreadableError) as caught:
        load_digest(data)
    assert "nobody" not in str(caught.value)
    assert caught.value.__cause__ is None
