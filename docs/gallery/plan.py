"""What is in the gallery: every piece with its file, before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.pictures.described import described
from conversations.catalogue import Catalogue
from conversations.profile import Profile
from docs.gallery.boards import LOOKS, RIGHT_TO_LEFT, Shown, boards, mats
from docs.gallery.documents import Document, documents
from docs.gallery.people import URDU


@dataclass(frozen=True, slots=True)
class Drawing:
    """One board or mat: where it goes, and what it is."""

    folder: str
    file: str
    language: str
    shown: Shown

    @property
    def alt(self) -> str:
        """All its words."""
        return described(self.shown.art)


@dataclass(frozen=True, slots=True)
class Plan:
    """All drawings and documents."""

    drawings: tuple[Drawing, ...]
    documents: tuple[Document, ...]


def plan(scripts: Catalogue, only: frozenset[str] = frozenset()) -> Plan:
    """Everything there is to draw; with `only`, the folders and documents of these names."""
    drawings = tuple(each for each in _drawings(scripts) if not only or each.folder in only)
    papers = tuple(each for each in documents(scripts) if not only or each.name in only)
    return Plan(drawings, papers)


def _drawings(scripts: Catalogue) -> Iterator[Drawing]:
    for script in scripts.newest:
        for look, profile in LOOKS.items():
            yield from _of(scripts, script, "en", (look, profile))
        if URDU in scripts.languages.known:
            yield from _of(scripts, script, URDU, (RIGHT_TO_LEFT, LOOKS["light-6-choices"]))


def _of(scripts: Catalogue, script: str, code: str, look: tuple[str, Profile]) -> Iterator[Drawing]:
    flow = scripts.current(script, code)
    if flow is None:
        return
    name, profile = look
    for kind, found in (("boards", boards(flow, profile)), ("mats", tuple(mats(flow, profile)))):
        for number, shown in enumerate(found, 1):
            folder = f"{kind}-{script}-{name}"
            yield Drawing(folder, f"{folder}/{number:02}-{shown.name}.png", code, shown)


DOCUMENTS: Final = "documents"
