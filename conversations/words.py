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
    READ_TO_ME = "read_to_me"
    MEANING = "meaning"  # what a hard word means

    # My way: the access profile. One key for each value of a part: my_<part>_<value>
    MY_WAY = "my_way"
    MY_WAY_PRESS = "my_way_press"
    MY_WAY_FINE = "my_way_fine"
    MY_WAY_LANGUAGE = "my_way_language"
    MY_WAY_KEPT = "my_way_kept"
    MY_CHOICES = "my_choices"
    MY_SHOWS_BOTH = "my_shows_both"
    MY_SHOWS_PICTURES = "my_shows_pictures"
    MY_SHOWS_WORDS = "my_shows_words"
    MY_LOOK_LIGHT = "my_look_light"
    MY_LOOK_CREAM = "my_look_cream"
    MY_LOOK_DARK = "my_look_dark"
    MY_EMOJI_ON = "my_emoji_on"
    MY_EMOJI_OFF = "my_emoji_off"
    MY_WAY_FULL = "my_way_full"
    MY_WAY_SHORT = "my_way_short"
    MY_READING_ON = "my_reading_on"
    MY_READING_OFF = "my_reading_off"
    MY_VOICE_ON = "my_voice_on"
    MY_VOICE_OFF = "my_voice_off"
    MY_KEY_HELP = "my_key_help"
    MY_KEY_WEATHER = "my_key_weather"
    MY_KEY_MUSIC = "my_key_music"

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
    MAT = "mat"
    MAT_COLUMN = "mat_column"
    ENTRY = "entry"
    ENTRY_WORDS = "entry_words"
    ENTRY_ONLY = "entry_only"
    ENTRY_VOICE = "entry_voice"
    ENTRY_PHOTO = "entry_photo"
    ENTRY_VIDEO = "entry_video"
    ENTRY_NUMBERED = "entry_numbered"  # one of several photos, voices or videos
    ENTRY_HEARD = "entry_heard"  # what a machine heard, and the person said is right
    ENTRY_OTHERS_YES = "entry_others_yes"
    ENTRY_OTHERS_NO = "entry_others_no"
    ENTRY_OTHERS_DONT_KNOW = "entry_others_dont_know"
    NO_LONGER_ASKED = "no_longer_asked"
    SEND = "send"
    WAIT = "wait"
    DELETE_ALL = "delete_all"
    CHANGE = "change"
    ONLY_CONTACT = "only_contact"
    EVERYONE = "everyone"
    PLAY_AGAIN = "play_again"
    TAKE_OUT_VOICE = "take_out_voice"
    TAKE_OUT_PHOTO = "take_out_photo"
    TAKE_OUT_VIDEO = "take_out_video"
    CONFIRM_DELETE = "confirm_delete"
    YES_DELETE = "yes_delete"
    NO_KEEP = "no_keep"
    DELETED = "deleted"

    # The calm pause, once, when somebody may not be safe
    CALM = "calm"  # who is told, and by when
    CALM_NOBODY = "calm_nobody"  # nobody can be told now; whom to call stands behind it
    CALM_KEPT = "calm_kept"
    CALM_NEXT = "calm_next"
    CALM_STOP = "calm_stop"
    CALM_MORE = "calm_more"
    CALM_ELSE = "calm_else"
    TELL_MORE = "tell_more"
    TELL_ELSE = "tell_else"
    MORE_KEPT = "more_kept"

    # Asked once: who is in a photo, and whether a machine heard right
    WHO_IS_IN_IT = "who_is_in_it"
    WHO_IS_IN_IT_LATER = "who_is_in_it_later"  # when the photo was not sent just before
    WHO_YES = "who_yes"
    WHO_NO = "who_no"
    HEARD = "heard"
    HEARD_YES = "heard_yes"
    HEARD_NO = "heard_no"
    HEARD_TYPE = "heard_type"
    TYPE_IT = "type_it"

    # After Send
    MY_PAGE = "my_page"
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
    STOP_TELEGRAM = "stop_telegram"
    STOP_FOR_GOOD = "stop_for_good"
    PAUSED = "paused"
    SHALL_WE = "shall_we"
    RESUME = "resume"
    WELCOME_BACK = "welcome_back"
    LEFT_REVIEW = "left_review"
    LEFT_TELEGRAM = "left_telegram"
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
