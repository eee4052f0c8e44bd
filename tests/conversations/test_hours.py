from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversations.hours import (
    DecentHours,
    Missed,
    SendNow,
    Wait,
    is_decent,
    is_late,
    is_zone,
    local,
    next_decent,
    when_to_send,
)

LONDON = "Europe/London"
HOURS = DecentHours(LONDON, quiet_days=frozenset({date(2027, 3, 29)}))
ZONES = (
    LONDON,
    "America/St_Johns",
    "America/Sao_Paulo",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
)

START = datetime(2009, 1, 1, tzinfo=UTC)
moments = st.timedeltas(timedelta(), timedelta(days=8000)).map(lambda since: START + since)


def _hours(zone: str, times: list[time], weekdays: frozenset[int]) -> DecentHours:
    return DecentHours(zone, min(times), max(times), weekdays)


all_hours = st.builds(
    _hours,
    st.sampled_from(ZONES),
    st.lists(st.times(), min_size=2, max_size=2, unique=True),
    st.frozensets(st.integers(0, 6), max_size=6),
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]  # year, month, day, ...


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        pytest.param(LONDON, date(2026, 7, 1), time(16), utc(2026, 7, 1, 15), id="summer"),
        pytest.param(LONDON, date(2026, 12, 1), time(16), utc(2026, 12, 1, 16), id="winter"),
        pytest.param(LONDON, date(2028, 2, 29), time(16), utc(2028, 2, 29, 16), id="leap day"),
        pytest.param(LONDON, date(2027, 3, 28), time(0, 59), utc(2027, 3, 28, 0, 59), id="before"),
        pytest.param(LONDON, date(2027, 3, 28), time(1), utc(2027, 3, 28, 1), id="gap starts"),
        pytest.param(LONDON, date(2027, 3, 28), time(1, 30), utc(2027, 3, 28, 1), id="in the gap"),
        pytest.param(LONDON, date(2027, 3, 28), time(1, 59, 59, 999), utc(2027, 3, 28, 1), id="gap's last"),
        pytest.param(LONDON, date(2027, 3, 28), time(2), utc(2027, 3, 28, 1), id="gap ends"),
        pytest.param(LONDON, date(2026, 10, 25), time(1, 30), utc(2026, 10, 25, 0, 30), id="twice"),
        pytest.param(
            LONDON,
            date(2026, 10, 25),
            time(1, 30, fold=1),
            utc(2026, 10, 25, 0, 30),
            id="the first of two whatever the fold",
        ),
        pytest.param(
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            utc(2026, 10, 3, 15, 30),
            id="half-hour gap",
        ),
        pytest.param(
            "America/Sao_Paulo",
            date(2018, 11, 4),
            time(0, 0),
            utc(2018, 11, 4, 3),
            id="no midnight",
        ),
        pytest.param("Pacific/Apia", date(2011, 12, 30), time(9), utc(2011, 12, 30, 10), id="no such day"),
    ],
)
def test_a_wall_clock_time_becomes_one_moment(zone: str, day: date, at: time, expected: datetime) -> None:
    found = local(day, at, zone)
    assert found == expected
    assert found.tzinfo is UTC


@given(st.dates(date(2009, 1, 1), date(2030, 12, 31)), st.times(), st.sampled_from(ZONES))
@example(date(2027, 3, 28), time(1, 30), LONDON)
def test_a_moment_shows_the_wanted_time_unless_that_time_does_not_exist(day: date, at: time, zone: str) -> None:
    wanted = datetime.combine(day, at)
    moment = local(day, at, zone)
    shown = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    if shown != wanted:
        assert shown > wanted
        just_before = (moment - timedelta(seconds=1)).astimezone(ZoneInfo(zone))
        assert just_before.replace(tzinfo=None) < wanted


def test_six_weeks_across_each_change_of_clocks_keep_the_local_hour() -> None:
    for change in (date(2026, 10, 25), date(2027, 3, 28)):
        days = [change + timedelta(days=n) for n in range(-21, 22)]
        sent = [local(day, time(16), LONDON) for day in days]
        assert {moment.astimezone(ZoneInfo(LONDON)).time() for moment in sent} == {time(16)}
        assert {moment.hour for moment in sent} == {15, 16}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        pytest.param(utc(2026, 11, 23, 9), utc(2026, 11, 23, 9), id="the first minute"),
        pytest.param(utc(2026, 11, 23, 8, 59), utc(2026, 11, 23, 9), id="too early"),
        pytest.param(utc(2026, 11, 23, 18, 59, 59), utc(2026, 11, 23, 18, 59, 59), id="last"),
        pytest.param(utc(2026, 11, 23, 19), utc(2026, 11, 24, 9), id="evening"),
        pytest.param(utc(2026, 11, 27, 19), utc(2026, 11, 30, 9), id="Friday evening"),
        pytest.param(utc(2026, 11, 28, 12), utc(2026, 11, 30, 9), id="Saturday"),
        pytest.param(utc(2026, 10, 24, 12), utc(2026, 10, 26, 9), id="clocks go back"),
        pytest.param(utc(2027, 3, 26, 20), utc(2027, 3, 30, 8), id="clocks go on, bank holiday"),
        pytest.param(utc(2026, 7, 1, 18), utc(2026, 7, 2, 8), id="19:00 in summer"),
    ],
)
def test_the_next_decent_moment(moment: datetime, expected: datetime) -> None:
    assert next_decent(moment, HOURS) == expected


def test_hours_that_begin_in_the_gap_begin_after_it() -> None:
    night = DecentHours(LONDON, time(1, 30), time(3), frozenset())
    assert next_decent(utc(2027, 3, 28, 0), night) == utc(2027, 3, 28, 1)


