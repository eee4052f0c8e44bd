"""The other forms in which a message can go where Telegram does not take its first one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.telegram.calls import Method
from bot.telegram.outbound import MAX_CAPTION, Outgoing, quiet
from bot.telegram.splitting import units


def other_forms(outgoing: Outgoing) -> tuple[Outgoing, ...]:
    """What to try instead, in this order: a picture as its words, a text as a caption, a caption as a text."""
    match outgoing.method:
        case Method.PHOTO:
            caption = _caption(outgoing.parameters)
            return (_words(outgoing, Method.SEND, caption),) if caption else ()
        case Method.EDIT_MEDIA:
            media = outgoing.parameters.get("media")
            caption = _caption(media) if isinstance(media, Mapping) else ""
            below = {"caption": caption, **_without(outgoing, "media")}
            return (_plain(outgoing, Method.EDIT_CAPTION, below), _words(outgoing, Method.EDIT, caption))
        case Method.EDIT_CAPTION:
            return (_words(outgoing, Method.EDIT, _caption(outgoing.parameters)),)
        case Method.EDIT:
            return (_below(outgoing, str(outgoing.parameters["text"])),)
        case _:
            return ()


def _below(outgoing: Outgoing, text: str) -> Outgoing:
    rest = _without(outgoing, "text", *quiet())
    if units(text) > MAX_CAPTION:
        return _plain(outgoing, Method.EDIT_BUTTONS, rest)
    return _plain(outgoing, Method.EDIT_CAPTION, {"caption": text, **rest})


def _words(outgoing: Outgoing, method: Method, text: str) -> Outgoing:
    return _plain(outgoing, method, {"text": text, **quiet(), **_without(outgoing, "caption", "media")})


def _plain(outgoing: Outgoing, method: Method, parameters: Mapping[str, object]) -> Outgoing:
    return replace(outgoing, method=method, parameters=parameters, file="", file_name="", art=None)


def _caption(parameters: Mapping[str, object]) -> str:
    caption = parameters.get("caption")
    return caption if isinstance(caption, str) else ""


def _without(outgoing: Outgoing, *names: str) -> dict[str, object]:
    return {name: value for name, value in outgoing.parameters.items() if name not in names}
