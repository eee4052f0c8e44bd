"""What a named professional who came later may read, and from when on (decision 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.bank_holidays import bank_holidays
from bot.prompt_rows import PromptKind
from bot.reviewing import school_calendar
from conversations.digest import Digest
from conversations.digest_codec import load_digest
from conversations.readers import without
from storage.records import ParticipantState, Prompt, PromptState, ReaderChange, Setting, StoredDigest
from storage.unit_of_work import UnitOfWork

DAYS_TO_SAY_NO: Final = 2
"""School days."""
_TO_COME: Final = frozenset({PromptState.PENDING, PromptState.CLAIMED})


@dataclass(frozen=True, slots=True)
class Waits:
    """Nothing is opened before this day; None: somebody who can be told has not been told yet."""

    until: date | None


async def must_wait(work: UnitOfWork, review_id: str, now: datetime) -> Waits | None:
    """Whether the named professional of now has to wait, since people have not had their days to say no.

    Whoever sent before the change counts. Who cannot be told in the chat is told by staff: their days begin with the
    change itself. A no does not make the others wait longer.
    """
    change, setting = await work.readers.latest(review_id), await work.settings.get()
    if change is None or change.is_urgent or setting is None:
        return None
    rows = {row.participant_id: row for row in await work.prompts.of_review(review_id) if _is_of(change, row)}
    refused = await work.readers.said_no(change)
    told: list[datetime] = []
    for sent in await work.submissions.of_review(review_id):
        if sent.sent_at > change.at or sent.participant_id in refused:
            continue
        row = rows.get(sent.participant_id)
        person = await work.participants.get(sent.participant_id)
        if row is not None and row.state in _TO_COME and person and person.state is ParticipantState.JOINED:
            return Waits(None)
        is_told = row is not None and row.state is PromptState.DONE and row.settled_at is not None
        told.append(row.settled_at if is_told and row and row.settled_at else change.at)
    return _after(told, setting, now)


def _is_of(change: ReaderChange, row: Prompt) -> bool:
    return row.kind == f"{PromptKind.NEW_READER}:{change.id}"


def _after(told: Iterable[datetime], setting: Setting, now: datetime) -> Waits | None:
    days = [opens_on(each, setting) for each in told]
    today = now.astimezone(ZoneInfo(setting.zone)).date()
    return Waits(max(days)) if days and max(days) > today else None


def opens_on(told: datetime, setting: Setting) -> date:
    """The day on which a reader may open, when the last person was told then: two whole school days lie between."""
    day = told.astimezone(ZoneInfo(setting.zone)).date()
    calendar = school_calendar(setting, bank_holidays(day.year, day.year + 1))
    return calendar.add_school_days(day, DAYS_TO_SAY_NO) + timedelta(days=1)


async def content_of(work: UnitOfWork, stored: StoredDigest) -> Digest:
    """The whole digest as the named professional of now may have it: without whoever said no to them."""
    digest, change = load_digest(stored.content), await work.readers.latest(stored.review_id)
    refused = await work.readers.said_no(change) if change is not None else frozenset[str]()
    return without(digest, refused)