def test_hours_that_lie_in_the_gap_wait_for_the_next_day() -> None:
    night = DecentHours(LONDON, time(1, 15), time(1, 45), frozenset())
    assert next_decent(utc(2027, 3, 28, 0), night) == utc(2027, 3, 29, 0, 15)


def test_hours_that_come_twice_are_used_the_second_time_too() -> None:
    night = DecentHours(LONDON, time(1, 30), time(3), frozenset())
    assert next_decent(utc(2026, 10, 25, 1, 15), night) == utc(2026, 10, 25, 1, 30)


@given(moments, all_hours)
def test_the_next_decent_moment_is_inside_never_before_and_stays(moment: datetime, hours: DecentHours) -> None:
    found = next_decent(moment, hours)
    assert found >= moment
    assert found.tzinfo is UTC
    assert is_decent(found, hours)
    assert next_decent(found, hours) == found
    shown = found.astimezone(ZoneInfo(hours.zone))
    assert hours.earliest <= shown.time() < hours.latest
    assert shown.weekday() not in hours.quiet_weekdays


@given(moments, st.sampled_from(ZONES), st.integers(0, 23 * 60))
def test_no_decent_moment_is_passed_over_by_day(moment: datetime, zone: str, minutes: int) -> None:
    hours = DecentHours(zone)
    found = next_decent(moment, hours)
    between = moment + timedelta(minutes=minutes)
    assert between >= found or not is_decent(between, hours)


def test_late_is_more_than_the_allowance() -> None:
    due = utc(2026, 11, 23, 9)
    hour = timedelta(hours=1)
    assert not is_late(due, due - hour, hour)
    assert not is_late(due, due + hour, hour)
    assert is_late(due, due + hour + timedelta(seconds=1), hour)


@pytest.mark.parametrize(
    ("due", "now", "expires", "expected"),
    [
        pytest.param(utc(2026, 11, 23, 16), utc(2026, 11, 23, 16), utc(2026, 11, 24), SendNow(), id="on time"),
        pytest.param(
            utc(2026, 11, 23, 16),
            utc(2026, 11, 23, 15),
            utc(2026, 11, 24),
            Wait(utc(2026, 11, 23, 16)),
            id="not due yet",
        ),
        pytest.param(
            utc(2026, 11, 22, 16),
            utc(2026, 11, 23, 10),
            utc(2026, 11, 24),
            SendNow(),
            id="due on a Sunday, now Monday",
        ),
        pytest.param(
            utc(2026, 11, 23, 16),
            utc(2026, 11, 23, 22),
            utc(2026, 11, 25),
            Wait(utc(2026, 11, 24, 9)),
            id="back after a night without power",
        ),
        pytest.param(
            utc(2026, 11, 23, 16),
            utc(2026, 11, 23, 22),
            utc(2026, 11, 24, 9),
            Missed(),
            id="the next decent moment is the end",
        ),
        pytest.param(
            utc(2026, 11, 23, 16),
            utc(2026, 11, 25, 10),
            utc(2026, 11, 25, 9),
            Missed(),
            id="already over",
        ),
    ],
)
def test_a_due_message_is_sent_waits_or_is_missed(
    due: datetime, now: datetime, expires: datetime, expected: SendNow | Wait | Missed
) -> None:
    assert when_to_send(due, now, HOURS, expires) == expected


@given(moments, moments, moments, all_hours)
def test_nothing_is_sent_before_it_is_due_outside_the_hours_or_when_over(
    due: datetime, now: datetime, expires: datetime, hours: DecentHours
) -> None:
    match when_to_send(due, now, hours, expires):
        case SendNow():
            assert due <= now < expires
            assert is_decent(now, hours)
        case Wait(until):
            assert max(due, now) <= until < expires
            assert until > now
            assert when_to_send(due, until, hours, expires) == SendNow()
        case Missed():
            assert next_decent(max(due, now), hours) >= expires


def test_a_moment_in_any_zone_will_do() -> None:
    far = timezone(timedelta(hours=9))
    assert next_decent(datetime(2026, 11, 23, 18, 0, tzinfo=far), HOURS) == utc(2026, 11, 23, 9)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 11, 23, 9)  # noqa: DTZ001  # the missing zone is what is tested
    with pytest.raises(ValueError, match="time zone"):
        next_decent(naive, HOURS)
    with pytest.raises(ValueError, match="time zone"):
        is_late(naive, utc(2026, 11, 23), timedelta())
    with pytest.raises(ValueError, match="time zone"):
        when_to_send(utc(2026, 11, 23), utc(2026, 11, 23), HOURS, naive)


@pytest.mark.parametrize("name", ["", "Europe", "Europe/Atlantis", "../etc/passwd", "\0", "/etc"])
def test_a_zone_that_is_no_iana_name_is_refused(name: str) -> None:
    assert not is_zone(name)
    with pytest.raises(ValueError, match="IANA"):
        DecentHours(name)


@pytest.mark.parametrize(
    ("earliest", "latest"),
    [
        (time(9), time(9)),
        (time(19), time(9)),
        (time(9, tzinfo=UTC), time(19, tzinfo=UTC)),
        (time(9), time(19, tzinfo=UTC)),
    ],
)
def test_hours_that_do_not_run_forward_in_plain_time_are_refused(earliest: time, latest: time) -> None:
    with pytest.raises(ValueError, match="plain time"):
        DecentHours(LONDON, earliest, latest)


@pytest.mark.parametrize("weekdays", [frozenset(range(7)), frozenset({7}), frozenset({-1})])
def test_quiet_weekdays_have_to_leave_one(weekdays: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="quiet weekdays"):
        DecentHours(LONDON, quiet_weekdays=weekdays)
