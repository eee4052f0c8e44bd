from datetime import date, timedelta
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from bot.bank_holidays import bank_holidays
from conversations.calendar import SchoolCalendar, Term
from conversations.offsets import DEFAULTS, Offsets, ReviewKind
from conversations.planning import plan
from conversations.timetable import Booking, PlanNote, RefusalReason, Refused, Timetable, messages

ANNUAL = ReviewKind.EHC_ANNUAL
PLAIN = SchoolCalendar(bank_holidays(2026, 2028))
TERMLY = SchoolCalendar(
    PLAIN.bank_holidays,
    (
        Term(date(2026, 9, 3), date(2026, 10, 23)),
        Term(date(2026, 11, 2), date(2026, 12, 18)),
        Term(date(2027, 1, 4), date(2027, 3, 25)),
        Term(date(2027, 4, 12), date(2027, 7, 21)),
    ),
    frozenset({date(2026, 11, 27)}),
)


@st.composite
def all_offsets(draw: st.DrawFn) -> Offsets:
    falling = sorted(draw(st.lists(st.integers(1, 90), min_size=6, max_size=6, unique=True)), reverse=True)
    opening, reminder, last_call, close, check_ends, pack = falling
    minimum, notice = draw(st.integers(1, 20)), draw(st.integers(0, 30))
    return Offsets(opening, reminder, last_call, close, check_ends, pack, minimum, notice)


meetings = st.dates(date(2026, 11, 1), date(2028, 12, 31))
quiet_days = st.frozensets(st.dates(date(2026, 9, 1), date(2028, 12, 31)), max_size=40)
calendars = st.one_of(
    st.sampled_from([PLAIN, TERMLY]),
    st.builds(SchoolCalendar, quiet_days, st.just(TERMLY.terms), quiet_days),
)
offsets_of_all_sorts = st.one_of(st.sampled_from(list(DEFAULTS.values())), all_offsets())


@given(meetings, st.integers(1, 200), offsets_of_all_sorts, calendars)
@example(date(2026, 12, 14), 3, DEFAULTS[ANNUAL], PLAIN)
@example(date(2027, 4, 19), 60, DEFAULTS[ReviewKind.SEN_SUPPORT], PLAIN)
def test_whatever_is_planned_whenever_the_order_is_kept(
    meeting: date, ahead: int, offsets: Offsets, calendar: SchoolCalendar
) -> None:
    planned_on = meeting - timedelta(days=ahead)
    found = plan(Booking(meeting, ANNUAL, planned_on, True), offsets, calendar)
    if isinstance(found, Refused):
        assert found.reason is RefusalReason.NO_TIME
        assert ahead == 1 or all(calendar.is_quiet(planned_on + timedelta(days=n)) for n in range(ahead - 1))
        return
    days = [found.opening, found.reminder, found.last_call, found.close, found.check_ends]
    days += [found.pack, found.meeting]
    kept = [day for day in days if day is not None]
    assert kept == sorted(kept)
    assert planned_on <= found.opening < found.close
    assert found.pack < meeting
    sent = [day for _, day in messages(found)]
    assert all(b - a >= timedelta(days=3) for a, b in pairwise(sent))
    assert not any(calendar.is_quiet(day) for day in sent[1:])
    assert found.last_call is None or found.last_call < found.close
    assert found.check_ends is None or found.check_ends > found.close


@given(meetings, st.integers(1, 200), offsets_of_all_sorts, calendars)
def test_without_a_reason_the_minimum_and_the_notice_always_hold(
    meeting: date, ahead: int, offsets: Offsets, calendar: SchoolCalendar
) -> None:
    planned_on = meeting - timedelta(days=ahead)
    found = plan(Booking(meeting, ANNUAL, planned_on), offsets, calendar)
    if isinstance(found, Timetable):
        school_days = calendar.school_days_between(found.opening, found.close)
        assert school_days >= offsets.minimum_school_days
        assert ahead >= offsets.notice
    else:
        assert found.reason in {RefusalReason.REASON_NEEDED, RefusalReason.NO_TIME}


@given(meetings, st.integers(43, 200), st.sampled_from([PLAIN, TERMLY]))
def test_in_time_an_annual_review_is_circulated_two_weeks_before(
    meeting: date, ahead: int, calendar: SchoolCalendar
) -> None:
    booking = Booking(meeting, ANNUAL, meeting - timedelta(days=ahead))
    found = plan(booking, DEFAULTS[ANNUAL], calendar)
    if isinstance(found, Timetable) and not found.late:
        assert found.pack <= meeting - timedelta(days=15)
        assert not calendar.is_closed(found.pack)
        assert PlanNote.PACK_LATE not in found.notes
