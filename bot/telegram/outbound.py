"""What a conversation shows, as calls to the Bot API. Pure; it sends nothing.

Words go as plain text, without a parse mode: whatever a person typed is shown as it is and styles nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeAlias

import orjson
from pydantic import TypeAdapter

from bot.telegram.calls import Method
from bot.telegram.splitting import split, units
from conversations.art import Art, Board, Mat
from conversations.effects import Button, Keyboard, Reply
from conversations.state import Mark
from storage.records import OutKind

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_DATA_BYTES = 64
PICTURE_NAME = "picture.png"
_VERSION = 1
_WITH_ART = 2  # an older program does not know pictures, and refuses such a row

Rows: TypeAlias = Sequence[Sequence[Button]]
Controls: TypeAlias = Sequence[Sequence[str]]

_KINDS = {
    Method.DELETE: OutKind.DELETE,
    Method.DOCUMENT: OutKind.DOCUMENT,
    Method.VOICE: OutKind.DOCUMENT,
    Method.AUDIO: OutKind.DOCUMENT,
    Method.VIDEO: OutKind.DOCUMENT,
    Method.EDIT: OutKind.EDIT,
    Method.EDIT_CAPTION: OutKind.EDIT,
    Method.EDIT_BUTTONS: OutKind.EDIT,
    Method.EDIT_MEDIA: OutKind.EDIT,
}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One call, without the chat: that is known only where it is sent.

    `original` is the outbox key of the message to change, used where `parameters` hold no `message_id`. `file` names
    what the loader shall bring, `file_name` what the person sees of it. `art` is what shall be drawn.
    """

    method: Method
    parameters: Mapping[str, object] = field(repr=False)
    original: str = ""
    file: str = ""
    file_name: str = field(default="", repr=False)
    art: Art | None = field(default=None, repr=False)

    @property
    def kind(self) -> OutKind:
        """How the outbox counts it."""
        return _KINDS.get(self.method, OutKind.SEND)


def message(reply: Reply, controls: Controls = ()) -> tuple[Outgoing, ...]:
    """The messages that show `reply`, nearly always one; buttons are on the last.

    `controls` are the labels of the reply keyboard, used where the reply asks for it. A picture carries the words as
    its caption where they fit, and stands alone before them where they do not.

    Raises:
        ValueError: the reply has no words, or a button that Telegram would refuse.
    """
    buttons = inline(reply.rows, reply.mark)
    keyboard = _keyboard(controls) if reply.keyboard is Keyboard.CONTROLS else None
    texts = _texts(reply, apart=keyboard is not None and buttons is not None)
    if reply.art is not None and len(texts) == 1 and units(texts[0]) <= MAX_CAPTION:
        return (_with_markup(_photo(reply.art, texts[0]), buttons or keyboard),)
    parts = [_send(part) for text in texts for part in split(text, MAX_TEXT)]
    parts = parts if reply.art is None else [_photo(reply.art), *parts]
    if keyboard is not None and (buttons is None or len(parts) > 1):
        parts[0] = _with_markup(parts[0], keyboard)
    if buttons is not None:
        parts[-1] = _with_markup(parts[-1], buttons)
    return tuple(parts)


def plain(text: str, rows: Rows = ()) -> tuple[Outgoing, ...]:
    """Words of no conversation. The codes of `rows` are whole callback data.

    Raises:
        ValueError: no words, or a button that Telegram would refuse.
    """
    return message(Reply((text,), tuple(tuple(row) for row in rows)))


def edit(reply: Reply, original: str = "", message_id: int | None = None) -> Outgoing:
    """Show `reply` in place of what the message shows now: of long words, their last part.

    With art whose words fit below it, the picture is changed too: another page has other tiles.

    Raises:
        ValueError: as `message`.
    """
    words = _texts(reply, apart=False)[-1]
    if reply.art is not None and units(words) <= MAX_CAPTION:
        changed = _media(reply.art, words, original, _target(message_id))
    else:
        last = split(words, MAX_TEXT)[-1]
        changed = Outgoing(Method.EDIT, {"text": last, **quiet(), **_target(message_id)}, original)
    return _with_markup(changed, inline(reply.rows, reply.mark))


def settle(
    reply: Reply, text: str, original: str = "", message_id: int | None = None, art: Art | None = None
) -> Outgoing:
    """The message that showed `reply` says `text` under its words, loses its buttons, and shows `art` if given.

    Where both together are too long it only loses the buttons: nothing of a question is cut off.
    """
    words, target = _texts(reply, apart=False)[-1], _target(message_id)
    drawn = (reply.art or art) is not None and units(words) <= MAX_CAPTION
    most = MAX_CAPTION if drawn else MAX_TEXT
    last = split(words, MAX_TEXT)[-1]
    both = f"{last}\n\n{text}" if text else last
    fits = units(both) <= most
    if drawn and art is not None:
        return _media(art, both if fits else last, original, target)
    if not fits:
        return Outgoing(Method.EDIT_BUTTONS, target, original)
    if drawn:
        return Outgoing(Method.EDIT_CAPTION, {"caption": both, **target}, original)
    return Outgoing(Method.EDIT, {"text": both, **quiet(), **target}, original)


def strip(original: str = "", message_id: int | None = None) -> Outgoing:
    """The message loses its buttons and says what it said."""
    return Outgoing(Method.EDIT_BUTTONS, _target(message_id), original)


