"""Sentences that belong to no script: joining, reminders, staff notices, refusals of the shell.

They stand in `said/bot_words.yaml`; this module names them and reads them. It says nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from importlib import resources

import yaml


class Line(StrEnum):
    """Every sentence of the catalogue, by what it is for."""

    CONTROL_BACK = "control_back"
    CONTROL_EXPLAIN = "control_explain"
    CONTROL_STOP = "control_stop"
    CONTROL_ANSWERS = "control_answers"
    CONTROL_HELP = "control_help"
    MENU_HELP = "menu_help"
    MENU_STOP = "menu_stop"
    MENU_ANSWERS = "menu_answers"
    MENU_WHO = "menu_who"
    HELP_CARD = "help_card"
    HELP_HIDE = "help_hide"
    HELP_CONTACT = "help_contact"
    STRANGER = "stranger"
    JOIN_UNKNOWN = "join_unknown"
    JOIN_ENDED = "join_ended"
    JOIN_USED = "join_used"
    JOIN_SECOND_ROLE = "join_second_role"
    JOIN_TOO_MANY = "join_too_many"
    JOIN_HELLO = "join_hello"
    JOIN_SECRET_WORD = "join_secret_word"  # noqa: S105  a sentence's name
    JOIN_SECRET_DIGITS = "join_secret_digits"  # noqa: S105  a sentence's name
    JOIN_SECRET_PICTURE = "join_secret_picture"  # noqa: S105  a sentence's name
    JOIN_WRONG = "join_wrong"
    JOIN_WRONG_LAST = "join_wrong_last"
    JOIN_WAIT = "join_wait"
    JOIN_ALREADY = "join_already"
    JOIN_STAFF = "join_staff"
    STAFF_CHECK = "staff_check"
    STAFF_CHECK_BUTTON = "staff_check_button"
    STAFF_CHECKED = "staff_checked"
    STAFF_INVITE_ENDED = "staff_invite_ended"
    STAFF_OTHER_WAY = "staff_other_way"
    STAFF_LEFT = "staff_left"
    STAFF_NOTE = "staff_note"
    STAFF_DIGEST = "staff_digest"
    STAFF_DIGEST_OPEN = "staff_digest_open"
    STAFF_DIGEST_GONE = "staff_digest_gone"
    STAFF_MAIL_FAILED = "staff_mail_failed"
    STAFF_OUTAGE = "staff_outage"
    STAFF_NO_READER = "staff_no_reader"
    STAFF_NOTHING_HERE = "staff_nothing_here"
    STAFF_NOT_YOURS = "staff_not_yours"
    ABOUT = "about"
    WHO_IS_THIS_ABOUT = "who_is_this_about"
    WHO_ONLY_ONE = "who_only_one"
    WHO_NOW = "who_now"
    WHO_WAITS = "who_waits"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    OUTAGE = "outage"
    CHECK_COPY = "check_copy"
    RIGHTS = "rights"
    PRIVACY = "privacy"
    NOTE_KEPT = "note_kept"
    NOTHING_OPEN = "nothing_open"
    REFUSED_LOCATION = "refused_location"
    REFUSED_CONTACT = "refused_contact"
    REFUSED_FORWARD = "refused_forward"
    REFUSED_KIND = "refused_kind"
    MOVED_ON = "moved_on"
    LEFT = "left"
    LEFT_FOR_GOOD = "left_for_good"
    LETTER_SUBJECT = "letter_subject"


Lines = Mapping[Line, str]


def read_lines() -> dict[Line, str]:
    """The shipped sentences, read now."""
    return lines_in(resources.files("conversations").joinpath("said", "bot_words.yaml").read_text("utf-8"))


def lines_in(text: str) -> dict[Line, str]:
    """The sentences of a catalogue in YAML.

    Raises:
        ValueError: the catalogue lacks a sentence or holds one that nobody says.
    """
    raw: dict[str, str] = yaml.safe_load(text)
    lacking, unknown = {line.value for line in Line} - raw.keys(), raw.keys() - {line.value for line in Line}
    if lacking or unknown:
        raise ValueError(f"bot_words.yaml lacks {sorted(lacking)} and has too much: {sorted(unknown)}")
    return {Line(key): words.strip() for key, words in raw.items()}
