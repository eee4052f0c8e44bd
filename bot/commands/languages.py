"""`firsthand languages`: the message catalogues, for translators and for those who offer a language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Final

import typer

from bot.clock import SystemClock
from bot.commands.desk import AsJson, err, fail, out, show
from conversations import catalogue
from conversations.bounded import read_at_most
from conversations.language_checks import Finding, Severity, book_findings, complete
from conversations.languages import SUFFIX, Language, files_of, language_in, load_languages
from conversations.messages import Message
from conversations.po_files import MOST_BYTES, Book, BrokenBookError, fresh, merged, read_book, template, written
from conversations.problems import Problem
from conversations.sources import all_messages
from conversations.wording import clipped

app = typer.Typer(no_args_is_help=True, help="Languages and their translations.")

_SHOWN: Final = 60
_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,20}")
Scripts = Annotated[Path | None, typer.Option(help="A folder with your own scripts.", exists=True, file_okay=False)]
Folder = Annotated[Path | None, typer.Option(help="A folder with your own catalogues (PO files).")]


@app.command("list")
def list_(folder: Folder = None, scripts: Scripts = None, *, as_json: AsJson = False) -> None:
    """Show the languages that there are, and how far each translation has come."""
    languages, found = load_languages(folder), all_messages(catalogue.load(scripts))
    rows = [
        {
            "code": language.code,
            "name": language.name,
            "status": _status(language),
            "complete": _complete(language, found),
        }
        for language in languages
    ]
    show(rows, as_json=as_json, empty="")
    for problem in languages.problems:
        err.print(f"{problem.file}: {problem.what} {problem.remedy}", markup=False)


@app.command()
def check(
    code: Annotated[str, typer.Argument(help="One language; without it, all.")] = "",
    folder: Folder = None,
    scripts: Scripts = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Look for what is missing, fuzzy, broken or too long. Exit code 1 while something must be mended."""
    messages = all_messages(catalogue.load(scripts))
    chosen = [file for file in files_of(folder) if code in {"", file.name.removesuffix(SUFFIX)}]
    if code and not chosen:
        fail(f"There is no catalogue for '{code}'. `firsthand languages update {code}` begins one.", 2)
    found = {file.name: _checked(read_at_most(file, MOST_BYTES), file.name, messages) for file in chosen}
    rows = [
        {"kind": each.severity.value, "file": name, "where": each.where, "what": each.what, "english": _short(each)}
        for name, findings in found.items()
        for each in findings
    ]
    show(rows, as_json=as_json, empty="Nothing to mend.")
    if any(row["kind"] == Severity.FINDING for row in rows):
        fail("Please mend the findings.")


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(help="The template to write, such as firsthand.pot.")],
    scripts: Scripts = None,
) -> None:
    """Write every sentence that a person reads, as a template (POT) for translators."""
    found = all_messages(catalogue.load(scripts))
    _write(file, written(template(found, SystemClock().now())))
    _count(found)


@app.command()
def update(
    code: Annotated[str, typer.Argument(help="The language's code, such as ur.")],
    folder: Annotated[Path, typer.Option(help="Where the catalogue is, or shall be.", file_okay=False)] = Path(),
    scripts: Scripts = None,
) -> None:
    """Bring a catalogue up to the English of now, or begin a new one. A translator's work is kept."""
    if not _CODE.fullmatch(code):
        fail(f"'{code}' is no code of a language.", 2)
    now, path = SystemClock().now(), folder / f"{code}{SUFFIX}"
    found = all_messages(catalogue.load(scripts))
    try:
        book = read_book(read_at_most(path, MOST_BYTES)) if path.exists() else fresh(code, now)
        _write(path, written(merged(book, found, now)))
    except BrokenBookError as error:
        fail(f"{path}: {error}.", 2)
    except OSError as error:
        fail(f"{path}: it cannot be read ({error.strerror}).", 2)
    _count(found)


def _checked(content: bytes, name: str, messages: tuple[Message, ...]) -> tuple[Finding, ...]:
    problems: list[Problem] = []
    try:
        book: Book = read_book(content)
    except BrokenBookError as error:
        return (Finding("", "", f"It is set aside: {error}."),)
    return book_findings(book, language_in(book, problems, name), messages)


def _short(finding: Finding) -> str:
    """Enough of the English to know which sentence it is, in one line."""
    return clipped(" ".join(finding.english.split()), _SHOWN)


def _status(language: Language) -> str:
    if language.is_english:
        return "the source"
    return f"approved by {language.approval.who} on {language.approval.on}" if language.approval else "draft"


def _complete(language: Language, messages: tuple[Message, ...]) -> str:
    if language.is_english:
        return "100%"
    done, needed = complete(language, messages)
    return f"{done * 100 // needed}% ({needed - done} to do)"


def _count(found: tuple[Message, ...]) -> None:
    words = sum(len(message.english.split()) for message in found)
    out.print(f"{len(found)} messages, {words} words.")


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        fail(f"{file}: it cannot be written ({error.strerror}).", 2)
