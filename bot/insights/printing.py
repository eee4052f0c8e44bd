"""A report of one term as text, as a list for a spreadsheet, as an accessible PDF and as pictures of its pages."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from bot.documents.setting import Content, Ink, Sheet, pictured, typeset
from bot.documents.style import PEOPLE
from bot.spreadsheet_cells import cell
from conversations.document_words import DocumentWords
from conversations.insight_words import about_of, area_of, heading_of, insight_words, label_of, title_of, who_of
from conversations.insights import Line, Report, term_in
from conversations.suppression import Figure
from storage.records import Setting

COLUMNS: Final = ("term", "at_least", "table", "who", "area", "about", "counts", "number")
TOO_FEW: Final = "too few"
_PIXELS_PER_INCH: Final = 110.0


@dataclass(frozen=True, slots=True)
class Printing:
    """One report, for whom it is made and when."""

    report: Report
    setting: Setting
    made_at: datetime
    words: DocumentWords

    def text(self) -> str:
        """Plain text, to be pasted: for a SEN information report, or for the parent carer forum."""
        parts = [title_of(self.report.term), " ".join(self._notes())]
        for heading, lines in self._headings():
            parts.append(heading)
            parts += ["\n".join(_said(line)) for line in lines]
        return "\n\n".join(parts) + "\n"

    def csv(self) -> str:
        """One number a line; what is too few says so in words, and counts as none."""
        out = StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for line in self.report.lines:
            about = (heading_of(line), who_of(line), area_of(line), about_of(line))
            start = (self.report.term, str(self.report.least), *(cell(each) for each in about))
            for figure in line.row:
                writer.writerow((*start, label_of(figure), figure.count))
            if not line.row:
                writer.writerow((*start, TOO_FEW, ""))
        return out.getvalue()

    def pdf(self) -> bytes:
        """An accessible PDF (PDF/UA-1)."""
        return typeset(self._sheet(), self._content)

    def pictures(self) -> list[bytes]:
        """The same pages as PNG."""
        return pictured(self._sheet(), self._content, _PIXELS_PER_INCH)

    def _sheet(self) -> Sheet:
        return Sheet("insights.typ", PEOPLE, self.made_at, self.words)

    def _notes(self) -> Iterator[str]:
        said, term = insight_words(), term_in(self.report.term)
        made = self.words.short_day(self.made_at.astimezone(ZoneInfo(self.setting.zone)).date())
        yield said["about"].format(setting=self.setting.name, date=made)
        if term is not None:
            last: date = term.after - timedelta(days=1)
            yield said["who"].format(start=self.words.short_day(term.start), end=self.words.short_day(last))
        yield said["only_yes"]
        yield said["rule"].format(least=self.report.least)
        yield said["missing"]
        yield said["compare"]

    def _headings(self) -> Iterator[tuple[str, list[Line]]]:
        for heading, lines in groupby(self.report.lines, heading_of):
            yield heading, list(lines)

    def _content(self, ink: Ink) -> Content:
        return {
            "title": ink(title_of(self.report.term)),
            "notes": [ink(each) for each in self._notes()],
            "tables": [
                {"heading": ink(heading), "lines": [_line(each, ink) for each in lines]}
                for heading, lines in self._headings()
            ],
        }


def _title(line: Line) -> str:
    return ": ".join(each for each in (who_of(line), area_of(line), about_of(line)) if each)


def _said(line: Line) -> Iterator[str]:
    yield _title(line)
    if not line.row:
        yield f"- {insight_words()['too_few']}"
    for figure in line.row:
        yield f"- {label_of(figure)}: {figure.count}"


def _line(line: Line, ink: Ink) -> Content:
    most = max((figure.count for figure in line.row), default=1)
    return {
        "title": ink(_title(line)),
        "none": "" if line.row else ink(insight_words()["too_few"]),
        "figures": [_figure(figure, most, ink) for figure in line.row],
    }


def _figure(figure: Figure, most: int, ink: Ink) -> Content:
    return {"label": ink(label_of(figure)), "count": figure.count, "share": figure.count / most}
