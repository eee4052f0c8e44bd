"""Facts to play a script with, and a chat that judges each turn as it is taken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from conversations import codec, engine
from conversations.effects import (
    Button,
    DeleteAnswers,
    Effect,
    KeepNote,
    Record,
    Refresh,
    Remove,
    Reply,
    Show,
    Submit,
    Turn,
)
from conversations.inputs import (
    Control,
    Controlled,
    Input,
    MediaArrived,
    MediaFailed,
    MediaKept,
    Pressed,
    Transcribed,
    Typed,
)
from conversations.script import Flow, Repeat
from conversations.state import (
    Answer,
    ConversationId,
    ConversationState,
    Draft,
    Mark,
    Media,
    MediaId,
    MediaKind,
    Place,
    PlanLine,
    ReviewFacts,
    Spot,
)
from tests.conversations.small_script import shipped, small_flow

NOW = datetime(2027, 1, 11, 16, tzinfo=UTC)
CHAT = ConversationId("kX3f_9Qa")


def facts(plan_lines: int = 0, goals: int = 0, flags: frozenset[str] = frozenset()) -> ReviewFacts:
    """A review with so many plan lines and goals."""
    return ReviewFacts(
        about="Sam",
        name="Sam",
        contact="Ms Okafor",
        safeguarding="Mr Lee",
        meeting=date(2027, 2, 15),
        reads_by=date(2027, 1, 25),
        cut_off=datetime(2027, 1, 29, 12, tzinfo=UTC),
        plan_lines=tuple(
            PlanLine(f"line{n}", f"Someone helps you with number {n}, each day.", "Ms Okafor" if n % 2 else "")
            for n in range(plan_lines)
        ),
        goals=tuple(PlanLine(f"goal{n}", f"Goal number {n}.", "Sam") for n in range(goals)),
        flags=flags,
    )


def all_flows() -> list[Flow]:
    """The small script and every script that ships."""
    return [small_flow(), *shipped().flows.values()]


def showing(flow: Flow, known: ReviewFacts, state: ConversationState) -> Reply:
    """The message of the present place that has its buttons."""
    return engine.present(flow, known, state)


def buttons(reply: Reply) -> tuple[Button, ...]:
    """All buttons of a message, in order."""
    return tuple(button for row in reply.rows for button in row)


def replies(turn: Turn) -> list[Reply]:
    """The messages of a turn."""
    return [effect.reply for effect in turn.effects if isinstance(effect, Show)]


def words_of(turn: Turn) -> str:
    """Everything that a turn says in messages."""
    return "\n".join(text for reply in replies(turn) for text in reply.texts)


def fits(reply: Reply) -> None:
    """Telegram would take this message."""
    text = "\n\n".join(each for each in (reply.progress, *reply.texts) if each)
    assert 0 < len(text) <= 4096
    assert len(reply.rows) <= 100
    for row in reply.rows:
        assert 0 < len(row) <= 8
    for button in buttons(reply):
        assert button.label.strip()
        assert len(button.label) <= 64
        assert reply.mark is not None
        data = f"{reply.mark.conversation}:{reply.mark.revision}:{button.code}"
        assert len(data.encode()) <= 64
        assert len(button.code.encode()) <= 40
    codes = [button.code for button in buttons(reply)]
    assert len(set(codes)) == len(codes)
    assert codec.load_reply(codec.dump_reply(reply)) == reply


@dataclass
class Chat:
    """A conversation whose every turn is judged. What the effects store is kept beside, as a store would have it."""

    flow: Flow
    facts: ReviewFacts
    now: datetime = NOW
    state: ConversationState = field(init=False)
    last: Turn = field(init=False)
    stored: dict[tuple[str, str], Answer] = field(default_factory=dict)
    notes: list[KeepNote] = field(default_factory=list)
    sent: list[Submit] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        self.last = engine.start(self.flow, self.facts, CHAT, self.now)
        self.state = self.last.state
        self.first = self.state.place
        self._effects(self.last)

    def give(self, event: Input) -> Turn:
        """An input, its turn judged."""
        before = self.state
        turn = engine.advance(self.flow, self.facts, before, event, self.now)
        if turn.refusal is not None:
            assert turn.state is before
            assert all(isinstance(effect, KeepNote) for effect in turn.effects)
        self._effects(turn)
        recorded = any(isinstance(each, Record | Remove) for each in turn.effects)
        moved = (turn.state.place, turn.state.asked_about) != (before.place, before.asked_about)
        changed = moved or (recorded and not isinstance(event, Transcribed))
        assert turn.state.revision - before.revision == int(changed)
        self._nothing_drafted_is_lost(before, turn)
        if changed:
            self.marks.append(Mark(before.id, before.revision))
        self.state = codec.load_state(codec.dump_state(turn.state))
        assert self.state == turn.state
        if any(isinstance(effect, DeleteAnswers) for effect in turn.effects):
            self.first = self.state.place
        self.last = turn
        return turn

    def _nothing_drafted_is_lost(self, before: ConversationState, turn: Turn) -> None:
        """What waited for Done is in a draft, an answer or in a note, unless it was edited, deleted or replaced."""
        after = turn.state
        if before.draft == after.draft or any(isinstance(effect, DeleteAnswers) for effect in turn.effects):
            return
        holding: list[Answer | KeepNote | Draft] = [*before.answers, *after.answers, *self.notes, after.draft]
        edited = after.draft.source and after.draft.source == before.draft.source
        assert edited or not before.draft.words or any(before.draft.words in each.words for each in holding)
        held = {media for each in holding for media in each.media}
        assert set(before.draft.media) <= held

    def _effects(self, turn: Turn) -> None:
        for effect in turn.effects:
            self._effect(effect)
        held = {(answer.step, answer.item): answer for answer in turn.state.answers}
        assert held == self.stored
        if turn.state.place.spot is not Spot.CLOSED:
            assert buttons(showing(self.flow, self.facts, turn.state)), "every resting place has a button"

    def _effect(self, effect: Effect) -> None:
        match effect:
            case Record(answer):
                self.stored[answer.step, answer.item] = answer
            case Remove(step, item):
                del self.stored[step, item]
            case DeleteAnswers():
                self.stored.clear()
            case KeepNote():
                self.notes.append(effect)
            case Submit(submission):
                self.sent.append(effect)
                repeats = {step.id for part in self.flow.parts for step in part.steps if isinstance(step, Repeat)}
                views = {key: _as_sent(answer) for key, answer in self.stored.items() if key[0] not in repeats}
                assert {(answer.step, answer.item): answer for answer in submission.answers} == views
                assert len(submission.answers) == len(views)
            case Show(reply) | Refresh(reply=reply):
                fits(reply)
            case _:
                pass

    def press(self, label: str) -> Turn:
        """Press the button whose label ends with this."""
        reply = showing(self.flow, self.facts, self.state)
        found = [button for button in buttons(reply) if button.label.endswith(label)]
        assert found, f"no button {label!r} among {[button.label for button in buttons(reply)]}"
        return self.code(found[0].code)

    def code(self, code: str) -> Turn:
        """Press with the present mark."""
        return self.give(Pressed(Mark(self.state.id, self.state.revision), code))

    def type(self, text: str, source: str = "") -> Turn:
        """Type words."""
        return self.give(Typed(text, source))

    def control(self, control: Control) -> Turn:
        """Use a control."""
        return self.give(Controlled(control))

    def send_media(self, kind: MediaKind = MediaKind.VOICE, caption: str = "", group: str = "") -> Media:
        """Media arrives; it is not yet kept."""
        self.count += 1
        media = Media(MediaId(f"m{self.count}"), kind)
        self.give(MediaArrived(media, caption, f"media{self.count}", group))
        return media

    def keep(self, media: Media) -> Turn:
        """Its bytes are sealed."""
        return self.give(MediaKept(media.id))

    def fail(self, media: Media, *, too_big: bool = False) -> Turn:
        """Its bytes could not be had."""
        return self.give(MediaFailed(media.id, too_big))

    def hear(self, media: Media, text: str) -> Turn:
        """A machine heard this in it."""
        return self.give(Transcribed(media.id, text))

    def answer(self, step: str, item: str = "") -> Answer:
        """A stored answer."""
        return self.stored[step, item]

    @property
    def here(self) -> tuple[str, str, str]:
        """The present place."""
        place = self.state.place
        return place.spot.value, place.step, place.item

    def is_paused(self) -> bool:
        """Whether it waits to be carried on."""
        return self.state.paused

    def to(self, step: str, item: str = "") -> Chat:
        """Skip along until this question."""
        for _ in range(200):
            if (self.state.place.step, self.state.place.item) == (step, item):
                return self
            self.onward()
        raise AssertionError(f"never came to {step}")

    def onward(self) -> None:
        """The quickest way on from here."""
        match self.state.place.spot:
            case Spot.PART_END:
                self.code("d:carry_on")
            case Spot.ORPHAN:
                self.code("d:keep")
            case _ if any(each.code == "r:skip" for each in buttons(showing(self.flow, self.facts, self.state))):
                self.code("r:skip")
            case _:
                self.code(buttons(showing(self.flow, self.facts, self.state))[0].code)

    def to_check(self) -> Chat:
        """Skip along to the check screen."""
        while self.state.place.spot is not Spot.CHECK:
            self.onward()
        return self

    def to_sent(self) -> Chat:
        """Skip along and press Send."""
        self.to_check().code("d:send")
        return self


def _as_sent(answer: Answer) -> Answer:
    return replace(answer, transcripts=tuple(each for each in answer.transcripts if each.confirmed))


def chat(plan_lines: int = 0, goals: int = 0, flags: frozenset[str] = frozenset()) -> Chat:
    """The small script, begun."""
    return Chat(small_flow(), facts(plan_lines, goals, flags))


def at(step: str, item: str = "") -> Chat:
    """The small script, at this question, in the full way."""
    return chat(plan_lines=1).to(step, item)


def question(step: str, item: str = "") -> Place:
    """The place of a question."""
    return Place(Spot.QUESTION, step, item)
