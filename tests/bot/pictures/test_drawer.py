"""Drawing beside the event loop: once for equal art, kept within bounds, and never in anybody's way."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs
from typing_extensions import override

from bot.documents.pictures import OpenMoji
from bot.pictures.drawer import Drawer, drawer_for
from bot.pictures.sets import open_set
from conversations.art import Art, Board
from conversations.script import Picture
from tests.bot.pictures.samples import SHIPPED, STAR, WORDS, board, mat


class Watched(OpenMoji):
    """Pictures that note in which thread they are asked for; some cannot be asked for at all."""

    def __init__(self) -> None:
        self.threads: list[str] = []

    @override
    def svg(self, name: str) -> str | None:
        self.threads.append(threading.current_thread().name)
        if name == "PANIC":
            raise KeyboardInterrupt("somebody's words")  # like a panic of the typesetter: no Exception
        return SHIPPED.svg(name)


@pytest.fixture
def images() -> Watched:
    return Watched()


@pytest.fixture
async def drawer(images: Watched) -> AsyncIterator[Drawer]:
    made = Drawer(images, WORDS, "v1")
    yield made
    made.close()


async def test_it_draws_in_a_thread_of_its_own_and_equal_art_once(drawer: Drawer, images: Watched) -> None:
    art = Board("Q", STAR)
    first = await drawer.draw(art)
    assert first is not None
    assert await drawer.draw(Board("Q", STAR)) is first
    assert [name.startswith("drawing") for name in images.threads] == [True]


async def test_many_who_wait_for_one_board_have_it_drawn_once(drawer: Drawer, images: Watched) -> None:
    drawn = await asyncio.gather(*(drawer.draw(Board("Q", STAR)) for _ in range(50)))
    assert len(images.threads) == 1
    assert len({id(each) for each in drawn}) == 1


async def test_one_who_gives_up_does_not_take_it_from_the_others(drawer: Drawer) -> None:
    waits = [asyncio.create_task(drawer.draw(Board("Q", STAR))) for _ in range(2)]
    await asyncio.sleep(0)
    waits[0].cancel()
    assert await waits[1]


async def test_what_was_used_longest_ago_is_dropped_first(images: Watched) -> None:
    one, two, three = (Board(f"Q{number}", STAR) for number in range(3))
    size = len(await Drawer(images, WORDS).draw(one) or b"")
    drawer = Drawer(images, WORDS, "", int(size * 2.5))
    images.threads.clear()
    for art in (one, two, one, three, one, three):
        await drawer.draw(art)
    assert len(images.threads) == 3
    await drawer.draw(two)
    assert len(images.threads) == 4
    drawer.close()


async def test_a_picture_that_is_never_done_keeps_nobodys_words_back() -> None:
    done = threading.Event()

    class Endless(OpenMoji):
        @override
        def svg(self, name: str) -> str | None:
            done.wait(20)
            return None

    drawer = Drawer(Endless(), WORDS, seconds=0.05)
    with capture_logs() as logs:
        drawn = await asyncio.gather(*(drawer.draw(Board(words, STAR)) for words in ("Q", "behind it")))
    done.set()
    drawer.close()
    assert drawn == [None, None]
    assert [log["why"] for log in logs] == ["it takes too long"] * 2


async def test_art_that_cannot_be_drawn_is_none_and_logged_without_a_word(drawer: Drawer) -> None:
    with capture_logs() as logs:
        assert await drawer.draw(Board("secret", Picture("PANIC", "x"))) is None
        assert await drawer.draw(replace(board(200), words="secret")) is None
    assert [log["event"] for log in logs] == ["picture_not_drawn"] * 2
    assert "secret" not in repr(logs)
    assert "somebody" not in repr(logs)
    assert await drawer.draw(Board("Q", STAR))  # the next one is drawn all the same


async def test_the_key_tells_apart_what_looks_different_and_nothing_else(drawer: Drawer, images: Watched) -> None:
    art = board()
    assert drawer.key(art) == drawer.key(board())
    others: list[Art] = [replace(art, rtl=True), replace(art, words="x"), board(5), board(6, chosen=1), mat(1)]
    assert len({drawer.key(each) for each in (art, *others)}) == 6
    assert Drawer(images, WORDS, "v2").key(art) != drawer.key(art)
    assert "good at" not in drawer.key(art)


async def test_the_shop_around_it_opens_the_fonts_before_anybody_waits() -> None:
    drawer = drawer_for(open_set(None), WORDS)
    await drawer.warm()
    assert await drawer.draw(board())
    drawer.close()
    with pytest.raises(RuntimeError):
        await drawer.draw(mat(1))
