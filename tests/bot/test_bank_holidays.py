from datetime import date

import pytest

from bot.bank_holidays import bank_holidays


def test_the_bank_holidays_of_england_on_weekdays_of_2026() -> None:
    found = sorted(day for day in bank_holidays(2026, 2026) if day.weekday() < 5)
    assert found == [
        date(2026, 1, 1),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 4),
        date(2026, 5, 25),
        date(2026, 8, 31),
        date(2026, 12, 25),
        date(2026, 12, 28),
    ]


@pytest.mark.parametrize("day", [date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3), date(2023, 5, 8)])
def test_substitute_and_proclaimed_days_are_among_them(day: date) -> None:
    assert day in bank_holidays(2023, 2028)


@pytest.mark.parametrize("day", [date(2026, 1, 2), date(2026, 3, 17), date(2026, 11, 30)])
def test_days_of_scotland_and_northern_ireland_are_not(day: date) -> None:
    assert day not in bank_holidays(2026, 2026)


def test_both_years_are_covered_and_no_other() -> None:
    assert {day.year for day in bank_holidays(2026, 2028)} == {2026, 2027, 2028}


def test_years_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="before the first"):
        bank_holidays(2027, 2026)
