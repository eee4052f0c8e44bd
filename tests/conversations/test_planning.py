from dataclasses import replace
from datetime import UTC, date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from conversations.calendar import SchoolCalendar, Term
from conversations.hours import local
from conversations.offsets import DEFAULTS, ReviewKind
from conversations.planning import plan
from conversations.timetable import (
    Booking,
    FollowUp,
    PlanNote,
    RefusalReason,
    Refused,
    Timetable,
    messages,
)

ANNUAL = ReviewKind.EHC_ANNUAL
BANK_HOLIDAYS = frozenset(
    {
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 1, 1),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 5, 3),
        date(2027, 5, 31),
        date(2027, 8, 30),
    }
)
PLAIN = SchoolCalendar(BANK_HOLIDAYS)
TERMLY = SchoolCalendar(
    BANK_HOLIDAYS,
    (
        Term(date(2026, 9, 3), date(2026, 10, 23)),
        Term(date(2026, 11, 2), date(2026, 12, 18)),
        Term(date(2027, 1, 4), date(2027, 2, 12)),
        Term(date(2027, 2, 22), date(2027, 3, 25)),
        Term(date(2027, 4, 12), date(2027, 7, 21)),
        Term(date(2027, 9, 2), date(2027, 10, 22)),
    ),
    frozenset({date(2026, 11, 27)}),
)
THURSDAY = date(2026, 12, 10)  # six weeks before it nothing is quiet but weekends


def made(
    meeting: date,
    planned_on: date,
    calendar: SchoolCalendar = PLAIN,
    kind: ReviewKind = ANNUAL,
    *,
    reason: bool = False,
) -> Timetable:
    found = plan(Booking(meeting, kind, planned_on, reason), DEFAULTS[kind], calendar)
    assert isinstance(found, Timetable)
    return found


def refused(meeting: date, planned_on: date, *, reason: bool = False) -> Refused:
    found = plan(Booking(meeting, ANNUAL, planned_on, reason), DEFAULTS[ANNUAL], PLAIN)
    assert isinstance(found, Refused)
    return found


def before(meeting: date, timetable: Timetable) -> list[int | None]:
    days = (
        timetable.opening,
        timetable.reminder,
        timetable.last_call,
        timetable.close,
        timetable.check_ends,
        timetable.pack,
    )
    return [None if day is None else (meeting - day).days for day in days]


def test_planned_in_time_every_stage_stands_where_the_offsets_say() -> None:
    found = made(THURSDAY, date(2026, 9, 1))
    # 32 days before is a Sunday and 24 a Monday: the reminder moves on to the Monday.
    assert before(THURSDAY, found) == [42, 31, 24, 21, 17, 15]
    assert not found.late
    assert found.notes == ()
    assert found.kind is ANNUAL
    assert found.meeting == THURSDAY


def test_what_follows_the_meeting_is_dated() -> None:
    assert made(THURSDAY, date(2026, 9, 1)).follow_up == FollowUp(
        feedback=date(2026, 12, 24),
        report_due=date(2026, 12, 24),
        decision_due=date(2027, 1, 7),
        final_plan_due=date(2027, 3, 4),
    )


def test_sen_support_has_feedback_but_no_duties_of_a_plan() -> None:
    found = made(THURSDAY, date(2026, 11, 1), TERMLY, ReviewKind.SEN_SUPPORT)
    assert found.follow_up == FollowUp(date(2027, 1, 7), None, None, None)


def test_planned_on_the_day_of_the_opening_is_not_late() -> None:
    found = made(THURSDAY, THURSDAY - timedelta(days=42))
    assert found.opening == THURSDAY - timedelta(days=42)
    assert not found.late


LATE = PlanNote.PLANNED_LATE
NO_REMINDER, NO_LAST_CALL = PlanNote.REMINDER_DROPPED, PlanNote.LAST_CALL_DROPPED
NO_CHECK, PACK_LATE = PlanNote.CHECK_DROPPED, PlanNote.PACK_LATE
UNDER, SHORT = PlanNote.UNDER_MINIMUM, PlanNote.SHORT_NOTICE


