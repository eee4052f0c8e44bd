"""A digest as a Word document that staff can work in: headings to jump by, real tables, room to write.

Emoji stand as signs, and words keep every sign they had: Word looks for a font of its own (decision 29).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Final, assert_never

import docx
from docx.document import Document
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.documents.digest_html import cannot_stand
from bot.documents.digest_text import about, listed_cards
from bot.documents.fonts import is_right_to_left
from bot.documents.page import Block, Cite, Heading, Lines, Listed, Mat, Notice, Page, Pairs, Said, Table, Title
from bot.documents.style import COLOURS, STAFF
from conversations.document_words import DocumentWords, Phrase

MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FONT: Final = "Arial"  # on every office computer, with plain letters
_HEADINGS: Final = {1: "head", 2: "sub", 3: "body"}


def docx_of(page: Page, words: DocumentWords) -> bytes:
    """These blocks as a Word document."""
    document = docx.Document()
    _Writer(document, words).write(page)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


class _Writer:
    def __init__(self, document: Document, words: DocumentWords) -> None:
        self._document = document
        self._words = words

    def write(self, page: Page) -> None:
        self._set_up(page)
        for block in page.blocks:
            self._block(block)

    def _set_up(self, page: Page) -> None:
        properties = self._document.core_properties
        properties.title = _clean(page.title)
        properties.author = ""
        properties.comments = ""
        properties.language = self._language
        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.2)
        _text(section.header.paragraphs[0], page.running_head)
        for name, size, colour in _STYLES:
            self._style(name, size, colour)

    @property
    def _language(self) -> str:
        return "en-GB" if self._words.language == "en" else self._words.language

    def _style(self, name: str, size: float, colour: str) -> None:
        style = self._document.styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), False
        style.font.color.rgb = RGBColor.from_string(COLOURS[colour].removeprefix("#"))
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for script in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(script), None)
        fonts.set(qn("w:cs"), _FONT)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), self._language)
        properties.append(language)
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        style.paragraph_format.space_after = Pt(6)

    def _block(self, block: Block) -> None:
        match block:
            case Title():
                self._line(block.text, "Title")
                self._lines(block.under)
            case Heading():
                self._line(block.text, f"Heading {block.level}")
            case Pairs():
                self._grid((), block.rows, bold_first=True)
            case Lines():
                self._line(" ".join(block.texts))
            case Listed():
                self._line(block.intro)
                self._lines(block.items, "List Bullet")
            case Said() | Mat() | Table() | Notice() | Cite():
                self._spoken(block)
            case _:
                assert_never(block)

    def _spoken(self, block: Said | Mat | Table | Notice | Cite) -> None:
        match block:
            case Said():
                self._said(block)
            case Mat():
                self._line(block.asked)
                heads = [column.head.words for column in block.columns]
                self._grid(heads, [["\n".join(listed_cards(column, self._words)) for column in block.columns]])
                self._lines(block.notes)
            case Table():
                self._grid(block.heads, block.rows)
                self._lines(filter(None, [block.mark]), "Strong line")
            case Notice():
                for text in block.texts:
                    self._line(text).paragraph_format.keep_with_next = True
            case Cite():
                self._lines((block.text, block.by), "Quote")
            case _:
                assert_never(block)

    def _said(self, said: Said) -> None:
        self._lines(each for each in (said.asked, about(said, self._words)) if each)
        self._lines((each.words for each in said.chosen), "List Bullet")
        for each in filter(None, (said.words, *said.heard)):
            self._line(self._words.say(Phrase.QUOTE, words=each), "Intense Quote")
        self._lines(self._words.say(Phrase.SIGN, emoji=each.emoji, name=each.name) for each in said.signs)
        notes = (*said.notes, said.only) if said.only else said.notes
        self._lines(each for each in (said.heard_by, said.refusal, self._words.say(Phrase.DOT).join(notes)) if each)

    def _grid(self, heads: Iterable[str], rows: Iterable[Iterable[str]], *, bold_first: bool = False) -> None:
        """A table; its heads, if any, stand on top of every page that it runs over."""
        head, body = list(heads), [list(row) for row in rows]
        table = self._document.add_table(rows=0, cols=len(head or body[0]), style="Table Grid")
        for number, cells in enumerate(([head] if head else []) + body):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            if head and number == 0:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            for place, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                _fill(cell, text, bold=(bool(head) and number == 0) or (bold_first and place == 0))
        self._document.add_paragraph()

    def _lines(self, texts: Iterable[str], style: str = "Normal") -> None:
        for text in texts:
            self._line(text, style)

    def _line(self, text: str, style: str = "Normal") -> Paragraph:
        strong = style == "Strong line"
        paragraph = self._document.add_paragraph(style="Normal" if strong else style)
        _text(paragraph, text, bold=strong)
        return paragraph


_STYLES: Final = (
    ("Normal", STAFF["body"], "ink"),
    ("Title", STAFF["title"], "accent"),
    *((f"Heading {level}", STAFF[size], "accent" if level == 1 else "ink") for level, size in _HEADINGS.items()),
    ("List Bullet", STAFF["body"], "ink"),
    ("Quote", STAFF["body"], "quiet"),
    ("Intense Quote", STAFF["quote"], "ink"),
    ("Header", STAFF["fine"], "quiet"),
)


def _fill(cell: _Cell, text: str, *, bold: bool) -> None:
    first, *others = text.split("\n")
    _text(cell.paragraphs[0], first, bold=bold)
    for other in others:
        _text(cell.add_paragraph(), other, bold=bold)


def _text(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    """Words as they are. A paragraph that begins from the right runs from there."""
    run = paragraph.add_run(_clean(text))
    run.bold = bold or None
    if is_right_to_left(text):
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _clean(text: str) -> str:
    """What no XML can hold is the sign for a lost character."""
    return "".join("\ufffd" if cannot_stand(sign) else sign for sign in text)
