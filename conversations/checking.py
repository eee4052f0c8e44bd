"""The check screen and what follows it: one answer, answers that no longer fit, the end of a part, Send, and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from conversations.asides import confirmed, waiting
from conversations.buttons import Action, Code, Do, Numbered, Turned
from conversations.checklist import in_order, is_always_private, listed
from conversations.effects import (
    GivePage,
    PlayBack,
    Record,
    Refresh,
    Refusal,
    Remove,
    Settle,
    Submission,
    Submit,
    Turn,
)
from conversations.locating import locate
from conversations.media_menu import without_medium
from conversations.moving import CHECK, arrive, moved_to, onward, open_passing, recorded, refused, removed, stepped
from conversations.page_offer import offers_page
from conversations.path import held_answer, place_of
from conversations.pauses import pause
from conversations.rendering import mark_of, said, showing, unanswered
from conversations.scene import Scene
from conversations.script import Records, Repeat
from conversations.state import Answer, Audience, ConversationState, Place, Spot
from conversations.wording import word
from conversations.words import Word

_AUDIENCES = {Action.ONLY: Audience.ONLY_PROFESSIONAL, Action.EVERYONE: Audience.EVERYONE}


def press_part_end(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Carry on, enough for today, or see and send what there is."""
    match code:
        case Do(Action.CARRY_ON):
            return onward(scene, state)
        case Do(Action.ENOUGH):
            return pause(scene, state)
        case Do(Action.CHECK):
            return arrive(scene, state, CHECK)
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_orphan(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """An answer that no longer fits: keep it or take it out."""
    answer = _answer_here(state)
    match code:
        case Do(Action.KEEP):
            kept = (*state.kept_orphans, place_of(scene.flow, answer))
            return onward(scene, replace(state, kept_orphans=kept))
        case Do(Action.TAKE_OUT):
            return _take_out(scene, state, answer)
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_check(scene: Scene, state: ConversationState, code: Code, now: datetime) -> Turn:
    """One answer by its number, or what to do with all of them."""
    answers = listed(scene, state)
    match code:
        case Numbered(number) if 1 <= number <= len(answers):
            answer = answers[number - 1]
            return arrive(scene, state, Place(Spot.CHECK_ITEM, answer.step, answer.item))
        case Turned(page) if page * scene.profile.choices < len(answers):
            turned = replace(state, page=page)
            reply = showing(scene, turned)[-1]
            return Turn(turned, (Refresh(mark_of(state), reply),) * (page != state.page))
        case Do(Action.SEND) if answers:
            return _send(scene, state, now)
        case Do(Action.DELETE) if answers:
            return open_passing(scene, state, Spot.CONFIRM_DELETE)
        case _:
            return _leave_check(scene, state, code)


def _leave_check(scene: Scene, state: ConversationState, code: Code) -> Turn:
    match code:
        case Do(Action.CARRY_ON):
            return _to_the_open(scene, state)
        case Do(Action.WAIT):
            return pause(scene, state)
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_check_item(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Change one answer, take it out, or choose who may read it."""
    answer = _answer_here(state)
    match code:
        case Do(Action.CHANGE):
            going = replace(state, return_to=CHECK, trail=(*(each for each in state.trail if each != CHECK), CHECK))
            return arrive(scene, going, place_of(scene.flow, answer))
        case Do(Action.TAKE_OUT):
            return _take_out(scene, replace(state, return_to=CHECK), answer)
        case Do(Action.ONLY | Action.EVERYONE as action):
            return _audience(scene, state, answer, _AUDIENCES[action])
        case Do(Action.BACK):
            return arrive(scene, state, CHECK)
        case _:
            return _press_media(scene, state, answer, code)


def _press_media(scene: Scene, state: ConversationState, answer: Answer, code: Code) -> Turn:
    """Hear or see it again, which changes nothing, or take one of them out and leave the rest as it is."""
    match code:
        case Do(Action.PLAY) if answer.media:
            return Turn(state, (PlayBack(answer.media),))
        case Numbered(number) if (changed := without_medium(answer, number)) is not None:
            return arrive(scene, recorded(scene, state, changed), CHECK, (Record(changed),))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def press_sent(scene: Scene, state: ConversationState, code: Code) -> Turn:
    """Change what was sent, or take it all back."""
    match code:
        case Do(Action.CHANGE):
            return arrive(scene, stepped(state), CHECK)
        case Do(Action.WITHDRAW):
            return open_passing(scene, state, Spot.CONFIRM_WITHDRAW)
        case Do(Action.PAGE) if offers_page(scene, state):
            return Turn(state, (GivePage(),))
        case _:
            return refused(state, Refusal.NOT_AN_OPTION)


def submission(scene: Scene, state: ConversationState, now: datetime) -> Submission:
    """All answers as they stand, in the order of the script; what a repeat went over is no view and stays out.

    Of what a machine heard, only what the person said is right (decision 14).
    """
    return Submission(
        conversation=state.id,
        script=state.script,
        version=state.version,
        number=state.sendings + 1,
        answers=tuple(replace(each, transcripts=confirmed(each)) for each in in_order(scene, state)),
        sent_at=now,
        late=now > scene.facts.cut_off,
        share=_share(scene, state),
        profile=state.profile,
    )


def _send(scene: Scene, state: ConversationState, now: datetime) -> Turn:
    """Freeze it. What is still being saved would be missing, so that is waited for; what is to be asked goes first."""
    if any(pending.place is not None and pending.place.spot is not Spot.TELL_MORE for pending in state.pending):
        return Turn(state, (said(scene, Word.STILL_SAVING),))
    if waiting(state, CHECK.spot) is not None:
        return arrive(scene, state, CHECK)
    settle = Settle(mark_of(state), word(scene, Word.CHOSEN, chosen=word(scene, Word.SEND)))
    frozen = submission(scene, state, now)
    sent = replace(state, sendings=frozen.number, unsent=False, late=frozen.late)
    moved, effects = moved_to(scene, sent, Place(Spot.SENT), (settle, Submit(frozen)))
    return Turn(replace(moved, trail=()), effects)


def _share(scene: Scene, state: ConversationState) -> bool | None:
    """A yes is only what was said as yes; None when the script does not ask."""
    steps = [step for part in scene.flow.parts for step in part.steps if not isinstance(step, Repeat)]
    names = {step.id for step in steps if step.records is Records.SHARE}
    if not names:
        return None
    return any(answer.step in names and "yes" in answer.choices for answer in state.answers)


def _to_the_open(scene: Scene, state: ConversationState) -> Turn:
    """To the question that was left open last, else to the first that is open."""
    wanted = unanswered(scene, state)
    if not wanted:
        return refused(state, Refusal.NOT_AN_OPTION)
    left = next((each for each in reversed(state.trail) if each in wanted), None)
    if left is None:
        return arrive(scene, stepped(state), wanted[0])
    return arrive(scene, replace(state, trail=state.trail[: state.trail.index(left)]), left)


def _take_out(scene: Scene, state: ConversationState, answer: Answer) -> Turn:
    after = removed(scene, state, place_of(scene.flow, answer))
    return onward(scene, replace(after, due=state.due), (Remove(answer.step, answer.item),))


def _audience(scene: Scene, state: ConversationState, answer: Answer, audience: Audience) -> Turn:
    settled = is_always_private(locate(scene, state, place_of(scene.flow, answer)))
    if settled or answer.audience is audience:
        return refused(state, Refusal.NOT_AN_OPTION)
    changed = replace(answer, audience=audience)
    return arrive(scene, recorded(scene, state, changed), CHECK, (Record(changed),))


def _answer_here(state: ConversationState) -> Answer:
    return held_answer(state.answers, state.place)
