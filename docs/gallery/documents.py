"""Every document that the bot makes, as PDFs: the letters, the pages, the digests, the scripts on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from bot.documents.digest_pdf import pdf
from bot.documents.letter import letter
from bot.documents.paper_pdf import Paper, paper
from bot.documents.profile_page import profile_page
from bot.help_card import numbers_of
from conversations.asked import Asked
from conversations.catalogue import Catalogue
from conversations.digest import Digest, ReaderKind
from conversations.document_words import DocumentWords, load_document_words
from conversations.help_lines import shipped_help_lines
from conversations.languages import ENGLISH_CODE
from conversations.own_page import own_page
from conversations.profile import Look, Profile, Shows
from conversations.readers import Reader, for_reader
from conversations.retold_digest import in_language
from conversations.script import Flow, Role
from conversations.state import Answer
from docs.gallery.people import MADE, NOW, PROFILE, SHORT, SPARSE, URDU, digest, facts, invitation, young, young_answers

_WHO: Final = {Role.YOUNG_PERSON: "a young person", Role.CARER: "a carer"}


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its folder, what to call it, what it is, its language, and how it is made."""

    folder: str
    name: str
    title: str
    language: str
    make: Callable[[], bytes]


def documents(scripts: Catalogue) -> tuple[Document, ...]:
    """All of them, in the order in which people meet them. Nothing is made yet."""
    shop = _Shop(scripts)
    return (*shop.letters(), *shop.pages(), *shop.digests(), *shop.papers())


class _Shop:
    """Knows the scripts in each language."""

    def __init__(self, scripts: Catalogue) -> None:
        self._scripts = scripts
        self._codes = tuple(code for code in (ENGLISH_CODE, URDU) if code in scripts.languages.known)

    def letters(self) -> Iterator[Document]:
        for code in self._codes:
            for role in Role:
                make = partial(self._letter, role, code)
                yield self._named("letters", f"letter-{role.value}", f"The letter to {_WHO[role]}", code, make)

    def pages(self) -> Iterator[Document]:
        for code in self._codes:
            said = {"full": young_answers(code), "sparse": SPARSE}
            for name, answers in said.items():
                make = partial(self._page, answers, code)
                yield self._named("pages", f"one-page-profile-{name}", f"One-page profile, {name}", code, make)

    def digests(self) -> Iterator[Document]:
        kinds = (
            (Reader(ReaderKind.NAMED_PROFESSIONAL), "The digest for the named professional"),
            (Reader(ReaderKind.OTHER_PROFESSIONAL), "The digest for other staff"),
            (Reader(ReaderKind.CARER, "m"), "A carer's copy of the digest"),
        )
        for reader, title in kinds:
            name = f"digest-{reader.kind.value}"
            yield self._named("digests", name, title, ENGLISH_CODE, partial(self._digest, reader, ENGLISH_CODE))
        own = Reader(ReaderKind.YOUNG_PERSON)
        for code in self._codes:
            make = partial(self._digest, own, code)
            yield self._named("digests", "digest-young_person", "The young person's copy of the digest", code, make)

    def papers(self) -> Iterator[Document]:
        forms = {
            "full": Paper(MADE, PROFILE),
            "short": Paper(MADE, SHORT),
            "large-print": Paper(MADE, PROFILE, large=True),
            "cream-words-only": Paper(MADE, Profile(Shows.WORDS, look=Look.CREAM)),
        }
        for role in Role:
            for form, whom in forms.items():
                title = f"The questions on paper for {_WHO[role]}, {form.replace('-', ' ')}"
                make = partial(self._paper, role, ENGLISH_CODE, whom)
                yield self._named("paper", f"paper-{role.value}-{form}", title, ENGLISH_CODE, make)
        if URDU in self._codes:
            make = partial(self._paper, Role.YOUNG_PERSON, URDU, forms["full"])
            yield self._named("paper", "paper-young_person-full", "The questions on paper, full", URDU, make)

    def _named(self, folder: str, name: str, title: str, code: str, make: Callable[[], bytes]) -> Document:
        rtl = self._scripts.languages.of(code).rtl
        more = (f"{name}-right-to-left", f"{title}, right to left (a draft)") if rtl else (name, title)
        return Document(folder, *more, code, make)

    def _flow(self, role: Role, code: str) -> Flow:
        found = self._scripts.current(role.value, code)
        if found is None:
            raise LookupError(role.value)
        return found

    def _words(self, code: str) -> DocumentWords:
        return load_document_words(self._scripts.languages.of(code))

    def _letter(self, role: Role, code: str) -> bytes:
        return letter(invitation(role), self._words(code))

    def _page(self, answers: tuple[Answer, ...], code: str) -> bytes:
        return profile_page(own_page(young(self._flow(Role.YOUNG_PERSON, code), answers)), self._words(code), NOW)

    def _digest(self, reader: Reader, code: str) -> bytes:
        return pdf(self._copy(reader, code), self._words(code))

    def _copy(self, reader: Reader, code: str) -> Digest:
        english = [self._flow(role, ENGLISH_CODE) for role in (Role.YOUNG_PERSON, Role.CARER)]
        whole = digest(english[0], english[1], code)
        copy = whole if reader.kind is ReaderKind.NAMED_PROFESSIONAL else for_reader(whole, reader)
        language = self._scripts.languages.of(code)
        if language.is_english:
            return copy
        asked = Asked(self._flow(Role.YOUNG_PERSON, code), facts(Role.YOUNG_PERSON))
        return in_language(copy, language, {whole.young_person.who: asked})

    def _paper(self, role: Role, code: str, whom: Paper) -> bytes:
        numbers = numbers_of(self._scripts.languages.of(code), shipped_help_lines())
        whom = replace(whom, facts=facts(role), help_lines=numbers)
        return paper(self._flow(role, code), self._words(code), whom)
