from dataclasses import replace
from datetime import date

import pytest

from conversations.offsets import ReviewKind
from conversations.timetable import (
    FollowUp,
    MessageKind,
    Stage,
    Timetable,
    at_a_glance,
    messages,
)

FULL = Timetable(
    kind=ReviewKind.EHC_ANNUAL,
    opening=date(2026, 10, 29),
    reminder=date(2026, 11, 9),
    last_call=date(2026, 11, 16),
    close=date(2026, 11, 19),
    check_ends=date(2026, 11, 23),
    pack=date(2026, 11, 25),
    meeting=date(2026, 12, 10),
    follow_up=FollowUp(
        feedback=date(2026, 12, 29),
        report_due=date(2026, 12, 24),
        decision_due=date(2027, 1, 7),
        final_plan_due=date(2027, 3, 4),
    ),
    late=False,
    notes=(),
)


def test_a_person_gets_the_opening_and_two_more_messages() -> None:
    assert messages(FULL) == (
        (MessageKind.OPENING, date(2026, 10, 29)),
        (MessageKind.REMINDER, date(2026, 11, 9)),
        (MessageKind.LAST_CALL, date(2026, 11, 16)),
    )


def test_a_dropped_message_is_not_sent() -> None:
    bare = replace(FULL, reminder=None, last_call=None)
    assert messages(bare) == ((MessageKind.OPENING, date(2026, 10, 29)),)


def test_at_a_glance_every_stage_stands_in_the_order_of_its_day() -> None:
    stages = [stage for stage, _ in at_a_glance(FULL)]
    assert stages[:7] == list(Stage)[:7]
    assert stages[7:] == [
        Stage.REPORT_DUE,
        Stage.FEEDBACK,
        Stage.DECISION_DUE,
        Stage.FINAL_PLAN_DUE,
    ]
    days = [day for _, day in at_a_glance(FULL)]
    assert days == sorted(days)


def test_at_a_glance_leaves_out_what_has_no_day() -> None:
    bare = replace(FULL, check_ends=None, follow_up=FollowUp(date(2026, 12, 29), None, None, None))
    stages = {stage for stage, _ in at_a_glance(bare)}
    assert Stage.CHECK_ENDS not in stages
    assert Stage.REPORT_DUE not in stages


@pytest.mark.parametrize(
    "wrong",
    [
        {"opening": date(2026, 11, 10)},
        {"last_call": date(2026, 11, 20)},
        {"reminder": None, "opening": date(2026, 11, 17)},
        {"check_ends": date(2026, 11, 26)},
        {"pack": date(2026, 12, 11)},
    ],
)
def test_a_timetable_out_of_order_is_refused(wrong: dict[str, date]) -> None:
    with pytest.raises(ValueError, match="follow each other"):
        replace(FULL, **wrong)  # type: ignore[arg-type]  # only dates are among the wrong ones
