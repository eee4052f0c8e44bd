"""Read one step of a script, with its options or cards, into its frozen value."""

from __future__ import annotations

import re
from typing import TypedDict

from conversations.fields import Fields
from conversations.links import KINDS, RESERVED, Links, Seen
from conversations.placeholders import ANYWHERE, IN_SORT, fault
from conversations.problems import nearest
from conversations.reading import Scalar
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Condition,
    Does,
    Feeds,
    Heading,
    Option,
    Pathway,
    Picture,
    PlainStep,
    Records,
    Say,
    Sort,
    Tell,
    Way,
)

MAX_OPTIONS = 40
LABEL_LETTERS = 24
LABEL_WORDS = 4
REFUSAL_LETTERS = 40

_COMMON = (
    *("text", "explain", "picture", "alt", "heading", "sections", "pathway"),
    *("when", "ways", "records", "safety"),
)
_OWN = {
    "say": (),
    "choose_one": ("options",),
    "choose_many": ("options", "at_most"),
    "sort": ("cards",),
    "tell": ("prompts",),
}
_SECTIONS = re.compile(r"[A-K]{0,11}")
_NO_EMOJI = re.compile(r"[A-Za-z0-9\s]")


class Base(TypedDict):
    """What every step has, ready for its constructor."""

    id: str
    texts: tuple[str, ...]
    explain: tuple[str, ...]
    picture: Picture | None
    feeds: Feeds
    when: tuple[Condition, ...]
    ways: frozenset[Way]
    records: Records | None
    safety: bool


def kind_of(fields: Fields) -> str | None:
    """Which kind of step this is; None, with the problem noted, when it is none or two."""
    keys = [key.value for key, _ in fields.node.values]
    kinds = [key for key in keys if key in KINDS]
    if len(kinds) == 1:
        return kinds[0]
    if kinds:
        fields.report.add(fields.line, f"A step is both '{kinds[0]}' and '{kinds[1]}'.", "Make two steps of it.")
        return None
    fields.report.add(fields.line, "A step has no kind.", f"Begin it with one of: {', '.join(KINDS)}, and its id.")
    return None


def read_step(fields: Fields, links: Links, allowed: frozenset[str] = ANYWHERE) -> PlainStep | None:
    """One step that is no repeat. `allowed` are the placeholders its words may hold."""
    kind = kind_of(fields)
    if kind is None:
        return None
    if kind == "repeat":
        fields.report.add(fields.line, "A repeat stands inside a repeat.", "Put it behind the other one.")
        return None
    fields.allow(kind, *_COMMON, *_OWN[kind])
    if kind == "sort":
        allowed = allowed | IN_SORT
    base = _base(fields, kind, links, allowed)
    return _finish(fields, kind, base, links)


def _finish(fields: Fields, kind: str, base: Base, links: Links) -> PlainStep:
    if kind == "say":
        links.add(base["id"], Seen(fields.line, kind, inside=links.inside))
        return Say(**base)
    if kind == "tell":
        links.add(base["id"], Seen(fields.line, kind, inside=links.inside))
        return Tell(**base, prompts=sentences(fields, "prompts", ANYWHERE))
    if kind == "sort":
        cards = _cards(fields, base["ways"], links.point_ids())
        if not links.scale:
            fields.report.add(fields.line, "There is no scale to sort on.", "Add 'scale:' at the top of the script.")
        ids = frozenset(card.id for card in cards)
        links.add(base["id"], Seen(fields.line, kind, links.point_ids(), ids, links.inside))
        return Sort(**base, cards=cards)
    options = read_options(fields, links.scale)
    links.add(base["id"], Seen(fields.line, kind, frozenset(option.id for option in options), inside=links.inside))
    if kind == "choose_one":
        return ChooseOne(**base, options=options)
    at_most = fields.whole("at_most", default=1) if fields.get("at_most") else 0
    return ChooseMany(**base, options=options, at_most=at_most)


def _base(fields: Fields, kind: str, links: Links, allowed: frozenset[str]) -> Base:
    return Base(
        id=fields.id(kind),
        texts=sentences(fields, "text", allowed, required=True),
        explain=sentences(fields, "explain", allowed),
        picture=_picture(fields),
        feeds=Feeds(
            heading=fields.one_of("heading", Heading),
            sections=_sections(fields),
            pathway=fields.one_of("pathway", Pathway) or Pathway.OTHER,
        ),
        when=links.conditions(fields),
        ways=fields.some_of("ways", Way),
        records=fields.one_of("records", Records),
        safety=fields.flag("safety"),
    )


def sentences(fields: Fields, key: str, allowed: frozenset[str], *, required: bool = False) -> tuple[str, ...]:
    """Texts for a person, with their placeholders checked."""
    read = fields.texts(key, required=required)
    for line, text in read:
        if wrong := fault(text, allowed):
            fields.report.add(line, wrong, f"Allowed here: {', '.join(sorted(allowed))}.")
    return tuple(text for _, text in read)


