"""Reading a call to the Bot API from JSON, a form or multipart, each into the same plain shape."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from bot.demo.refusals import Refusal, bad_request

Json: TypeAlias = Any
"""What crosses the wire has no narrower type until it has been looked at."""
JsonObject: TypeAlias = dict[str, Json]

_TRUE = frozenset({"true", "yes", "1"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    file_name: str
    mime_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Call:
    """A method and its parameters, every value as text, as Telegram's own server keeps them."""

    method: str
    params: Mapping[str, str] = field(default_factory=dict, repr=False)
    uploads: Mapping[str, Upload] = field(default_factory=dict, repr=False)

    def text(self, name: str) -> str:
        """The value as it came, or nothing."""
        return self.params.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """The value as a whole number, or `default` where there is none."""
        try:
            return int(self.params[name])
        except (KeyError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether the value says yes."""
        return self.text(name).lower() in _TRUE

    def structure(self, name: str, trouble: str) -> Json:
        """The value read as JSON, or `None` where there is none; refuses with `trouble`."""
        if not self.text(name):
            return None
        try:
            return json.loads(self.params[name])
        except ValueError:
            raise bad_request(trouble) from None


def read_call(method: str, content_type: str, query: str, body: bytes) -> Call:
    """One call from a request's query and body.

    Raises:
        RefusalError: the body is not what its content type says, or holds text that is not UTF-8.
    """
    params = dict(parse_qsl(query, keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    header = Message()
    header["content-type"] = content_type or "text/plain"
    try:
        match header.get_content_type():
            case "application/json":
                params |= _from_json(body)
            case "application/x-www-form-urlencoded":
                params |= _from_form(body)
            case "multipart/form-data":
                fields, uploads = _from_multipart(body, str(header.get_param("boundary", "")))
                params |= fields
            case _ if body:
                raise bad_request("unsupported content type")
        for value in params.values():
            value.encode()
    except UnicodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    return Call(method, params, uploads)


def _from_json(body: bytes) -> dict[str, str]:
    try:
        values = json.loads(body or b"{}")
    except ValueError as error:
        if isinstance(error, UnicodeError):
            raise
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected as parameters")
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in values.items()
        if value is not None
    }


def _from_form(body: bytes) -> dict[str, str]:
    pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=200)
    return dict(pairs)


def _from_multipart(body: bytes, boundary: str) -> tuple[dict[str, str], dict[str, Upload]]:
    params: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    parts = (b"\r\n" + body).split(b"\r\n--" + boundary.encode())
    if not boundary or len(parts) < 2 or not parts[-1].startswith(b"--"):
        raise bad_request("can't parse multipart form data")
    for part in parts[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        fields = head.decode()
        name = _quoted(fields, "name")
        file_name = _quoted(fields, "filename")
        if file_name is None:
            params[name or ""] = content.decode()
        else:
            uploads[name or ""] = Upload(file_name or "file", _mime_type(fields), content)
    return params, uploads


def _quoted(head: str, name: str) -> str | None:
    found = re.search(rf'[;\s]{name}="([^"]*)"', head) or re.search(rf"[;\s]{name}=([^;\s]+)", head)
    return found[1] if found else None


def _mime_type(head: str) -> str:
    found = re.search(r"^content-type:\s*([^;\s]+)", head, re.IGNORECASE | re.MULTILINE)
    return found[1] if found else "application/octet-stream"


def refusal_body(refusal: Refusal) -> JsonObject:
    """A refusal as the bot reads it."""
    body: JsonObject = {
        "ok": False,
        "error_code": refusal.error_code,
        "description": refusal.description,
    }
    if refusal.retry_after is not None:
        body["parameters"] = {"retry_after": refusal.retry_after}
    return body
