"""From the date of something to the day it goes: by hand for the rules, and for any date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.retention import (
    DEFAULTS,
    Kind,
    Period,
    Unit,
    closes,
    draft_goes,
    periods_in,
    sent_goes,
)
from conversations.tidying import TOO_LATE, is_too_late, tidy_from

MEETING = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))
PERIODS = st.builds(Period, st.integers(1, 30), st.sampled_from(Unit))


def test_what_was_sent_goes_a_school_year_after_the_review_has_closed() -> None:
    assert closes(MEETING) == date(2026, 12, 22)
    assert sent_goes(MEETING) == date(2028, 9, 1)
    assert sent_goes(date(2026, 8, 3)) == date(2027, 9, 1), "closes on 31 August, in the school year before"
    assert sent_goes(date(2026, 8, 4)) == date(2028, 9, 1)
    assert sent_goes(MEETING, longer=True) == date(2030, 9, 1)


def test_unfinished_answers_go_after_sixty_days_and_never_before_the_meeting_is_over() -> None:
    assert draft_goes(date(2026, 11, 3), MEETING) == date(2027, 1, 2)
    assert draft_goes(date(2026, 6, 1), MEETING) == date(2026, 11, 25)


@given(DAYS, DAYS, PERIODS)
@settings(max_examples=60)
def test_what_is_past_its_day_is_found_by_its_date(day: date, today: date, period: Period) -> None:
    assert (day <= period.last_gone(today)) == (period.goes(day) <= today)


def test_every_period_can_be_set_and_the_rest_stays() -> None:
    found = periods_in("drafts=30d, sent=2s audit=6y")
    assert {kind for kind in Kind if found[kind] != DEFAULTS[kind]} == {Kind.DRAFTS, Kind.SENT, Kind.AUDIT}
    assert str(found[Kind.AUDIT]) == "6y"
    assert periods_in("") == DEFAULTS
    assert set(DEFAULTS) == set(Kind)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("draft=60d", "sets periods such as drafts=60d, for: drafts, sent,"),
        ("drafts=sixty", "needs a number with d, y or s for drafts"),
        ("drafts=0d", "needs a number"),
        ("drafts=٦d", "needs a number"),
        ("drafts", "needs a number"),
        ("drafts=60d drafts=30d", "names drafts twice"),
        ("inbox=1d", "the bot itself needs 3d"),
        ("audit=99y", "more than 35 years"),
        ("longer=60d", "Make longer at least as long as sent"),
    ],
)
def test_a_mistake_names_what_would_be_right(text: str, remedy: str) -> None:
    with pytest.raises(ValueError, match=remedy):
        periods_in(text)


AT = datetime(2026, 10, 13, 15, 0, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(hours=60)))
@settings(max_examples=40)
def test_a_message_is_deleted_a_day_after_storing_or_while_telegram_still_lets_it(late: timedelta) -> None:
    stored, begins = AT + late, tidy_from(AT, AT + late)
    assert begins >= stored, "never before it is stored"
    assert begins - stored <= timedelta(hours=24)
    if begins - stored < timedelta(hours=24) and late < timedelta(hours=46):
        assert begins == AT + timedelta(hours=46), "only where it would be too late otherwise"
    assert not is_too_late(AT, AT + timedelta(hours=46, minutes=59))
    assert is_too_late(AT, AT + timedelta(hours=47))
    assert AT + timedelta(hours=47) < AT + TOO_LATE
