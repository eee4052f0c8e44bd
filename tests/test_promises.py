"""Every promise and every settled question that the project names is explained on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text("utf-8")


def texts() -> Iterator[str]:
    for folder in ("bot", "conversations", "storage", "tests", "docs"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".md"} and path.name not in {"promises.md", "test_promises.py"}:
                yield path.read_text("utf-8")


def test_every_promise_that_is_named_is_explained() -> None:
    named = {found for text in texts() for found in re.findall(r"\bP(?:1[0-8]|[1-9])\b", text)}
    assert len(named) > 9
    assert [each for each in sorted(named) if f"**{each} " not in PAGE] == []


def test_every_settled_question_that_is_named_is_explained() -> None:
    named = {found for text in texts() for found in re.findall(r"\bdecision (\d+)", text)}
    assert len(named) > 9
    assert [each for each in sorted(named, key=int) if f"- **{each}** " not in PAGE] == []
