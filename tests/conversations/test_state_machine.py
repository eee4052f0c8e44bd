"""Whatever a person does, in whatever order: the promises of the engine hold over every script."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from conversations import engine
from conversations.asides import ASIDES
from conversations.effects import PlayBack, Record, Refusal, Show
from conversations.inputs import Closed, Control, Controlled, Edited, Pressed
from conversations.moving import ASKED
from conversations.profile import Profile
from conversations.script import Flow
from conversations.state import ConversationId, Mark, Media, MediaKind, Spot
from tests.conversations.calm_chat import PROFILES, is_kept
from tests.conversations.support import Chat, all_flows, buttons, facts, showing

pytestmark = pytest.mark.uncounted

WORDS = st.one_of(
    st.sampled_from(
        [
            "2",
            "👍🏽",
            "⚽",
            "👎",
            "⚽🎵",
            "😀",
            "skip",
            "Yes",
            "no",
            "I don’t know",
            "Something else",
            " ",
            "\ud800x",
            "he hits me",
            "kms",
        ]
    ),
    st.sampled_from(["he hits me", "kms"]),
    st.text(min_size=1, max_size=40),
    st.text(min_size=3000, max_size=4096),
)
CODES = st.one_of(
    st.sampled_from(
        ["d:send", "d:yes", "d:done", "n:1", "n:99", "p:1", "p:7", "r:skip", "o:", "+:", "+:sport", "", ":", "d:resume"]
    ),
    st.text(max_size=40),
)


class Conversation(RuleBasedStateMachine):
    """One person, one script, anything at all."""

    flow: Flow

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Media] = []
        self.kept: list[Media] = []
        self.sources = 0

    @initialize(
        lines_and_goals=st.tuples(st.integers(0, 6), st.integers(0, 4)),
        profile=PROFILES,
        acting=st.booleans(),
        short=st.booleans(),
    )
    def begin(self, lines_and_goals: tuple[int, int], profile: Profile, *, acting: bool, short: bool) -> None:
        known = facts(*lines_and_goals, frozenset({"acting_in_place"} if acting else ()))
        self.chat = Chat(self.flow, replace(known, profile=profile))
        if short:
            self._skip_to_way()

    def _skip_to_way(self) -> None:
        for _ in range(5):
            codes = [button.code for button in buttons(showing(self.flow, self.chat.facts, self.chat.state))]
            self.chat.code("o:short" if "o:short" in codes else codes[0])

    @rule(data=st.data())
    def press(self, data: st.DataObject) -> None:
        shown = buttons(showing(self.flow, self.chat.facts, self.chat.state))
        if shown:
            turn = self.chat.code(data.draw(st.sampled_from(shown)).code)
            assert turn.refusal in {None, Refusal.PICK_FIRST, Refusal.TOO_MANY}

    @rule(times=st.integers(1, 12))
    def skip_on(self, times: int) -> None:
        self.go_on(times)

    def go_on(self, times: int) -> None:
        """The quickest way on, up to the check screen."""
        for _ in range(times):
            if self.chat.state.place.spot in {Spot.CHECK, Spot.CLOSED, Spot.SENT}:
                return
            self.chat.onward()

    @rule(code=CODES)
    def forge(self, code: str) -> None:
        self.chat.code(code)

    @rule(data=st.data(), code=CODES)
    def press_old(self, data: st.DataObject, code: str) -> None:
        state = self.chat.state
        now = Mark(state.id, state.revision)
        others = [Mark(ConversationId("other"), state.revision), Mark(state.id, state.revision + 1), *self.chat.marks]
        mark = data.draw(st.sampled_from(others))
        assert mark != now
        turn = self.chat.give(Pressed(mark, code))
        assert turn.refusal is Refusal.STALE
        assert not turn.effects

    @rule(data=st.data())
    def type_a_label(self, data: st.DataObject) -> None:
        shown = buttons(showing(self.flow, self.chat.facts, self.chat.state))
        if shown:
            label = data.draw(st.sampled_from(shown)).label
            self.type(data.draw(st.sampled_from([label, label.split()[0], label.split()[-1].upper()])))

    @rule(words=WORDS)
    def type(self, words: str) -> None:
        self.sources += 1
        before = self.chat.state
        turn = self.chat.type(words, f"s{self.sources}")
        clean = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
        if not clean:
            assert turn.refusal is Refusal.EMPTY
            return
        kept = [effect.words for effect in turn.effects if is_kept(effect)]
        kept += [effect.answer.words for effect in turn.effects if isinstance(effect, Record)]
        kept.append(turn.state.draft.words)
        if not any(clean in each for each in kept):
            self._named_something(clean, turn.refusal, moved=turn.state != before or bool(turn.effects))

    def _named_something(self, text: str, refusal: Refusal | None, *, moved: bool) -> None:
        """Words that were not kept named an option or a refusal."""
        assert len(text) <= 64
        assert moved or refusal in {Refusal.WHICH_ONE, Refusal.TOO_MANY, Refusal.PICK_FIRST}

    @rule(control=st.sampled_from(Control))
    def control(self, control: Control) -> None:
        turn = self.chat.control(control)
        assert turn.refusal in {None, Refusal.NO_EARLIER, Refusal.CLOSED}

    @rule(words=WORDS, number=st.integers(0, 3), media=st.booleans())
    def edit(self, words: str, number: int, *, media: bool) -> None:
        source = f"media{self.chat.count - number}" if media else f"s{self.sources - number}"
        turn = self.chat.give(Edited(words, source))
        assert turn.refusal in {None, Refusal.EMPTY}

    @rule(kind=st.sampled_from(MediaKind), caption=WORDS, group=st.sampled_from(["", "", "album1", "album2"]))
    def send_media(self, kind: MediaKind, caption: str, group: str) -> None:
        self.waiting.append(self.chat.send_media(kind, caption, group))

    @precondition(lambda self: self.waiting)
    @rule(data=st.data())
    def media_kept(self, data: st.DataObject) -> None:
        media = self._drawn(data)
        self.kept.append(media)
        expected = any(pending.media == media for pending in self.chat.state.pending)
        turn = self.chat.keep(media)
        noted = [each for effect in turn.effects if is_kept(effect) for each in effect.media]
        answered = [each for answer in turn.state.answers for each in answer.media]
        assert (media in (*noted, *answered, *turn.state.draft.media)) == expected

    @precondition(lambda self: self.waiting)
    @rule(data=st.data(), too_big=st.booleans())
    def media_failed(self, data: st.DataObject, *, too_big: bool) -> None:
        self.chat.fail(self._drawn(data), too_big=too_big)

    def _drawn(self, data: st.DataObject) -> Media:
        media = data.draw(st.sampled_from(self.waiting))
        self.waiting.remove(media)
        return media

    @precondition(lambda self: self.waiting or self.kept)
    @rule(data=st.data(), words=WORDS)
    def machine_hears(self, data: st.DataObject, words: str) -> None:
        """At any time, twice, late, of what is gone: it says nothing and moves nothing that a person said."""
        before = self.chat.state
        turn = self.chat.hear(data.draw(st.sampled_from([*self.waiting, *self.kept])), words)
        assert {type(effect) for effect in turn.effects} <= {Record}
        assert (turn.state.place, turn.state.revision, turn.state.unsent) == (
            before.place,
            before.revision,
            before.unsent,
        )
        bare = [replace(answer, transcripts=()) for answer in turn.state.answers]
        assert bare == [replace(answer, transcripts=()) for answer in before.answers]

    @rule()
    def hear_it_again(self) -> None:
        before = self.chat.state
        turn = self.chat.code("d:play")
        if turn.refusal is None:
            assert before.place.spot is Spot.CHECK_ITEM
            assert [type(effect) for effect in turn.effects] == [PlayBack]
            assert turn.state == replace(before, paused=False)

    @rule(data=st.data(), kind=st.sampled_from(["photo", "voice", "video"]))
    def answer_with_media_at_once(self, data: st.DataObject, kind: str) -> None:
        """As most do: it is sent, and kept a moment later."""
        media = self.chat.send_media(MediaKind(kind))
        self.kept.append(media)
        turn = self.chat.keep(media)
        noted = [each for effect in turn.effects if is_kept(effect) for each in effect.media]
        answered = [each for answer in turn.state.answers for each in answer.media]
        assert [*noted, *answered, *turn.state.draft.media].count(media) == 1
        if data.draw(st.booleans()):
            self.chat.hear(media, "What I said")

    @invariant()
    def what_is_asked_beside_the_questions_is_asked_once_and_leads_on(self) -> None:
        if not hasattr(self, "chat") or self.chat.state.place.spot not in ASIDES:
            return
        chat = self.chat
        asked = chat.state.asked_about
        assert len(set(asked)) == len(asked)
        reply = showing(self.flow, chat.facts, chat.state)
        for button in buttons(reply):
            event = Pressed(Mark(chat.state.id, chat.state.revision), button.code)
            after = engine.advance(chat.flow, chat.facts, chat.state, event, chat.now).state
            assert after.place == chat.state.trail[-1] or after.place.spot in ASIDES
            assert after.draft == chat.state.draft or after.place.spot not in ASKED

    @invariant()
    def only_what_was_confirmed_counts(self) -> None:
        if not hasattr(self, "chat"):
            return
        for effect in self.chat.sent:
            heard = [each for answer in effect.submission.answers for each in answer.transcripts]
            assert all(each.confirmed for each in heard)
        for answer in self.chat.state.answers:
            held = {media.id for media in answer.media}
            assert {each.media for each in answer.transcripts} <= held
            assert len({each.media for each in answer.transcripts}) == len(answer.transcripts)

    @rule(days=st.integers(0, 12))
    def wait(self, days: int) -> None:
        self.chat.now += timedelta(days=days)

    @rule(chance=st.integers(0, 30))
    def end_it(self, chance: int) -> None:
        if chance == 0:
            turn = self.chat.give(Closed())
            assert not any(isinstance(effect, Show) for effect in turn.effects)

    @invariant()
    def back_is_always_possible(self) -> None:
        if not hasattr(self, "chat"):
            return
        chat = self.chat
        turn = engine.advance(chat.flow, chat.facts, chat.state, Controlled(Control.BACK), chat.now)
        if turn.refusal is Refusal.NO_EARLIER:
            assert chat.state.place == chat.first or chat.state.place.spot is Spot.SENT
        else:
            assert turn.refusal is None or chat.state.place.spot is Spot.CLOSED

    @invariant()
    def ends_once(self) -> None:
        if not hasattr(self, "chat") or self.chat.state.place.spot is not Spot.CLOSED:
            return
        chat = self.chat
        for event in (Closed(), Pressed(Mark(chat.state.id, chat.state.revision), "d:yes"), Controlled(Control.RESUME)):
            turn = engine.advance(chat.flow, chat.facts, chat.state, event, chat.now)
            assert turn.state == chat.state
            assert not turn.effects

    @invariant()
    def every_version_is_sent_once(self) -> None:
        if not hasattr(self, "chat"):
            return
        numbers = [effect.submission.number for effect in self.chat.sent]
        assert numbers == list(range(1, len(numbers) + 1))
        assert self.chat.state.sendings == len(numbers)
        for effect in self.chat.sent:
            assert effect.submission.late == (effect.submission.sent_at > self.chat.facts.cut_off)


@pytest.mark.parametrize("flow", all_flows(), ids=lambda flow: f"{flow.id}-{flow.version}")
def test_the_promises_hold_whatever_a_person_does(flow: Flow) -> None:
    machine = type("Conversation", (Conversation,), {"flow": flow})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=80, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
