"""Message catalogues in the gettext convention, as any translator's tool reads and writes them. Bytes in, bytes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser, write_po

from conversations.messages import Message

PROJECT: Final = "Firsthand"
MOST_BYTES: Final = 4_000_000
STATUS: Final = "X-Firsthand-Status"
NAME: Final = "X-Firsthand-Name"
DRAFT: Final = "draft"
NOBODY: Final = "nobody yet"
_APPROVED: Final = re.compile(r"approved by (?P<who>\S.*?) on (?P<day>\d{4}-\d\d-\d\d)")
_WIDTH: Final = 100
_LINE: Final = re.compile(r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+)?"(?:[^"\\]|\\.)*"|)\s*')
"""What a line can be. The parser is more lenient: it would take the end of a line for the quote that is missing."""
_HEAD: Final = "# Translations for Firsthand. Every sentence that it says to a person.\n#"


class BrokenBookError(ValueError):
    """A message catalogue that cannot be read; the text says where and why, and quotes nothing of it."""


@dataclass(frozen=True, slots=True)
class Approval:
    """Who of the people who speak the language approved the translation, and when."""

    who: str
    on: date


class Book(Catalog):
    """One message catalogue, with what Firsthand adds to its header."""

    own_name: str = ""
    status: str = DRAFT

    def _headers(self) -> list[tuple[str, str]]:
        return [*self._get_mime_headers()[:-1], *((name, value) for name, value in self._ours() if value)]

    def _ours(self) -> tuple[tuple[str, str], ...]:
        return (NAME, self.own_name), (STATUS, self.status if self.locale else ""), ("Generated-By", f"{PROJECT}\n")

    def _take_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        read = [(str(name), str(value)) for name, value in headers]
        by_name = {name.lower(): value.strip() for name, value in read}
        self.own_name = by_name.get(NAME.lower(), self.own_name)
        self.status = by_name.get(STATUS.lower(), self.status)
        self._set_mime_headers(read)

    mime_headers = property(_headers, _take_headers)

    @property
    def approval(self) -> Approval | None:
        """Who approved it; None for a draft, and for anything that is not said in the form of an approval."""
        found = _APPROVED.fullmatch(self.status)
        if found is None:
            return None
        try:
            return Approval(found["who"], date.fromisoformat(found["day"]))
        except ValueError:
            return None


def read_book(content: bytes) -> Book:
    """The catalogue in these bytes.

    Raises:
        BrokenBookError: it is none, or a line in it is broken.
    """
    if len(content) > MOST_BYTES:
        raise BrokenBookError("it is far too large")
    book = Book(charset="utf-8", fuzzy=False)
    try:
        lines = content.decode("utf-8-sig").splitlines(keepends=True)
        if (wrong := _first_wrong(lines)) is not None:
            raise BrokenBookError(f"line {wrong} is broken")
        PoFileParser(book, abort_invalid=True).parse(lines)
    except UnicodeDecodeError:
        raise BrokenBookError("it is not written in UTF-8") from None
    except PoFileError as error:
        raise BrokenBookError(f"line {error.lineno + 1} is broken") from None
    except (ValueError, TypeError, AttributeError, IndexError, LookupError, UnknownLocaleError):
        # The parser was written for files that tools wrote; whatever a broken one makes it trip over, it is broken.
        raise BrokenBookError("it cannot be read as a message catalogue") from None
    return book


def _first_wrong(lines: Iterable[str]) -> int | None:
    return next((number for number, line in enumerate(lines, start=1) if not _LINE.fullmatch(line)), None)


def template(messages: Iterable[Message], at: datetime) -> Book:
    """Every message without a translation: what a translator's tool begins with (a POT file)."""
    book = Book(project=PROJECT, version="1", charset="utf-8", creation_date=at, fuzzy=False)
    book.header_comment = _HEAD
    book.msgid_bugs_address = ""
    for message in messages:
        places = [f"In: {', '.join(message.places)}"] if message.places else []
        book.add(message.english, auto_comments=[*message.comments(), *places], context=message.context)
    return book


def fresh(code: str, at: datetime) -> Book:
    """An empty catalogue for a language, a draft.

    Raises:
        BrokenBookError: no language has this code.
    """
    try:
        locale = Locale.parse(code, sep="-" if "-" in code else "_")
    except (ValueError, UnknownLocaleError):
        raise BrokenBookError(f"'{code}' is no code of a language") from None
    book = Book(locale, project=PROJECT, version="1", charset="utf-8", creation_date=at, fuzzy=False)
    book.header_comment = _HEAD
    book.msgid_bugs_address = ""
    book.last_translator = book.language_team = NOBODY
    book.own_name = (locale.get_language_name(code) or code).strip()
    book.own_name = book.own_name[:1].upper() + book.own_name[1:]
    return book


def merged(book: Book, messages: Iterable[Message], at: datetime) -> Book:
    """The same catalogue with the English of now: work is kept, what changed is marked fuzzy, what is gone obsolete."""
    book.update(template(messages, at), update_creation_date=True)
    book.revision_date = at
    return book


def written(book: Book) -> bytes:
    """The catalogue as a file."""
    file = BytesIO()
    write_po(file, book, width=_WIDTH, include_previous=True)
    return file.getvalue()
