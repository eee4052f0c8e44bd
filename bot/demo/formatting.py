"""Text with HTML marks into plain text and entities, refusing what Telegram cannot parse."""

import html
import json
import re
from dataclasses import dataclass

from bot.demo.limits import text_length
from bot.demo.refusals import RefusalError, bad_request
from bot.demo.wire import Call, JsonObject

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_MARK = re.compile(r"<|&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:\s[^<>]*)?)>")
_LINK = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/])")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Text as it is shown; offsets of the entities count UTF-16 units."""

    text: str
    entities: tuple[JsonObject, ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    start: int
    extra: JsonObject


def read_formatted(call: Call, name: str, entities_name: str) -> Formatted:
    """The text parameter `name` of a call, parsed as the call asks, without outer white space."""
    raw = call.text(name)
    match call.text("parse_mode").lower():
        case "":
            entities = call.structure(entities_name, "can't parse entities JSON object") or []
            return _trimmed(raw, _checked(entities, raw))
        case "html":
            return _trimmed(*_parse_html(raw))
        case _:
            raise bad_request("unsupported parse_mode")


def typed(text: str) -> Formatted:
    """What a person typed, with its commands found."""
    return Formatted(
        text,
        tuple(
            {
                "type": "bot_command",
                "offset": text_length(text[: found.start()]),
                "length": len(found[0]),
            }
            for found in _COMMAND.finditer(text)
        ),
    )


def _checked(entities: object, text: str) -> list[JsonObject]:
    whole = text_length(text)
    if not isinstance(entities, list):
        raise _cannot("expected an Array of MessageEntity")
    for entity in entities:
        match entity:
            case {"type": str(), "offset": int(start), "length": int(length)}:
                if start < 0 or length < 1 or start + length > whole:
                    raise bad_request("ENTITY_BOUNDS_INVALID")
            case _:
                raise _cannot("MessageEntity must have type, offset and length")
    return entities


def _trimmed(text: str, entities: list[JsonObject]) -> Formatted:
    shown = text.strip()
    cut = text_length(text) - text_length(text.lstrip())
    whole = text_length(shown)
    kept = []
    for entity in entities:
        start = max(0, entity["offset"] - cut)
        end = min(whole, entity["offset"] + entity["length"] - cut)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"], json.dumps(entity)))
    return Formatted(shown, tuple(kept))


def _parse_html(raw: str) -> tuple[str, list[JsonObject]]:
    text, place = "", 0
    stack: list[_Open] = []
    entities: list[JsonObject] = []
    while found := _MARK.search(raw, place):
        text += raw[place : found.start()]
        if found[0] != "<":
            text, place = text + html.unescape(found[0]), found.end()
            continue
        at = len(raw[: found.start()].encode())
        tag = _TAG.match(raw, found.start())
        if tag is None:
            raise _cannot(f"Unclosed start tag at byte offset {at}")
        if tag[1]:
            entities += _closed(stack, tag[2].lower(), (text_length(text), at))
        else:
            stack.append(_opened(tag, text_length(text), at))
        place = tag.end()
    if stack:
        raise _cannot(f'Can\'t find end tag corresponding to start tag "{stack[-1].tag}"')
    return text + raw[place:], entities


def _opened(tag: re.Match[str], start: int, at: int) -> _Open:
    name = tag[2].lower()
    if name not in _KINDS or (name == "span" and "tg-spoiler" not in tag[3]):
        raise _cannot(f'Unsupported start tag "{name}" at byte offset {at}')
    link = _LINK.search(tag[3]) if name == "a" else None
    url = html.unescape(next(filter(None, link.groups()), "")) if link else ""
    return _Open(name, start, {"url": url} if name == "a" else {})


def _closed(stack: list[_Open], name: str, where: tuple[int, int]) -> list[JsonObject]:
    end, at = where
    if not stack:
        raise _cannot(f"Unexpected end tag at byte offset {at}")
    opened = stack.pop()
    if name and name != opened.tag:
        raise _cannot(f'Unmatched end tag at byte offset {at}, expected "</{opened.tag}>", found "</{name}>"')
    if end == opened.start or opened.extra.get("url") == "":
        return []
    entity = {"type": _KINDS[opened.tag], "offset": opened.start, "length": end - opened.start}
    return [entity | opened.extra]


def _cannot(text: str) -> RefusalError:
    return bad_request(f"can't parse entities: {text}")
