"""The gallery leaves nothing out: every step of every script, in every look and direction, and every document."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typing_extensions import override

from conversations import catalogue
from conversations.art import Mat
from conversations.languages import load_languages
from conversations.profile import Look
from conversations.reach import named_steps
from conversations.script import Say
from docs.gallery.__main__ import INDEX, MANIFEST, make
from docs.gallery.boards import LOOKS, RIGHT_TO_LEFT
from docs.gallery.plan import Plan, plan

SCRIPTS = catalogue.load(None, load_languages())
SMALL = frozenset(
    {"boards-carer-dark-3-choices", "mats-young_person-right-to-left-6-choices", "letter-young_person",
     "one-page-profile-full-right-to-left"}
)  # fmt: skip


class Links(HTMLParser):
    """What a page leads to and shows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.targets: list[str] = []
        self.anchors: set[str] = set()
        self.images: list[dict[str, str]] = []
        self.feed(page)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.targets += [given[name] for name in ("href", "src") if name in given]
        self.anchors.add(given.get("id", ""))
        if tag == "img":
            self.images.append(given)


@pytest.fixture(scope="module")
def whole() -> Plan:
    return plan(SCRIPTS)


@pytest.mark.parametrize("look", [*LOOKS, RIGHT_TO_LEFT])
@pytest.mark.parametrize("script", sorted(SCRIPTS.newest))
def test_every_step_of_every_script_has_a_board(whole: Plan, script: str, look: str) -> None:
    flow = SCRIPTS.current(script)
    assert flow is not None
    asked = {each.step.id for each in named_steps(flow) if not isinstance(each.step, Say) or each.step.picture}
    drawn = {each.shown.step for each in whole.drawings if each.folder == f"boards-{script}-{look}"}
    assert asked <= drawn


@pytest.mark.parametrize("look", [*LOOKS, RIGHT_TO_LEFT])
def test_a_mat_is_there_with_few_cards_with_all_in_one_column_and_empty(whole: Plan, look: str) -> None:
    mats = [each.shown.art for each in whole.drawings if each.folder == f"mats-young_person-{look}"]
    counts = [[len(column.cards) for column in mat.columns] for mat in mats if isinstance(mat, Mat)]
    assert [1, 1, 1] in counts
    assert [0, 0, 0] in counts
    assert any(column[0] > 5 and column[1:] == [0, 0] for column in counts)


def test_every_look_and_both_directions_are_there_and_choices_are_marked(whole: Plan) -> None:
    arts = [each.shown.art for each in whole.drawings]
    assert {art.look for art in arts} == set(Look)
    assert {art.rtl for art in arts} == {True, False}
    assert any(each.shown.name == "my-way" for each in whole.drawings)
    assert any(tile.chosen for art in arts if not isinstance(art, Mat) for tile in art.tiles)


def test_every_kind_of_document_is_there_in_both_directions(whole: Plan) -> None:
    names = {each.name for each in whole.documents}
    for name in ("letter-young_person", "one-page-profile-full", "digest-young_person", "paper-young_person-full"):
        assert {name, f"{name}-right-to-left"} <= names
    assert {"letter-carer", "digest-named_professional", "paper-carer-short", "paper-carer-large-print"} <= names


def test_no_two_pieces_have_one_file_and_every_piece_has_words(whole: Plan) -> None:
    files = [each.file for each in whole.drawings] + [f"{each.folder}/{each.name}" for each in whole.documents]
    assert len(set(files)) == len(files)
    assert all(each.alt for each in whole.drawings)


def test_the_page_opens_all_that_was_drawn_and_nothing_else(tmp_path: Path) -> None:
    hung = make(tmp_path / "gallery", SMALL)
    folder = tmp_path / "gallery"
    page = Links((folder / INDEX).read_text("utf-8"))
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert set(json.loads((folder / MANIFEST).read_text("utf-8"))) == set(hung.files) == files - {INDEX, MANIFEST}
    linked = {target for target in page.targets if not target.startswith("#")}
    assert linked == set(hung.files)
    assert {target[1:] for target in page.targets if target.startswith("#")} <= page.anchors
    assert "script" not in page.tags
    assert all(image["alt"].strip() for image in page.images)
    assert {folder for folder in SMALL if "-" in folder and folder.startswith(("boards", "mats"))} <= page.anchors


def test_it_is_drawn_anew_and_equal_but_never_over_something_else(tmp_path: Path) -> None:
    only = frozenset({"mats-young_person-light-6-choices"})
    folder = tmp_path / "gallery"
    first = {name: (folder / name).read_bytes() for name in make(folder, only).files}
    (folder / "left-over.png").write_bytes(b"")
    again = {name: (folder / name).read_bytes() for name in make(folder, only).files}
    assert first == again
    assert not (folder / "left-over.png").exists()
    with pytest.raises(FileExistsError):
        make(tmp_path, only)
