"""What people can ask for at any time: /privacy, /rights and /who. A short card, and topics that open one by one. Pure.

The sentences stand in `said/cards.yaml`. What is told of the law: Children and Families Act 2014, sections 19 (views
and taking part), 30 (the Local Offer), 32 (advice and information, for young people and for parents apart), 51 (appeal)
and 52 to 56 (mediation), with the Special Educational Needs and Disability Regulations 2014, regulation 20 (the review
and the council's decision). After compulsory school age these rights are the young person's. No time limit is named
here: the advice service knows the present ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import resources
from string import Formatter
from types import MappingProxyType
from typing import Final

from conversations.art import Board, Tile
from conversations.buttons import in_rows
from conversations.directions import isolated
from conversations.effects import Button, Reply
from conversations.emojis import unadorned
from conversations.languages import ENGLISH, Language
from conversations.local_links import Local, Place
from conversations.profile import Look
from conversations.retelling import Kind
from conversations.said_files import said as catalogue_of
from conversations.script import Picture, Role
from conversations.wording import shortened

PREFIX: Final = "card:"
CARDS_FILE: Final = "cards.yaml"
ON_A_PAGE: Final = 6
"""Topics on one page (decision 16)."""
_BOARD_LETTERS: Final = 220


class Card(StrEnum):
    """What can be asked for."""

    PRIVACY = "privacy"
    RIGHTS = "rights"
    WHO = "who"


@dataclass(frozen=True, slots=True)
class Topic:
    """One idea. `local` is the service of which the deployer's file may tell more."""

    id: str
    picture: str
    local: Local | None = None


TOPICS: Final[Mapping[Card, tuple[Topic, ...]]] = MappingProxyType(
    {
        Card.PRIVACY: (
            Topic("bot", "1F916"),
            Topic("kept", "1F512"),
            Topic("secret", "1F6E1"),
            Topic("telegram", "1F4F1"),
            Topic("ways", "1F4AC"),
            Topic("stop", "1F4F5"),
        ),
        Card.WHO: (
            Topic("pack", "1F4C4"),
            Topic("when", "1F4C5"),
            Topic("family", "1F46A"),
            Topic("only", "1F648"),
            Topic("went", "1F4E8"),
            Topic("safety", "1F6E1"),
        ),
        Card.RIGHTS: (
            Topic("review", "1F4CB"),
            Topic("say", "1F5E3"),
            Topic("plan", "1F4DD"),
            Topic("appeal", "2696"),
            Topic("mediation", "1F91D", Local.MEDIATION),
            Topic("advocacy", "1F4AC", Local.ADVOCACY),
            Topic("advice", "1F4A1", Local.ADVICE),
            Topic("offer", "1F5FA", Local.LOCAL_OFFER),
            Topic("data", "1F5C2"),
            Topic("complain", "1F4E3", Local.COMPLAINTS),
        ),
    }
)
_FRONT_PICTURES: Final = {Card.PRIVACY: "1F512", Card.RIGHTS: "2696", Card.WHO: "1F440"}
STOP: Final = "stop"
"""The topic that takes back the agreement to use Telegram; only for somebody who is in."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a card. `role` None: somebody who is not in, who is told nothing of any review.

    `values` fill in names and dates; a topic that needs one that is not there is left out. `about` stands above the
    words where a chat has more than one review. `look` None: words alone.
    """

    texts: Mapping[str, str] = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    role: Role | None = None
    places: Mapping[Local, Place] = field(default_factory=dict, repr=False)
    notice: str = ""
    more: str = ""
    about: str = field(default="", repr=False)
    look: Look | None = None
    emoji: bool = True
    rtl: bool = False


def read_cards(language: Language = ENGLISH) -> Mapping[str, str]:
    """The shipped sentences of the cards in this language, read now; what is not translated stands in English."""
    return MappingProxyType({key: language.say(Kind.LINE, text, key) for key, text in card_lines().items()})


def card_lines() -> dict[str, str]:
    """The shipped sentences of the cards by key, in English, read now."""
    text = resources.files("conversations").joinpath("said", CARDS_FILE).read_text("utf-8")
    raw: dict[str, str] = catalogue_of(text)
    return {key: words.strip() for key, words in raw.items()}


