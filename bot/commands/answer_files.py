"""Files in which staff type in what was written on paper: an empty one to fill in, and a filled one as values.

Nothing is checked against the script here, and nothing is stored.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.commands.screen import harmless
from bot.spreadsheet_cells import cell
from conversations.bounded import read_at_most
from conversations.paper import Keyed
from conversations.problems import Problem, Report, nearest
from conversations.reading import MAX_BYTES, Items, Node, Pairs, Scalar, decode, parse
from conversations.script import Flow
from conversations.sheet import Line, Room, lines
from conversations.state import Refused, ReviewFacts

COLUMNS: Final = ("id", "choices", "words", "refused", "only", "question", "options")
SCRIPT_ROW: Final = "#script"
TICKED: Final = frozenset({"yes", "true", "1", "x", "y"})
EMPTY: Final = frozenset({"", "no", "false", "0", "n", "[]", "~", "null"})
_KEYS: Final = COLUMNS[:5]


@dataclass(frozen=True, slots=True)
class Filled:
    """A file as it was filled in. `script` and `version` name the paper; 0 where the file does not say."""

    script: str
    version: int
    keyed: tuple[Keyed, ...] = field(repr=False)


def empty_yaml(flow: Flow, facts: ReviewFacts) -> str:
    """An empty file for this script: a block for each question, with its options beside it as remarks."""
    out = [
        "# Type in what was written on paper, as it was written. Leave empty what was left empty.",
        "# choices: numbers or names, such as [1, 3]. words: in quotes, or after | on lines of their own.",
        f"# refused: one of {', '.join(Refused)}. only: yes, where that box is ticked.",
        f"script: {flow.id}",
        f"version: {flow.version}",
        "answers:",
    ]
    part = ""
    for line in _wanted(flow, facts):
        if line.part != part:
            part = line.part
            out += ["", f"  # == {_remark(part)} =="]
        out += _block(line)
    return "\n".join(out) + "\n"


def empty_csv(flow: Flow, facts: ReviewFacts) -> str:
    """The same as a table, for a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow((SCRIPT_ROW, "", f"{flow.id} {flow.version}", "", "", "", ""))
    for line in _wanted(flow, facts):
        writer.writerow((line.where, "", "", "", "", cell(_asked(line)), cell(" | ".join(options_of(line)))))
    return made.getvalue()


def read_file(path: Path) -> Filled | tuple[Problem, ...]:
    """A filled file as values, or why it cannot be read. The name decides: .csv is a table, all else YAML.

    Raises:
        OSError: there is no such file, or it may not be opened.
    """
    return filled_in(read_at_most(path, MAX_BYTES), path.name)


def filled_in(raw: bytes, name: str) -> Filled | tuple[Problem, ...]:
    """The same for bytes that stood in a file of this name."""
    text = decode(raw, name)
    if isinstance(text, Problem):
        return (text,)
    report = Report(name)
    filled = _from_csv(text, report) if name.casefold().endswith(".csv") else _from_yaml(text, report)
    return report.all() or filled


def options_of(line: Line) -> list[str]:
    """The options with their numbers, as they stand on paper."""
    return [f"{number} {option.label}" for number, option in enumerate(line.options, 1)]


def _wanted(flow: Flow, facts: ReviewFacts) -> Iterator[Line]:
    return (line for line in lines(flow, facts) if not line.steers)


def _asked(line: Line) -> str:
    return f"{line.asked} ({line.thing})" if line.thing and line.thing not in line.asked else line.asked


def _block(line: Line) -> Iterator[str]:
    yield ""
    yield f"  - id: {line.where}"
    yield f"    # {_remark(_asked(line))}"
    if line.options:
        yield f"    # {_remark(' | '.join(options_of(line)))}"
        many = f" at most {line.at_most}" if line.at_most else ""
        yield f"    choices: []{'' if line.room is Room.ONE else f'  # several{many}'}"
    yield '    words: ""'
    yield '    refused: ""'
    yield "    only: no"


def _remark(text: str) -> str:
    return harmless(" ".join(text.split()))