def _sections(fields: Fields) -> str:
    value = fields.text("sections", required=False)
    if not _SECTIONS.fullmatch(value) or len(set(value)) != len(value):
        fields.report.add(
            fields.line, f"'{value}' are no sections of a plan.", "Use letters A to K, for instance 'BE'."
        )
    return value


def _picture(fields: Fields) -> Picture | None:
    name = fields.text("picture", required=False)
    alt = fields.text("alt", required=False)
    if name and alt:
        return Picture(name, alt)
    if name or alt:
        missing = "alt" if name else "picture"
        fields.report.add(
            fields.line, f"{fields.what} has no '{missing}'.", "A picture needs its name and its alt text."
        )
    return None


def read_options(fields: Fields, scale: tuple[Option, ...], key: str = "options") -> tuple[Option, ...]:
    """The options of a step. The word `scale` stands for the points of the script's scale."""
    node = fields.get(key)
    if isinstance(node, Scalar) and node.value == "scale" and scale:
        return scale
    options = tuple(_option(each) for each in fields.each(key, "An option"))
    if len(options) > MAX_OPTIONS:
        fields.report.add(fields.line, f"There are {len(options)} options.", f"Keep at most {MAX_OPTIONS}.")
    _once(fields, [option.id for option in options])
    return options


def _option(fields: Fields) -> Option:
    fields.allow("id", "label", "emoji", "picture", "alt", "does", "pathway", "alert")
    does = fields.one_of("does", Does)
    return Option(
        id=_free_id(fields),
        label=_label(fields, free=does is Does.DECLINE),
        emoji=_emoji(fields),
        picture=_picture(fields),
        does=does,
        pathway=fields.one_of("pathway", Pathway),
        alert=_alert(fields, does),
    )


def _alert(fields: Fields, does: Does | None) -> bool:
    """Whether the safeguarding team is told when this is chosen. What is no answer by itself cannot be chosen."""
    alert = fields.flag("alert")
    if alert and does is not None:
        fields.report.add(fields.line, "An option that 'does' something raises no alert.", "Take one of the two out.")
    return alert


def _cards(fields: Fields, ways: frozenset[Way], points: frozenset[str]) -> tuple[Card, ...]:
    cards = tuple(_card(each, points) for each in fields.each("cards", "A card"))
    if len(cards) > MAX_OPTIONS:
        fields.report.add(fields.line, f"There are {len(cards)} cards.", f"Keep at most {MAX_OPTIONS}.")
    _once(fields, [card.id for card in cards])
    for way in sorted(ways):
        if cards and not any(way in card.ways for card in cards):
            fields.report.add(
                fields.line, f"No card is left in the {way} way.", f"Leave {way} out of the step's 'ways'."
            )
    return cards


def _card(fields: Fields, points: frozenset[str]) -> Card:
    fields.allow("id", "label", "emoji", "picture", "alt", "ways", "safety", "pathway", "alert")
    return Card(
        id=_free_id(fields),
        label=_label(fields),
        emoji=_emoji(fields),
        picture=_picture(fields),
        ways=fields.some_of("ways", Way),
        safety=fields.flag("safety"),
        pathway=fields.one_of("pathway", Pathway),
        alert=_points(fields, points),
    )


def _points(fields: Fields, points: frozenset[str]) -> frozenset[str]:
    """The points of the scale at which a card raises an alert. Only a matter of safety does (decision 6)."""
    read = fields.texts("alert")
    for line, value in read:
        if value not in points:
            fields.report.add(line, f"'{value}' is no point of the scale.", nearest(value, points))
    if read and not fields.flag("safety"):
        fields.report.add(fields.line, "A card with 'alert' is no matter of safety.", "Add 'safety: true'.")
    return frozenset(value for _, value in read)


def _free_id(fields: Fields) -> str:
    value = fields.id()
    if value in RESERVED:
        fields.report.add(fields.line, f"The id '{value}' is used by the controls.", "Choose another id.")
    return value


def _label(fields: Fields, *, free: bool = False) -> str:
    """A button's words. A refusal (`free`) may be a whole sentence: saying no must not be harder to read."""
    label = fields.text("label")
    letters, words = (REFUSAL_LETTERS, REFUSAL_LETTERS) if free else (LABEL_LETTERS, LABEL_WORDS)
    if len(label) > letters or len(label.split()) > words or "\n" in label:
        remedy = f"Use at most {letters} letters." if free else f"Use at most {letters} letters and {words} words."
        fields.report.add(fields.line, f"The label '{label}' is too long.", remedy)
    if fault(label, frozenset()):
        fields.report.add(fields.line, f"The label '{label}' has a brace.", "A label holds no placeholders.")
    return label


def _emoji(fields: Fields) -> str:
    value = fields.text("emoji", required=False)
    if len(value) > 16 or _NO_EMOJI.search(value):
        fields.report.add(fields.line, f"'{value}' is no emoji.", "Use one emoji or sign, without letters.")
    return value


def _once(fields: Fields, ids: list[str]) -> None:
    for value in sorted({each for each in ids if each and ids.count(each) > 1}):
        fields.report.add(fields.line, f"The id '{value}' is there twice in one step.", "Give one another id.")
