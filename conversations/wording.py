"""Fills in the placeholders of a sentence, and says dates. The one place that does; it holds no sentence itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from conversations.directions import isolated
from conversations.emojis import unadorned
from conversations.scene import Scene
from conversations.words import Word

ZONE = ZoneInfo("Europe/London")
_SENTENCE_END = re.compile(r"[.?!۔؟]”?(?=\s)")


def fill(scene: Scene, text: str, **more: str) -> str:
    """`text` with its placeholders filled in; what is filled in is never looked at for placeholders again.

    Raises:
        KeyError: a placeholder is none of ours; the check of scripts finds that before anyone meets it.
    """
    facts = scene.facts
    known = {
        "name": facts.name,
        "about": facts.about,
        "contact": facts.contact,
        "safeguarding": facts.safeguarding,
    }
    said = text if scene.profile.emoji else unadorned(text)
    filled = known | _dates(scene, text) | more
    return said.format_map({key: isolated(value) for key, value in filled.items()} if scene.flow.rtl else filled)


def word(scene: Scene, key: Word, **more: str) -> str:
    """The sentence of this key, filled in."""
    return fill(scene, scene.flow.words[key], **more)


def bubbles(scene: Scene, key: Word, **more: str) -> tuple[str, ...]:
    """The sentence of this key as bubbles: a blank line in the catalogue begins a new one."""
    return tuple(fill(scene, each, **more) for each in scene.flow.words[key].split("\n\n"))


def clipped(text: str, most: int) -> str:
    """`text`, or its beginning and an ellipsis when it is longer than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shortened(text: str, most: int) -> str:
    """`text`, or as many whole sentences of it, else whole words, as fit into `most` characters, and an ellipsis."""
    if len(text) <= most:
        return text
    room = text[: most - 1]
    ends = [found.end() for found in _SENTENCE_END.finditer(room)]
    if ends and ends[-1] > most // 2:
        return f"{room[: ends[-1]]} …"[:most]
    words, space, _ = room.rpartition(" ")
    return f"{words if space else room}…"


def said_day(scene: Scene, day: date) -> str:
    """As in "Tuesday 5 January 2027"."""
    return day_in(scene.flow.words, day)


def said_moment(scene: Scene, moment: datetime) -> str:
    """As in "Monday 4 January 2027, 5 pm" (or "12 noon"), by the clocks of England."""
    return moment_in(scene.flow.words, moment)


def day_in(words: Mapping[str, str], day: date) -> str:
    """As `said_day`, for what belongs to no script."""
    weekday = words[Word.WEEKDAYS].split()[day.weekday()]
    month = words[Word.MONTHS].split()[day.month - 1]
    return words[Word.DAY].format(item=weekday, count=day.day, chosen=month, part=day.year)


def moment_in(words: Mapping[str, str], moment: datetime) -> str:
    """As `said_moment`, for what belongs to no script."""
    local = moment.astimezone(ZONE)
    clock = _clock(words, local.hour, local.minute)
    return words[Word.MOMENT].format(item=day_in(words, local.date()), count=clock)


def _clock(words: Mapping[str, str], hour: int, minute: int) -> str:
    if (hour, minute) == (12, 0):
        return words[Word.NOON]
    shown = f"{hour % 12 or 12}:{minute:02}" if minute else str(hour % 12 or 12)
    return words[Word.MORNING if hour < 12 else Word.AFTERNOON].format(count=shown)


def _dates(scene: Scene, text: str) -> dict[str, str]:
    """The dates that `text` asks for."""
    facts = scene.facts
    said: dict[str, str] = {}
    if "{date}" in text:
        said["date"] = said_day(scene, facts.meeting)
    if "{reads_by}" in text:
        said["reads_by"] = said_day(scene, facts.reads_by)
    if "{cut_off}" in text:
        said["cut_off"] = said_moment(scene, facts.cut_off)
    return said
