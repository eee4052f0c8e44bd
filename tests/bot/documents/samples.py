"""Digests, letters and what can be read from a PDF, for the tests of documents."""

from __future__ import annotations

import io

from pypdf import PdfReader

from conversations.digest import Digest, compose
from conversations.document_words import DocumentWords, load_document_words
from conversations.state import Answer
from tests.conversations.digest_samples import MADE, WHEN, carer, review, silent, young

WORDS: DocumentWords = load_document_words()


def whole(version: int = 1) -> Digest:
    """The named professional's copy: two who sent, and a father who has not."""
    return compose(review(version, {"yp": 1}), [young(), carer("m", "mother"), silent(carer("f", "father"))], MADE)


def saying(words: str) -> Digest:
    """A digest in which the young person said this and nothing else."""
    return compose(review(), [young((Answer("important", WHEN, words=words),))], MADE)


def read(pdf: bytes) -> str:
    """The words of a PDF in reading order, spaces and breaks as one space."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def squeezed(text: str) -> str:
    """Without spaces: a reader of PDFs guesses at some of them from the distance of letters."""
    return "".join(text.split())
