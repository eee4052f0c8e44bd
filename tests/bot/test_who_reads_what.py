"""Every query that opens somebody's words, every place that asks it, and what stands between it and a reader.

The page is made from the code. A new query, or a new place that asks one, turns this red until its gate is named here.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections import defaultdict
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Final, cast

from storage.line import Line
from storage.unit_of_work import UnitOfWork
from storage.vault import Vault

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "who-reads-what.md"
WORDS: Final = re.compile(
    r"\b(?:Answer|Note|Complaint|Alert|AlertMail|FrozenWords|FrozenMedia|Conversation|StoredSubmission|StoredDigest"
    r"|OutMessage|bytes)\b"
)
ASKING: Final = frozenset({"may", "may_read", "is_own", "_may", "_is_mine", "at_desk"})


class Gate(StrEnum):
    """What stands between the words and whoever reads them."""

    OWN_CHAT = "own chat"
    ONE_FUNCTION = "the one function"
    EXPORT = "export"
    MACHINE = "nobody reads"
    ADDRESSED = "addressed"
    DEMO = "demo"


GATES: Final[Mapping[Gate, frozenset[str]]] = {
    Gate.OWN_CHAT: frozenset(
        [
            "cards",
            "carry_out",
            "opening",
            "outside",
            "own_copies",
            "own_pages",
            "rights/complaints",
            "rights/gathering",
            "rights/office",
            "safeguarding/safe_here",
            "talking",
            "who_read",
        ]
    ),
    Gate.ONE_FUNCTION: frozenset(
        [
            "board",
            "commands/alerts",
            "commands/complaints",
            "commands/export",
            "commands/queue",
            "commands/review",
            "desk",
            "paper",
            "safeguarding/reading",
        ]
    ),
    Gate.EXPORT: frozenset({"rights/record"}),
    Gate.MACHINE: frozenset(
        [
            "bounces",
            "changes/handing_over",
            "changes/new_reader",
            "changes/nudging",
            "changes/readers",
            "commands/review_rows",
            "commands/scripts",
            "digests",
            "earlier_versions",
            "insights/gathering",
            "opening_digests",
            "outages",
            "prompt_rows",
            "prompts",
            "retention",
            "rights/answering",
            "rights/erasing",
            "safeguarding/alarm",
            "safeguarding/kept_back",
            "safeguarding/stages",
            "safeguarding/telling",
            "transcribing",
        ]
    ),
    Gate.ADDRESSED: frozenset(["delivery", "mail_media", "mailing", "media_files", "safeguarding/mails"]),
    Gate.DEMO: frozenset({"demo/story"}),
}


def queries() -> frozenset[str]:
    """All of the store that hand out somebody's words, or what holds them."""
    unit = UnitOfWork(cast("Line", None), cast("Vault", None))
    return frozenset(
        f"{name}.{query}"
        for name, repository in vars(unit).items()
        if not name.startswith("_")
        for query, read in inspect.getmembers(type(repository), inspect.isfunction)
        if not query.startswith("_") and WORDS.search(str(read.__annotations__.get("return")))
    )


def callers(found: frozenset[str]) -> dict[str, set[str]]:
    """The files of `bot` that ask each query."""
    asked = defaultdict[str, set[str]](set)
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
                query = f"{node.value.attr}.{node.attr}"
                if query in found:
                    asked[query].add(path.relative_to(ROOT / "bot").with_suffix("").as_posix())
    return dict(asked)


def gate(caller: str) -> str:
    """Its gate, as the page names it."""
    return next((gate.value for gate, files in GATES.items() if caller in files), "NOBODY HAS SAID")


def table(asked: Mapping[str, set[str]]) -> str:
    """As the page shows it."""
    head = ["| Query | Asked by, and behind what |", "|---|---|"]
    rows = [
        f"| `{query}` | " + ", ".join(f"`{caller}` ({gate(caller)})" for caller in sorted(files)) + " |"
        for query, files in sorted(asked.items())
    ]
    return "\n".join([*head, *rows])


def test_every_query_that_opens_words_is_on_the_page_with_its_gate(update_golden: bool) -> None:
    made = table(callers(queries()))
    head, start, _ = PAGE.read_text("utf-8").partition("| Query |")
    if update_golden:
        PAGE.write_text(f"{head}{made}\n", "utf-8")
    assert start, "the page has its table"
    assert "NOBODY HAS SAID" not in made
    assert PAGE.read_text("utf-8") == f"{head}{made}\n"


def test_no_gate_is_named_for_a_place_that_reads_nothing() -> None:
    asking = set[str]().union(*callers(queries()).values())
    assert frozenset[str]().union(*GATES.values()) == asking


def test_whoever_says_that_it_asks_the_one_function_does() -> None:
    silent = [each for each in sorted(GATES[Gate.ONE_FUNCTION]) if not ASKING & _called(ROOT / "bot" / f"{each}.py")]
    assert silent == []


def test_only_the_command_that_asked_makes_a_record_for_an_export() -> None:
    users = {
        path.relative_to(ROOT / "bot").as_posix()
        for path in (ROOT / "bot").rglob("*.py")
        if "from bot.rights.record import" in path.read_text("utf-8")
    }
    assert users == {"commands/export.py", "documents/record.py"}


def _called(path: Path) -> set[str]:
    calls = [node.func for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    named = {each.id for each in calls if isinstance(each, ast.Name)}
    return named | {each.attr for each in calls if isinstance(each, ast.Attribute)}
