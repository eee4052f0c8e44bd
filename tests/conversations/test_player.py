"""A script can be played in a terminal, by anybody, without a messenger."""

from __future__ import annotations

import runpy
from io import StringIO
from pathlib import Path

import pytest

import conversations
from conversations.__main__ import main
from conversations.effects import (
    AskLanguage,
    AskStaff,
    DeleteAnswers,
    KeepNote,
    Leave,
    Leaving,
    Record,
    Remove,
    Settle,
    Submission,
    Submit,
    Withdraw,
)
from conversations.player import Player, demo_facts, run
from conversations.state import Answer, Audience, Mark, Media, MediaId, MediaKind, Refused, Spot
from conversations.transcript import lines_of
from tests.conversations.small_script import small_flow
from tests.conversations.support import CHAT, NOW, facts


def played(*lines: str) -> str:
    """The transcript of the small script."""
    return run(small_flow(), facts(2, 1), NOW, (StringIO("\n".join(lines)), StringIO()))


def test_buttons_are_pressed_by_number_and_words_are_words() -> None:
    said = played("1", "1", "1", "🎨 painting", "", "9")
    assert "bot: Hello Sam.\n" in said
    assert "     [1 👍 OK] [2 ❓ What is a review?]" not in said
    assert "you: (1 👍 OK)" in said
    assert "     (answer: ready = ok)" in said
    assert "you: 🎨 painting\nbot: I have kept your words." in said
    assert "you: (✅ Done)" in said
    assert '(answer: good_at = "🎨 painting")' in said


def test_every_control_has_its_command() -> None:
    said = played("/explain", "/stop", "1", "/resume", "/back", "/answers", "/again", "/start_again", "/nonsense", "99")
    assert "bot: A review is a meeting about you." in said
    assert "bot: How would you like to stop?" in said
    assert "(refused: no_earlier)\n     " in said
    assert "bot: You have no answers yet." in said
    assert "(commands: /back, " in said
    assert "(there is no such button)" in said


def test_media_can_be_pretended_and_time_travelled() -> None:
    said = played("1", "/short", "/voice", "/wait 13h", "/wait 2d", "/photo")
    assert "(answer: way = short)" in said
    assert "you: (voice)\nbot: I have got it. I am saving it now.\n     (answer: helper = voice)" in said
    assert "[Tuesday 12 January 2027, 5 am]" in said
    assert "[Thursday 14 January 2027, 5 am]" in said
    assert "(answer: big = photo)" in said


def test_a_message_can_be_edited() -> None:
    said = played("1", "1", "nobody helps", "/edit somebody helps")
    assert '(answer: helper = "somebody helps")' in said
    assert "(the buttons are now)" in said


def test_quit_ends_it_and_a_finished_one_has_no_buttons() -> None:
    assert "never said" not in played("1", "/quit", "never said")
    player = Player(small_flow(), facts(), NOW)
    for line in ("/stop", "2", "1"):
        player.hear(line)
    assert player.state.place.spot is Spot.CLOSED
    assert player.said[-1] == "(there is no such button)"


def test_send_shows_a_receipt() -> None:
    player = Player(small_flow(), facts(), NOW)
    for line in ("1", "1", "1", "/answers"):
        player.hear(line)
    player.hear(str(1 + next(n for n, each in enumerate(player.buttons) if each.code == "d:send")))
    assert "(sent: version 1 with 3 answers)" in "\n".join(player.said)
    assert "Receipt DEMO-1." in "\n".join(player.said)
    player.hear("1")
    assert player.state.place.spot is Spot.CHECK


def test_every_effect_can_be_read() -> None:
    answer = Answer("a", NOW, "b", ("c",), "d", (Media(MediaId("1"), MediaKind.VOICE),), Refused.SKIP)
    only = Answer("a", NOW, audience=Audience.ONLY_PROFESSIONAL, words="d")
    submission = Submission(CHAT, "small", 1, 2, (answer,), NOW, late=True, share=True)
    told = [
        line
        for effect in (
            Record(answer), Record(only), Remove("a"), Remove("a", "b"), KeepNote("", answer.media), Withdraw(),
            DeleteAnswers(), Leave(Leaving.REVIEW), AskStaff("talk"), Submit(submission),
        )
        for line in lines_of(effect)
    ]  # fmt: skip
    assert [line.strip() for line in told] == [
        '(answer: a, b = c, "d", voice, skip)',
        '(answer: a = "d" [only the named professional])',
        "(taken out: a)",
        "(taken out: a, b)",
        "(kept as a note: voice)",
        "(taken back: everything that was sent)",
        "(deleted: every answer that was not sent)",
        "(stopped: review)",
        "(staff are told: talk)",
        "(sent: version 2 with 1 answers, added later, with a copy for parents and carers)",
    ]
    assert list(lines_of(Settle(Mark(CHAT, 1), ""))) == []


@pytest.mark.parametrize("name", ["young_person", "carer"])
def test_the_command_plays_a_shipped_script_and_prints_its_transcript(name: str) -> None:
    output = StringIO()
    assert main([name], (StringIO("1\n/quit\n"), output)) == 0
    before, after = output.getvalue().split("--- the transcript ---\n")
    assert before.strip() == after.strip()
    assert "bot: " in after


def test_the_transcript_can_go_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "transcript.txt"
    output = StringIO()
    assert main(["young_person", "--facts", "none", "--transcript", str(file)], (StringIO(), output)) == 0
    assert file.read_text(encoding="utf-8") == output.getvalue()


def test_a_name_that_is_none_and_a_broken_script_are_told(tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    output = StringIO()
    assert main(["broken", "--folder", str(tmp_path)], (StringIO(), output)) == 2
    assert "broken.yaml" in output.getvalue()
    assert "No such script." in output.getvalue()


def test_it_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["conversations", "carer"])
    monkeypatch.setattr("sys.stdin", StringIO("/quit\n"))
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(Path(conversations.__file__).parent / "__main__.py"), run_name="__main__")
    assert ended.value.code == 0
    assert "bot: " in capsys.readouterr().out


def test_invented_facts_fit_the_role() -> None:
    known = demo_facts(small_flow())
    assert len(known.plan_lines) == 3
    assert len(known.goals) == 2
    assert known.name == "Sam"


def test_a_wish_for_another_language_stands_in_the_transcript() -> None:
    assert list(lines_of(AskLanguage())) == ["     (asked: which language)"]
