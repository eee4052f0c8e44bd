"""`firsthand answers enter` without a file: question by question at the terminal, and nothing kept when broken off."""

from __future__ import annotations

import pytest

from conversations.state import Audience, Refused
from tests.bot.commands.desk import Desk
from tests.bot.commands.papers import enter, kept, planned, typed, wheres


@pytest.fixture
def ids(college: Desk) -> tuple[str, str, str]:
    return planned(college)


def test_at_the_terminal_each_question_is_asked_and_one_can_go_back(college: Desk, ids: tuple[str, str, str]) -> None:
    order = wheres()
    assert order[0] == "helper", "what only the chat asks is not on the paper"
    until = order.index("matters")
    lines_typed: list[str] = []
    for _ in range(until):
        lines_typed += ["", ""]
    lines_typed += ["1 99", "", "1 2", "My dog,\\", "and cats"]  # no such box; then as it was written, on two lines
    lines_typed += ["<", "!", "", ">>"]  # back to it: only the mark is added; then the next one is left, to the end
    told = typed(college, enter(ids), *lines_typed, "", "yes", "yes").stdout
    assert "There is no such box. (99)" in told
    assert "Now: Family, Friends · My dog," in told
    stored = kept(college, ids)
    assert stored is not None
    [answer] = stored.submission.answers
    assert (answer.step, answer.choices, answer.words) == ("matters", ("family", "friends"), "My dog,\nand cats")
    assert answer.checked
    assert answer.audience is Audience.ONLY_PROFESSIONAL


def test_at_the_terminal_a_no_is_one_of_three_and_words_can_look_like_a_command(
    college: Desk, ids: tuple[str, str, str]
) -> None:
    before = [each for _ in range(wheres().index("going.lessons")) for each in ("", "")]
    words = enter(ids, "--not-checked")
    typed(college, words, *before, "?", "4", "?", "2", "", "\\?", ">>", "", "yes")
    stored = kept(college, ids)
    assert stored is not None
    assert [(each.refused, each.words) for each in stored.submission.answers] == [(Refused.SKIP, ""), (None, "?")]


def test_one_answer_can_be_changed_from_the_summary(college: Desk, ids: tuple[str, str, str]) -> None:
    number = wheres().index("matters") + 1
    before = [each for _ in range(number - 1) for each in ("", "")]
    typed(college, enter(ids, "--checked"), *before, "1", "", ">>", str(number), "2", "", "", "yes")
    stored = kept(college, ids)
    assert stored is not None
    assert stored.submission.answers[0].choices == ("friends",)


def test_what_is_broken_off_is_forgotten(college: Desk, ids: tuple[str, str, str]) -> None:
    before = sorted(college.folder.iterdir())
    told = typed(college, enter(ids), "", "", "1", "Some words", code=1)
    assert "Nothing was stored, and nothing was kept." in told.stderr
    assert kept(college, ids) is None
    assert [path for path in sorted(college.folder.iterdir()) if path not in before] == []