@pytest.mark.parametrize(
    ("ahead", "days", "notes"),
    [
        (41, [41, 31, 24, 21, 17, 15], (LATE,)),
        (35, [35, 31, 24, 21, 17, 15], (LATE,)),
        (34, [34, None, 23, 20, 16, 15], (LATE, NO_REMINDER)),
        (33, [31, None, 20, 17, 15, 15], (LATE, NO_REMINDER)),
        (30, [30, None, 17, 16, 15, 15], (LATE, NO_REMINDER)),
        (29, [29, None, 17, 15, None, 15], (LATE, NO_REMINDER, NO_CHECK)),
        (28, [28, None, 17, 14, None, 14], (LATE, NO_REMINDER, NO_CHECK, PACK_LATE)),
        (15, [15, None, 3, 1, None, 1], (LATE, NO_REMINDER, NO_CHECK, PACK_LATE)),
    ],
)
def test_planned_late_reminders_go_first_then_the_check_then_the_pack_is_late(
    ahead: int, days: list[int | None], notes: tuple[PlanNote, ...]
) -> None:
    found = made(THURSDAY, THURSDAY - timedelta(days=ahead))
    assert before(THURSDAY, found) == days
    assert found.notes == notes
    assert found.late


@pytest.mark.parametrize(
    ("ahead", "needs"), [(14, (UNDER,)), (13, (UNDER, SHORT)), (5, (UNDER, SHORT)), (2, (UNDER, SHORT))]
)
def test_under_ten_school_days_or_two_weeks_need_a_recorded_reason(ahead: int, needs: tuple[PlanNote, ...]) -> None:
    planned_on = THURSDAY - timedelta(days=ahead)
    assert refused(THURSDAY, planned_on) == Refused(RefusalReason.REASON_NEEDED, needs)
    found = made(THURSDAY, planned_on, reason=True)
    assert set(needs) <= set(found.notes)
    assert found.pack == THURSDAY - timedelta(days=1)


def test_five_days_ahead_the_answers_and_the_pack_come_the_day_before() -> None:
    found = made(THURSDAY, THURSDAY - timedelta(days=5), reason=True)
    # Planned on a Saturday, so it opens on the Monday.
    assert before(THURSDAY, found) == [3, None, None, 1, None, 1]
    assert found.notes == (LATE, NO_REMINDER, NO_LAST_CALL, NO_CHECK, PACK_LATE, UNDER, SHORT)


@pytest.mark.parametrize(
    ("meeting", "planned_on", "reason"),
    [
        (THURSDAY, THURSDAY, RefusalReason.MEETING_IN_THE_PAST),
        (THURSDAY, THURSDAY + timedelta(days=1), RefusalReason.MEETING_IN_THE_PAST),
        (date(2028, 11, 24), date(2026, 11, 23), RefusalReason.TOO_FAR),
        (date(2030, 3, 2), date(2028, 2, 29), RefusalReason.TOO_FAR),
        (THURSDAY, THURSDAY - timedelta(days=1), RefusalReason.NO_TIME),
        # Saturday and Sunday before a Monday: nobody may be written to.
        (date(2026, 12, 14), date(2026, 12, 12), RefusalReason.NO_TIME),
    ],
)
def test_what_cannot_be_planned_is_refused_even_with_a_reason(
    meeting: date, planned_on: date, reason: RefusalReason
) -> None:
    assert refused(meeting, planned_on, reason=True) == Refused(reason)


@pytest.mark.parametrize(
    ("meeting", "planned_on"),
    [(date(2028, 11, 23), date(2026, 11, 23)), (date(2030, 3, 1), date(2028, 2, 29))],
)
def test_two_years_ahead_can_be_planned(meeting: date, planned_on: date) -> None:
    assert not made(meeting, planned_on).late


def test_two_years_ahead_staff_see_that_the_terms_are_not_known() -> None:
    found = made(date(2028, 11, 23), date(2026, 11, 23), TERMLY)
    assert found.notes == (PlanNote.TERM_DATES_UNKNOWN,)


def test_a_meeting_on_29_february() -> None:
    leap = date(2028, 2, 29)
    found = made(leap, date(2027, 12, 1))
    assert before(leap, found) == [42, 32, 22, 21, 17, 15]
    assert found.follow_up.final_plan_due == date(2028, 5, 23)


def test_a_meeting_on_a_saturday_is_allowed_and_noted() -> None:
    saturday = date(2026, 12, 12)
    found = made(saturday, date(2026, 9, 1))
    assert found.notes == (PlanNote.MEETING_NOT_A_SCHOOL_DAY,)
    # Messages moved on from the Saturday, documents back from it.
    assert before(saturday, found) == [40, 32, 25, 22, 17, 15]


def test_documents_go_earlier_over_easter_and_messages_stay_before_them() -> None:
    meeting = date(2027, 4, 19)  # 21 days before is Easter Monday
    found = made(meeting, date(2027, 1, 4))
    assert found.close == date(2027, 3, 25)
    assert found.last_call == date(2027, 3, 22)
    assert found.check_ends == date(2027, 4, 2)
    assert found.pack == date(2027, 4, 2)
    assert found.reminder == date(2027, 3, 18)


