"""A calendar entry for a meeting: the day, and nobody's name. The hour is between the people who meet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event

MIME: Final = "text/calendar"
FILE_NAME: Final = "review.ics"


def calendar_entry(uid: str, meeting: date, summary: str, made_at: datetime) -> bytes:
    """One whole day (RFC 5545). The same `uid` moves an entry that is there already; `made_at` is aware UTC."""
    calendar, event = Calendar(), Event()
    calendar.add("prodid", "-//Firsthand//Review//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event.add("uid", uid)
    event.add("dtstamp", made_at)
    event.add("dtstart", meeting)
    event.add("dtend", meeting + timedelta(days=1))
    event.add("summary", summary)
    event.add("transp", "TRANSPARENT")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
