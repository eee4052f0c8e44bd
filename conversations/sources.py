"""Gathers all that people read, in English, for the message catalogues. Reads files when asked, never at import."""

from __future__ import annotations

from conversations.cards import card_lines
from conversations.catalogue import Catalogue
from conversations.document_words import read_phrases
from conversations.help_lines import help_key, shipped_help_lines
from conversations.lines import read_lines
from conversations.messages import Message, Sources, messages


def sources_of(catalogue: Catalogue) -> Sources:
    """The scripts and words of this catalogue, with the sentences that belong to no script."""
    lines = {line.value: text for line, text in read_lines().items()} | card_lines()
    lines |= {help_key(each.id): each.say for each in shipped_help_lines().lines}
    return Sources(tuple(catalogue.flows.values()), catalogue.words, lines, read_phrases())


def all_messages(catalogue: Catalogue) -> tuple[Message, ...]:
    """Every message that a complete translation has, each once."""
    return messages(sources_of(catalogue))
