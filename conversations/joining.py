"""Words and media that join an answer which is there already: nothing of it is lost, and nothing is said twice."""

from __future__ import annotations

from dataclasses import replace

from conversations.asides import others_with
from conversations.state import Answer, Draft
from conversations.ticking import joined


def with_more(answer: Answer, added: Draft, *, same_album: bool = False) -> Answer:
    """The answer with this too. A photo of the same album changes nothing about who was said to be in it."""
    before = Draft(
        words=answer.words,
        media=answer.media,
        source=answer.source,
        means=answer.means,
        transcripts=answer.transcripts,
    )
    both = joined(before, added)
    return replace(
        answer,
        words=both.words,
        media=both.media,
        source=both.source,
        means=both.means,
        transcripts=both.transcripts,
        others=answer.others if same_album else others_with(answer, both.media),
    )
