"""Choose-many: ticks and words wait in a draft until Done. A tick is not an answer (decision 17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.answering import chosen_text, new_answer, take_answer
from conversations.effects import Refresh, Refusal, Show, Turn
from conversations.locating import face
from conversations.moving import refused
from conversations.question_card import refreshed, told
from conversations.rendering import mark_of
from conversations.scene import Scene
from conversations.script import ChooseMany, Does, Option
from conversations.state import ConversationState, Draft, Means
from conversations.wording import bubbles, clipped
from conversations.words import Word


def tick(scene: Scene, state: ConversationState, step: ChooseMany, name: str, *, on: bool) -> Turn:
    """Bring one tick to the wanted state. Bringing it there again does nothing."""
    known = {option.id for option in step.options if option.does is None}
    if name not in known:
        return refused(state, Refusal.NOT_AN_OPTION)
    if (name in state.draft.ticks) == on:
        return Turn(state)
    ticks = _with(state.draft.ticks, (name,)) if on else tuple(each for each in state.draft.ticks if each != name)
    if on and _too_many(step, ticks):
        return refused(state, Refusal.TOO_MANY)
    drafted_state = replace(state, draft=replace(state.draft, ticks=ticks, means=state.draft.means | {Means.TAPPED}))
    return Turn(drafted_state, (Refresh(mark_of(state), refreshed(scene, drafted_state)),))


def tick_named(
    scene: Scene, state: ConversationState, step: ChooseMany, options: Sequence[Option], added: Draft
) -> Turn:
    """Tick on what was typed; other emoji beside it are kept as words."""
    ticks = _with(state.draft.ticks, tuple(option.id for option in options))
    if _too_many(step, ticks):
        return refused(state, Refusal.TOO_MANY)
    after = replace(state, draft=replace(joined(state.draft, added), ticks=ticks))
    labels = ", ".join(face(scene, option) for option in step.options if option.id in ticks)
    texts = bubbles(scene, Word.TICKS_KEPT, chosen=clipped(labels, 600))
    return Turn(after, (Show(told(scene, after, texts)),))


def drafted(scene: Scene, state: ConversationState, step: ChooseMany, added: Draft) -> Turn:
    """Keep words or media until Done; after "Something else" they tick it."""
    after = with_draft(state, step, added)
    return Turn(after, (Show(told(scene, after, bubbles(scene, Word.DRAFT_KEPT))),))


def with_draft(state: ConversationState, step: ChooseMany, added: Draft) -> ConversationState:
    """The same with this in its draft."""
    draft = joined(state.draft, added)
    if draft.wants_words:
        own = tuple(option.id for option in step.options if option.does is Does.WORDS)
        draft = replace(draft, ticks=_with(draft.ticks, own[:1]), wants_words=False)
    return replace(state, draft=draft)


def finish(scene: Scene, state: ConversationState, step: ChooseMany, now: datetime) -> Turn:
    """Done: the draft becomes the answer, its choices in the order of the script."""
    options = tuple(option for option in step.options if option.id in state.draft.ticks)
    if not (options or state.draft.words or state.draft.media):
        return refused(state, Refusal.PICK_FIRST)
    given = replace(state.draft, ticks=tuple(option.id for option in options))
    answer = new_answer(scene, state, state.place, given, now)
    return take_answer(scene, state, answer, chosen_text(scene, options))


def joined(draft: Draft, added: Draft) -> Draft:
    """Both together. Words that came in two messages have no one message that an edit could mean."""
    if not added.words:
        return _with_media(draft, added)
    return replace(
        _with_media(draft, added),
        words=f"{draft.words}\n{added.words}" if draft.words else added.words,
        source="" if draft.words else added.source,
    )


def _with_media(draft: Draft, added: Draft) -> Draft:
    return replace(
        draft,
        media=(*draft.media, *added.media),
        means=draft.means | added.means,
        transcripts=(*draft.transcripts, *added.transcripts),
    )


def _with(ticks: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ticks, *more)))


def _too_many(step: ChooseMany, ticks: tuple[str, ...]) -> bool:
    return 0 < step.at_most < len(ticks)
