"""What the help card says, in one language: whom to call, whom to tell here, and its buttons. Pure; sends nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.telegram.outbound import MAX_TEXT
from bot.telegram.splitting import units
from bot.tongues import Tongue
from conversations.help_lines import HelpLines, help_key
from conversations.languages import Language
from conversations.lines import Line
from conversations.retelling import Kind
from conversations.wording import clipped

DANGER: Final = "help:yes"
NO_DANGER: Final = "help:no"
TELL: Final = "help:tell"
ELSEWHERE: Final = "help:else"
HIDE: Final = "help:hide"
PRESSES: Final = frozenset({DANGER, NO_DANGER, TELL, ELSEWHERE, HIDE})
_LABEL: Final = 40


def said_lines(language: Language, lines: Mapping[str, str]) -> tuple[str, ...]:
    """These help lines in a language; a deployer's own stand as they were written."""
    return tuple(language.say(Kind.LINE, text, help_key(name)) for name, text in lines.items())


def numbers_of(language: Language, help_lines: HelpLines) -> tuple[str, ...]:
    """What stands on paper: the help lines with a number in them."""
    return tuple(each for each in said_lines(language, help_lines.card) if any(sign.isdigit() for sign in each))


def card_text(tongue: Tongue, help_lines: HelpLines, contact: Mapping[str, str]) -> str:
    """Whom to call, whom to talk to at this setting, and one question."""
    lines = tongue.lines
    here = lines[Line.HELP_CONTACT].format_map(contact) if contact else ""
    said = (*said_lines(tongue.language, help_lines.card), here, lines[Line.HELP_BOT], lines[Line.HELP_ASK])
    return "\n\n".join(each for each in said if each)


def card_buttons(tongue: Tongue, contact: Mapping[str, str]) -> dict[str, object]:
    """Yes and No; tell somebody here, or somebody else; hide."""
    lines = tongue.lines
    tell = lines[Line.HELP_TELL].format_map(contact) if contact else lines[Line.HELP_TELL_TEAM]
    rows = [
        [(lines[Line.HELP_YES], DANGER), (lines[Line.HELP_NO], NO_DANGER)],
        [(clipped(tell, _LABEL), TELL)],
        [(lines[Line.HELP_ELSE], ELSEWHERE)],
        [(lines[Line.HELP_HIDE], HIDE)],
    ]
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


def reply_text(tongue: Tongue, help_lines: HelpLines, press: str, rung: str) -> str:
    """What a press on the card is answered with. `rung` is what the bell said, of who asked for somebody."""
    lines = tongue.lines
    match press:
        case str() if press == DANGER:
            return lines[Line.HELP_DANGER]
        case str() if press == NO_DANGER:
            return "\n\n".join((lines[Line.HELP_NO_DANGER], lines[Line.HELP_KEY]))
        case str() if press == ELSEWHERE and help_lines.about_staff:
            staff = said_lines(tongue.language, help_lines.about_staff)
            return "\n\n".join((rung, lines[Line.HELP_ABOUT_STAFF], *staff))
        case _:
            return rung


def nobody_text(tongue: Tongue, help_lines: HelpLines) -> str:
    """That nobody here can be told now, and whom to call."""
    return "\n\n".join((tongue.lines[Line.HELP_NOBODY], *said_lines(tongue.language, help_lines.calls)))


def fitting(cards: Sequence[str]) -> str:
    """As many of the cards as one message takes, the first in any case: a card that is too long would not be sent."""
    text, *others = cards
    for other in others:
        both = f"{text}\n\n{other}"
        text = both if units(both) <= MAX_TEXT else text
    return text
