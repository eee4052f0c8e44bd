"""The digest in a deployer's own Word template. A template that leaves people's words out is a fault, found beforehand.

The template is filled in a sandbox. What people said is put in as words: nothing in it is ever taken for a field.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from docxtpl import DocxTemplate, Listing
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from bot.documents.answers import Telling
from bot.documents.digest_html import cannot_stand
from bot.documents.tables import OUTCOMES, cell_text
from conversations.bounded import read_at_most
from conversations.digest import Digest
from conversations.document_words import DocumentWords, Family
from conversations.problems import nearest
from conversations.script import Heading
from conversations.voices import Entry, Voice

MAX_BYTES: Final = 5 * 1024 * 1024
MAX_UNPACKED: Final = 40 * 1024 * 1024
NEEDED: Final = ("topics", "carers")
"""Without these, words that people sent would be left out."""
FIELDS: Final = (
    "about", "reference", "review", "meeting", "professional", "setting", "version", "topics", "carers", "no_words",
    "outcomes", "ideas",
)  # fmt: skip
_SAMPLE: Final[Mapping[str, object]] = {
    **dict.fromkeys(FIELDS, "x"),
    "topics": [{"title": "x", "said": "x"}],
    "carers": [{"name": "x", "topics": [{"title": "x", "said": "x"}]}],
    "no_words": ["x"],
    "outcomes": ["x"],
    "ideas": [{"what": "x", "by": "x"}],
}
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError, OSError)


class TemplateFaultError(Exception):
    """The template cannot be filled; the text says why, and quotes nobody."""


def faults(file: Path) -> Iterator[str]:
    """What is wrong with a template, each with what to do; nothing where it can be used."""
    try:
        content = _bounded(file)
        undeclared = DocxTemplate(io.BytesIO(content)).get_undeclared_template_variables(_environment())
    except TemplateFaultError as error:
        yield str(error)
        return
    except TemplateSyntaxError as error:
        yield f"A field is not closed or not written rightly: {error.message}."
        return
    except _BROKEN:
        yield "This is no Word document (.docx)."
        return
    for name in sorted(undeclared - set(FIELDS)):
        yield f"'{name}' is no field. {nearest(name, FIELDS)}"
    for name in NEEDED:
        if name not in undeclared:
            yield f"The field '{name}' is missing: what people said would be left out."
    if undeclared <= set(FIELDS):
        yield from _trial(content)


def filled(file: Path, digest: Digest, words: DocumentWords) -> bytes:
    """This copy in the deployer's template.

    Raises:
        TemplateFaultError: the template is gone, or has a fault.
    """
    return _rendered(_bounded(file), fields_of(digest, words))


def fields_of(digest: Digest, words: DocumentWords) -> dict[str, object]:
    """What a template can name. Every text is a value: signs of a template in it stand there as they were typed."""
    telling = Telling(digest, words)
    people = (digest.young_person, *digest.carers)
    wanted = (each for each in digest.young_person.entries if each.heading in OUTCOMES and _says(each))
    ideas = ((who, each) for who in people for each in who.entries if each.heading is Heading.BETTER and _says(each))
    return {
        "about": _text(digest.about),
        "reference": _text(digest.reference),
        "review": words.review_kind(digest.kind),
        "meeting": words.day(digest.meeting),
        "professional": _text(digest.professional),
        "setting": _text(digest.setting),
        "version": str(digest.version),
        "topics": list(_topics(telling, digest.young_person)),
        "carers": [
            {"name": _text(telling.name(each)), "topics": list(_topics(telling, each))} for each in digest.carers
        ],
        "no_words": [_text(telling.name(each)) for each in people if not each.entries],
        "outcomes": [_text(cell_text(telling, (each,))) for each in wanted],
        "ideas": [{"what": _text(cell_text(telling, (each,))), "by": _text(telling.name(who))} for who, each in ideas],
    }


def _topics(telling: Telling, voice: Voice) -> Iterator[dict[str, object]]:
    for heading in dict.fromkeys(each.heading for each in voice.entries if each.heading is not None):
        under = [each for each in voice.entries if each.heading is heading]
        title = telling.words.of(Family.HEADING, heading, about=telling.digest.about)
        yield {"title": _text(title), "said": _text(cell_text(telling, under, whole=True))}


def _says(entry: Entry) -> bool:
    return bool(entry.words or entry.chosen or entry.media)


def _text(text: str) -> Listing:
    """Words with their line breaks, and the sign for a lost character where XML can hold none."""
    return Listing("".join("\ufffd" if cannot_stand(sign) else sign for sign in text))


def _trial(content: bytes) -> Iterator[str]:
    """With invented words: a name inside a list that is misspelt shows only then."""
    try:
        _rendered(content, _SAMPLE)
    except TemplateFaultError as error:
        yield str(error)


def _rendered(content: bytes, context: Mapping[str, object]) -> bytes:
    template, held = DocxTemplate(io.BytesIO(content)), io.BytesIO()
    try:
        template.render(dict(context), _environment(), autoescape=True)
        template.save(held)
    except TemplateError as error:
        raise TemplateFaultError(f"A field cannot be filled: {error.message}.") from None
    except _BROKEN:
        raise TemplateFaultError("This is no Word document (.docx).") from None
    return held.getvalue()


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _bounded(file: Path) -> bytes:
    try:
        content = read_at_most(file, MAX_BYTES)
    except OSError as error:
        raise TemplateFaultError(f"It cannot be read: {error.strerror}.") from None
    if len(content) > MAX_BYTES:
        raise TemplateFaultError("It is larger than 5 MB. Take pictures out.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
    except _BROKEN:
        raise TemplateFaultError("This is no Word document (.docx).") from None
    if unpacked > MAX_UNPACKED:
        raise TemplateFaultError("It unpacks to far too much. Make it anew.")
    return content
