"""Raw updates for tests: made here, and those of a folder beside the checkout where there is one."""

from pathlib import Path
from typing import Any

import pytest

CHAT = 4100200300
FOLDER = Path(__file__).resolve().parents[4] / "shared" / "updates"


def found_updates() -> list[Any]:
    """Every file of the folder, as parameters of a test; one skipped parameter where there is none."""
    paths = sorted(FOLDER.rglob("*.json"))
    if not paths:
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"no updates in {FOLDER}"))]
    return [pytest.param(path, id=path.stem[:50]) for path in paths]


def private(**fields: object) -> dict[str, Any]:
    """An update with one private message."""
    return {"update_id": 7, "message": message(**fields)}


def message(**fields: object) -> dict[str, Any]:
    """A private message."""
    chat = {"id": CHAT, "type": "private", "first_name": "Robin"}
    return {"message_id": 31, "date": 1737277000, "chat": chat, "from": {"id": CHAT, "is_bot": False}} | fields


def press(data: str | None = "kX3f_9Qa-b:3:c.badly", **fields: object) -> dict[str, Any]:
    """An update with a press on a button of the bot's message 30."""
    query = {
        "id": "4200000000000000001",
        "from": {"id": CHAT, "is_bot": False, "first_name": "Robin"},
        "message": message(message_id=30),
        "chat_instance": "-22",
        "data": data,
    }
    return {"update_id": 8, "callback_query": query | fields}


def member(status: str, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    """An update about the bot's own standing in a chat."""
    change = message(chat=chat or {"id": CHAT, "type": "private"}) | {"new_chat_member": {"status": status}}
    return {"update_id": 9, "my_chat_member": change}
