"""The office's part of an answer to a subject access request, as a document to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from bot.documents.digest_pdf import page_pdf
from bot.documents.page import Block, Heading, Lines, Listed, Page, Pairs, Title
from bot.documents.pictures import OPENMOJI, Images
from bot.documents.setting import Sheet
from bot.documents.style import STAFF
from bot.rights.record import AlertRecord, Record, ReviewRecord, Step, record_words
from conversations.document_words import DocumentWords
from conversations.state import PlanLine


def record_pdf(record: Record, zone: str, words: DocumentWords, images: Images = OPENMOJI) -> bytes:
    """The record as an accessible PDF (PDF/UA-1). Equal records give equal bytes."""
    return page_pdf(lay_out_record(record, zone, words), Sheet("digest.typ", STAFF, record.made_at, words, images))


def lay_out_record(record: Record, zone: str, words: DocumentWords) -> Page:
    """The blocks of the record."""
    said = record_words()
    made = said["made"].format(by=record.made_by, date=words.short_day(record.made_at.date()))
    blocks: list[Block] = [Title(said["title"], (made,)), Lines((said["intro"],)), Heading(1, said["reviews"])]
    for review in record.reviews:
        blocks.extend(_review(review, words))
    for name, steps in (("deliveries", record.deliveries), ("messages", record.messages), ("steps", record.steps)):
        blocks.append(Heading(1, said[name]))
        blocks.append(Lines(tuple(_steps(steps, zone)) or (said["none"],)))
    if record.alerts:
        blocks.append(Heading(1, said["alerts"]))
    blocks += [block for alert in record.alerts for block in _alert(alert, words)]
    blocks.append(Listed(said["left_out"], record.left_out))
    return Page(said["title"], said["title"], tuple(blocks))


def _alert(alert: AlertRecord, words: DocumentWords) -> Iterator[Block]:
    said = record_words()
    seen = words.short_day(alert.seen_at.date()) if alert.seen_at else said["not_seen"]
    by = f"{seen}, {alert.seen_by}" if alert.seen_by else seen
    yield Pairs(((said["raised"], words.short_day(alert.raised_at.date())), (said["seen"], by)))
    yield Lines(alert.words)


def _review(review: ReviewRecord, words: DocumentWords) -> Iterator[Block]:
    said = record_words()
    rows = (
        (said["kind"], words.review_kind(review.kind)),
        (said["meeting"], words.short_day(review.meeting)),
        (said["planned"], words.short_day(review.planned_at.date())),
        (said["professional"], review.professional),
        (said["coordinator"], review.coordinator),
        (said["reason"], review.reason),
    )
    yield Pairs(tuple(row for row in rows if row[1]))
    for name, lines in (("lines", review.lines), ("goals", review.goals)):
        if lines:
            yield Listed(said[name], tuple(_quoted(line) for line in lines))


def _quoted(line: PlanLine) -> str:
    return f"“{line.text}” ({line.by})" if line.by else f"“{line.text}”"


def _steps(steps: Iterable[Step], zone: str) -> Iterator[str]:
    for each in steps:
        at = each.at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if each.at else "–"
        yield f"{at} · {each.who} · {each.what.replace('_', ' ')}"
