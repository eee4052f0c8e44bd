"""Every change of place or answer goes through here: it alone lets the revision grow, by one for each input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from conversations.access import after_answer
from conversations.alerts import calm_after
from conversations.asides import ASIDES, opened
from conversations.boards import note_board
from conversations.checklist import about_item
from conversations.effects import Effect, KeepNote, Refresh, Refusal, Reply, Settle, Show, Turn
from conversations.locating import locate, way_of
from conversations.path import Waypoint, answer_at, fitting, is_answered, place_of, route
from conversations.question_card import LINE_LETTERS
from conversations.rendering import mark_of, showing, shown, unanswered, with_resume
from conversations.scene import Scene, as_liked
from conversations.script import ChooseMany, Records, Repeat, Way
from conversations.state import Answer, ConversationState, Draft, Place, Spot
from conversations.wording import fill
from conversations.words import Word

CHECK = Place(Spot.CHECK)
ASKED = frozenset({Spot.QUESTION, Spot.PICK})
PASSING = frozenset({Spot.STOP_MENU, Spot.MY_WAY, Spot.OTHER_WAYS, Spot.CONFIRM_DELETE, Spot.CONFIRM_WITHDRAW}) | ASIDES
_LASTING = ASKED | {Spot.CHECK, Spot.SENT}  # what Back goes to


def refused(state: ConversationState, refusal: Refusal) -> Turn:
    """Nothing happened."""
    return Turn(state, refusal=refusal)


def arrive(
    scene: Scene, state: ConversationState, place: Place, effects: Sequence[Effect] = (), says: Sequence[Waypoint] = ()
) -> Turn:
    """Go to `place`, after `effects`, saying `says` on the way. What was drafted and not recorded becomes a note.

    Where something waits to be asked beside the questions, that is shown first, and `place` waits under it.
    """
    moved, before = moved_to(scene, state, place, effects)
    moved = opened(moved)
    telling = (Show(_said(scene, point)) for point in says if not _is_said_by_the_pause(moved, point))
    return Turn(moved, (*before, *telling, *shown(showing(scene, moved))))


def _is_said_by_the_pause(state: ConversationState, point: Waypoint) -> bool:
    """What a script says about safety is not said twice."""
    return state.place.spot is Spot.CALM and point.step is not None and point.step.safety


def rest(scene: Scene, state: ConversationState, place: Place, effects: Sequence[Effect], key: Word) -> Turn:
    """Go to `place` and pause there: instead of the place itself there is one button that carries on."""
    moved, before = moved_to(scene, state, place, effects)
    paused = replace(moved, paused=True)
    return Turn(paused, (*before, with_resume(scene, paused, key)))


def close(scene: Scene, state: ConversationState, effects: Sequence[Effect] = ()) -> Turn:
    """End it: nothing more is asked."""
    moved, before = moved_to(scene, state, Place(Spot.CLOSED), effects)
    return Turn(replace(moved, trail=(), return_to=None, due=()), before)


def stepped(state: ConversationState) -> ConversationState:
    """The same, with the present place on the trail that Back follows."""
    return _pushed(state) if state.place.spot in _LASTING else state


def open_passing(scene: Scene, state: ConversationState, spot: Spot, effects: Sequence[Effect] = ()) -> Turn:
    """Go to a menu that is left again: the present place, and what is drafted there, wait."""
    waiting = state if state.place.spot in PASSING else _pushed(state)
    return arrive(scene, waiting, Place(spot), effects)


def came_from(state: ConversationState) -> Place:
    """Where a menu is left to."""
    return state.trail[-1]


def recorded(scene: Scene, state: ConversationState, answer: Answer) -> ConversationState:
    """The same with this answer, in place of an earlier one. What a change opens is noted down to be asked."""
    kept = tuple(each for each in state.answers if (each.step, each.item) != (answer.step, answer.item))
    after = replace(state, answers=(*kept, answer), unsent=state.sendings > 0, calm=calm_after(scene, state, answer))
    earlier = next((each for each in state.answers if (each.step, each.item) == (answer.step, answer.item)), None)
    if earlier is None or (earlier.at, earlier.choices) != (answer.at, answer.choices):
        after = _steered(scene, after, answer)
    return _with_due(scene, state, after)


def with_way(scene: Scene, state: ConversationState, way: Way) -> ConversationState:
    """The same in this way from now on; no answer is taken back."""
    return _with_due(scene, state, replace(state, way=way))


def removed(scene: Scene, state: ConversationState, place: Place) -> ConversationState:
    """The same without the answer of this place."""
    kept = tuple(each for each in state.answers if (each.step, each.item) != (place.step, place.item))
    after = replace(state, answers=kept, unsent=state.sendings > 0)
    kept_orphans = tuple(each for each in state.kept_orphans if (each.step, each.item) != (place.step, place.item))
    return _with_due(scene, state, replace(after, kept_orphans=kept_orphans))


def onward(scene: Scene, state: ConversationState, effects: Sequence[Effect] = ()) -> Turn:
    """To what comes next: an answer that no longer fits, a question that a change opened, back, or along the path."""
    state = stepped(state)
    stray = next(iter(strays(scene, state)), None)
    if stray is not None:
        return arrive(scene, state, Place(Spot.ORPHAN, stray.step, stray.item), effects)
    points = route(scene, state.way, state.answers)
    if state.due:
        return arrive(scene, state, state.due[0], effects, said_between(points, _anchor(state, points), state.due[0]))
    if state.return_to is not None:
        says = said_between(points, _anchor(state, points), state.return_to)
        return arrive(scene, replace(state, return_to=None), state.return_to, effects, says)
    place = following(scene, state)
    return arrive(scene, state, place, effects, said_between(points, _anchor(state, points), place))


def following(scene: Scene, state: ConversationState) -> Place:
    """The first place after the present one that still wants an answer; the check screen when none does."""
    points = route(scene, state.way, state.answers)
    for index in range(_anchor(state, points) + 1, len(points)):
        if _is_open(points, index, state.answers):
            return points[index].place
    return CHECK


def strays(scene: Scene, state: ConversationState) -> tuple[Answer, ...]:
    """Answers that neither way would ask for now and that the person has not decided to keep."""
    asked = {(point.place.step, point.place.item) for point in route(scene, state.way, state.answers)}
    if asked.issuperset((answer.step, answer.item) for answer in state.answers):
        return ()  # as it nearly always is: the other way need not be walked
    fit = fitting(scene, state.answers).union(state.kept_orphans)
    places = ((place_of(scene.flow, answer), answer) for answer in state.answers)
    return tuple(answer for place, answer in places if place not in fit and place.spot is not Spot.PICK)


def amended(scene: Scene, before: ConversationState, after: ConversationState, effects: Sequence[Effect] = ()) -> Turn:
    """An answer changed while the conversation rests elsewhere: the place stays, its buttons count anew."""
    scene = as_liked(scene, after)
    if after.place.spot in ASKED and after.place not in fitting(scene, after.answers):
        return onward(scene, after, effects)
    grown = replace(after, revision=before.revision + 1)
    if grown.paused:
        return Turn(grown, (*effects, Refresh(mark_of(before), with_resume(scene, grown, Word.PAUSED).reply)))
    replies = showing(scene, grown)
    if grown.place.spot in ASKED | ASIDES:
        return Turn(grown, (*effects, Refresh(mark_of(before), replace(replies[-1], art=None))))
    return Turn(grown, (Settle(mark_of(before), ""), *effects, *shown(replies)))


def left_behind(state: ConversationState) -> tuple[KeepNote, ...]:
    """Drafted words and media that no answer holds, as a note."""
    words = state.draft.words if all(answer.words != state.draft.words for answer in state.answers) else ""
    held = {media.id for answer in state.answers for media in answer.media}
    media = tuple(each for each in state.draft.media if each.id not in held)
    return (KeepNote(words, media),) if words or media else ()


def moved_to(
    scene: Scene, state: ConversationState, place: Place, effects: Sequence[Effect]
) -> tuple[ConversationState, tuple[Effect, ...]]:
    """The same at `place`, one revision on, and what is to be done before it is shown."""
    draft = _draft_at(scene, state, place)
    notes = () if draft is state.draft else left_behind(state)
    settled = any(isinstance(effect, Settle) for effect in effects)
    settle = () if settled or not state.revision else (Settle(mark_of(state), ""),)
    moved = replace(
        state,
        place=place,
        trail=tuple(each for each in state.trail if each != place),
        revision=state.revision + 1,
        draft=draft,
        due=tuple(each for each in state.due if each != place),
        page=0,
        paused=False,
    )
    return moved, (*settle, *notes, *effects)


def _draft_at(scene: Scene, state: ConversationState, place: Place) -> Draft:
    """What is drafted at `place`: a menu keeps it; a choose-many with an answer begins with that answer."""
    leaves_menu = state.place.spot in PASSING and place.spot in ASKED
    if place.spot in PASSING or leaves_menu:
        return state.draft
    answer = answer_at(state.answers, place) if place.spot in ASKED else None
    if answer is None or not isinstance(locate(scene, state, place).step, ChooseMany):
        return Draft()
    return Draft(answer.choices, answer.words, answer.media, source=answer.source, means=answer.means)


def _pushed(state: ConversationState) -> ConversationState:
    return replace(state, trail=(*(each for each in state.trail if each != state.place), state.place))


def _steered(scene: Scene, state: ConversationState, answer: Answer) -> ConversationState:
    """What an answer means for the conversation itself: its way, and how the person likes to be asked."""
    plain = (step for part in scene.flow.parts for step in part.steps if not isinstance(step, Repeat))
    step = next((step for step in plain if step.id == answer.step), None)
    if step is None or step.records is None:
        return state
    way = way_of(answer) if step.records is Records.WAY else None
    return replace(state, way=way or state.way, profile=after_answer(step, answer, state.profile))


def _with_due(scene: Scene, before: ConversationState, after: ConversationState) -> ConversationState:
    if before.return_to is None:
        return after
    was = {point.place for point in route(scene, before.way, before.answers)}
    wanted = unanswered(scene, after)
    return replace(after, due=tuple(place for place in wanted if place not in was or place in before.due))


def _anchor(state: ConversationState, points: Sequence[Waypoint]) -> int:
    """Where on the route the person stands: here, or at the question asked last."""
    index = {point.place: number for number, point in enumerate(points) if point.rests}
    return next((index[place] for place in (state.place, *reversed(state.trail)) if place in index), -1)


def _is_open(points: Sequence[Waypoint], index: int, answers: Sequence[Answer]) -> bool:
    point = points[index]
    if point.step is None:  # the end of a part is behind once something after it was answered
        return not any(is_answered(later, answers) for later in points[index + 1 :])
    return point.rests and not is_answered(point, answers)


def said_between(points: Sequence[Waypoint], start: int, place: Place) -> tuple[Waypoint, ...]:
    """What is said right after the place left and right before the place reached."""
    ends = [number for number, point in enumerate(points) if point.place == place and point.rests]
    between = points[start + 1 : ends[0] if ends else len(points)]
    after = tuple(takewhile(lambda point: not point.rests, between))
    if len(after) == len(between) or place.spot not in ASKED | {Spot.PART_END}:
        return after
    before = tuple(takewhile(lambda point: not point.rests, reversed(between)))
    return (*after, *reversed(before))


def _said(scene: Scene, point: Waypoint) -> Reply:
    more = about_item(scene, point, LINE_LETTERS)
    return Reply(tuple(fill(scene, each, **more) for each in point.texts), art=note_board(scene, point))
