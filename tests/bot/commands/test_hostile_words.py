"""Names and words that want to be more than words, through everything that is made of them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from typing_extensions import override

from bot.commands.answer_files import empty_csv, empty_yaml
from bot.commands.desk import err, show
from bot.documents.digest_html import html
from bot.documents.digest_pdf import pdf
from bot.documents.digest_text import text
from bot.documents.letter import letter
from bot.documents.mailed import Envelope, mailed
from bot.mail import MailSettings, MailVerdict, _written
from bot.naming import as_name
from bot.settings import MailSecurity
from bot.spreadsheet_cells import cell
from bot.telegram.outbound import plain
from conversations.digest import Digest, compose
from conversations.document_words import load_document_words
from conversations.script import Role
from conversations.state import Answer, PlanLine
from tests.bot.commands.desk import Desk
from tests.bot.documents.samples import WORDS, read, squeezed
from tests.bot.documents.test_letter import INVITATION
from tests.conversations.digest_samples import MADE, WHEN, carer, facts, flow, review, young

HOSTILE = {
    "html": "<script>alert(1)</script><img src=x onerror=1>",
    "attribute": "\"'><a href=//x.example>",
    "entity": "&lt;b&gt; &amp; &#60;",
    "comment": "--><!-- ]]>",
    "mail head": "x\r\nBcc: thief@example.org\r\n\r\nbody",
    "encoded mail head": "=?utf-8?q?x=0d=0aBcc:_thief@example.org?=",
    "formula": '=HYPERLINK("http://x.example")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1)",
    "tab formula": "\t=1+1",
    "return formula": "\r=1+1",
    "typst": '#panic("x") #read("/etc/passwd") *b* _i_ $x$ @ref <label> \\',
    "markdown": "[link](http://x.example) **b** `c` ||d||",
    "terminal": "\x1b]0;owned\x07\x1b[2J\x1b[1A\x9b31m",
    "turned round": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "rich": "[bold red]x[/] [link=http://x.example]y[/link]",
    "placeholder": "{name} {0} {about!r} %s %(x)s ${x} {{",
    "yaml": "x\n  - id: other\n    words: 'forged'\u2028- y\x85# z",
    "half and nothing": "a\ud800b\0c",
    "path": "../../etc/passwd\\..\\x:y",
    "many accents": "Z" + "\u0301" * 200,
}
EVERY = pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE)
COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def digest(said: str) -> Digest:
    """Everything in it that somebody wrote says this."""
    about = replace(
        review(), about=said, reference=said, professional=said, professional_title=said, setting=said,
        short_notice_reason=said,
    )  # fmt: skip
    words = Answer("important", WHEN, words=said)
    return compose(about, [young((words,)), carer("m", said, (Answer("like", WHEN, words=said),))], MADE)


class Elements(HTMLParser):
    """Which elements, attributes and texts a page has."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.texts: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(f"{tag} {name}" for name, _ in attrs)}

    @override
    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @override
    def handle_comment(self, data: str) -> None:
        self.seen.add("comment")


def elements(page: str) -> Elements:
    found = Elements()
    found.feed(page)
    found.close()
    return found


@EVERY
def test_a_page_for_mail_has_no_element_more(said: str) -> None:
    harmless, found = elements(html(digest("Sam"), WORDS)), elements(html(digest(said), WORDS))
    assert found.seen <= harmless.seen | {"br"}
    if not COMMANDS.search(said) and "\ud800" not in said:
        assert squeezed(said) in squeezed("".join(found.texts)), "and the words stand there as they are"


@EVERY
def test_a_mail_has_no_line_more_in_its_head(said: str) -> None:
    envelope = Envelope("okafor@example.org", "id@firsthand.invalid", MADE.at, reply_to=f"{said} <a@example.org>")
    hostile = replace(
        mailed(digest("Sam"), WORDS, envelope), subject=said, file_name=said, text=text(digest(said), WORDS)
    )
    settings = MailSettings("localhost", 25, "bot@example.org", MailSecurity.NONE)
    written = _written(settings, hostile)
    assert not isinstance(written, MailVerdict)
    made = message_from_bytes(written.content, policy=policy.default)
    known = {"from", "to", "reply-to", "subject", "date", "message-id", "auto-submitted", "mime-version"}
    assert {name.lower() for name in made} <= known | {"content-type"}
    assert written.to == "okafor@example.org"
    assert made["To"].addresses[0].addr_spec == "okafor@example.org"
    assert isinstance(_written(settings, replace(hostile, to=f"{said}@example.org\r\nBcc: x@y.org")), MailVerdict)


