"""Plays a script in a terminal: buttons by number, words as words, controls with a slash. Keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TextIO

from conversations import codec, engine
from conversations.effects import Button, Refresh, Show, Submit, Turn
from conversations.inputs import Control, Controlled, Edited, Input, MediaArrived, MediaKept, Pressed, Typed
from conversations.scene import scene_of
from conversations.script import Flow
from conversations.state import (
    ConversationId,
    Media,
    MediaId,
    MediaKind,
    PlanLine,
    ReviewFacts,
)
from conversations.transcript import lines_of
from conversations.wording import said_moment
from conversations.words import Word

_CONTROLS = {
    "/back": Control.BACK,
    "/explain": Control.EXPLAIN,
    "/stop": Control.STOP,
    "/resume": Control.RESUME,
    "/answers": Control.MY_ANSWERS,
    "/again": Control.ASK_AGAIN,
    "/start_again": Control.START_AGAIN,
    "/myway": Control.MY_WAY,
}
_MEDIA = {"/voice": MediaKind.VOICE, "/photo": MediaKind.PHOTO, "/video": MediaKind.VIDEO}
_WAIT = re.compile(r"/wait (\d{1,4})([mhd])")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_COMMANDS = ", ".join([*_CONTROLS, *_MEDIA, "/short", "/edit WORDS", "/wait 13h", "/wait 2d", "/quit"])


class Player:
    """One conversation with invented facts. Its state goes through the codec after every input, as it will live."""

    def __init__(self, flow: Flow, facts: ReviewFacts, now: datetime) -> None:
        self.flow = flow
        self.facts = facts
        self.now = now
        self.said: list[str] = []
        self.buttons: tuple[Button, ...] = ()
        self._sources = 0
        turn = engine.start(flow, facts, ConversationId("demo"), now)
        self.state = turn.state
        self._write(f"[{self._moment()}]")
        self._take(turn)

    def hear(self, line: str) -> None:
        """One line from the terminal."""
        if (wait := _WAIT.fullmatch(line)) is not None:
            self.now += int(wait[1]) * _UNITS[wait[2]]
            self._write("", f"[{self._moment()}]")
        elif line in _MEDIA:
            self._send_media(line)
        elif line.isdigit():
            self._press(int(line))
        elif line == "/short":
            self._press(next((n for n, each in enumerate(self.buttons, 1) if each.code == "o:short"), 0))
        elif line.startswith("/") and line not in _CONTROLS and not line.startswith("/edit "):
            self._write(f"(commands: {_COMMANDS})")
        else:
            self._say(line)

    def _say(self, line: str) -> None:
        if line in _CONTROLS:
            self.give(Controlled(_CONTROLS[line]), line)
        elif line.startswith("/edit "):
            words = line.removeprefix("/edit ")
            self.give(Edited(words, str(self._sources)), f"{words} (the last message, changed)")
        else:
            self._sources += 1
            self.give(Typed(line, str(self._sources)), line)

    def give(self, event: Input, shown: str) -> None:
        """An input, with the words that the transcript has for it."""
        self._write("", f"you: {shown}")
        self._take(engine.advance(self.flow, self.facts, self.state, event, self.now))

    def _press(self, number: int) -> None:
        mark = engine.present(self.flow, self.facts, self.state).mark
        if mark is None or not 0 < number <= len(self.buttons):
            self._write("(there is no such button)")
            return
        button = self.buttons[number - 1]
        self.give(Pressed(mark, button.code), f"({button.label})")

    def _send_media(self, command: str) -> None:
        self._sources += 1
        media = Media(MediaId(f"media{self._sources}"), _MEDIA[command])
        self.give(MediaArrived(media, source=str(self._sources)), f"({media.kind})")
        self._take(engine.advance(self.flow, self.facts, self.state, MediaKept(media.id), self.now))

    def _take(self, turn: Turn) -> None:
        self.state = codec.load_state(codec.dump_state(turn.state))
        for effect in turn.effects:
            self._write(*lines_of(effect))
            if isinstance(effect, Show | Refresh) and effect.reply.rows:
                self.buttons = tuple(button for row in effect.reply.rows for button in row)
            if isinstance(effect, Submit):
                self._show_receipt(effect.submission.number)
        if turn.refusal is not None:
            self._write(*(f"     {line}" for line in self._refusal(turn.refusal)))

    def _refusal(self, refusal: str) -> Iterator[str]:
        yield f"(refused: {refusal})"
        yield self.flow.words[Word(f"refusal_{refusal}")]

    def _show_receipt(self, number: int) -> None:
        reply = engine.receipt(self.flow, self.facts, self.state, f"DEMO-{number}")
        self.buttons = tuple(button for row in reply.rows for button in row)
        self._write(*lines_of(Show(reply)))

    def _moment(self) -> str:
        return said_moment(scene_of(self.flow, self.facts, self.state), self.now)

    def _write(self, *lines: str) -> None:
        self.said.extend(lines)


def run(flow: Flow, facts: ReviewFacts, now: datetime, streams: tuple[TextIO, TextIO]) -> str:
    """Play from the first stream to the second until it ends or says /quit. Returns the whole transcript."""
    source, output = streams
    player = Player(flow, facts, now)
    shown = _print_new(player, 0, output)
    for raw in source:
        line = raw.strip()
        if line == "/quit":
            break
        if line:
            player.hear(line)
        shown = _print_new(player, shown, output)
    return "\n".join(player.said) + "\n"


def demo_facts(flow: Flow) -> ReviewFacts:
    """Invented people, three plan lines and two goals."""
    return ReviewFacts(
        about="Sam",
        name="Sam" if flow.role == "young_person" else "Jo",
        contact="Ms Okafor",
        safeguarding="Mr Lee",
        meeting=date(2027, 2, 15),
        reads_by=date(2027, 1, 25),
        cut_off=datetime.fromisoformat("2027-01-29T12:00:00+00:00"),
        alert_seen_by=datetime.fromisoformat("2027-01-12T16:00:00+00:00"),
        plan_lines=(
            PlanLine("reading", "Someone reads long texts with you, each day.", "Ms Okafor"),
            PlanLine("breaks", "You can take a break when it gets loud.", "Ms Okafor"),
            PlanLine("travel", "A member of staff practises the bus with you.", "Mr Lee"),
        ),
        goals=(
            PlanLine("bus", "I travel to college by bus.", "Sam"),
            PlanLine("cooking", "I cook one meal each week.", "Sam"),
        ),
    )


def _print_new(player: Player, shown: int, output: TextIO) -> int:
    for line in player.said[shown:]:
        output.write(f"{line}\n")
    output.flush()
    return len(player.said)


__all__ = ["Player", "demo_facts", "run"]
