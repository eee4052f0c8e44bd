"""The list of phrases: what it finds and what it leaves alone, in whatever way it is written, and in bounded time."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.help_lines import shipped_help_lines
from conversations.problems import Problem
from conversations.safety import Phrases, figures, matched
from conversations.safety_file import own_phrases, read_phrases, shipped_phrases

SHIPPED = shipped_phrases()
MOST_SECONDS = 2.0  # of a machine that does much else; it takes about 0.1
ASKED_FOR = {
    *("self_harm", "suicide", "abuse", "sexual_harm", "exploitation", "hunger", "carer_violence", "running_away"),
    *("weapons", "forced_marriage", "online", "unsafe_home"),
}


def own(text: str) -> Phrases:
    found = read_phrases(text, "own.yaml", SHIPPED)
    assert isinstance(found, Phrases), found
    return found


def test_every_published_sentence_is_found_and_no_near_miss_is() -> None:
    found = figures(SHIPPED)
    assert {each.topic for each in found} == ASKED_FOR
    assert [each for each in found if not each.is_good] == []
    assert all(len(each.found) >= 7 and each.near >= 6 for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "KILL MYSELF", "kïll mysèlf", "killlll myyyself", "k\u200bill my\u200dself", "K1LL MYS3LF",
        "k i l l  m y s e l f",
        "I will k.i.l.l. m.y.s.e.l.f. today", "kill_myself", "“Kill” — myself…", "ｋｉｌｌ ｍｙｓｅｌｆ", "k*ll myself",
        "kill\nmyself", "x" * 4000 + " kill myself",
    ],
)  # fmt: skip
def test_how_it_is_written_does_not_hide_it(text: str) -> None:
    assert matched(text, SHIPPED) == ("suicide",)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "👍", "I skill myselfie", "kill", "My phone died.", "dying of boredom", "this song kills me",
        "I could kill for a pizza", "a b c d e f g", "therapist", "grapes and a scraper",
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(text: str) -> None:
    assert matched(text, SHIPPED) == ()


def test_topics_are_sorted_and_each_is_there_once() -> None:
    text = "He hits me. He hits me and he raped me. I want to die. I want to kill myself."
    assert matched(text, SHIPPED) == ("abuse", "sexual_harm", "suicide")


@pytest.mark.parametrize(
    "text",
    ["i " * 2048, "want to " * 1024, "a*" * 2048, "k" * 4096, "my " * 2000 + "self", "took all " * 900, "🔪" * 4096,
     "don't " * 700, "a.b." * 2048, "ا" * 4096, "I want, really " * 600],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    matched("warm", SHIPPED)
    before = process_time()
    matched(text, SHIPPED)
    assert process_time() - before < MOST_SECONDS


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_around_a_phrase_hides_it_and_nothing_raises(before: str, after: str) -> None:
    assert "suicide" in matched(f"{before} . i want to kill myself . {after}", SHIPPED)


def test_a_leads_own_file_adds_to_topics_replaces_them_and_makes_new_ones() -> None:
    found = own(
        "weapons:\n  phrases: [catapult*]\n"
        "online:\n  replace: true\n  title: Online\n  phrases: [evil ... server/site]\n  but_not: [evil game server]\n"
        "local:\n  phrases: [the bridge]\n"
    )
    assert matched("He has two catapults. He carries a knife.", found) == ("weapons",)
    assert matched("kys", found) == ()
    assert matched("An evil and nasty site. The bridge!", found) == ("local", "online")
    assert matched("evil game server", found) == ()
    assert [each.title for each in found.topics if each.id in {"weapons", "online", "local"}] == [
        "Weapons, or harm to others",
        "Online",
        "local",
    ]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- a", "own.yaml:1: This is no list of topics."),
        ("weapons: [a]", "own.yaml:1: 'weapons' is no topic."),
        ("weapons:\n  phrase: [knife]", "own.yaml:2: The topic 'weapons' has an unknown key 'phrase'."),
        ("weapons:\n  phrases:\n    - ab", "own.yaml:3: 'ab' is so short"),
        ("weapons:\n  phrases: ['?!']", "own.yaml:2: '?!' has no word in it."),
        ("weapons:\n  phrases: ['... knife']", "own.yaml:2: '... knife' begins or ends with a gap."),
        (f"weapons:\n  phrases: ['{'a' * 40}*']", "has a word that is too long."),
        ("weapons: [", "own.yaml:1: This is not YAML"),
    ],
)
def test_what_is_wrong_in_it_is_told_with_its_line_and_ours_is_used(tmp_path: Path, text: str, what: str) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(text, "utf-8")
    phrases, problems = own_phrases(file)
    assert phrases == SHIPPED
    assert what in problems[0].told()
    assert problems[0].remedy


def test_a_file_that_is_not_there_and_one_that_is_good(tmp_path: Path) -> None:
    assert own_phrases(None) == (SHIPPED, ())
    assert own_phrases(tmp_path / "none.yaml")[1]
    (tmp_path / "own.yaml").write_text("local:\n  phrases: [the bridge]\n", "utf-8")
    phrases, problems = own_phrases(tmp_path / "own.yaml")
    assert (matched("the bridge", phrases), problems) == (("local",), ())


def test_a_broken_list_of_ours_is_a_programmers_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    problems = (Problem("ours.yaml", 3, "It is broken.", "Mend it."),)
    monkeypatch.setattr("conversations.safety_file.read_phrases", lambda *_: problems)
    monkeypatch.setattr("conversations.help_lines.read_help_lines", lambda *_: problems)
    for shipped in (shipped_phrases, shipped_help_lines):
        with pytest.raises(ValueError, match=r"ours.yaml:3: It is broken."):
            shipped()


def test_a_figure_shows_what_the_list_misses_and_what_it_hits_wrongly() -> None:
    found = own("local:\n  phrases: [the bridge]\n  hits: [the river]\n  misses: [I like the bridge]\n")
    (local,) = (each for each in figures(found) if each.topic == "local")
    assert (local.missed, local.near_hit, local.is_good) == (("the river",), ("I like the bridge",), False)
