"""The page that opens the gallery: groups, each board in a frame as wide as a phone, and every document's pages."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import Final

from bot.documents.fonts import is_right_to_left
from conversations.pictures import ATTRIBUTION
from docs.gallery.documents import Document
from docs.gallery.drawn import Hung, Image
from docs.gallery.plan import Drawing

_SAFE: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:"
_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1d2733;--quiet:#4a5766;--page:#fff;
--ground:#e6edf0;--line:#5f7182;--accent:#1f5a73}
@media (prefers-color-scheme:dark){
:root{--ink:#eef2f5;--quiet:#b9c5cf;--page:#141b22;--ground:#232d37;--line:#8496a8;--accent:#8fd3ee}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.05rem/1.5 'Noto Sans',Verdana,Arial,sans-serif}
header,main,footer{padding:1rem 1.25rem;max-width:100rem;margin:0 auto}
h1,h2{line-height:1.2;color:var(--accent)}h2{border-top:3px solid var(--accent);padding-top:.8rem;margin-top:3rem}
a{color:var(--accent)}a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
nav ul{columns:20rem;padding-inline-start:1.2rem}nav li{break-inside:avoid;margin:.25rem 0}
.hung{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}
figure{margin:0}figcaption{font-size:.95rem;color:var(--quiet);overflow-wrap:anywhere;margin-bottom:.4rem}
.phone{width:360px;max-width:100%}
.phone>.screen{border:1px solid var(--line);border-radius:14px;overflow:hidden;background:var(--ground)}
.phone img,.sheet img{display:block;width:100%;height:auto}
.said{padding:.5rem .7rem}.said p{margin:.4rem 0;white-space:pre-line}
.keys{list-style:none;margin:.5rem 0 0;padding:0;display:flex;flex-wrap:wrap;gap:.3rem}
.keys li{flex:1 1 45%;border:1px solid var(--line);border-radius:8px;padding:.25rem .5rem;text-align:center;
background:var(--page)}
.sheet{width:24rem;max-width:100%}.sheet img{border:1px solid var(--line);background:#fff}
summary{cursor:pointer;min-height:1.6rem;color:var(--accent)}
"""
_LOOKS: Final = {
    "light-6-choices": "light, six choices",
    "cream-4-choices": "cream, four choices",
    "dark-3-choices": "dark, three choices",
    "right-to-left-6-choices": "right to left, six choices (the Urdu is a draft)",
}
_SHELVES: Final = {
    "letters": "Letters",
    "pages": "One-page profiles",
    "digests": "Digests",
    "paper": "Questions on paper",
}


def page(hung: Hung) -> str:
    """The whole page. It has no script and asks nothing of any other computer."""
    groups = [*_walls(hung), *_shelves(hung)]
    links = "\n".join(f'<li><a href="#{name}">{escape(title)}</a></li>' for name, title, _ in groups)
    walls = "\n".join(
        f'<section aria-labelledby="{name}"><h2 id="{name}">{escape(title)}</h2>{body}</section>'
        for name, title, body in groups
    )
    return (
        '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">'
        f"<title>Firsthand: all that a person is shown</title><style>{_STYLE}</style></head>\n<body>\n"
        "<header><h1>All that a person is shown</h1>"
        "<p>Each board stands in a frame as wide as a small phone (360 pixels). "
        "Below it are the words and the buttons that go with it. All people are made up.</p>"
        f'<nav aria-label="Groups"><ul>\n{links}\n</ul></nav></header>\n<main>\n{walls}\n</main>\n'
        f"<footer><p>{escape(ATTRIBUTION)}</p></footer>\n</body></html>\n"
    )


def _walls(hung: Hung) -> Iterator[tuple[str, str, str]]:
    for folder, found in groupby(hung.drawings, lambda each: each[0].folder):
        kind, script, look = folder.split("-", 2)
        title = f"{kind.capitalize()} of {script.replace('_', ' ')}: {_LOOKS[look]}"
        yield folder, title, f"<div class=hung>{''.join(_phone(*each) for each in found)}</div>"


def _phone(drawing: Drawing, image: Image) -> str:
    shown = drawing.shown
    said = "".join(f"<p>{_words(text)}</p>" for text in shown.texts)
    keys = "".join(f"<li>{_words(label)}</li>" for label in shown.buttons)
    below = f"<div class=said dir=auto>{said}{f'<ul class=keys>{keys}</ul>' if keys else ''}</div>"
    body = f"{_image(image, shown.art.rtl)}{below if said or keys else ''}"
    language = f' lang="{drawing.language}" dir="rtl"' if shown.art.rtl else ""
    return (
        f"<figure class=phone><figcaption>{escape(shown.name)}</figcaption>"
        f"<div class=screen{language}>{body}</div></figure>\n"
    )


def _shelves(hung: Hung) -> Iterator[tuple[str, str, str]]:
    for folder, found in groupby(hung.documents, lambda each: each[0].folder):
        yield folder, _SHELVES[folder], "\n".join(_document(*each) for each in found)


def _document(document: Document, file: str, pages: tuple[Image, ...]) -> str:
    sheets = "".join(f"<figure class=sheet>{_image(each, is_right_to_left(each.alt))}</figure>" for each in pages)
    return f'<h3>{escape(document.title)}</h3><p><a href="{file}">{escape(file)}</a></p><div class=hung>{sheets}</div>'


def _image(image: Image, rtl: bool) -> str:  # noqa: FBT001 - a direction, called here alone
    way = ' dir="rtl"' if rtl else ""
    return (
        f'<a href="{image.file}"><img loading=lazy decoding=async width={image.width} height={image.height}'
        f'{way} src="{image.file}" alt="{escape(image.alt)}"></a>'
    )


def _words(text: str) -> str:
    return f"<bdi>{escape(text)}</bdi>"
