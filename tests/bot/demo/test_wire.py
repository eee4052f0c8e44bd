"""A call is the same call in JSON, as a form and as multipart."""

import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.refusals import RefusalError
from bot.demo.wire import Call, read_call

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
names = st.sampled_from(["text", "caption", "name"])
BOUNDARY = "b0undary"


def multipart(params: dict[str, str], files: dict[str, bytes]) -> bytes:
    body = b""
    for name, value in params.items():
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        body += head.encode() + value.encode() + b"\r\n"
    for name, content in files.items():
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="f.bin"\r\n'
            "Content-Type: image/png\r\n\r\n"
        )
        body += head.encode() + content + b"\r\n"
    return body + f"--{BOUNDARY}--\r\n".encode()


@given(st.dictionaries(names, words), words)
def test_the_three_ways_to_call_say_the_same(params: dict[str, str], query: str) -> None:
    expected = {"query": query} | params
    asked = urlencode({"query": query})
    as_json = read_call("m", "application/json", asked, json.dumps(params).encode())
    form = urlencode(params).encode()
    as_form = read_call("m", "application/x-www-form-urlencoded", asked, form)
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    as_multipart = read_call("m", kind, asked, multipart(params, {}))
    for call in (as_json, as_form, as_multipart):
        assert call.params == expected


@given(st.dictionaries(st.sampled_from(["photo", "voice"]), st.binary(max_size=200), min_size=1))
def test_files_arrive_byte_for_byte(files: dict[str, bytes]) -> None:
    kind = f'multipart/form-data; boundary="{BOUNDARY}"'
    call = read_call("m", kind, "", multipart({"chat_id": "1"}, files))
    assert {name: upload.content for name, upload in call.uploads.items()} == files
    assert {upload.mime_type for upload in call.uploads.values()} == {"image/png"}
    assert call.integer("chat_id") == 1


def test_numbers_flags_and_structures_read_alike_from_text_and_json() -> None:
    params = {"a": 5, "b": True, "c": {"x": [1]}, "d": None}
    call = read_call("m", "application/json", "", json.dumps(params).encode())
    assert (call.integer("a"), call.flag("b"), call.structure("c", "")) == (5, True, {"x": [1]})
    assert "d" not in call.params
    assert call.integer("d", 3) == call.integer("missing", 3) == 3
    assert not Call("m", {"b": "no"}).flag("b")
    assert Call("m").structure("c", "") is None


@pytest.mark.parametrize(
    ("content_type", "body", "trouble"),
    [
        ("application/json", b"{", "can't parse JSON object"),
        ("application/json", b"[]", "object expected as parameters"),
        ("application/json", b'{"a": "\xff"}', "strings must be encoded in UTF-8"),
        ("application/x-www-form-urlencoded", b"a=%ff", "strings must be encoded in UTF-8"),
        ("multipart/form-data", b"x", "can't parse multipart form data"),
        ("multipart/form-data; boundary=b", b"--b\r\nno end", "can't parse multipart form data"),
        ("text/plain", b"hello", "unsupported content type"),
    ],
)
def test_a_body_that_is_not_what_it_says_is_refused(content_type: str, body: bytes, trouble: str) -> None:
    with pytest.raises(RefusalError, match=f"Bad Request: {trouble}"):
        read_call("m", content_type, "", body)
