"""The sentences that belong to no step, by name. Their text stands in `scripts/words.yaml`, never here."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """Every key that `scripts/words.yaml` must have; it may have no other."""

    # Refusals to answer, and what stands on every question
    DONT_KNOW = "dont_know"
    SKIP = "skip"
    RATHER_NOT = "rather_not"
    DONE = "done"
    MORE = "more"
    BACK = "back"
    KEEP_ANSWER = "keep_answer"
    TICKED = "ticked"  # stands before the label of a ticked option
    PROGRESS = "progress"
    IDEAS = "ideas"
    IDEA = "idea"
    HOW_TO_ANSWER = "how_to_answer"
    OWN_WORDS = "own_words"
    SAID_BEFORE = "said_before"
    YOUR_WORDS = "your_words"
    NO_EXPLAIN = "no_explain"
    CONTROLS_HERE = "controls_here"
    QUOTE = "quote"
    SOMEONE = "someone"  # who wrote a line whose writer is not known
    LISTED = "listed"

    # After an answer
    CHOSEN = "chosen"
    SAVED = "saved"
    TICKS_KEPT = "ticks_kept"
    DRAFT_KEPT = "draft_kept"
    CHANGED = "changed"
    EDITED_AFTER_SEND = "edited_after_send"
    KEPT_NOTE = "kept_note"
    MEDIA_RECEIVED = "media_received"
    MEDIA_FAILED = "media_failed"
    MEDIA_TOO_BIG = "media_too_big"
    STILL_SAVING = "still_saving"
    UPGRADED = "upgraded"

    # The end of a part, and answers that no longer fit
    PART_END = "part_end"
    CARRY_ON = "carry_on"
    ENOUGH = "enough"
    SEND_PART = "send_part"
    ORPHAN = "orphan"
    KEEP = "keep"
    TAKE_OUT = "take_out"

    # The check screen
    CHECK_INTRO = "check_intro"
    CHECK_OUTRO = "check_outro"
    CHECK_EMPTY = "check_empty"
    ENTRY = "entry"
    ENTRY_WORDS = "entry_words"
    ENTRY_ONLY = "entry_only"
    ENTRY_VOICE = "entry_voice"
    ENTRY_PHOTO = "entry_photo"
    ENTRY_VIDEO = "entry_video"
    NO_LONGER_ASKED = "no_longer_asked"
    SEND = "send"
    WAIT = "wait"
    DELETE_ALL = "delete_all"
    CHANGE = "change"
    ONLY_CONTACT = "only_contact"
    EVERYONE = "everyone"
    CONFIRM_DELETE = "confirm_delete"
    YES_DELETE = "yes_delete"
    NO_KEEP = "no_keep"
    DELETED = "deleted"

    # After Send
    RECEIPT = "receipt"
    RECEIPT_LATE = "receipt_late"  # sent after the cut-off
    SENT = "sent"
    UNSENT_CHANGES = "unsent_changes"
    WITHDRAW = "withdraw"
    CONFIRM_WITHDRAW = "confirm_withdraw"
    YES_WITHDRAW = "yes_withdraw"
    NO_LEAVE_SENT = "no_leave_sent"
    WITHDRAWN = "withdrawn"

    # Stopping, carrying on, other ways
    STOP_MENU = "stop_menu"
    STOP_FOR_NOW = "stop_for_now"
    STOP_REVIEW = "stop_review"
    STOP_FOR_GOOD = "stop_for_good"
    PAUSED = "paused"
    SHALL_WE = "shall_we"
    RESUME = "resume"
    WELCOME_BACK = "welcome_back"
    LEFT_REVIEW = "left_review"
    LEFT_FOR_GOOD = "left_for_good"
    CLOSED = "closed"
    OTHER_WAYS = "other_ways"
    WAY_TALK = "way_talk"
    WAY_PAPER = "way_paper"
    WAY_HELPER = "way_helper"
    CARRY_ON_HERE = "carry_on_here"
    STAFF_ASKED = "staff_asked"

    # Why nothing happened: one for each `Refusal`
    REFUSAL_STALE = "refusal_stale"
    REFUSAL_NOT_AN_OPTION = "refusal_not_an_option"
    REFUSAL_EMPTY = "refusal_empty"
    REFUSAL_NO_EARLIER = "refusal_no_earlier"
    REFUSAL_WHICH_ONE = "refusal_which_one"
    REFUSAL_PICK_FIRST = "refusal_pick_first"
    REFUSAL_TOO_MANY = "refusal_too_many"
    REFUSAL_CLOSED = "refusal_closed"

    # Dates and times
    WEEKDAYS = "weekdays"
    MONTHS = "months"
    DAY = "day"
    MOMENT = "moment"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    NOON = "noon"
