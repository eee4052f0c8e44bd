"""Pictures that cannot be drawn or sent, and a deployer's own script: words alone go, and nothing is lost."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.demo.files import picture_words
from bot.demo.refusals import bad_request
from bot.demo.stage import Terms
from bot.pictures import drawer
from bot.pictures.drawing import CannotDrawError
from conversations.art import Art
from conversations.catalogue import load
from conversations.engine import present
from conversations.lines import Line
from tests.journeys.college import (
    OPENS,
    SCRIPTS,
    College,
    all_heard,
    by_bot,
    codes,
    college,
    heard,
    invitation_of,
)
from tests.journeys.sam import answers, asked, events, joins, no_words_in
from tests.journeys.walking import Walk

MATTERS = "What matters to you now?"


# Pictures that cannot be drawn


async def test_a_corrupt_picture_of_a_deployer_is_told_of_and_the_shipped_one_stands_in(tmp_path: Path) -> None:
    own = tmp_path / "pictures"
    own.mkdir()
    (own / "LICENCE").write_text("Licence: ours\nSource: us\n", "utf-8")
    (own / "2764.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0", "utf-8")
    async with college(tmp_path) as here:
        settings = here.stage.settings.model_copy(update={"pictures_folder": own, "pictures_mixed": True})
        await here.stage.restart(settings)
        walk = await joins(here)
        sam = walk.person
        with capture_logs() as logs:
            await here.press(sam, "o:understand")
        assert "picture_refused" in events(logs)
        assert picture_words(asked(sam, MATTERS).content).startswith(MATTERS)
        await here.sends(sam)


def _refuses(*_: object) -> bytes:
    raise CannotDrawError("the typesetter refuses it")


class Panic(BaseException):
    """As the typesetter's own, which is no Exception either."""


def _panics(*_: object) -> bytes:
    raise Panic


@pytest.mark.parametrize("broken", [_refuses, _panics])
async def test_where_drawing_fails_the_words_go_alone_and_the_operator_is_told(
    here: College, monkeypatch: pytest.MonkeyPatch, broken: Callable[..., bytes]
) -> None:
    monkeypatch.setattr(drawer, "draw", broken)
    walk = await joins(here)
    sam = walk.person
    with capture_logs() as logs:
        await here.press(sam, "o:understand")
    question = asked(sam, MATTERS)
    assert question.attachment is None
    assert [button.label for button in question.buttons][:2] == ["1 👪 Family", "2 ⚽ Sport"]
    assert "picture_not_drawn" in events(logs)
    assert no_words_in(logs, "matters to you", "Family")
    await here.sends(sam)
    assert await here.verified(walk.participant_id)


