"""Cards: every topic fits below a picture, is apart for young people and carers, and is never half filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from conversations import cards, pictures
from conversations.art import Board
from conversations.cards import ON_A_PAGE, STOP, TOPICS, Card, Reader, card_lines, read_cards
from conversations.effects import Button
from conversations.local_links import LONGEST, Local, Place, read_local_links
from conversations.profile import Look
from conversations.script import Role

VALUES = {
    "went": "On 3 November 2026 to Mr Okafor, by e-mail.",
    "contact": "Ms Okafor",
    "safeguarding": "Mr Lee",
    "about": "Sam",
    "reads_by": "Monday 25 January 2027",
    "date": "Monday 15 February 2027",
}
LONG = Place("n" * LONGEST["name"], "0" * LONGEST["phone"], "l" * LONGEST["link"])
YOUNG = Reader(read_cards(), VALUES, Role.YOUNG_PERSON, dict.fromkeys(Local, LONG), "https://n.example.org", "➡️ More")
CARER = replace(YOUNG, role=Role.CARER)
STRANGER = replace(YOUNG, role=None, values={"contact": "the person who invited you"}, places={}, notice="")
READERS = {"young": YOUNG, "carer": CARER, "stranger": STRANGER}
MOST_UNITS = 1024
"""What Telegram takes below a picture."""


@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("card", Card)
def test_every_topic_can_be_reached_and_led_back_from(who: str, card: Card) -> None:
    reader, topics = READERS[who], cards.topics_for(READERS[who], card)
    seen = []
    for page in range((len(topics) - 1) // ON_A_PAGE + 1):
        front = cards.front(reader, card, page)
        codes = [button.code for row in front.rows for button in row]
        more = [code for code in codes if ":+" in code]
        assert len(codes) - len(more) <= ON_A_PAGE
        assert bool(more) is (len(topics) > ON_A_PAGE)
        seen += [code for code in codes if code not in more]
    read = [cards.parsed(code) for code in seen]
    assert read == [(card, topic.id, False) for topic in topics]
    for topic in topics:
        opened = cards.opened(reader, card, topic.id)
        assert opened is not None
        assert "{" not in "".join(opened.texts)
        assert len("\n\n".join(opened.texts).encode("utf-16-le")) // 2 <= MOST_UNITS
        assert cards.parsed(opened.rows[-1][0].code) == (card, "", False)


def test_who_is_in_is_told_of_everything_and_a_stranger_of_no_review() -> None:
    for reader in (YOUNG, CARER):
        assert all(cards.topics_for(reader, card) == TOPICS[card] for card in Card)
    told = {topic.id for card in Card for topic in cards.topics_for(STRANGER, card)}
    assert told.isdisjoint({STOP, "when", "safety", "secret"})
    assert told >= {"advocacy", "advice", "appeal", "telegram", "pack"}
    assert cards.opened(STRANGER, Card.PRIVACY, STOP) is None
    assert cards.opened(YOUNG, Card.PRIVACY, "nothing") is None
    assert cards.said(CARER, "who_family_carer_button") == "👥 You and Sam"


def test_every_sentence_is_said_by_somebody() -> None:
    """A key that nobody reads would be translated for nobody."""
    used = {key for key in card_lines() if key.partition("_")[0] in {"card", "local"} or "_general" in key}
    used |= {card.value for card in Card} | {"privacy_notice", "privacy_stop_yes", "privacy_stop_done"}
    for card, topics in TOPICS.items():
        for topic in topics:
            used |= {f"{card}_{topic.id}{who}{end}" for who in ("", "_carer") for end in ("", "_button")}
    assert set(card_lines()) - used == set()


def test_a_page_that_is_not_there_is_the_first() -> None:
    first = cards.front(YOUNG, Card.RIGHTS)
    assert cards.front(YOUNG, Card.RIGHTS, 9) == first
    assert cards.front(YOUNG, Card.RIGHTS, 1) != first


def test_a_code_that_is_none_of_ours_means_nothing() -> None:
    assert cards.code_of(YOUNG, Card.WHO, "pack") == "card:w:who:pack"
    for code in ("card:x:who:pack", "card:w:what:pack", "desk:w:who:pack", "card:", ""):
        assert cards.parsed(code) is None


def test_who_likes_pictures_gets_them_and_whose_app_reads_from_the_right_is_mirrored() -> None:
    reader = replace(YOUNG, look=Look.DARK, rtl=True, emoji=False)
    shown = cards.front(reader, Card.WHO, extra=[Button("About Sam", "floor:x")])
    assert isinstance(shown.art, Board)
    assert (shown.art.look, shown.art.rtl, shown.art.reusable) == (Look.DARK, True, False)  # it names somebody
    assert shown.art.tiles[0].label == "The pack"
    assert shown.rows[-1] == (Button("About Sam", "floor:x"),)
    assert "\u2068Ms Okafor\u2069" in shown.texts[0] or "\u2066Ms Okafor\u2069" in shown.texts[0]
    assert cards.parsed(shown.rows[0][0].code) == (Card.WHO, "pack", True)
    topic = cards.opened(reader, Card.RIGHTS, "say")
    assert topic is not None
    assert isinstance(topic.art, Board)
    assert topic.art.reusable
    named = [topic.picture for topics in TOPICS.values() for topic in topics]
    assert all(pictures.exists(name) for name in named)


def test_a_topic_without_local_data_says_whom_to_ask() -> None:
    bare = replace(YOUNG, places={}, notice="")
    told = {name: cards.opened(bare, Card.RIGHTS, name) for name in ("advocacy", "mediation", "complain")}
    asks = {name for name, reply in told.items() if reply and "Ask Ms Okafor who does this" in reply.texts[-1]}
    assert asks == {"advocacy", "mediation"}
    kept = cards.opened(bare, Card.PRIVACY, "kept")
    assert kept is not None
    assert "https" not in "".join(kept.texts)


def test_local_services_are_read_and_what_is_wrong_is_told_with_its_line() -> None:
    text = """
advocacy: {name: Riverside   Advocacy, phone: "+44 (0)1632 960123", link: https://a.example.org/x}
advice: {phone: ring us, name: Advice}
local_offer: {link: https://user@a.example.org}
mediation: {link: "https://[x"}
complaints: {}
transport: {name: x}
"""
    places, problems = read_local_links(text, "local.yaml")
    assert places == {
        Local.ADVOCACY: Place("Riverside Advocacy", "+44 (0)1632 960123", "https://a.example.org/x"),
        Local.ADVICE: Place("Advice"),
    }
    assert [each.line for each in problems] == [3, 4, 5, 7]
    for wrong in ("[a]", "advice: x", "advice: {name: }", "advice: {name: [x]}", "advice: {fax: '1'}", "advice: ["):
        assert read_local_links(wrong, "local.yaml")[1]
    for link in ("http://a.example.org", "https://localhost", "https://a.example.org/x y", "https:a", "x" * 201):
        assert read_local_links(f"advice: {{link: '{link}'}}", "local.yaml")[1]