def front(reader: Reader, card: Card, page: int = 0, extra: Iterable[Button] = ()) -> Reply:
    """The short first card with a button for each topic of this page; `extra` are buttons of the caller's own."""
    topics = topics_for(reader, card)
    last = max(0, len(topics) - 1) // ON_A_PAGE
    page = page if 0 <= page <= last else 0
    shown = topics[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    buttons = [Button(_said(reader, _key(reader, card, each.id, "_button")), _code(reader, card, each.id))
               for each in shown]  # fmt: skip
    rows = in_rows(buttons)
    if last:
        rows = (*rows, (Button(reader.more, _code(reader, card, f"+{(page + 1) % (last + 1)}")),))
    rows = (*rows, *((each,) for each in extra))
    tiles = tuple(Tile(unadorned(button.label), Picture(topic.picture, ""))
                  for topic, button in zip(shown, buttons, strict=True))  # fmt: skip
    return _reply(reader, _front_key(reader, card), _FRONT_PICTURES[card], rows, tiles)


def opened(reader: Reader, card: Card, name: str, buttons: Iterable[Button] = ()) -> Reply | None:
    """One topic, in place of the card; None where it is none of this reader's. `buttons` come before the way back."""
    topic = next((each for each in topics_for(reader, card) if each.id == name), None)
    if topic is None:
        return None
    back = Button(_said(reader, "card_back"), _code(reader, card, ""))
    rows = (*((each,) for each in buttons), (back,))
    return _reply(reader, _key(reader, card, topic.id), topic.picture, rows, (), _more(reader, card, topic))


def topics_for(reader: Reader, card: Card) -> tuple[Topic, ...]:
    """The topics that can be told to this reader: nothing with a name or a date that is not known."""
    return tuple(topic for topic in TOPICS[card] if _can_be_told(reader, card, topic))


def parsed(code: str) -> tuple[Card, str, bool] | None:
    """The card of a button, what of it (empty: the front, `+1`: a page), and whether its message has a picture."""
    manner, _, rest = code.removeprefix(PREFIX).partition(":")
    card, _, name = rest.partition(":")
    if not code.startswith(PREFIX) or manner not in {"w", "b"} or card not in set(Card):
        return None
    return Card(card), name, manner == "b"


def code_of(reader: Reader, card: Card, name: str) -> str:
    """What a button of this card sends."""
    return _code(reader, card, name)


def said(reader: Reader, key: str) -> str:
    """A sentence of the cards, filled in."""
    return _said(reader, key)


def _can_be_told(reader: Reader, card: Card, topic: Topic) -> bool:
    if topic.id == STOP and reader.role is None:
        return False
    needed = _named(reader.texts[_key(reader, card, topic.id)]) | _named(
        reader.texts[_key(reader, card, topic.id, "_button")]
    )
    return needed <= reader.values.keys()


def _named(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _key(reader: Reader, card: Card, name: str, end: str = "") -> str:
    """For a parent or carer the words that are theirs, where there are any."""
    carers = f"{card}_{name}_carer{end}"
    return carers if reader.role is Role.CARER and carers in reader.texts else f"{card}_{name}{end}"


def _front_key(reader: Reader, card: Card) -> str:
    general = f"{card}_general"
    return general if reader.role is None and general in reader.texts else card.value


def _code(reader: Reader, card: Card, name: str) -> str:
    return f"{PREFIX}{'w' if reader.look is None else 'b'}:{card}:{name}"


def _more(reader: Reader, card: Card, topic: Topic) -> list[str]:
    """What the deployer's own file says of it, or whom to ask."""
    if card is Card.PRIVACY and topic.id == "kept" and reader.notice:
        return [_said(reader, "privacy_notice", link=reader.notice)]
    if topic.local is None:
        return []
    place = reader.places.get(topic.local)
    if place is None:
        return [] if topic.local is Local.COMPLAINTS else [_said(reader, "local_nobody")]
    lines = (
        ("local_here", "name", place.name), ("local_phone", "phone", place.phone), ("local_link", "link", place.link)
    )  # fmt: skip
    return ["\n".join(_said(reader, key, **{name: value}) for key, name, value in lines if value)]


def _said(reader: Reader, key: str, **more: str) -> str:
    filled = {**reader.values, **more}
    if reader.rtl:
        filled = {name: isolated(value) for name, value in filled.items()}
    text = reader.texts[key]
    return (text if reader.emoji else unadorned(text)).format_map(filled)


def _reply(  # noqa: PLR0913, PLR0917  one message is what it shows
    reader: Reader,
    key: str,
    picture: str,
    rows: tuple[tuple[Button, ...], ...],
    tiles: tuple[Tile, ...] = (),
    more: Iterable[str] = (),
) -> Reply:
    texts = (*_said(reader, key).split("\n\n"), *more)
    return Reply(texts, rows, progress=reader.about, art=_board(reader, key, picture, texts[0], tiles))


def _board(reader: Reader, key: str, picture: str, words: str, tiles: tuple[Tile, ...]) -> Board | None:
    if reader.look is None:
        return None
    first, _, _ = reader.texts[key].partition("\n\n")
    reusable = not _named(first) and reader.role is not Role.CARER
    drawn = Picture(picture, "")
    return Board(shortened(words, _BOARD_LETTERS), drawn, tiles, look=reader.look, rtl=reader.rtl, reusable=reusable)
