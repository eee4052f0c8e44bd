"""A deployer's own Word template: filled with what was said, and every fault found before it is used."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents.own_template import TemplateFaultError, faults, fields_of, filled
from tests.bot.documents.samples import WORDS
from tests.bot.documents.test_word_documents import everything, opened, shipped

GOOD = """{{ about }} on {{ meeting }} with {{ professional }}
{% for topic in topics %}{{ topic.title }}: {{ topic.said }}{% endfor %}
{% for carer in carers %}{{ carer.name }}
{% for topic in carer.topics %}{{ topic.said }}{% endfor %}{% endfor %}
{% for idea in ideas %}{{ idea.what }} ({{ idea.by }}){% endfor %}"""


def template(folder: Path, text: str = GOOD) -> Path:
    path = folder / "own.docx"
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(str(path))
    return path


def said(path: Path) -> list[str]:
    return list(faults(path))


def test_it_is_filled_with_what_each_person_said(tmp_path: Path) -> None:
    path = template(tmp_path)
    assert said(path) == []
    held = everything(opened(filled(path, shipped(), WORDS)))
    assert "Sam on Tuesday 5 January 2027 with Ms Okafor" in held
    young = ("“I want to travel to college on my own.”", "Lessons", "Someone reads long texts")
    for words in (*young, "“So kind to everyone.”"):
        assert words in held
    assert held.index("Carer A (mother)") < held.index("“So kind to everyone.”")
    assert "{{" not in held


def test_every_word_of_the_young_person_is_in_it(tmp_path: Path) -> None:
    held = everything(opened(filled(template(tmp_path), shipped(), WORDS)))
    for entry in shipped().young_person.entries:
        for line in entry.words.splitlines():
            assert line in held


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (GOOD.replace("about", "abuot"), "'abuot' is no field. Did you mean 'about'?"),
        (GOOD.replace("topic.title", "topic.titel"), "A field cannot be filled:"),
        (GOOD.replace("{% endfor %}", "", 1), "A field is not closed or not written rightly:"),
        ("{{ about }} {% for carer in carers %}{{ carer.name }}{% endfor %}", "The field 'topics' is missing"),
        ("{{ about }} {% for topic in topics %}{{ topic.said }}{% endfor %}", "The field 'carers' is missing"),
        (GOOD + "{{ about.__class__.__mro__ }}", "A field cannot be filled:"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, text: str, what: str) -> None:
    assert any(each.startswith(what) for each in said(template(tmp_path, text))), said(template(tmp_path, text))


def test_what_is_no_word_document_is_said(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    assert said(path)[0].startswith("It cannot be read:")
    path.write_bytes(b"hello")
    assert said(path) == ["This is no Word document (.docx)."]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * (41 * 1024 * 1024))
    assert said(path) == ["It unpacks to far too much. Make it anew."]
    path.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    assert said(path) == ["It is larger than 5 MB. Take pictures out."]
    with pytest.raises(TemplateFaultError):
        filled(path, shipped(), WORDS)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec=None, exclude_categories=()), min_size=1, max_size=30))
def test_what_was_typed_is_never_taken_for_a_field(tmp_path: Path, words: str) -> None:
    path = tmp_path / "own.docx"
    if not path.exists():
        template(tmp_path)
    young = shipped().young_person
    typed = "{{ 7 * 7 }} {% for x in y %} <w:p/> & " + words
    told = tuple(replace(each, words=typed) if each.step == "one_thing" else each for each in young.entries)
    held = everything(opened(filled(path, replace(shipped(), young_person=replace(young, entries=told)), WORDS)))
    assert "{{ 7 * 7 }} {% for x in y %} <w:p/> & " in held


def test_bytes_that_only_look_like_a_template_are_refused_in_words(tmp_path: Path) -> None:
    whole = template(tmp_path).read_bytes()
    for place in range(0, len(whole), max(len(whole) // 40, 1)):
        damaged = bytearray(whole)
        damaged[place : place + 8] = b"\xff" * 8
        (tmp_path / "own.docx").write_bytes(bytes(damaged))
        assert all(len(each) < 200 for each in said(tmp_path / "own.docx"))


def test_the_page_names_every_field() -> None:
    page = (Path(__file__).parents[3] / "docs" / "word-template.md").read_text("utf-8")
    assert [name for name in fields_of(shipped(), WORDS) if f"`{name}`" not in page] == []
