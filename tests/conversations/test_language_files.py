"""Catalogues as files: shipped ones are read, broken ones set aside, and broken sentences are never said."""

from __future__ import annotations

from datetime import date
from pathlib import Path, PosixPath

import pytest
from babel.dates import get_day_names, get_month_names

from conversations import languages as languages_module
from conversations.catalogue import load
from conversations.languages import ENGLISH, Languages, load_languages, wrong_form
from conversations.messages import Message
from conversations.po_files import Approval
from conversations.retelling import Kind
from conversations.wording import day_in
from conversations.words import Word


def test_every_shipped_catalogue_is_read_whole() -> None:
    languages = load_languages()
    assert languages.problems == ()
    assert languages.of("ur").name == "اردو"
    assert languages.of("ur").rtl


def test_an_unknown_language_is_english() -> None:
    assert Languages().of("xx") is ENGLISH
    flow = load().current("carer", "xx")
    assert flow is not None
    assert flow.language == "en"


def test_urdu_dates_are_those_of_the_unicode_tables() -> None:
    urdu = load_languages().of("ur")
    if (("word.weekdays"), load().words["weekdays"]) not in urdu.translations:
        pytest.skip("the days are not translated yet")
    words = {key: urdu.say(Kind.WORD, text, key) for key, text in load().words.items()}
    assert words[Word.WEEKDAYS].split() == [get_day_names("wide", locale="ur")[day] for day in range(7)]
    assert words[Word.MONTHS].split() == [get_month_names("wide", locale="ur")[month] for month in range(1, 13)]
    assert "2027" in day_in(words, date(2027, 1, 5))


def write(folder: Path, name: str, content: str, encoding: str = "utf-8") -> None:
    (folder / name).write_bytes(content.encode(encoding))


HEAD = 'msgid ""\nmsgstr ""\n"Language: {code}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
YES = 'msgctxt "label"\nmsgid "Yes"\nmsgstr "{yes}"\n'


def test_a_deployers_catalogue_stands_in_place_of_the_shipped_one(tmp_path: Path) -> None:
    write(
        tmp_path,
        "ur.po",
        HEAD.format(code="ur") + '"X-Firsthand-Status: approved by Ayesha on 2027-01-05\\n"\n\n' + YES.format(yes="جی"),
    )
    urdu = load_languages(tmp_path).of("ur")
    assert urdu.say(Kind.LABEL, "Yes") == "جی"
    assert urdu.approval == Approval("Ayesha", date(2027, 1, 5))
    assert not urdu.is_draft


BROKEN = {
    "no catalogue at all": "{not a catalogue",
    "a string without its end": HEAD.format(code="ar") + '\nmsgctxt "label"\nmsgid "Yes\nmsgstr "x"\n',
    "no language": 'msgid ""\nmsgstr ""\n\n' + YES.format(yes="x"),
    "an invented language": HEAD.format(code="zz_ZZ_zz") + "\n" + YES.format(yes="x"),
    "english": HEAD.format(code="en") + "\n" + YES.format(yes="x"),
    "nothing": "",
    "a string out of nowhere": '"floating"\n',
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_set_aside_and_reported_and_english_goes_on(tmp_path: Path, content: str) -> None:
    write(tmp_path, "ar.po", content)
    languages = load_languages(tmp_path)
    assert [problem.file for problem in languages.problems] == ["ar.po"]
    assert {"en", "ur"} <= set(languages.known)
    assert languages.of("ar") is ENGLISH
    assert languages.of("en").say(Kind.LABEL, "Yes") == "Yes"


def test_a_file_in_another_encoding_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, "ar.po", HEAD.format(code="ar") + "\n" + YES.format(yes="نعم"), "cp1256")
    assert load_languages(tmp_path).problems
    assert "ar" not in load_languages(tmp_path).known


def test_fuzzy_and_broken_translations_are_never_said(tmp_path: Path) -> None:
    contact = "#, fuzzy\n" + YES.format(yes="نعم") + '\nmsgctxt "label"\nmsgid "No"\nmsgstr "لا {contact}"\n'
    write(tmp_path, "ar.po", HEAD.format(code="ar") + "\n" + contact)
    languages = load_languages(tmp_path)
    assert languages.of("ar").say(Kind.LABEL, "Yes") == "Yes"
    assert languages.of("ar").say(Kind.LABEL, "No") == "No"
    assert languages.of("ar").broken == 1


@pytest.mark.parametrize(
    ("english", "text", "fits"),
    [
        ("{contact} reads it.", "{contact} کل پڑھے گا۔", True),
        ("{contact} reads it.", "کل", False),
        ("{contact} reads it.", "{contact} {name}", False),
        ("{contact} reads it.", "{contact!r}", False),
        ("{contact} reads it.", "{contact:>9}", False),
        ("{contact} reads it.", "{contact.__class__}", False),
        ("{contact} reads it.", "{contact", False),
        ("{contact} reads it.", "{}", False),
        ("One.\n\nTwo.", "ایک۔\n\nدو۔", True),
        ("One.\n\nTwo.", "ایک۔ دو۔", False),
    ],
)
def test_a_translation_keeps_placeholders_and_bubbles(english: str, text: str, fits: bool) -> None:
    assert (wrong_form(english, text) == "") is fits


def test_a_message_tells_the_translator_what_must_stay() -> None:
    message = Message("say", "{contact} reads.\n\n{name} writes.", Kind.SAY)
    assert any("{contact}, {name}" in comment for comment in message.comments())
    assert any("There are 1." in comment for comment in message.comments())


def test_a_catalogue_that_cannot_be_read_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cy.po").write_bytes(b"")

    def refuses(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(PosixPath, "read_bytes", refuses)
    monkeypatch.setattr(languages_module, "files_of", lambda folder: [tmp_path / "cy.po"])
    languages = load_languages(tmp_path)
    assert [problem.file for problem in languages.problems] == ["cy.po"]
    assert list(languages) == [ENGLISH]
