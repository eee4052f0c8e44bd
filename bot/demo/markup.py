"""Reading `reply_markup`: the keyboards that a bot may hang on a message, with every limit of theirs."""

from dataclasses import dataclass, field
from typing import TypeAlias

from bot.demo.limits import MAX_CALLBACK_DATA_BYTES, MAX_INLINE_BUTTONS, MAX_INLINE_ROW
from bot.demo.refusals import MARKUP_TOO_LONG, RefusalError, bad_request
from bot.demo.wire import Call, Json, JsonObject

_STYLES = frozenset({"primary", "success", "danger"})
_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "copy_text",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "login_url",
)
_MAX_REPLY_BUTTONS = 300
_MAX_REPLY_ROW = 12


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: what it shows, and what a press sends."""

    label: str = field(repr=False)
    data: str | None = field(default=None, repr=False)
    url: str | None = field(default=None, repr=False)
    style: str | None = None
    raw: JsonObject = field(default_factory=dict, repr=False, compare=False)


InlineRows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class InlineKeyboard:
    """Buttons under one message."""

    rows: InlineRows

    def to_json(self) -> JsonObject:
        """As Telegram shows it inside a message."""
        return {"inline_keyboard": [[button.raw for button in row] for row in self.rows]}


@dataclass(frozen=True, slots=True)
class ReplyKeyboard:
    """Buttons in place of the person's keyboard; a press types the label."""

    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    persistent: bool = False
    one_time: bool = False
    placeholder: str = ""


@dataclass(frozen=True, slots=True)
class KeyboardRemoved:
    """The person's own keyboard comes back."""


@dataclass(frozen=True, slots=True)
class ForcedReply:
    """The person's next words are shown as a reply."""


Markup: TypeAlias = InlineKeyboard | ReplyKeyboard | KeyboardRemoved | ForcedReply


def read_markup(call: Call) -> Markup | None:
    """The keyboard of a call, or `None`; refuses what Telegram refuses."""
    raw = call.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if raw is None:
        return None
    if not isinstance(raw, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in raw:
        return _inline(raw["inline_keyboard"])
    if "keyboard" in raw:
        return _reply(raw)
    if raw.get("remove_keyboard") is True:
        return KeyboardRemoved()
    return ForcedReply() if raw.get("force_reply") is True else None


def read_inline(call: Call) -> InlineKeyboard | None:
    """The keyboard of an edit, which can only be an inline one."""
    match read_markup(call):
        case InlineKeyboard() as keyboard:
            return keyboard
        case None:
            return None
        case _:
            raise bad_request("inline keyboard expected")


def _rows(value: Json, trouble: str) -> list[list[Json]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request(trouble)
    return [row for row in value if row]


def _inline(value: Json) -> InlineKeyboard | None:
    rows = _rows(value, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MAX_INLINE_BUTTONS or any(len(row) > MAX_INLINE_ROW for row in rows):
        raise bad_request(MARKUP_TOO_LONG)
    if not rows:
        return None
    return InlineKeyboard(tuple(tuple(_button(button) for button in row) for row in rows))


def _button(raw: Json) -> Button:
    if not isinstance(raw, dict):
        raise _button_trouble("InlineKeyboardButton must be an Object")
    label = raw.get("text")
    if not isinstance(label, str) or not label.strip():
        raise _button_trouble('can\'t find field "text"')
    actions = [name for name in _ACTIONS if raw.get(name) is not None]
    if not actions:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    data, url, style = raw.get("callback_data"), raw.get("url"), raw.get("style")
    if "callback_data" in actions and not _fits(data):
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in actions and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request("BUTTON_URL_INVALID")
    if style is not None and style not in _STYLES:
        raise _button_trouble("invalid button style specified")
    return Button(label, data, url, style, raw)


def _fits(data: object) -> bool:
    return isinstance(data, str) and 0 < len(data.encode()) <= MAX_CALLBACK_DATA_BYTES


def _button_trouble(text: str) -> RefusalError:
    return bad_request(f"can't parse inline keyboard button: {text}")


def _reply(raw: JsonObject) -> ReplyKeyboard | None:
    rows = _rows(raw["keyboard"], 'field "keyboard" of the ReplyKeyboardMarkup must be an Array of Arrays')
    labels = tuple(tuple(_label(button) for button in row) for row in rows)
    if sum(map(len, labels)) > _MAX_REPLY_BUTTONS or any(len(r) > _MAX_REPLY_ROW for r in labels):
        raise bad_request(MARKUP_TOO_LONG)
    if not labels:
        return None
    return ReplyKeyboard(
        labels,
        persistent=raw.get("is_persistent") is True,
        one_time=raw.get("one_time_keyboard") is True,
        placeholder=str(raw.get("input_field_placeholder") or ""),
    )


def _label(raw: Json) -> str:
    label = raw.get("text") if isinstance(raw, dict) else raw
    if not isinstance(label, str) or not label.strip():
        raise bad_request("can't parse keyboard button: text must be non-empty")
    return label