def test_a_pack_does_not_go_out_on_a_closure_day() -> None:
    meeting = date(2026, 12, 12)  # 15 days before is the closure of Friday 27 November
    assert made(meeting, date(2026, 9, 1), TERMLY).pack == date(2026, 11, 26)


def test_a_last_call_that_cannot_go_later_goes_earlier() -> None:
    calendar = SchoolCalendar(frozenset({date(2026, 11, 23)}))
    meeting = date(2026, 12, 15)  # Tuesday: the last call falls on a Saturday, Monday is quiet
    found = made(meeting, date(2026, 9, 1), calendar)
    assert (found.last_call, found.close) == (date(2026, 11, 20), date(2026, 11, 24))


def test_holidays_before_the_close_make_it_open_earlier() -> None:
    meeting = date(2027, 1, 25)
    found = made(meeting, date(2026, 10, 1), TERMLY)
    assert found.close == date(2027, 1, 4)
    assert found.opening == date(2026, 12, 7)
    assert TERMLY.school_days_between(found.opening, found.close) == 10
    assert found.notes == (PlanNote.OPENED_EARLIER,)


def test_in_the_summer_holidays_the_close_waits_for_school_days_to_come() -> None:
    meeting = date(2027, 10, 1)
    found = made(meeting, date(2027, 8, 2), TERMLY)
    assert found.opening == date(2027, 8, 2)
    assert TERMLY.school_days_between(found.opening, found.close) == 10
    assert found.close == date(2027, 9, 15)
    assert LATE in found.notes


def test_where_ten_school_days_cannot_come_the_usual_number_of_days_stands_in() -> None:
    meeting = date(2027, 9, 13)
    booking = Booking(meeting, ANNUAL, date(2027, 7, 26))
    assert plan(booking, DEFAULTS[ANNUAL], TERMLY) == Refused(RefusalReason.REASON_NEEDED, (UNDER,))
    found = made(meeting, date(2027, 7, 26), TERMLY, reason=True)
    assert found.opening == date(2027, 7, 26)
    assert found.close == meeting - timedelta(days=21)
    assert found.pack == date(2027, 8, 27)  # the last Friday before the bank holiday


def test_the_opening_comes_before_a_quiet_stretch_that_would_swallow_it() -> None:
    quiet = SchoolCalendar(frozenset(THURSDAY - timedelta(days=n) for n in range(32, 60)))
    found = made(THURSDAY, date(2026, 9, 1), quiet)
    assert found.opening < THURSDAY - timedelta(days=42)
    assert not quiet.is_quiet(found.opening)


def test_other_offsets_give_other_days() -> None:
    offsets = replace(DEFAULTS[ANNUAL], opening=56, minimum_school_days=15, notice=28)
    found = plan(Booking(THURSDAY, ANNUAL, date(2026, 9, 1)), offsets, PLAIN)
    assert isinstance(found, Timetable)
    assert found.opening == THURSDAY - timedelta(days=56)
    short = Booking(THURSDAY, ANNUAL, THURSDAY - timedelta(days=27))
    assert plan(short, offsets, PLAIN) == Refused(RefusalReason.REASON_NEEDED, (SHORT,))


LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("meeting", [date(2026, 11, 18), date(2027, 4, 21)])
def test_across_a_change_of_clocks_every_message_comes_at_the_same_local_hour(
    meeting: date,
) -> None:
    found = made(meeting, meeting - timedelta(days=60))
    sent = [local(day, time(16), "Europe/London") for _, day in messages(found)]
    assert len(sent) == 3
    assert {moment.astimezone(LONDON).time() for moment in sent} == {time(16)}
    assert {moment.astimezone(UTC).hour for moment in sent} == {15, 16}


def test_ten_school_days_may_end_on_the_day_before_the_meeting() -> None:
    found = made(date(2027, 9, 16), date(2027, 7, 26), TERMLY)
    assert found.close == found.pack == date(2027, 9, 15)
    assert found.notes == (LATE, PlanNote.OPENED_EARLIER, NO_CHECK, PACK_LATE)


def test_a_document_stays_where_it_is_when_a_whole_week_is_closed() -> None:
    closed = SchoolCalendar(closures=frozenset(THURSDAY - timedelta(days=n) for n in range(21, 30)))
    found = made(THURSDAY, date(2026, 9, 1), closed)
    assert found.close == THURSDAY - timedelta(days=21)
    assert closed.school_days_between(found.opening, found.close) == 10
