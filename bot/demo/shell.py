"""After the story: talk to the bot as any of its people, from a terminal, until Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from typing import Final

from bot.commands.desk import out
from bot.demo.cast import Cast
from bot.demo.people import Person
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript

_HELP: Final = (
    "You can now be one of them. Type a name to pick up that phone: sam, ann, okafor.\n"
    "Then type what they would say, or the number of a button. /next goes to the next event, "
    "/day to tomorrow.\nCtrl-C ends the demo."
)


async def talk(stage: Stage, people: Cast) -> None:
    """Read lines from the terminal until it ends."""
    phones = {"sam": people.sam, "ann": people.ann, "okafor": people.okafor}
    names = {"sam": "Sam", "ann": "Ann", "okafor": "Mr Okafor"}
    out.print(f"\n{_HELP}", markup=False)
    holder, quiet = "sam", Transcript(lambda _: None)
    for name, phone in phones.items():
        quiet.catch_up(names[name], phone)
    transcript = Transcript(lambda line: out.print(line, markup=False), seen=quiet.seen)
    typed = await _terminal()
    while True:
        _show_buttons(phones[holder])
        out.print(f"{names[holder]}> ", end="")
        line = await typed.readline()
        if not line:
            return
        said = line.decode("utf-8", "replace").strip()
        if said.lower() in phones:
            holder = said.lower()
            continue
        await _act(stage, phones[holder], said)
        for name, phone in phones.items():
            transcript.catch_up(names[name], phone)


async def _terminal() -> asyncio.StreamReader:
    """What is typed, read without a thread, so that Ctrl-C ends at once."""
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    return reader


async def _act(stage: Stage, phone: Person, said: str) -> None:
    buttons = _buttons(phone)
    if said == "/day":
        await stage.move_to(stage.clock.now() + timedelta(days=1))
    elif said == "/next":
        await stage.to_next_event()
    elif said.isdigit() and 1 <= int(said) <= len(buttons):
        await phone.press(buttons[int(said) - 1])
    elif said:
        await phone.type(said)
    await stage.calm()


def _buttons(phone: Person) -> list[str]:
    """The buttons of the newest message that has any, then the keys under the chat."""
    inline = next(([button.label for button in m.buttons] for m in reversed(phone.messages) if m.buttons), [])
    return inline + phone.reply_buttons()


def _show_buttons(phone: Person) -> None:
    shown = "  ".join(f"{number} {label}" for number, label in enumerate(_buttons(phone), 1))
    if shown:
        out.print(f"   {shown}", markup=False)
