"""PO files as translators' tools know them: read by others, written by others, merged without losing work."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.catalogue import load
from conversations.languages import language_in
from conversations.messages import Message
from conversations.po_files import (
    MOST_BYTES,
    Approval,
    Book,
    BrokenBookError,
    fresh,
    merged,
    read_book,
    template,
    written,
)
from conversations.retelling import Kind
from conversations.sources import all_messages
from tests.conversations.pseudo import marked

AT = datetime(2027, 1, 5, 12, tzinfo=UTC)
LATER = datetime(2027, 3, 1, 12, tzinfo=UTC)
GETTEXT = pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")


def whole(code: str = "ar") -> Book:
    """A whole translation."""
    messages = all_messages(load())
    book = merged(fresh(code, AT), messages, AT)
    book.status, book.last_translator = "approved by Noor on 2027-01-05", "Noor <noor@example.org>"
    for message in messages:
        entry = book.get(message.english, message.context)
        assert entry is not None
        entry.string = marked(message)
    return book


def told(book: Book) -> dict[tuple[str, str], str]:
    """What a catalogue says."""
    language = language_in(book, [], "x.po")
    assert language is not None
    return dict(language.translations)


def run(*command: str, given_: bytes = b"") -> bytes:
    """Run one of gettext's own tools."""
    return subprocess.run(command, input=given_, capture_output=True, check=True).stdout


@GETTEXT
@pytest.mark.parametrize("tool", [["msgcat", "-"], ["msgcat", "--no-wrap", "-"], ["msgconv", "-t", "UTF-8", "-"]])
def test_a_round_trip_through_gnu_gettext_changes_no_meaning(tool: list[str]) -> None:
    before = whole()
    after = read_book(run(*tool, given_=written(before)))
    assert told(after) == told(before)
    assert len(told(before)) > 600
    assert (after.own_name, after.approval, str(after.locale)) == (before.own_name, Approval("Noor", AT.date()), "ar")


@GETTEXT
def test_gnu_gettext_finds_no_fault_in_our_files(tmp_path: Path) -> None:
    file = tmp_path / "ar.po"
    file.write_bytes(written(whole()))
    run("msgfmt", "--check", "--output-file", str(tmp_path / "ar.mo"), str(file))
    shipped = Path(__file__).parent.parent.parent / "conversations" / "languages"
    for each in shipped.glob("*.po"):
        run("msgfmt", "--check", "--output-file", str(tmp_path / "shipped.mo"), str(each))


@GETTEXT
def test_gnu_gettext_merges_our_template_as_we_do(tmp_path: Path) -> None:
    pot, po = tmp_path / "a.pot", tmp_path / "ar.po"
    pot.write_bytes(written(template(all_messages(load()), AT)))
    po.write_bytes(written(whole()))
    assert told(read_book(run("msgmerge", "--quiet", str(po), str(pot)))) == told(whole())


def test_what_we_write_we_read() -> None:
    once = written(whole())
    assert written(read_book(once)) == once


SAID = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e{}"), min_size=1)


@settings(max_examples=60, deadline=None)
@given(SAID.filter(str.strip))
def test_any_words_come_back(text: str) -> None:
    message = Message("label", "Yes", Kind.LABEL)
    book = merged(fresh("ar", AT), [message], AT)
    entry = book.get("Yes", "label")
    assert entry is not None
    entry.string = text
    again = read_book(written(book)).get("Yes", "label")
    assert again is not None
    assert again.string == text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_reader_trip(content: bytes) -> None:
    with suppress(BrokenBookError):
        read_book(content)


def test_a_file_that_is_far_too_large_is_refused() -> None:
    with pytest.raises(BrokenBookError):
        read_book(b"#" * (MOST_BYTES + 1))


# Merging


def test_work_is_kept_when_the_english_changes() -> None:
    old = [Message("label", "Yes", Kind.LABEL), Message("word.send", "📨 Send", Kind.WORD)]
    book = merged(fresh("ar", AT), old, AT)
    for english, context, said in (("Yes", "label", "نعم"), ("📨 Send", "word.send", "📨 ارسل")):
        entry = book.get(english, context)
        assert entry is not None
        entry.string, entry.user_comments = said, ["from Noor"]
    new = [Message("label", "Yes", Kind.LABEL), Message("word.send", "📨 Send it", Kind.WORD)]
    again = read_book(written(merged(read_book(written(book)), new, LATER)))
    kept, changed = again.get("Yes", "label"), again.get("📨 Send it", "word.send")
    assert kept is not None
    assert changed is not None
    assert (kept.string, kept.fuzzy, kept.user_comments) == ("نعم", False, ["from Noor"])
    assert (changed.string, changed.fuzzy) == ("📨 ارسل", True)
    assert told(again) == {("label", "Yes"): "نعم"}
    assert [entry.id for entry in again.obsolete.values()] == ["📨 Send"] or again.obsolete == {}


def test_merging_twice_changes_nothing() -> None:
    messages = all_messages(load())
    once = written(merged(read_book(written(whole())), messages, AT))
    assert written(merged(read_book(once), messages, AT)) == once


def test_a_sentence_that_comes_back_has_its_translation_again() -> None:
    yes, no = Message("label", "Yes", Kind.LABEL), Message("label", "Nothing at all", Kind.LABEL)
    book = merged(fresh("ar", AT), [yes, no], AT)
    entry = book.get("Yes", "label")
    assert entry is not None
    entry.string = "نعم"
    without = read_book(written(merged(read_book(written(book)), [no], LATER)))
    assert told(without) == {}
    assert "نعم" in written(without).decode()


# The header


@pytest.mark.parametrize(
    ("status", "approval"),
    [
        ("draft", None),
        ("", None),
        ("approved", None),
        ("approved by on 2027-01-05", None),
        ("approved by Noor on 2027-13-05", None),
        ("not approved by Noor on 2027-01-05", None),
        ("approved by Noor on 2027-01-05", Approval("Noor", date(2027, 1, 5))),
        ("approved by Noor Khan, Riverside on 2027-01-05", Approval("Noor Khan, Riverside", date(2027, 1, 5))),
    ],
)
def test_only_a_whole_approval_is_one(status: str, approval: Approval | None) -> None:
    book = fresh("ar", AT)
    book.status = status
    assert book.approval == approval


@pytest.mark.parametrize("code", ["", "xx_nowhere", "1", "../../etc", "a" * 300])
def test_an_invented_code_begins_no_catalogue(code: str) -> None:
    with pytest.raises(BrokenBookError):
        fresh(code, AT)


def test_a_fresh_catalogue_names_itself_in_its_own_words() -> None:
    book = read_book(written(merged(fresh("ur", AT), [], AT)))
    assert (book.own_name, book.status, book.approval) == ("اردو", "draft", None)
