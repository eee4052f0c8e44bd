"""Formatted text and keyboards, beyond what is refused."""

import html
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.formatting import read_formatted, typed
from bot.demo.limits import text_length
from bot.demo.people import Person
from bot.demo.telegram_server import TelegramStandIn
from bot.demo.wire import Call
from tests.bot.demo.conftest import Api

HOSTILE = Path(__file__).parents[4] / "shared" / "updates" / "hostile"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_escaped_words_come_back_as_they_were(text: str) -> None:
    call = Call("m", {"text": f"<b>{html.escape(text)}</b>", "parse_mode": "HTML"})
    formatted = read_formatted(call, "text", "entities")
    assert formatted.text == text.strip()
    assert [entity["length"] for entity in formatted.entities] == (
        [text_length(formatted.text)] if formatted.text else []
    )


def test_a_link_without_an_address_is_plain_text() -> None:
    call = Call("m", {"text": "<a>here</a> <u></u>", "parse_mode": "HTML"})
    formatted = read_formatted(call, "text", "entities")
    assert (formatted.text, formatted.entities) == ("here", ())


def test_commands_are_found_only_where_they_stand_alone() -> None:
    text = "😀 /help and/or /stop@firsthand_demo_bot /no/path"
    found = [(entity["offset"], entity["length"]) for entity in typed(text).entities]
    assert found == [(3, 5), (16, 24)]


async def test_keyboards_without_buttons_are_no_keyboards(api: Api, sam: Person) -> None:
    empty: list[dict[str, object]] = [{"inline_keyboard": []}, {"keyboard": [[]]}, {}]
    for markup in [*empty, {"force_reply": True}]:
        sent = await api("sendMessage", chat_id=sam.id, text="Hello", reply_markup=markup)
        assert "reply_markup" not in sent.result
        assert sam.visible_buttons() == sam.reply_buttons() == []


async def test_commands_must_be_a_list(api: Api) -> None:
    assert (await api("setMyCommands", commands={})).status == 400


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile updates are not here")
async def test_hostile_updates_go_out_unchanged(api: Api, telegram: TelegramStandIn) -> None:
    bodies = [path.read_bytes() for path in sorted(HOSTILE.glob("*.json"))]
    for body in bodies:
        telegram.updates.inject(body)
    assert [waiting.body for waiting in telegram.updates.pending] == bodies
    last = telegram.updates.pending[-1].update_id
    assert (await api("getUpdates", offset=last + 1)).result == []
