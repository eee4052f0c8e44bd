"""The bank holidays of England, from a library that works offline; nothing is fetched."""

from __future__ import annotations

from datetime import date

from holidays import country_holidays


def bank_holidays(first_year: int, last_year: int) -> frozenset[date]:
    """The bank holidays of England in those years, both included, substitute days among them.

    Days proclaimed after the installed library was released are missing until it is updated.

    Raises:
        ValueError: if the last year lies before the first.
    """
    if last_year < first_year:
        raise ValueError("the last year lies before the first")
    years = range(first_year, last_year + 1)
    return frozenset(country_holidays("GB", subdiv="ENG", years=years))