def test_a_pdf_shows_markup_and_runs_none() -> None:
    """All at once, since a page takes time: nothing is read, nothing falls over, and the words are to be read."""
    made = squeezed(read(pdf(digest("\n".join(HOSTILE.values())), WORDS)))
    for each in ('#panic("x")#read("/etc/passwd")*b*', "<script>alert(1)</script>", "[link](http://x.example)**b**"):
        assert squeezed(each) in made
    assert "root:" not in made
    typst = HOSTILE["typst"]
    sent = replace(INVITATION, about=typst, name=typst, professional=typst, setting=typst, contact=typst)
    assert squeezed(typst[:12]) in squeezed(read(letter(replace(sent, role=Role.CARER), WORDS)))


@EVERY
def test_a_table_has_no_formula_and_no_row_more(said: str) -> None:
    script = flow(Role.YOUNG_PERSON)
    told = replace(facts(), about=said, plan_lines=(PlanLine("p1", said, said),), goals=(PlanLine("g1", said, said),))
    rows = list(csv.reader(io.StringIO(empty_csv(script, told), newline="")))
    plain = replace(told, about="Sam", plan_lines=(PlanLine("p1", "x", "x"),), goals=(PlanLine("g1", "x", "x"),))
    assert len(rows) == len(list(csv.reader(io.StringIO(empty_csv(script, plain), newline=""))))
    assert not [cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    assert cell(said)[:1] not in {"=", "+", "-", "@", "\t", "\r"}, "where a question begins with a name"
    made = yaml.safe_load(empty_yaml(script, told))
    assert [each["id"] for each in made["answers"]] == [row[0] for row in rows[2:]]
    assert all(not each["words"] for each in made["answers"])


@EVERY
def test_a_terminal_is_not_commanded(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    show([{"name": said, "words": said}], as_json=False, empty="")
    err.print(f"No: {said}", markup=False)
    shown = capsys.readouterr()
    for out in (shown.out, shown.err):
        assert not COMMANDS.search(out.replace("\n", ""))
    if "\ud800" not in said:
        show([{"name": said}], as_json=True, empty="")
        printed = capsys.readouterr().out
        assert json.loads(printed) == [{"name": said}], "a script reads what is there"
        assert not COMMANDS.search(printed.replace("\n", ""))


@EVERY
def test_a_message_styles_nothing(said: str) -> None:
    for part in plain(said):
        assert "parse_mode" not in part.parameters
        assert "entities" not in part.parameters
        assert str(part.parameters["text"]) in said


@EVERY
def test_a_name_is_one_line_of_what_can_be_seen(said: str) -> None:
    name = as_name(said)
    assert not COMMANDS.search(name)
    assert "\n" not in name
    assert as_name(name) == name


def test_names_in_other_writing_systems_stay_as_they_are() -> None:
    for name in ("Zoë", "می\u200cخواهم", "क्\u200dष", "O'Hara-Żak", "李", "Ann 🌸", "👩\u200d🦽"):
        assert as_name(f"  {name}\n") == name


def test_what_staff_type_in_is_made_harmless_and_names_no_file(college: Desk, tmp_path: Path) -> None:
    turned = "Ann\u202e\x1b[2J\r\nBcc: x"
    invites = college.plan("--carer", f"{turned}/moth\x07er", "--letters", str(tmp_path / "letters"), name="../../Sam")
    assert {row["for"] for row in invites} == {"../../Sam", "Ann [2J Bcc: x"}
    letters = sorted(path.name for path in (tmp_path / "letters").iterdir())
    assert len(letters) == 2
    assert all(re.fullmatch(r"letter-(young_person|carer)-[0-9a-f]{6}\.pdf", name) for name in letters)
    written = {path.resolve().relative_to(tmp_path.resolve()).parts[0] for path in tmp_path.rglob("*.pdf")}
    assert written == {"letters"}


@pytest.mark.parametrize("code", ["../ur", "/etc/passwd", "a/b", "", "ur\0"])
def test_a_language_code_names_no_file_elsewhere(desk: Desk, tmp_path: Path, code: str) -> None:
    (tmp_path / "inside").mkdir()
    desk.refused("languages", "update", code, "--folder", str(tmp_path / "inside"), code=2)
    assert list((tmp_path / "inside").iterdir()) == []


def test_the_sentences_around_them_do_not_read_placeholders_in_names() -> None:
    made = text(digest(HOSTILE["placeholder"]), load_document_words())
    assert HOSTILE["placeholder"] in made
