"""A deployer's own folder of pictures: before OpenMoji by name, refused as a whole without its licence."""

from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.pictures.sets import PicturesRefusedError, one_set, open_set, set_or_shipped
from conversations import catalogue
from conversations.face_checks import Found, pictures_of
from tests.bot.pictures.samples import SHIPPED
from tests.bot.pictures.test_safety import DOT, bomb, png, svg

LICENCE = "These are ours.\n\nLicence: bought for Anytown College, 2026\nSource: Pictures Ltd, set 4\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "LICENCE.txt").write_text(LICENCE, "utf-8")
    return tmp_path


def test_without_a_folder_there_is_openmoji_cropped() -> None:
    found = SHIPPED.svg("1F3A8")
    assert found is not None
    assert 'viewBox="4 4 64 64"' in found
    assert SHIPPED.found("1F3A8") is Found.SHIPPED
    assert SHIPPED.found("our-canteen") is Found.NOTHING


def test_own_pictures_come_first_by_name_and_may_have_names_of_their_own(folder: Path) -> None:
    (folder / "1F3A8.svg").write_bytes(svg(DOT))
    (folder / "our-canteen.png").write_bytes(png())
    own = open_set(folder)
    assert own.svg("1F3A8") == svg(DOT).decode()
    assert "data:image/png" in (own.svg("our-canteen") or "")
    assert own.svg("1F4BB") == SHIPPED.svg("1F4BB")
    assert (own.found("our-canteen"), own.found("1F4BB"), own.found("x")) == (Found.OWN, Found.SHIPPED, Found.NOTHING)
    assert own.version != SHIPPED.version
    assert list(own.troubles()) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [("1F3A8.svg", b"<svg"), ("1F3A8.svg", svg("<script/>")), ("1F3A8.png", bomb(99_999, 99_999)), ("1F3A8.png", b"")],
)
def test_a_bad_picture_is_left_out_alone_and_openmoji_stands_in(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)
    (folder / "fine.svg").write_bytes(svg(DOT))
    own = open_set(folder)
    with capture_logs() as logs:
        assert own.svg("1F3A8") == SHIPPED.svg("1F3A8")
        assert own.svg("1F3A8") == SHIPPED.svg("1F3A8")
    assert [(log["event"], log["picture"]) for log in logs] == [("picture_refused", "1F3A8")]
    assert own.svg("fine") is not None
    assert own.found("1F3A8") is Found.BROKEN
    (said,) = own.troubles()
    assert said.startswith(f"The picture {name} is left out: ")


def test_a_broken_picture_of_a_name_of_its_own_leaves_none(folder: Path) -> None:
    (folder / "our-canteen.svg").write_bytes(b"<svg")
    assert open_set(folder).svg("our-canteen") is None


def test_a_well_formed_picture_that_the_typesetter_refuses_is_left_out(folder: Path) -> None:
    (folder / "odd.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>', "utf-8")
    own = open_set(folder)
    with capture_logs() as logs:
        assert own.svg("odd") is None
    assert "it cannot be drawn" in {log.get("why") for log in logs}


@pytest.mark.parametrize(
    "name", ["../LICENCE", "../../etc/passwd", "", ".", "a/b", "LICENCE", "1F3A8.svg", "\0", "x" * 999]
)
def test_no_name_of_a_script_reaches_another_file(folder: Path, name: str) -> None:
    own = open_set(folder)
    assert own.svg(name) is None
    assert own.found(name) is Found.NOTHING


def test_files_from_elsewhere_and_with_odd_names_are_left_out(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "secret.svg"
    other.write_bytes(svg(DOT))
    (folder / "link.svg").symlink_to(other)
    (folder / "a b.svg").write_bytes(svg(DOT))
    (folder / "folder.svg").mkdir()
    assert dict(open_set(folder).own) == {}


@pytest.mark.parametrize(
    ("licence", "why"),
    [
        (None, "no file LICENCE"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\xff\xfe\x00", "not a text"),
        (b"\x00" * 9, "not a text"),
        (b"x" * (1024 * 1024 + 1), "larger than 1 MB"),
        (b"All rights reserved.", "two lines"),
        (b"Licence: ours\n", "two lines"),
        (b"\n" * 500_000 + b"Licence", "two lines"),
        (b"Licence:\nSource: x\n", "two lines"),
    ],
)
def test_without_a_licence_that_says_enough_the_whole_set_is_refused(
    tmp_path: Path, licence: bytes | None, why: str
) -> None:
    (tmp_path / "1F3A8.svg").write_bytes(svg(DOT))
    if licence is not None:
        (tmp_path / "LICENSE").write_bytes(licence)
    with pytest.raises(PicturesRefusedError, match=why):
        open_set(tmp_path)
    with capture_logs() as logs:
        assert set_or_shipped(tmp_path).svg("1F3A8") == SHIPPED.svg("1F3A8")
    assert [log["event"] for log in logs] == ["pictures_refused"]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PicturesRefusedError, match="cannot be read"):
        open_set(tmp_path / "none")


def test_the_version_changes_with_the_pictures(folder: Path) -> None:
    (folder / "a.svg").write_bytes(svg(DOT))
    before = open_set(folder).version
    assert open_set(folder).version == before
    (folder / "a.svg").write_bytes(svg(DOT + DOT))
    assert open_set(folder).version != before


def test_a_person_gets_one_set_the_deployers_only_where_it_is_whole(folder: Path) -> None:
    flows = catalogue.load().live()
    drawn = sorted(frozenset[str]().union(*map(pictures_of, flows)))
    (folder / "our-canteen.svg").write_bytes(svg(DOT))
    for name in drawn[1:]:
        (folder / f"{name}.svg").write_bytes(svg(DOT))
    with capture_logs() as logs:
        short = one_set(folder, flows)
    assert [(log["event"], log["missing"]) for log in logs] == [("pictures_incomplete", 1)]
    assert [short.svg(name) for name in drawn] == [SHIPPED.svg(name) for name in drawn]
    assert short.svg("our-canteen") == svg(DOT).decode()
    mixed = one_set(folder, flows, mixed=True)
    assert [mixed.svg(name) == SHIPPED.svg(name) for name in drawn[:2]] == [True, False]
    (folder / f"{drawn[0]}.svg").write_bytes(svg(DOT))
    whole = one_set(folder, flows)
    assert {whole.svg(name) for name in drawn} == {svg(DOT).decode()}
    assert len({short.version, mixed.version, whole.version}) == 3