def _from_csv(text: str, report: Report) -> Filled:
    head = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count), strict=True)
    script, version, keyed = "", 0, []
    try:
        _look_at_columns(rows.fieldnames or (), report)
        for row in () if report.problems else rows:
            where = (row["id"] or "").strip()
            if where == SCRIPT_ROW:
                script, _, said = (row["words"] or "").strip().partition(" ")
                version = _number(said, rows.line_num, report)
            elif where or any((row.get(each) or "").strip() for each in _KEYS):
                choices = _separated(row.get("choices") or "")
                keyed.append(_keyed(row, where, choices, rows.line_num, report))
    except csv.Error as error:
        report.add(rows.line_num, f"This is no table: {error}.", "Save the sheet as CSV anew.")
    return Filled(script, version, tuple(keyed))


def _look_at_columns(names: object, report: Report) -> None:
    there = {str(each) for each in names} if isinstance(names, list | tuple) else set()
    for missing in [each for each in _KEYS if each not in there]:
        report.add(1, f"The column '{missing}' is missing.", "Keep the first row of the template.")


def _keyed(row: dict[str, str | None], where: str, choices: tuple[str, ...], line: int, report: Report) -> Keyed:
    only = (row.get("only") or "").strip().casefold()
    if only not in TICKED | EMPTY:
        report.add(line, "'only' is neither yes nor no.", "Write yes where that box is ticked.")
    return Keyed(where, choices, row.get("words") or "", row.get("refused") or "", only in TICKED, line)


def _separated(text: str) -> tuple[str, ...]:
    return tuple(each for each in text.replace(",", " ").replace(";", " ").split() if each)


def _number(text: str, line: int, report: Report) -> int:
    said = text.strip()
    if said.isascii() and said.isdigit() and len(said) <= 6:
        return int(said)
    report.add(line, "The version is no number.", "Copy it from the template.")
    return 0


def _from_yaml(text: str, report: Report) -> Filled:
    node = parse(text, report)
    if node is None:
        return Filled("", 0, ())
    known = _pairs(node, ("script", "version", "answers"), report)
    version = known.get("version")
    answers = known.get("answers")
    blocks = answers.values if isinstance(answers, Items) else ()
    if answers is not None and not blocks:
        report.add(answers.line, "There is no answer in it.", "Fill in the blocks of the template.")
    return Filled(
        _text(known.get("script"), report),
        _number(_text(version, report), version.line, report) if version else 0,
        tuple(_from_block(each, report) for each in blocks),
    )


def _from_block(node: Node, report: Report) -> Keyed:
    known = _pairs(node, _KEYS, report)
    words = known.get("words")
    if isinstance(words, Scalar) and words.plain:  # YAML would drop all after a " #"
        report.add(
            words.line, "The words stand without quotes.", 'Write them in "quotes", or after | on the next lines.'
        )
    row: dict[str, str | None] = {key: _text(known.get(key), report) for key in ("id", "words", "refused", "only")}
    chosen = known.get("choices")
    if isinstance(chosen, Items):
        choices = tuple(_text(each, report) for each in chosen.values)
    else:
        choices = _separated(_text(chosen, report))
    return _keyed(row, (row["id"] or "").strip(), choices, node.line, report)


def _pairs(node: Node, keys: tuple[str, ...], report: Report) -> dict[str, Node]:
    if not isinstance(node, Pairs):
        report.add(node.line, "Here a block of the template is expected.", "Copy one from the template.")
        return {}
    for key, _ in node.values:
        if key.value not in keys:
            report.add(key.line, f"'{key.value[:40]}' is no key here.", nearest(key.value, keys))
    return {key.value: value for key, value in node.values if key.value in keys}


def _text(node: Node | None, report: Report) -> str:
    """A text; of an empty value written without quotes nothing is left."""
    if node is None:
        return ""
    if not isinstance(node, Scalar):
        report.add(node.line, "Here one text is expected.", "Write it in quotes.")
        return ""
    return "" if node.plain and node.value in {"~", "null"} else node.value
