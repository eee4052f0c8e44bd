"""In which line of its file a finding stands. Reads nodes that were parsed before; opens no file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conversations.findings import Finding, Place, Spot
from conversations.links import KINDS
from conversations.reading import Items, Node, Pairs, Scalar


def with_line(root: Node, finding: Finding) -> Finding:
    """The same finding with its line: of the words, of the option, of the step, or of the file's beginning."""
    return replace(finding, place=replace(finding.place, line=line_of(root, finding.place)))


def line_of(root: Node, place: Place) -> int:
    """The line of the smallest thing that the place names and the file has."""
    node = _thing(root, place) or root
    if place.item:
        node = _with_id(node, place.item) or _with_id(_behind(root, "scale"), place.item) or node
    if place.text:
        node = next((each for each in _scalars(node) if each.value.strip() == place.text.strip()), node)
    return node.line


def _thing(root: Node, place: Place) -> Node | None:
    match place.spot:
        case Spot.STEP:
            return next((each for each in _pairs(root) if _is_step(each, place.name)), None)
        case Spot.PART:
            return _with_id(_behind(root, "parts"), place.name)
        case Spot.SCALE:
            return _with_id(_behind(root, "scale"), place.name)
        case Spot.GLOSSARY:
            return _behind(_behind(root, "glossary"), place.name)
        case Spot.WORD:
            return _behind(root, place.name)
        case _:
            return None


def _is_step(pairs: Pairs, name: str) -> bool:
    return any(key.value in KINDS and isinstance(value, Scalar) and value.value == name for key, value in pairs.values)


def _with_id(node: Node | None, name: str) -> Node | None:
    if node is None:
        return None
    return next((each for each in _pairs(node) if getattr(_behind(each, "id"), "value", None) == name), None)


def _behind(node: Node | None, key: str) -> Node | None:
    """What stands behind a key of this node itself."""
    found = node.values if isinstance(node, Pairs) else ()
    return next((value for name, value in found if name.value == key), None)


def _pairs(node: Node) -> Iterator[Pairs]:
    """This node and everything in it that has keys, outermost first."""
    if isinstance(node, Pairs):
        yield node
    for each in _inner(node):
        yield from _pairs(each)


def _scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    for each in _inner(node):
        yield from _scalars(each)


def _inner(node: Node) -> Iterator[Node]:
    match node:
        case Items(values=values):
            yield from values
        case Pairs(values=pairs):
            yield from (value for _, value in pairs)
        case _:
            return
