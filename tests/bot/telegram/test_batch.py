import json
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.batch import RawUpdate, UnreadableBatchError, read_batch, read_update
from bot.telegram.inbound import decode
from bot.telegram.incoming import Malformed
from tests.bot.telegram.updates import CHAT, found_updates, press, private


def answer(*updates: bytes) -> bytes:
    return b'{"ok":true,"result":[' + b",".join(updates) + b"]}"


def test_each_update_stands_alone_as_it_came() -> None:
    first, second = json.dumps(private(text='tricky ", [{\\')).encode(), json.dumps(press(), indent=2).encode()
    assert read_batch(answer(first, second)) == (RawUpdate(7, CHAT, first), RawUpdate(8, CHAT, second))


def test_no_updates_are_no_trouble() -> None:
    assert read_batch(answer()) == ()
    assert read_batch(b'{ "ok" : true, "result" : [ ] }') == ()


@pytest.mark.parametrize(
    "odd",
    [
        b'{"update_id":5,"x":NaN}',
        b'{"update_id":5,"x":"\\ud83d"}',
        b'{"update_id":5,"x":1e999}',
        b'{"update_id":5,"update_id":6}',
        b'{"update_id":5,"x":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"update_id":5,"result":[1,{"a":[2]}]}',
        b'{"update_id":5,"x":"\xff\xfe"}',
        b"null",
        b"[1, 2]",
    ],
)
def test_one_odd_update_takes_no_prisoners(odd: bytes) -> None:
    before, after = orjson.dumps(private(text="before")), orjson.dumps(press())
    assert [update.raw for update in read_batch(answer(before, odd, after))] == [before, odd, after]


def test_a_list_of_another_name_is_not_taken() -> None:
    one = orjson.dumps(private())
    assert [u.raw for u in read_batch(b'{"a":[{"result":[1]}],"b":{"result":[2]},"result":[' + one + b"]}")] == [one]


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>502</html>", b"[]", b'{"ok":false}', b'{"ok":true,"result":{}}', b'{"result":[{"update_id":1,"m'],
)
def test_an_answer_without_updates_is_said(body: bytes) -> None:
    with pytest.raises(UnreadableBatchError):
        read_batch(body)


def test_of_half_an_answer_the_whole_updates_count() -> None:
    one = orjson.dumps(private())
    assert [update.raw for update in read_batch(answer(one, orjson.dumps(press()))[:-30])] == [one]


@pytest.mark.parametrize("number", [b"null", b'"7"', b"1e30", b"-100000000000000000000", b"true", b"7.0"])
def test_an_update_without_a_usable_id_gets_a_lasting_one(number: bytes) -> None:
    raw = b'{"update_id":' + number + b',"message":{}}'
    update = read_update(raw)
    assert update.update_id is None
    assert -(2**62) <= update.key < 0
    assert update.key == read_update(raw).key
    assert update.key != read_update(raw + b" ").key


def test_its_own_id_is_its_key() -> None:
    assert read_update(orjson.dumps(private())).key == 7


def test_reprs_hold_neither_words_nor_chats() -> None:
    shown = repr(read_update(orjson.dumps(private(text="secret"))))
    assert "secret" not in shown
    assert str(CHAT) not in shown


@pytest.mark.parametrize("path", found_updates())
def test_found_updates_survive_in_company(path: Path) -> None:
    raw, after = path.read_bytes().strip(), orjson.dumps(press())
    found = read_batch(answer(raw, after))
    if "truncated" in path.stem:
        assert len(found) <= 1
        return
    assert [update.raw for update in found] == [raw, after]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


@given(st.lists(st.dictionaries(st.text(max_size=6), _JSON, max_size=4), max_size=6), st.booleans())
def test_what_was_joined_is_split(updates: list[dict[str, Any]], ascii_only: bool) -> None:
    raws = [json.dumps(update, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass") for update in updates]
    assert [update.raw for update in read_batch(answer(*raws))] == raws


@given(st.binary(max_size=300))
def test_any_bytes_are_updates_or_a_plain_error(body: bytes) -> None:
    for whole in (body, b'{"result":[' + body):
        try:
            found = read_batch(whole)
        except UnreadableBatchError:
            continue
        for update in found:
            decode(update.raw)


def test_a_batch_of_nonsense_is_parked_not_lost() -> None:
    (update,) = read_batch(answer(b"{]"))[:1] or (None,)
    assert update is None or isinstance(decode(update.raw), Malformed)
