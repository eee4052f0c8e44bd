import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.inbound import chat_of, decode, read
from bot.telegram.incoming import (
    BlockedUs,
    EditedWords,
    Ignored,
    Malformed,
    NotPrivate,
    Pressed,
    Start,
    UnblockedUs,
    Unwanted,
    Words,
)
from tests.bot.telegram.updates import found_updates, member, message, press


@pytest.mark.parametrize("path", found_updates())
def test_every_found_update_is_read(path: Path) -> None:
    found = decode(path.read_bytes())
    expected = next((kind for part, kind in _EXPECTED.items() if part in path.stem), None)
    if expected is not None:
        assert isinstance(found, expected)
    if isinstance(found, Words | EditedWords):
        assert found.text.encode()


_EXPECTED: Mapping[str, type | tuple[type, ...]] = {
    "unblocked": UnblockedUs,
    "my_chat_member_blocked": BlockedUs,
    "supergroup_member_to": NotPrivate,
    "forwarded": Unwanted,
    "edited_message_reply_text": EditedWords,
    "176-start": Start,
    "248-start": Malformed,  # a chat of no type
    "start_payload": Start,
    "callback_query_inaccessible": Pressed,
    "callback_query_no_message": Pressed,
    "contact-": Unwanted,
    "inline_query": Ignored,
    "business": Ignored,
    "channel_post": Ignored,
    "long_text": Words,
    "rtl_text": Words,
    "emoji_text": Words,
    "unicode_text-derived": Words,
    "lone_high_surrogate": Words,
    "from_is_null": Words,
    "nested_300_deep": Words,
    "entities_is_object": Start,
    "duplicate_keys": Words,
    "nan_and_infinity": Unwanted,
    "utf8_bom": Words,
    "text_is_null": Ignored,
    "empty_object": Ignored,
    "unknown_update_type": Ignored,
    "callback_no_data": Pressed,
    "callback_data_nul": Pressed,
    "truncated": Malformed,
    "message_is_string": Malformed,
    "ids_beyond": Malformed,
    "chat_type_unknown": Malformed,
    "without_message_id": Malformed,
    "photo_empty_list": Malformed,
    "document_negative": Unwanted,
}

_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)
_KEYS = st.sampled_from([
    "message_id", "chat", "from", "date", "text", "caption", "photo", "voice", "sticker", "dice", "location",
    "forward_origin", "reply_to_message", "id", "data", "message", "new_chat_member", "media_group_id",
])  # fmt: skip


@given(kind=st.sampled_from(["message", "edited_message", "callback_query", "my_chat_member"]), data=st.data())
def test_junk_in_any_field_never_raises(kind: str, data: st.DataObject) -> None:
    base = {"message": message(), "edited_message": message(), "callback_query": press()["callback_query"]}
    start = base.get(kind, member("member")["my_chat_member"])
    changed = start | data.draw(st.dictionaries(_KEYS, _JUNK, max_size=4))
    inner = data.draw(st.sampled_from([changed, data.draw(_JUNK)]))
    update = {"update_id": 1, kind: inner}
    read(update)
    decode(json.dumps(update).encode())
    chat_of(update)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_something(raw: bytes) -> None:
    assert isinstance(decode(raw), Ignored | Malformed)
