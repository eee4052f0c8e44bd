"""Carry a conversation to a newer version of its script, on purpose. Without it, it ends on the version it began."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from conversations.checklist import entry
from conversations.effects import Effect, KeepNote, Remove, Turn
from conversations.locating import UnknownStepError, locate, options_of
from conversations.moving import ASKED, CHECK, PASSING, arrive, came_from, left_behind, rest
from conversations.path import fitting, is_pick, place_of
from conversations.rendering import said, unanswered
from conversations.scene import Scene, scene_of
from conversations.script import Flow, Sort
from conversations.state import Answer, ConversationState, Draft, Place, ReviewFacts, Spot
from conversations.words import Word


def upgrade(old: Flow, new: Flow, facts: ReviewFacts, state: ConversationState, now: datetime) -> Turn:
    """Carry `state` from `old` to `new`, tell the person in one sentence, and ask where they were.

    Answers that the new version can hold move over; what it no longer asks for is put to the person as any answer
    that no longer fits. One whose question or option is gone is kept whole as a note, and its question, if there
    still is one, is asked again. Old buttons no longer count.

    `now` is for the day when a carried answer needs a time; every door of the engine has it.

    Raises:
        ValueError: these are not two versions of the script that `state` is in.
    """
    if not (old.id == new.id == state.script and old.version == state.version):
        raise ValueError("a conversation can only be carried to another version of its own script")
    if state.place.spot is Spot.CLOSED:
        return Turn(state)
    before, after = scene_of(old, facts, state), scene_of(new, facts, state)
    holds = tuple(answer for answer in state.answers if _holds(after, state, answer))
    gone = tuple(answer for answer in state.answers if answer not in holds)
    effects = (*left_behind(state), *_notes(before, state, gone), said(after, Word.UPGRADED))
    moved = _carried(after, replace(state, answers=holds, draft=Draft(), version=new.version))
    place = _place(after, moved)
    if state.paused:
        return rest(after, moved, place, effects, Word.SHALL_WE)
    return arrive(after, moved, place, effects)


def _holds(scene: Scene, state: ConversationState, answer: Answer) -> bool:
    """Whether the new version has this question, and every option that was chosen."""
    if is_pick(scene.flow, answer):
        return True
    try:
        point = locate(scene, state, Place(Spot.QUESTION, answer.step, answer.item))
    except UnknownStepError:
        return False
    if isinstance(point.step, Sort) and point.item is None:
        return False
    return {option.id for option in options_of(scene, point.step)}.issuperset(answer.choices)


def _notes(scene: Scene, state: ConversationState, gone: Iterable[Answer]) -> tuple[Effect, ...]:
    """Each with its question, as the old version has it: nobody could tell from the answer alone."""
    effects: list[Effect] = []
    for answer in gone:
        effects.append(Remove(answer.step, answer.item))
        if not is_pick(scene.flow, answer):
            effects.append(KeepNote(entry(scene, state, answer), answer.media))
    return tuple(effects)


def _carried(scene: Scene, state: ConversationState) -> ConversationState:
    """Without every mention of a place that the new version does not have."""
    there = fitting(scene, state.answers)
    answered = {place_of(scene.flow, answer) for answer in state.answers}

    def stays(place: Place) -> bool:
        return place.spot not in ASKED or place in there  # what was said to the safeguarding team is no question

    return replace(
        state,
        trail=tuple(place for place in state.trail if stays(place)),
        kept_orphans=tuple(place for place in state.kept_orphans if place in answered),
        due=tuple(place for place in state.due if stays(place)),
        pending=tuple(
            each if each.place is None or stays(each.place) else replace(each, place=None) for each in state.pending
        ),
        album_place=state.album_place if state.album_place is None or stays(state.album_place) else None,
    )


def _place(scene: Scene, state: ConversationState) -> Place:
    """Where the person was, if it is still there; else the first question without an answer."""
    place = came_from(state) if state.place.spot in PASSING and state.trail else state.place
    match place.spot:
        case Spot.QUESTION | Spot.PICK if place in fitting(scene, state.answers):
            return place
        case Spot.CHECK | Spot.SENT:
            return place
        case Spot.CHECK_ITEM:
            return CHECK
        case _:
            return next(iter(unanswered(scene, state)), CHECK)
