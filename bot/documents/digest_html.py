"""A digest as HTML for mail: one column, everything escaped, styles inline because mail programs drop the rest."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final, assert_never

from bot.documents.digest_text import about, listed_cards
from bot.documents.layout import lay_out
from bot.documents.page import (
    Block,
    Cite,
    Column,
    Heading,
    Lines,
    Listed,
    Mat,
    Notice,
    Page,
    Pairs,
    Said,
    Table,
    Title,
)
from bot.documents.style import COLOURS
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Phrase

_INK, _QUIET, _ACCENT, _PAPER = (COLOURS[each] for each in ("ink", "quiet", "accent", "ground"))
_FRAME: Final = f"border:1px solid {_ACCENT};border-radius:6px"
_STYLES: Final = {
    "body": f"margin:0 auto;padding:20px 16px;max-width:40em;background:#ffffff;color:{_INK};"
    "font:17px/1.5 'Noto Sans',Verdana,Arial,sans-serif;overflow-wrap:anywhere",
    "title": f"margin:0;font-size:1.8em;line-height:1.2;color:{_ACCENT}",
    "under": f"margin:.2em 0;font-size:1.1em;color:{_QUIET}",
    "heading1": f"margin:2em 0 .6em;padding-top:.6em;border-top:2px solid {_ACCENT};font-size:1.35em;line-height:1.3;"
    f"color:{_ACCENT}",
    "heading2": f"margin:1.6em 0 .4em;font-size:1.12em;line-height:1.3;color:{_INK}",
    "heading3": f"margin:1.4em 0 .3em;font-size:1em;line-height:1.3;color:{_QUIET}",
    "line": "margin:.4em 0",
    "small": f"margin:.3em 0;color:{_QUIET};font-size:.95em",
    "tiny": f"margin:.3em 0;color:{_QUIET};font-size:.9em",
    "only": f"color:{_INK}",
    "list": "margin:.2em 0;padding-inline-start:1.3em",
    "pairs": "margin:1em 0",
    "label": f"margin:.5em 0 0;color:{_QUIET};font-size:.9em",
    "value": "margin:0",
    "notice": f"margin:1.2em 0;padding:.5em 14px;{_FRAME}",
    "cite": f"margin:.8em 0;padding-inline-start:12px;border-inline-start:2px solid {_QUIET};color:{_QUIET}",
    "said": "margin:1.1em 0",
    "chip": f"display:inline-block;margin:.2em .4em .2em 0;padding:.15em .7em;border:1px solid {_ACCENT};"
    "border-radius:1em",
    "words": f"margin:.4em 0;padding-inline-start:12px;border-inline-start:3px solid {_ACCENT};font-size:1.08em",
    "large": f"margin:.4em 0;padding:14px;background:{_PAPER};border-radius:6px;font-size:1.3em",
    "column": f"margin:.5em 0;padding:.4em 12px;{_FRAME}",
}


def html(digest: Digest, words: DocumentWords) -> str:
    """A whole HTML page of this copy. It loads nothing from anywhere."""
    page = lay_out(digest, words)
    return _whole(page, words, "\n".join(_block(block, words) for block in page.blocks))


def _whole(page: Page, words: DocumentWords, body: str) -> str:
    language = "en-GB" if words.language == "en" else escape(words.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{"rtl" if words.rtl else "ltr"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_clean(page.title)}</title></head>\n{_tag('body', 'body', body)}</html>\n"
    )


def _tag(name: str, style: str, *inner: str) -> str:
    """An element around finished HTML. Each takes its own direction from its first letter."""
    return f'<{name} dir="auto" style="{escape(_STYLES[style])}">{"".join(inner)}</{name}>\n'


def _clean(text: str) -> str:
    """Escaped, with what HTML cannot hold (NUL, half a surrogate pair) as the sign for a lost character."""
    held = "".join("\ufffd" if cannot_stand(sign) else sign for sign in text)
    return escape(held).replace("\n", "<br>")


def cannot_stand(sign: str) -> bool:
    """Whether neither HTML nor XML can hold this sign."""
    code = ord(sign)
    return (
        (code < 32 and sign not in "\t\n\r")
        or 0x7F <= code < 0xA0
        or 0xD800 <= code < 0xE000
        or code in {0xFFFE, 0xFFFF}
    )


def _block(block: Block, words: DocumentWords) -> str:
    match block:
        case Said():
            return _said(block, words)
        case Mat():
            columns = (_column(each, words) for each in block.columns)
            return _tag("p", "small", _clean(block.asked)) + "".join(columns) + _notes(block.notes, "", words)
        case Pairs():
            rows = (_tag("dt", "label", _clean(k)) + _tag("dd", "value", _clean(v)) for k, v in block.rows)
            return _tag("dl", "pairs", *rows)
        case Table():
            return _table(block)
        case Lines():
            return _tag("p", "small", _clean(" ".join(block.texts)))
        case Title() | Heading() | Listed() | Cite() | Notice():
            return _few(block)
        case _:
            assert_never(block)


def _few(block: Title | Heading | Listed | Cite | Notice) -> str:
    match block:
        case Title():
            return _tag("h1", "title", _clean(block.text)) + _each("p", "under", block.under)
        case Heading():
            return _tag(f"h{block.level + 1}", f"heading{block.level}", _clean(block.text))
        case Listed():
            return _tag("p", "line", _clean(block.intro)) + _tag("ul", "list", _each("li", "value", block.items))
        case Cite():
            return _tag("blockquote", "cite", _clean(block.text), "<br>", _clean(block.by))
        case Notice():
            return _tag("div", "notice", _each("p", "line", block.texts))
        case _:
            assert_never(block)


def _each(name: str, style: str, texts: Iterable[str]) -> str:
    return "".join(_tag(name, style, _clean(text)) for text in texts)


def _said(said: Said, words: DocumentWords) -> str:
    parts = [_each("p", "small", (each for each in (said.asked, about(said, words)) if each))]
    if said.chosen:
        parts.append(_tag("p", "line", _each("strong", "chip", (each.words for each in said.chosen))))
    large = "large" if said.large else "words"
    if said.words:
        parts.append(_tag("blockquote", large, _clean(words.say(Phrase.QUOTE, words=said.words))))
    named = (words.say(Phrase.SIGN, emoji=each.emoji, name=each.name) for each in said.signs)
    parts.append(_each("p", "small", named))
    parts.append(_each("blockquote", large, (words.say(Phrase.QUOTE, words=each) for each in said.heard)))
    if said.heard_by:
        parts.append(_tag("p", "small", _clean(said.heard_by)))
    if said.refusal:
        parts.append(_tag("p", "line", _clean(said.refusal)))
    return _tag("div", "said", *parts, _notes(said.notes, said.only, words))


def _notes(notes: Iterable[str], only: str, words: DocumentWords) -> str:
    said = [_clean(each) for each in notes]
    if only:
        said.append(_tag("strong", "only", _clean(only)))
    return _tag("p", "tiny", _clean(words.say(Phrase.DOT)).join(said)) if said else ""


def _table(table: Table) -> str:
    """Under each other, so that it reads well on a phone. A mail has no room to write in: empty cells are left out."""
    rows = []
    for row in table.rows:
        cells = [
            _tag("dt", "label", _clean(head)) + _tag("dd", "value", _clean(cell))
            for head, cell in zip(table.heads, row, strict=True)
            if cell
        ]
        if cells:
            rows.append(_tag("dl", "column", *cells))
    return "".join(rows) + (_tag("p", "small", _tag("strong", "only", _clean(table.mark))) if table.mark else "")


def _column(column: Column, words: DocumentWords) -> str:
    """One point of the scale: under each other, not beside, so that it reads well on a phone."""
    cards = _each("li", "value", listed_cards(column, words))
    return _tag("div", "column", _tag("strong", "value", _clean(column.head.words)), _tag("ul", "list", cards))
