"""Read a script file into a `Flow`, or say everything that is wrong with it. Never half a script."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from conversations.fields import Fields, whole
from conversations.glossary import glossary_in
from conversations.links import Links, Seen, step_ids
from conversations.placeholders import ANYWHERE, IN_PICK, IN_QUOTES, IN_REPEAT
from conversations.problems import Problem, Report
from conversations.reading import Node, Pairs, Scalar, parse
from conversations.script import Flow, Part, PlainStep, Repeat, Role, Say, Sorted, Source, Step, Way
from conversations.steps import kind_of, read_options, read_step, sentences


def read(
    text: str, name: str, words: Mapping[str, str], glossary: Mapping[str, str] = MappingProxyType({})
) -> Flow | tuple[Problem, ...]:
    """The script in `text`, or every problem in it. `name` is the file's name, `words` go into `Flow.words`.

    The script's own glossary goes before `glossary`.
    """
    report = Report(name)
    root = parse(text, report)
    if root is not None and not isinstance(root, Pairs):
        report.add(root.line, "This is no script.", "Begin with 'id:', 'version:', 'role:', 'title:' and 'parts:'.")
    flow = _flow(Fields(root, report, "The script"), words, glossary) if isinstance(root, Pairs) else None
    if flow is None or report.problems:
        return report.all()
    return flow


def _flow(fields: Fields, words: Mapping[str, str], glossary: Mapping[str, str]) -> Flow:
    fields.allow("id", "version", "role", "title", "glossary", "scale", "parts")
    scale = read_options(fields, (), "scale") if fields.get("scale") else ()
    links = Links(fields.report, step_ids(fields.node), scale)
    return Flow(
        id=fields.id(),
        version=fields.whole("version"),
        role=fields.one_of("role", Role, required=True) or Role.YOUNG_PERSON,
        title=fields.text("title"),
        scale=scale,
        parts=_parts(fields, links),
        words=words,
        glossary={**glossary, **_glossary(fields)},
    )


def _glossary(fields: Fields) -> dict[str, str]:
    node = fields.get("glossary")
    if isinstance(node, Pairs):
        return glossary_in(node, fields.report)
    if node is not None:
        fields.report.add(node.line, "'glossary' must have keys.", "Write one 'word: sentence' in each line.")
    return {}


def _parts(fields: Fields, links: Links) -> tuple[Part, ...]:
    read_parts: list[Part] = []
    for each in fields.each("parts", "A part"):
        part = _part(each, links)
        if not read_parts and not part.opening:
            each.report.add(each.line, "The first part is no opening.", "Add 'opening: true' to the first part.")
        if read_parts and part.opening:
            each.report.add(each.line, "A later part is an opening.", "Only the first part may have 'opening: true'.")
        if part.id in {earlier.id for earlier in read_parts}:
            each.report.add(each.line, f"Another part has the id '{part.id}'.", "Give each part its own id.")
        read_parts.append(part)
    if read_parts and not any(_asks(step) for part in read_parts if not part.opening for step in part.steps):
        fields.report.add(fields.line, "The script asks nothing.", "Add a part with a question after the opening.")
    return tuple(read_parts)


def _asks(step: Step) -> bool:
    inner = step.steps if isinstance(step, Repeat) else (step,)
    return any(not isinstance(each, Say) for each in inner)


def _part(fields: Fields, links: Links) -> Part:
    fields.allow("id", "title", "opening", "steps")
    opening = fields.flag("opening")
    read_steps = [_step(each, links) for each in fields.each("steps", "A step")]
    return Part(
        id=fields.id(),
        title=fields.text("title", required=not opening),
        steps=tuple(step for step in read_steps if step is not None),
        opening=opening,
    )


def _step(fields: Fields, links: Links) -> Step | None:
    names = [key.value for key, _ in fields.node.values]
    if "repeat" in names and kind_of(fields) == "repeat":
        return _repeat(fields, links)
    return read_step(fields, links)


def _repeat(fields: Fields, links: Links) -> Repeat:
    fields.allow("repeat", "over", "at_most", "pick", "steps", "when", "ways")
    name = fields.id("repeat")
    over = _over(fields, links)
    when = links.conditions(fields)
    links.add(name, Seen(fields.line, "repeat"))
    links.inside = name
    allowed = IN_QUOTES if isinstance(over, Source) else IN_REPEAT
    steps = _inner(fields, links, allowed)
    links.inside = ""
    return Repeat(
        id=name,
        over=over,
        at_most=_at_most(fields),
        pick=sentences(fields, "pick", IN_PICK, required=True),
        steps=steps,
        when=when,
        ways=fields.some_of("ways", Way),
    )


def _inner(fields: Fields, links: Links, allowed: frozenset[str]) -> tuple[PlainStep, ...]:
    steps = [read_step(each, links, allowed | ANYWHERE) for each in fields.each("steps", "A step")]
    return tuple(step for step in steps if step is not None)


def _over(fields: Fields, links: Links) -> Sorted | Source:
    node = fields.need("over")
    if isinstance(node, Scalar):
        return fields.one_of("over", Source) or Source.GOALS
    if not isinstance(node, Pairs):
        _wrong_list(node, "over", "plan_lines, goals, or {sort: ..., point: ...}", fields.report)
        return Source.GOALS
    inner = Fields(node, fields.report, "'over'")
    inner.allow("sort", "point")
    step, point = inner.text("sort"), inner.text("point")
    seen = links.find(step, inner.line) if step else None
    if seen is not None and seen.kind != "sort":
        fields.report.add(inner.line, f"'{step}' is no sort step.", "Name a step whose cards are sorted.")
    if point and point not in links.point_ids():
        known = ", ".join(sorted(links.point_ids()))
        fields.report.add(inner.line, f"'{point}' is no point of the scale.", f"Use one of: {known}.")
    return Sorted(step, point)


def _at_most(fields: Fields) -> Mapping[Way, int]:
    node = fields.need("at_most")
    if isinstance(node, Scalar):
        most = whole(node, "at_most", fields.report)
        return dict.fromkeys(Way, most)
    if not isinstance(node, Pairs):
        _wrong_list(node, "at_most", "a number, or {full: 3, short: 1}", fields.report)
        return dict.fromkeys(Way, 1)
    inner = Fields(node, fields.report, "'at_most'")
    inner.allow(*Way)
    return {way: inner.whole(way) for way in Way}


def _wrong_list(node: Node | None, key: str, instead: str, report: Report) -> None:
    if node is not None:
        report.add(node.line, f"'{key}' must not be a list.", f"Write {instead}.")
