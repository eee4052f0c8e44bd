"""The sentences of a report of one term, by name. Their text stands in `said/insight_words.yaml`, never here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from conversations.insights import AREA, Line, ReportTerm, term_in
from conversations.said_files import said
from conversations.suppression import Figure

INSIGHT_FILE: Final = "insight_words.yaml"


@cache
def insight_words() -> Mapping[str, str]:
    """All of them, read once."""
    words: dict[str, str] = said(resources.files("conversations").joinpath("said", INSIGHT_FILE).read_text("utf-8"))
    return words


def term_name(term: ReportTerm) -> str:
    """A term as people say it."""
    return insight_words()[f"term_{term.season.value}"].format(year=term.year)


def heading_of(line: Line) -> str:
    """Under which heading a line stands."""
    words, name = insight_words(), "topics" if line.table == AREA else line.table
    return words[f"table_{name}"]


def who_of(line: Line) -> str:
    """Whom it counts."""
    return insight_words()["all_reviews" if line.role is None else f"role_{line.role.value}"]


def area_of(line: Line) -> str:
    """The Preparing for Adulthood area of a topic; empty for other tables."""
    return "" if line.area is None else insight_words()[f"area_{line.area.value}"]


def about_of(line: Line) -> str:
    """What a line is about, besides its area: a topic's own label."""
    return insight_words()["together"] if line.table == AREA else line.name


def label_of(figure: Figure) -> str:
    """What one number counts."""
    return insight_words()["+".join(figure.group)]


def title_of(code: str) -> str:
    """The title of a report.

    Raises:
        ValueError: there is no such term.
    """
    term = term_in(code)
    if term is None:
        raise ValueError("no such term")
    return insight_words()["title"].format(term=term_name(term))
