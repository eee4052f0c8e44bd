"""What is drawn: its size, its direction, its marks, and that any words at all can be drawn or are refused."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ImageChops

from bot.pictures.described import described
from bot.pictures.drawing import MOST_SIDES, CannotDrawError, draw
from bot.pictures.palette import MOST_IN_COLUMN
from conversations import catalogue
from conversations.art import Art, Board, Column, Mat, Tile
from conversations.profile import Look
from conversations.script import Card, Option, Picture
from tests.bot.pictures.samples import SHIPPED, STAR, WORDS, board, mat, opened, tiles, yellow

MOST_PHOTO = 10 * 1024 * 1024


def drawn(art: Art) -> bytes:
    return draw(art, SHIPPED, WORDS)


@pytest.mark.parametrize("count", range(8))
def test_a_board_is_as_wide_as_the_page_and_as_tall_as_its_rows(count: int) -> None:
    picture = opened(drawn(board(count)))
    rows, odd = divmod(count, 2)
    assert picture.width == 1080
    assert 260 + 270 * rows + 170 * odd <= picture.height <= 290 + 310 * rows + 190 * odd


def test_the_last_of_an_odd_number_has_a_row_of_its_own() -> None:
    art = Board("?", None, (Tile("A", None, 1), Tile("B", None, 2), Tile("C", STAR, 3)))
    picture = opened(drawn(art))
    bottom = picture.height - 100
    assert picture.getpixel((540, bottom)) != picture.getpixel((2, 2))  # no gap in the middle


def test_a_board_of_six_is_nearly_square() -> None:
    picture = opened(drawn(board(6)))
    assert picture.height <= 1.2 * picture.width  # what a chat shows without cutting it


def test_equal_boards_give_equal_bytes_and_looks_differ() -> None:
    assert drawn(board()) == drawn(board())
    assert len({drawn(board(look=look)) for look in Look}) == 3


def test_from_right_to_left_the_picture_stands_right_and_the_first_tile_too() -> None:
    art = Board("What are you good at?", STAR, (Tile("A", STAR, 1), Tile("B", None, 2)))
    left, right = drawn(art), drawn(replace(art, rtl=True))
    for top, bottom in ((0, 250), (260, 560)):
        assert yellow(left, (0, top, 540, bottom)) > 500
        assert yellow(left, (540, top, 1080, bottom)) == 0
        assert yellow(right, (0, top, 540, bottom)) == 0
        assert yellow(right, (540, top, 1080, bottom)) > 500


def test_a_mat_from_right_to_left_begins_on_the_right() -> None:
    head_only = Mat("T", (Column(Tile("A", STAR), ()), Column(Tile("B"), ()), Column(Tile("C"), ())))
    assert yellow(drawn(head_only), (0, 0, 360, 500)) > 500
    assert yellow(drawn(replace(head_only, rtl=True)), (720, 0, 1080, 500)) > 500


@pytest.mark.parametrize("look", Look)
def test_the_chosen_tile_is_marked_by_shape_and_not_by_colour_alone(look: Look) -> None:
    plain, chosen = (opened(drawn(board(4, number, look))).convert("L") for number in (0, 1))
    change = ImageChops.difference(plain, chosen).point(lambda value: 255 if value > 60 else 0)
    corner = change.crop((450, 230, 560, 340))  # the tick, over the back corner of the first tile
    assert sum(corner.histogram()[255:]) > 1500
    assert change.crop((545, 350, 1080, 800)).getbbox() is None  # the others stay as they were


def test_numbers_and_chosen_marks_are_told_in_words_too() -> None:
    assert described(board(2, chosen=2)) == "What are you good at?; 1 Making things; 2 Computers ✓"
    assert described(mat(1, 0)) == "How things are going; Point 0: 1 Making things; Point 1:"


@pytest.mark.parametrize("cards", [(0, 0, 0), (3, 2, 1), (5, 5, 5), (6, 0, 0), (14, 13, 13), (40, 0, 0)])
def test_a_mat_of_up_to_forty_cards_is_a_photo(cards: tuple[int, ...]) -> None:
    png = drawn(mat(*cards))
    picture = opened(png)
    assert len(png) < MOST_PHOTO
    assert picture.width + picture.height <= MOST_SIDES


def test_many_cards_of_one_column_go_beside_each_other() -> None:
    few, many = (opened(drawn(mat(count, 0, 0))).height for count in (MOST_IN_COLUMN, 9))
    assert many < few * 1.6


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize(
    "label",
    [
        "Electroencephalographies",
        "WWWWWWWWWWWWWWWWWWWWWWWW",
        "My own flat or house now",
        "ﷺ" * 8,
        "👩🏽‍🎓" * 8,
        "x" * 60,
    ],
)
def test_no_label_runs_over_the_edge(label: str, columns: int) -> None:
    art = Board("?", None, (Tile(label),) * 6, columns)
    picture = opened(drawn(art))
    ground = picture.getpixel((2, 2))
    edges = [(x, y) for x in (*range(16), *range(1064, 1080)) for y in range(picture.height)]
    assert {picture.getpixel(each) for each in edges} == {ground}
    gap = [picture.getpixel((540, y)) for y in range(picture.height)] if columns == 2 else [ground]
    assert set(gap) == {ground}


def test_a_picture_that_is_missing_leaves_its_label() -> None:
    assert drawn(Board("?", Picture("NOPE", "x"), (Tile("A", Picture("../../etc/passwd", "x"), 1),)))


def test_what_no_messenger_takes_is_refused_without_its_words() -> None:
    with pytest.raises(CannotDrawError) as caught:
        drawn(Board("secretwords", tiles=tiles(120)))
    assert "secret" not in str(caught.value)


def test_every_option_card_and_picture_of_the_shipped_scripts_is_drawn() -> None:
    flows = catalogue.load(None).flows
    found = [faces for flow in flows.values() for faces in faces_in(flow)]
    assert len(found) > 20
    for faces in found:
        assert all(face.picture and SHIPPED.svg(face.picture.name) for face in faces)
        shown = tuple(Tile(face.label, face.picture, number) for number, face in enumerate(faces, 1))
        assert drawn(Board("?", shown[0].picture, shown))


def faces_in(value: object) -> Iterator[tuple[Option | Card, ...]]:
    """All lists of options and cards in a script."""
    if isinstance(value, tuple):
        faces = tuple(each for each in value if isinstance(each, Option | Card))
        if faces:
            yield faces
        for each in value:
            yield from faces_in(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from faces_in(getattr(value, each.name))


SIGNS = 'aé\u0627\u06af\u06c1\u0939\u0948\u0e01\u104f\ud55c\u6f22\u05d0\u10d0\ufdfd\u200d\ufe0f\u202e\n\t~#$\\*_@[]<"'
SCRIPTS = st.sampled_from(SIGNS + "🧿👍🏽")


@settings(max_examples=40, deadline=None)
@example(label="\ud800", words="#eval(1)", rtl=False)
@example(label="*bold* _x_ $1+1$ @ref <a> #import", words="\\", rtl=True)
@example(label="\u200b\u00ad\u202e", words="\x00\x1b", rtl=False)
@given(
    label=st.text(max_size=60) | st.lists(SCRIPTS, max_size=40).map("".join),
    words=st.text(max_size=200),
    rtl=st.booleans(),
)
def test_any_words_are_drawn_or_refused(label: str, words: str, *, rtl: bool) -> None:
    art = Board(words, STAR, (Tile(label, None, 1, chosen=True), Tile(label, STAR)), rtl=rtl)
    try:
        png = drawn(art)
    except CannotDrawError:
        return
    assert png.startswith(b"\x89PNG")