def delete(original: str = "", message_id: int | None = None) -> Outgoing:
    """Take a message away again. Telegram allows it for 48 hours."""
    return Outgoing(Method.DELETE, _target(message_id), original)


def document(file: str, file_name: str, caption: str = "", rows: Rows = ()) -> Outgoing:
    """A document whose bytes the loader brings when it is sent.

    Raises:
        ValueError: the caption is too long, or a button would be refused.
    """
    if units(caption) > MAX_CAPTION:
        raise ValueError(f"a caption has at most {MAX_CAPTION} units")
    sent = Outgoing(Method.DOCUMENT, {"caption": caption} if caption else {}, file=file, file_name=file_name)
    return _with_markup(sent, inline(rows, None))


def protected(outgoing: Outgoing) -> Outgoing:
    """The same, not to be forwarded or saved."""
    return replace(outgoing, parameters={**outgoing.parameters, "protect_content": True})


def sets_keyboard(outgoing: Outgoing) -> bool:
    """Whether it carries the keyboard below the chat: taken away, the keyboard would go with it."""
    markup = outgoing.parameters.get("reply_markup")
    return isinstance(markup, dict) and "keyboard" in markup


def dump(outgoing: Outgoing) -> bytes:
    """The payload of an outbox row."""
    return orjson.dumps(
        {
            "v": _VERSION if outgoing.art is None else _WITH_ART,
            "method": outgoing.method,
            "parameters": outgoing.parameters,
            "original": outgoing.original,
            "file": outgoing.file,
            "file_name": outgoing.file_name,
            "art": outgoing.art,
        }
    )


def load(payload: bytes) -> Outgoing:
    """What `dump` wrote.

    Raises:
        ValueError: it is something else, or of a newer version.
    """
    value = orjson.loads(payload)
    if not isinstance(value, dict) or value.get("v") not in {_VERSION, _WITH_ART}:
        raise ValueError("this row of the outbox was written by another version of the program")
    found = _read(value)
    if found is None:  # said out here: what went wrong inside may quote somebody's words
        raise ValueError("a row of the outbox is damaged")
    return found


def _read(value: Mapping[str, Any]) -> Outgoing | None:
    try:
        method, parameters = Method(value["method"]), dict(value["parameters"])
        art = None if value.get("art") is None else _arts().validate_python(value["art"])
        return Outgoing(method, parameters, value["original"], value["file"], value["file_name"], art)
    except (KeyError, TypeError, ValueError):
        return None


@cache
def _arts() -> TypeAdapter[Board | Mat]:
    return TypeAdapter(Board | Mat)


def inline(rows: Rows, mark: Mark | None) -> dict[str, object] | None:
    """Buttons under a message, or `None` without any; with a mark, codes become `conversation:revision:code`.

    Raises:
        ValueError: a button's data is longer than 64 bytes, or it has no label.
    """
    front = "" if mark is None else f"{mark.conversation}:{mark.revision}:"
    keys = [[_button(button, front) for button in row] for row in rows if row]
    return {"inline_keyboard": keys} if keys else None


def _button(button: Button, front: str) -> dict[str, str]:
    data = front + button.code
    if not 0 < len(data.encode()) <= MAX_DATA_BYTES or not button.label.strip():
        raise ValueError(f"button {button.code!r} needs a label, and data of 1 to {MAX_DATA_BYTES} bytes")
    return {"text": button.label, "callback_data": data}


def _keyboard(controls: Controls) -> dict[str, object] | None:
    if not controls:
        return None
    rows = [[{"text": label} for label in row] for row in controls]
    return {"keyboard": rows, "is_persistent": True, "resize_keyboard": True}


def _texts(reply: Reply, *, apart: bool) -> tuple[str, ...]:
    """All words as one text; or the first bubble apart, where one message cannot carry both kinds of buttons."""
    bubbles = [bubble for bubble in (reply.progress, *reply.texts) if bubble.strip()]
    if not bubbles:
        raise ValueError("a message needs words")
    first = 1 if apart and len(bubbles) > 1 else 0
    groups = (bubbles[:first], bubbles[first:])
    return tuple("\n\n".join(group) for group in groups if group)


def _send(text: str) -> Outgoing:
    return Outgoing(Method.SEND, {"text": text, **quiet()})


def _photo(art: Art, caption: str = "") -> Outgoing:
    return Outgoing(Method.PHOTO, {"caption": caption} if caption else {}, file_name=PICTURE_NAME, art=art)


def _media(art: Art, caption: str, original: str, target: Mapping[str, object]) -> Outgoing:
    shown = {"media": {"type": "photo", "caption": caption}, **target}
    return Outgoing(Method.EDIT_MEDIA, shown, original, file_name=PICTURE_NAME, art=art)


def quiet() -> dict[str, object]:
    """No preview of an address: it would load a stranger's page into the chat."""
    return {"link_preview_options": {"is_disabled": True}}


def _target(message_id: int | None) -> dict[str, object]:
    return {} if message_id is None else {"message_id": message_id}


def _with_markup(outgoing: Outgoing, markup: Mapping[str, object] | None) -> Outgoing:
    if markup is None:
        return outgoing
    return replace(outgoing, parameters={**outgoing.parameters, "reply_markup": markup})
