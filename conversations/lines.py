"""Sentences that belong to no script: joining, reminders, staff notices, refusals of the shell.

They stand in `said/bot_words.yaml`; this module names them and reads them. It says nothing itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from types import MappingProxyType

from conversations.languages import ENGLISH, Language
from conversations.retelling import Kind
from conversations.said_files import said


class Line(StrEnum):
    """Every sentence of the catalogue, by what it is for."""

    CONTROL_BACK = "control_back"
    CONTROL_EXPLAIN = "control_explain"
    CONTROL_STOP = "control_stop"
    CONTROL_ANSWERS = "control_answers"
    CONTROL_MY_WAY = "control_my_way"
    CONTROL_HELP = "control_help"
    CONTROL_HELP_WEATHER = "control_help_weather"
    CONTROL_HELP_MUSIC = "control_help_music"
    MENU_HELP = "menu_help"
    MENU_STOP = "menu_stop"
    MENU_ANSWERS = "menu_answers"
    MENU_WHO = "menu_who"
    STAFF_MENU_RECORD = "staff_menu_record"
    LANGUAGE_CHOOSE = "language_choose"
    LANGUAGE_CHOSEN = "language_chosen"
    LANGUAGE_ONE = "language_one"
    LANGUAGE_DRAFT = "language_draft"
    HELP_BOT = "help_bot"
    HELP_ASK = "help_ask"
    HELP_YES = "help_yes"
    HELP_NO = "help_no"
    HELP_TELL = "help_tell"
    HELP_TELL_TEAM = "help_tell_team"
    HELP_ELSE = "help_else"
    HELP_DANGER = "help_danger"
    HELP_NO_DANGER = "help_no_danger"
    HELP_NOBODY = "help_nobody"
    HELP_ABOUT_STAFF = "help_about_staff"
    HELP_HIDE = "help_hide"
    HELP_KEY = "help_key"
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
    STAFF_CHECK_NO = "staff_check_no"
    STAFF_INVITE_ENDED = "staff_invite_ended"
    STAFF_INVITE_TWICE = "staff_invite_twice"
    STAFF_INVITE_NEW = "staff_invite_new"
    STAFF_NOT_LIVE = "staff_not_live"
    STAFF_NEW_LINK = "staff_new_link"
    STAFF_NEW_SECRET = "staff_new_secret"  # noqa: S105  a sentence's name
    STAFF_OTHER_WAY = "staff_other_way"
    STAFF_NO_TELEGRAM = "staff_no_telegram"
    STAFF_BELOW_AGE = "staff_below_age"
    STAFF_TELEGRAM_AGE = "staff_telegram_age"
    STAFF_OWN_RIGHT = "staff_own_right"
    STAFF_LEFT = "staff_left"
    STAFF_NOTE = "staff_note"
    STAFF_DIGEST = "staff_digest"
    STAFF_DIGEST_OPEN = "staff_digest_open"
    STAFF_DIGEST_GONE = "staff_digest_gone"
    STAFF_MAIL_FAILED = "staff_mail_failed"
    STAFF_TRIAL_SUBJECT = "staff_trial_subject"
    STAFF_TRIAL_MAIL = "staff_trial_mail"
    STAFF_OUTAGE = "staff_outage"
    STAFF_NO_READER = "staff_no_reader"
    STAFF_NOTHING_HERE = "staff_nothing_here"
    STAFF_NOT_YOURS = "staff_not_yours"
    STAFF_MEDIA = "staff_media"
    STAFF_MEDIA_GONE = "staff_media_gone"
    STAFF_PLAY_VOICE = "staff_play_voice"
    STAFF_PLAY_PHOTO = "staff_play_photo"
    STAFF_PLAY_VIDEO = "staff_play_video"
    RECORD_WHICH = "record_which"
    RECORD_STEP = "record_step"
    RECORD_HAVE = "record_have"
    RECORD_OLD = "record_old"
    RECORD_SAVING = "record_saving"
    RECORD_SAVED = "record_saved"
    RECORD_FAILED = "record_failed"
    RECORD_DONE = "record_done"
    RECORD_STOPPED = "record_stopped"
    RECORD_BACK = "record_back"
    RECORD_NEXT = "record_next"
    RECORD_HEAR = "record_hear"
    RECORD_STOP = "record_stop"
    ABOUT = "about"
    WHO_IS_THIS_ABOUT = "who_is_this_about"
    WHO_ONLY_ONE = "who_only_one"
    WHO_NOW = "who_now"
    WHO_WAITS = "who_waits"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    OUTAGE = "outage"
    CHECK_COPY = "check_copy"
    DRAFT_GOES = "draft_goes"
    TIDY_ASK = "tidy_ask"
    TIDY_IS_ON = "tidy_is_on"
    TIDY_YES = "tidy_yes"
    TIDY_NO = "tidy_no"
    TIDY_ON = "tidy_on"
    TIDY_OFF = "tidy_off"
    TIDY_STAYED = "tidy_stayed"
    MYDATA = "mydata"
    MYDATA_COPY = "mydata_copy"
    MYDATA_PLAY = "mydata_play"
    MYDATA_DELETE = "mydata_delete"
    MYDATA_LONGER = "mydata_longer"
    MYDATA_MAKING = "mydata_making"
    MYDATA_PAGE = "mydata_page"
    MYDATA_FILE = "mydata_file"
    MYDATA_NOTHING = "mydata_nothing"
    MYDATA_COUNT = "mydata_count"
    COUNT_ASK = "count_ask"
    COUNT_YES = "count_yes"
    COUNT_NO = "count_no"
    COUNT_IN = "count_in"
    COUNT_OUT = "count_out"
    LONGER_ASK = "longer_ask"
    LONGER_YES = "longer_yes"
    LONGER_NO = "longer_no"
    LONGER_KEPT = "longer_kept"
    LONGER_NOT = "longer_not"
    DELETE_ASK = "delete_ask"
    DELETE_YES = "delete_yes"
    DELETE_NO = "delete_no"
    DELETE_KEPT = "delete_kept"
    DELETE_DONE = "delete_done"
    DELETE_NOT_NOW = "delete_not_now"
    COMPLAIN_ASK = "complain_ask"
    COMPLAIN_STOP = "complain_stop"
    COMPLAIN_STOPPED = "complain_stopped"
    COMPLAIN_KEPT = "complain_kept"
    COMPLAIN_SAVING = "complain_saving"
    COMPLAIN_MORE = "complain_more"
    COMPLAIN_NOBODY = "complain_nobody"
    COMPLAIN_ANSWERED = "complain_answered"
    STAFF_DELETED = "staff_deleted"
    STAFF_COMPLAINT = "staff_complaint"
    STAFF_ALERT = "staff_alert"
    STAFF_ALERT_AGAIN = "staff_alert_again"
    STAFF_ALERT_READ = "staff_alert_read"
    STAFF_ALERT_SEEN = "staff_alert_seen"
    STAFF_ALERT_THANKS = "staff_alert_thanks"
    STAFF_ALERT_SEEN_BEFORE = "staff_alert_seen_before"
    STAFF_ALERT_NOT_YOURS = "staff_alert_not_yours"
    STAFF_ALERT_FROM = "staff_alert_from"
    STAFF_ALERT_PHRASE = "staff_alert_phrase"
    STAFF_ALERT_ANSWER = "staff_alert_answer"
    STAFF_ALERT_ASKED = "staff_alert_asked"
    STAFF_ALERT_MORE = "staff_alert_more"
    STAFF_NOTE_OVERDUE = "staff_note_overdue"
    STAFF_MAIL_ALERT_SUBJECT = "staff_mail_alert_subject"
    STAFF_MAIL_ALERT = "staff_mail_alert"
    STAFF_MAIL_ALERT_OUT_OF_HOURS = "staff_mail_alert_out_of_hours"
    STAFF_MAIL_ALERT_NO_DATABASE = "staff_mail_alert_no_database"
    STAFF_MAIL_OFF_SUBJECT = "staff_mail_off_subject"
    STAFF_MAIL_OFF = "staff_mail_off"
    STAFF_MAIL_NO_DATABASE = "staff_mail_no_database"
    NOTE_KEPT = "note_kept"
    ALERT_THANKS = "alert_thanks"
    ALERT_IMPORTANT = "alert_important"
    ALERT_NEXT = "alert_next"
    ALERT_OUT_OF_HOURS = "alert_out_of_hours"
    ALERT_NOBODY_NOW = "alert_nobody_now"
    ALERT_SEEN = "alert_seen"
    ALERT_STRANGER = "alert_stranger"
    ALERT_MEDIA_KEPT = "alert_media_kept"
    NOTHING_OPEN = "nothing_open"
    REFUSED_LOCATION = "refused_location"
    REFUSED_CONTACT = "refused_contact"
    REFUSED_FORWARD = "refused_forward"
    REFUSED_KIND = "refused_kind"
    MOVED_ON = "moved_on"
    # the desk of staff in the chat
    STAFF_READ = "staff_read"
    STAFF_READ_BUTTON = "staff_read_button"
    STAFF_READ_NOTED = "staff_read_noted"
    # changes to a review
    NEW_DAY = "new_day"
    NEW_DAY_CARER = "new_day_carer"
    CALLED_OFF = "called_off"
    CALLED_OFF_CARER = "called_off_carer"
    NEW_READER = "new_reader"
    NEW_READER_MAY_READ = "new_reader_may_read"
    NEW_READER_AT_ONCE = "new_reader_at_once"
    NEW_READER_NO = "new_reader_no"
    NEW_READER_SAID_NO = "new_reader_said_no"
    STAFF_READS_NO_MORE = "staff_reads_no_more"
    STAFF_READS_NOW = "staff_reads_now"
    STAFF_SAID_NO = "staff_said_no"
    STAFF_NOT_YET_YOURS = "staff_not_yet_yours"
    STAFF_MOVED = "staff_moved"
    STAFF_CALLED_OFF = "staff_called_off"
    # lists of reviews
    # after the meeting
    # listening and check-ins
    # mail
    STAFF_MAIL_BOUNCED = "staff_mail_bounced"
    STAFF_MAIL_NOTICE_SUBJECT = "staff_mail_notice_subject"
    STAFF_MAIL_NOTICE = "staff_mail_notice"
    # documents
    # stopping and letters
    LEFT = "left"
    LEFT_FOR_GOOD = "left_for_good"
    LETTER_SUBJECT = "letter_subject"
    OWN_PAGE = "own_page"


Lines = Mapping[Line, str]


def read_lines(language: Language = ENGLISH) -> dict[Line, str]:
    """The shipped sentences in this language, read now; what is not translated stands in English."""
    english = lines_in(resources.files("conversations").joinpath("said", "bot_words.yaml").read_text("utf-8"))
    return {line: language.say(Kind.LINE, text, line.value) for line, text in english.items()}


@lru_cache(maxsize=4)
def lines_in(text: str) -> Lines:
    """The sentences of a catalogue in YAML.

    Raises:
        ValueError: the catalogue lacks a sentence or holds one that nobody says.
    """
    raw: dict[str, str] = said(text)
    lacking, unknown = {line.value for line in Line} - raw.keys(), raw.keys() - {line.value for line in Line}
    if lacking or unknown:
        raise ValueError(f"bot_words.yaml lacks {sorted(lacking)} and has too much: {sorted(unknown)}")
    return MappingProxyType({Line(key): words.strip() for key, words in raw.items()})