async def test_where_drawing_fails_only_after_the_question_the_choice_is_still_shown(
    here: College, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = await joins(here)
    sam = walk.person
    await here.press(sam, "o:understand", "r:skip", "r:skip")
    share = by_bot(sam)[-1]
    assert share.attachment is not None
    monkeypatch.setattr(drawer, "draw", _refuses)
    await here.press(sam, "o:no")
    now = sam.chat.find(share.id)
    assert now is not None
    assert "No" in now.words.removeprefix(share.words)
    assert now.buttons == ()
    assert "✓" not in picture_words(now.content), "the old picture stays"
    await here.press(sam, "d:send")


# Pictures that Telegram does not take


async def time_passes(here: College) -> None:
    """Until everything is sent: what must wait waits for the clock, which moves."""
    async with asyncio.timeout(20):
        while here.stage.telegram.updates.pending or not await here.stage.bot.is_idle():
            here.stage.clock.move_by(timedelta(seconds=30))
            here.stage.bot.queued.set()
            with contextlib.suppress(TimeoutError):  # the bot's next word to Telegram, or a blink
                await asyncio.wait_for(here.stage.telegram.changed(), 0.02)


@pytest.mark.parametrize("why", ["IMAGE_PROCESS_FAILED", "PHOTO_INVALID_DIMENSIONS", "not enough rights"])
async def test_where_telegram_refuses_the_photo_its_words_come(here: College, why: str) -> None:
    walk = await joins(here)
    sam = walk.person
    here.stage.telegram.faults.fail(bad_request(why).refusal, "sendPhoto", times=5)
    with capture_logs() as logs:
        await sam.press_data(by_bot(sam)[-1].id, codes(sam)[0].removeprefix(":"))
        await sam.until(lambda _: not here.stage.telegram.updates.pending)
        await time_passes(here)
    question = asked(sam, MATTERS)
    assert question.attachment is None
    assert question.buttons
    assert sum(MATTERS in text for text in heard(sam)) == 1
    assert "picture_left_out" in events(logs)
    here.stage.telegram.faults.clear()
    await here.press(sam, "+:sport", "d:done")
    now = sam.chat.find(question.id)
    assert now is not None
    assert "Sport" in now.words, "the answer stands under it all the same"
    await here.sends(sam)


async def test_a_name_that_telegram_forgot_is_drawn_again(here: College) -> None:
    walk = await joins(here)
    sam = walk.person
    bot = here.stage.bot
    await here.press(sam, "o:understand")
    art = await drawn_now(walk)
    async with here.stage.database.work() as work:
        assert await work.pictures.file_id(bot.drawer.key(art)), "remembered"
        await work.pictures.remember(bot.drawer.key(art), "F999999-of-another-bot", here.stage.clock.now())
        await work.commit()
    await here.say(sam, here.line(Line.CONTROL_BACK))
    await here.press(sam, "o:understand")
    again = asked(sam, MATTERS)
    assert picture_words(again.content).startswith(MATTERS)
    async with here.stage.database.reading() as work:
        assert await work.pictures.file_id(bot.drawer.key(art)) not in {None, "F999999-of-another-bot"}


async def drawn_now(walk: Walk) -> Art:
    """The board of the present question."""
    scene = await walk.scene()
    art = present(scene.flow, scene.facts, await walk.state()).art
    assert art is not None
    return art


@pytest.mark.parametrize("profile", ["s:look=light", "s:look=dark"])
async def test_a_question_that_was_asked_before_a_restart_is_marked_after_it(here: College, profile: str) -> None:
    walk = await joins(here)
    sam = walk.person
    await here.say(sam, "/myway")
    await here.press(sam, "s:look=cream", profile, "d:back", "o:understand", "r:skip", "r:skip")
    share = by_bot(sam)[-1]
    await here.stage.restart()
    await here.press(sam, "o:yes")
    now = sam.chat.find(share.id)
    assert now is not None
    assert "2 Yes ✓" in picture_words(now.content)
    assert "1 No ✓" not in picture_words(now.content)
    assert now.buttons == ()
    await here.press(sam, "d:send")


# A deployer's own script


def with_options(folder: Path, options: str) -> Path:
    """The journeys' scripts, with other things that matter."""
    folder.mkdir()
    for file in SCRIPTS.glob("*.yaml"):
        text = file.read_text("utf-8")
        if file.name == "young_person.yaml":
            first = text.index("          - {id: family")
            text = text[:first] + options + text[text.index("          - {id: other_matter") :]
        (folder / file.name).write_text(text, "utf-8")
    return folder


async def test_a_label_of_sixty_letters_sets_the_script_aside_and_help_still_stands(tmp_path: Path) -> None:
    label = "Everything that has to do with animals, plants and the woods"
    assert len(label) == 60
    option = f'          - {{id: nature, label: "{label}", emoji: "🌳", picture: 1F333, alt: A tree}}\n'
    folder = with_options(tmp_path / "own", option)
    [problem] = load(folder).problems
    assert problem.line
    async with college(tmp_path, Terms(scripts=folder)) as here:
        assert here.stage.bot.catalogue.current("young_person") is None
        sam = here.phone("Sam")
        await here.comes_in(sam, invitation_of(await here.plan(), "Sam"))
        await here.at(OPENS)
        await here.say(sam, "/help")
        assert "999" in all_heard(sam)


def things(count: int) -> str:
    """So many options."""
    return "".join(
        f'          - {{id: thing{number}, label: "Thing {number}", emoji: "🎈", picture: 1F388, alt: A balloon}}\n'
        for number in range(1, count + 1)
    )


def test_more_than_forty_options_are_refused_when_they_are_read(tmp_path: Path) -> None:
    [problem] = load(with_options(tmp_path / "own", things(40))).problems
    assert "41 options" in problem.what, "the fortieth thing, and something else"


async def test_forty_options_come_in_pages_and_each_can_be_reached(tmp_path: Path) -> None:
    async with college(tmp_path, Terms(scripts=with_options(tmp_path / "own", things(39)))) as here:
        walk = await joins(here)
        sam = walk.person
        await here.press(sam, "o:understand")
        assert len(by_bot(sam)[-1].buttons) <= 12
        for _ in range(6):
            await here.press(sam, next(each.split(":", 3)[-1] for each in codes(sam) if ":p:" in each))
            assert len(picture_words(by_bot(sam)[-1].content).split("; ")) <= 8
        assert "37 Thing 37" in picture_words(by_bot(sam)[-1].content)
        await here.press(sam, "+:thing39")
        await walk.turn_to("+:thing7")
        await here.press(sam, "d:done")
        assert (await answers(walk))["matters"].choices == ("thing7", "thing39")
        chosen = asked(sam, MATTERS)
        assert {"7 Thing 7 ✓", "39 Thing 39 ✓"} <= set(picture_words(chosen.content).split("; "))
        await here.sends(sam)
