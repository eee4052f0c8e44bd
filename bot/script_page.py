"""A page on which a co-design group reads a script as a person sees it, beside what the check found. Loads nothing."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Final, TypeAlias

from conversations import pictures
from conversations.findings import Finding, Severity, Spot
from conversations.glossary import hard_words_in
from conversations.looking_over import LookedOver
from conversations.plain import filled
from conversations.reach import Named, named_steps, said_in
from conversations.script import Card, Flow, Option, Picture, Repeat, Tell, Way

Draw: TypeAlias = Callable[[str], str | None]

_STYLE: Final = """
:root{color-scheme:light}
body{margin:0 auto;padding:1rem;max-width:46rem;background:#fff;color:#1d2733;
font:1.06rem/1.5 'Noto Sans',Verdana,Arial,sans-serif;overflow-wrap:anywhere}
h1,h2{line-height:1.2;color:#1f5a73}h2{margin-top:2.5rem;border-top:3px solid #1f5a73;padding-top:.6rem}
h3{margin:2rem 0 .4rem;font-size:1.15rem}h4{margin:1.6rem 0 .4rem;font-size:1rem;color:#4a5766}
.card{border:1px solid #1f5a73;border-radius:.7rem;padding:.8rem 1rem;background:#f3f7f8}
.card p{margin:.4rem 0}.card>img{float:inline-end;width:4.5rem;height:4.5rem;background:#fff;border-radius:.5rem}
ul.options{list-style:none;margin:.8rem 0 0;padding:0;clear:both}
ul.options li{display:flex;gap:.6rem;align-items:center;
border:1px solid #4a5766;border-radius:.5rem;background:#fff;padding:.3rem .6rem;margin:.3rem 0}
ul.options img{width:2rem;height:2rem}small,.quiet{color:#4a5766}
.found{border-inline-start:.4rem solid #8a1c1c;background:#fdf3f2;padding:.5rem .8rem;margin:.5rem 0}
.found.warning{border-color:#7a5200;background:#fdf8ec}.found p{margin:.1rem 0}
.fine{color:#1c5c33}
details{margin:.6rem 0}summary{cursor:pointer;min-height:1.6rem}
"""
_SAFE: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_MARKS: Final = {Severity.FINDING: "▲ Mend", Severity.WARNING: "○ Look again"}
_WAYS: Final = {Way.SHORT: "Only in the short way.", Way.FULL: "Only in the full way."}


def script_page(looked: Iterable[LookedOver], draw: Draw) -> str:
    """One whole HTML page about these files. It has no script and asks nothing of any other computer.

    `draw` gives a picture's SVG by its name, and None where there is none.
    """
    body = "\n".join(part for each in looked for part in _file(each, draw))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
        f"<title>What the questions look like</title><style>{_STYLE}</style></head>\n<body><main>\n"
        "<h1>What the questions look like</h1>\n"
        "<p>Read each card aloud. Is it clear? Is anything missing? You decide, not the check.</p>\n"
        f"{body}\n<p class=quiet>{_text(pictures.ATTRIBUTION)}</p></main></body></html>\n"
    )


def _file(looked: LookedOver, draw: Draw) -> Iterator[str]:
    title = looked.flow.title if looked.flow else looked.file
    yield f"<h2>{_text(title)}</h2><p class=quiet>{_text(looked.file)}</p>"
    if looked.figures:
        yield f"<p>{_text(looked.figures.told())}</p>"
    if not looked.found:
        yield "<p class=fine>✓ Nothing to mend.</p>"
    yield from (_found(each) for each in looked.found if each.place.spot is not Spot.STEP)
    if looked.flow:
        yield from _steps(looked.flow, looked.found, draw)


def _steps(flow: Flow, found: tuple[Finding, ...], draw: Draw) -> Iterator[str]:
    steps = {named.step.id: named for named in named_steps(flow)}
    for part in flow.parts:
        yield f"<h3>{_text(part.title or 'Before the first question')}</h3>"
        for step in part.steps:
            for each in (step, *(step.steps if isinstance(step, Repeat) else ())):
                yield _step(flow, steps[each.id], draw)
                yield from (_found(one) for one in found if _is_about(one, each.id))


def _is_about(finding: Finding, step: str) -> bool:
    return finding.place.spot is Spot.STEP and finding.place.name == step


def _step(flow: Flow, named: Named, draw: Draw) -> str:
    step = named.step
    texts = step.pick if isinstance(step, Repeat) else step.texts
    picture = "" if isinstance(step, Repeat) else _image(step.picture, draw)
    things: tuple[Option, ...] | tuple[Card, ...] = (*getattr(step, "options", ()), *getattr(step, "cards", ()))
    shown = "".join(f"<p>{_text(filled(each))}</p>" for each in texts)
    options = "".join(_option(each, draw) for each in things)
    listed = f"<ul class=options>{options}</ul>" if options else ""
    return (
        f"<h4>{_text(step.id)}</h4><div class=card>{picture}{shown}{_ideas(named)}{listed}</div>{_below(flow, named)}"
    )


def _ideas(named: Named) -> str:
    ideas = named.step.prompts if isinstance(named.step, Tell) else ()
    return "".join(f"<p class=quiet>• {_text(filled(each))}</p>" for each in ideas)


def _option(thing: Option | Card, draw: Draw) -> str:
    return f"<li>{_image(thing.picture, draw)}<span>{_text(thing.emoji)} {_text(thing.label)}</span></li>"


def _below(flow: Flow, named: Named) -> str:
    """Easier words, the glossary, and when it is asked."""
    step = named.step
    easier = () if isinstance(step, Repeat) else step.explain
    hard = hard_words_in("\n".join(said_in(named)), tuple(flow.glossary))
    lines = [*(filled(each) for each in easier), *(flow.glossary[word] for word in hard)]
    more = "".join(f"<p>{_text(each)}</p>" for each in lines)
    told = f"<details><summary>Explain</summary>{more}</details>" if more else ""
    notes = [_WAYS[way] for way in step.ways if len(step.ways) == 1]
    notes += ["Only after some answers."] if step.when else []
    notes += ["Once for each thing on the list."] if named.inside else []
    return told + (f"<p><small>{' '.join(notes)}</small></p>" if notes else "")


def _found(each: Finding) -> str:
    line = f", line {each.place.line}" if each.place.line else ""
    return (
        f"<div class='found {each.severity}'><p><strong>{_MARKS[each.severity]}</strong> "
        f"<small>{_text(each.where)}{line} ({each.kind})</small></p>"
        f"<p>{_text(each.what)}</p><p>{_text(each.remedy)}</p></div>"
    )


def _image(picture: Picture | None, draw: Draw) -> str:
    svg = draw(picture.name) if picture else None
    if picture is None or svg is None:
        return ""
    return f'<img alt="{_text(picture.alt)}" src="data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}">'


def _text(text: str) -> str:
    return escape(text).replace("\n", "<br>")
