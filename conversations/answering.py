"""Makes an answer of what was given and takes it: records it, says so, goes on. Also keeps what answers nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.asides import others_kept, transcripts_kept
from conversations.boards import chosen_board
from conversations.effects import Effect, KeepNote, Record, Settle, Turn
from conversations.locating import face
from conversations.moving import onward, recorded
from conversations.path import answer_at
from conversations.rendering import mark_of, said, showing, shown, with_resume
from conversations.scene import Scene, as_liked
from conversations.script import Flow, Option, PlainStep, Records, Repeat
from conversations.state import Answer, Audience, ConversationState, Draft, Media, Place, Spot
from conversations.wording import clipped, word
from conversations.words import Word

CHOSEN_LETTERS = 600  # of what was chosen, in the line that says so


def new_answer(scene: Scene, state: ConversationState, place: Place, draft: Draft, now: datetime) -> Answer:
    """What was given, as an answer of `place`. Who may read it stays as its owner chose before."""
    earlier = answer_at(state.answers, place)
    return Answer(
        step=place.step,
        at=now,
        item=place.item,
        choices=draft.ticks,
        words=draft.words,
        media=draft.media,
        audience=earlier.audience if earlier is not None else Audience.EVERYONE,
        helped=_helpers(scene, state),
        means=draft.means,
        source=draft.source,
        others=others_kept(state, place, draft),
        transcripts=transcripts_kept(state, place, draft),
    )


def take_answer(
    scene: Scene, state: ConversationState, answer: Answer, text: str, notes: Sequence[KeepNote] = ()
) -> Turn:
    """Record this answer of the present question, show `text` under the question, and go on."""
    settle = Settle(mark_of(state), text, chosen_board(scene, state, answer))
    after = recorded(scene, replace(state, draft=Draft()), answer)
    return onward(as_liked(scene, after), after, (*notes, Record(answer), settle))


def take_note(scene: Scene, state: ConversationState, words: str, media: tuple[Media, ...] = ()) -> Turn:
    """Keep what answers no question, say so, and show again where we are."""
    effects: list[Effect] = [KeepNote(words, media), said(scene, Word.KEPT_NOTE)]
    if state.paused:
        effects.append(with_resume(scene, state, Word.SHALL_WE))
    elif state.place.spot is not Spot.CLOSED:
        effects += shown(showing(scene, state))
    return Turn(state, tuple(effects))


def chosen_text(scene: Scene, options: Sequence[Option]) -> str:
    """The line that says what was chosen; own words are not said again."""
    if not options:
        return word(scene, Word.SAVED)
    labels = ", ".join(face(scene, option) for option in options)
    return word(scene, Word.CHOSEN, chosen=clipped(labels, CHOSEN_LETTERS))


def _helpers(scene: Scene, state: ConversationState) -> tuple[str, ...]:
    """Who helps today and with what, as the person last said."""
    names = [step.id for step in _plain_steps(scene.flow) if step.records in {Records.HELPER, Records.HELP_KIND}]
    return tuple(
        choice for name in names for answer in state.answers if answer.step == name for choice in answer.choices
    )


def _plain_steps(flow: Flow) -> list[PlainStep]:
    return [step for part in flow.parts for step in part.steps if not isinstance(step, Repeat)]
