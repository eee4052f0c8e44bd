"""What a machine heard in a voice message: kept beside it unconfirmed, without a word, until it is shown back."""

from __future__ import annotations

from dataclasses import replace

from conversations.effects import Record, Turn
from conversations.inputs import Transcribed
from conversations.matching import cleaned
from conversations.state import Answer, ConversationState, Media, Spot, Transcript


def transcribed(state: ConversationState, event: Transcribed) -> Turn:
    """Keep it with its voice, wherever that is now. It says nothing, and the buttons on the screen still count.

    It changes nothing that the person said or sent, so neither the revision nor `unsent` moves. What came for media
    that are gone, or that was shown back already, is dropped.
    """
    heard = Transcript(event.media, cleaned(event.text))
    if not heard.text or state.place.spot is Spot.CLOSED or event.media in state.asked_about:
        return Turn(state)
    answer = next((each for each in state.answers if _holds(each.media, heard)), None)
    if answer is not None:
        return _in_answer(state, answer, heard)
    draft = state.draft
    if _holds(draft.media, heard):
        draft = replace(draft, transcripts=_with(draft.transcripts, heard))
    pending = tuple(replace(each, heard=heard.text) if _holds((each.media,), heard) else each for each in state.pending)
    return Turn(replace(state, draft=draft, pending=pending))


def _in_answer(state: ConversationState, answer: Answer, heard: Transcript) -> Turn:
    if heard in answer.transcripts:
        return Turn(state)
    changed = replace(answer, transcripts=_with(answer.transcripts, heard))
    answers = tuple(changed if each is answer else each for each in state.answers)
    return Turn(replace(state, answers=answers), (Record(changed),))


def _with(transcripts: tuple[Transcript, ...], heard: Transcript) -> tuple[Transcript, ...]:
    return (*(each for each in transcripts if each.media != heard.media), heard)


def _holds(media: tuple[Media, ...], heard: Transcript) -> bool:
    return any(each.id == heard.media for each in media)
