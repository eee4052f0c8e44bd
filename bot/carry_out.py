"""Carries the engine's effects out as rows, inside the unit of work that holds the input. Sends nothing itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.choosing import ask as ask_language
from bot.facts import Circle
from bot.leaving import Goodbyes
from bot.notices import Notices
from bot.own_pages import give_page
from bot.playing import Playing
from bot.post import Post, Target, To, carrier
from bot.prompt_rows import ask_for_update
from bot.rights.counting import Counting
from bot.safeguarding.alarm import Alarm
from bot.standing import status_of
from bot.telegram import outbound
from conversations.effects import (
    AskLanguage,
    AskStaff,
    DeleteAnswers,
    Effect,
    GivePage,
    KeepNote,
    KeepProfile,
    Leave,
    PlayBack,
    RaiseAlert,
    ReadAloud,
    Record,
    Refresh,
    Remove,
    Reply,
    Settle,
    Show,
    Submit,
    Turn,
    Withdraw,
)
from conversations.engine import present, receipt
from conversations.lines import Line
from conversations.script import Flow
from conversations.state import ConversationState, Mark, MediaId, ReviewFacts
from storage.ids import new_id
from storage.records import Conversation, Lane, Note
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything around one turn of one conversation.

    `cause` names the input or prompt, for the outbox's unique keys. `pressed` is the message whose button was
    pressed, where one was: it is the one that is changed. With `languages` there is more than one to choose.
    """

    work: UnitOfWork
    around: Circle
    flow: Flow
    conversation: Conversation
    now: datetime
    cause: str
    pressed: int | None = None
    names_whom: bool = False
    languages: bool = False
    alert_seen_by: datetime | None = None
    lane: Lane = Lane.CONVERSATION
    alarming: bool = False

    @property
    def facts(self) -> ReviewFacts:
        """What the engine needs to know of the review, now."""
        facts = self.around.facts(self.now, self.flow)
        return replace(facts, languages=self.languages, alert_seen_by=self.alert_seen_by)

    @property
    def to(self) -> To:
        """The chat of this conversation."""
        return To(self.conversation.account_id or "", self.around.participant.id, self.lane)


@dataclass(frozen=True, slots=True)
class CarryOut:
    """The one place where effects become rows."""

    post: Post
    notices: Notices
    alarm: Alarm
    counting: Counting | None = None

    async def turn(self, moment: Moment, turn: Turn) -> Conversation:
        """Carry out one turn and store its state; the conversation as it now stands.

        Raises:
            Conflict: someone else changed the conversation since it was read.
        """
        # A stop ends what is queued (P12); it goes first, so that the goodbye in the same turn still reaches them.
        effects = sorted(turn.effects, key=lambda effect: not isinstance(effect, Leave))
        alarming = any(isinstance(effect, RaiseAlert) for effect in effects)
        moment = replace(_as_they_like_it(moment, effects), alarming=alarming)
        for number, effect in enumerate(effects):
            await self._effect(moment, turn.state, effect, f"{moment.cause}:{number}")
        changed = replace(
            moment.conversation,
            state=turn.state,
            revision=turn.state.revision,
            status=status_of(turn.state),
            touched_at=moment.now,
        )
        if changed.state != moment.conversation.state or changed.status is not moment.conversation.status:
            await moment.work.conversations.save(changed)
        return changed

    async def show(self, moment: Moment, reply: Reply, key: str) -> None:
        """Queue one message, with whom it is about where the chat has more than one review.

        Between an old phone and a new one there is no chat; the question is shown when the person is in again.
        """
        if moment.conversation.account_id is None:
            return
        if reply.mark and reply.rows:
            key = carrier(reply.mark, len(await self._carriers(moment, reply.mark)))
        await self._post(moment).show(moment.work, moment.to, self._named(moment, reply), key)

    async def _carriers(self, moment: Moment, mark: Mark) -> list[str]:
        """The keys of all messages that carried this mark, the newest last."""
        keys: list[str] = []
        while await moment.work.outbox.is_known(carrier(mark, len(keys))):
            keys.append(carrier(mark, len(keys)))
        return keys

    async def _effect(self, moment: Moment, state: ConversationState, effect: Effect, key: str) -> None:
        match effect:
            case Show() | Settle() | Refresh():
                await self._message(moment, effect, key)
            case Record() | Remove() | DeleteAnswers() | KeepProfile():
                await self._keep(moment, state, effect)
            case PlayBack() | ReadAloud() | GivePage() | AskLanguage():
                await self._send(moment, effect, key)
            case RaiseAlert():
                around = moment.around
                await self.alarm.raise_alert(moment.work, around.participant, around.review.id, effect, moment.now)
            case Submit() | Withdraw() | KeepNote() | Leave() | AskStaff():
                await self._deed(moment, state, effect, key)
            case _:
                assert_never(effect)

    async def _message(self, moment: Moment, effect: Show | Settle | Refresh, key: str) -> None:
        match effect:
            case Show(reply):
                await self.show(moment, reply, key)
            case Settle():
                await self._settle(moment, effect, key)
            case Refresh(mark, reply):
                await self._edit(moment, mark, reply, key)
            case _:
                assert_never(effect)

    async def _keep(
        self, moment: Moment, state: ConversationState, effect: Record | Remove | DeleteAnswers | KeepProfile
    ) -> None:
        work, conversation = moment.work, moment.conversation
        match effect:
            case Record(answer):
                await work.conversations.record(conversation.id, answer, state.revision)
                kept = {media.id for media in answer.media}
                await self._let_go(moment, set(_media_at(conversation, answer.step, answer.item)) - kept)
            case Remove(step, item):
                await work.conversations.remove(conversation.id, step, item)
                await self._let_go(moment, _media_at(conversation, step, item))
            case DeleteAnswers():
                await work.conversations.delete_answers(conversation.id)
                await self._let_go(moment, [media.id for media in await work.media.of_conversation(conversation.id)])
            case KeepProfile(profile):
                await work.participants.save(replace(moment.around.participant, profile=profile))
            case _:
                assert_never(effect)

    async def _send(self, moment: Moment, effect: PlayBack | ReadAloud | GivePage | AskLanguage, key: str) -> None:
        """What comes as a message of its own: a recording, a voice message, a document, the choice of languages."""
        playing = Playing(self._post(moment))
        match effect:
            case PlayBack(media):
                await playing.back(moment.work, moment.to, media, key)
            case ReadAloud(step, item):
                await playing.aloud(moment.work, moment.to, moment.flow, (step, item), key)
            case GivePage():
                await give_page(self._post(moment), moment.work, moment.to, moment.conversation.id, key)
            case AskLanguage():
                await ask_language(moment.work, self._post(moment), moment.to, key)
            case _:
                assert_never(effect)

    async def _deed(
        self,
        moment: Moment,
        state: ConversationState,
        effect: Submit | Withdraw | KeepNote | Leave | AskStaff,
        key: str,
    ) -> None:
        work, around, now = moment.work, moment.around, moment.now
        match effect:
            case Submit(submission):
                stored = await work.submissions.add(submission, around.participant.id, around.review.id)
                shown = receipt(moment.flow, moment.facts, state, stored.code)
                await self.show(moment, shown, f"{key}:receipt")
                if self.counting is not None and submission.number == 1:
                    await self.counting.ask(work, self._post(moment), moment.to, key)
                await ask_for_update(work, around.review, now, f"{stored.id}")
            case Withdraw():
                await work.submissions.withdraw(moment.conversation.id)
                # Who takes their words back takes back all of them, those that staff typed in from paper too.
                await work.submissions.withdraw(work.conversations.paper_id(around.participant.id, around.review.id))
                await ask_for_update(work, around.review, now, f"withdrawn-{moment.conversation.id}-{state.revision}")
            case KeepNote(words, media):
                note = Note(new_id(), around.participant.id, now, around.review.id, words, media)
                await work.notes.add(replace(note, read_due=around.reads_by(now)))
                await self.alarm.note_kept(work, note)
                if not moment.alarming:  # those words are for the safeguarding team: nobody else hears that they came
                    await self.notices.note_waits(work, around, now)
            case Leave(how):
                await Goodbyes(self.notices).left(work, around, how, now, moment.cause)
            case AskStaff(way):
                label = self.post.words.get(f"way_{way}", way)
                await work.audit.add(now, around.participant.id, f"other_way_{way}", around.participant.id)
                await self.notices.tell(work, around, Line.STAFF_OTHER_WAY, f"{key}:staff", way=label)
            case _:
                assert_never(effect)

    async def _let_go(self, moment: Moment, media: Iterable[MediaId]) -> None:
        """Voice and photos go with their answers, but for what was sent, left as a note, or kept for the team."""
        gone, work, who = set(media), moment.work, moment.around.participant.id
        if gone:
            sent = await work.submissions.latest(moment.conversation.id)
            answers = sent.submission.answers if sent else ()
            kept = {each.id for answer in answers for each in answer.media}
            kept |= {each.id for note in await work.notes.of_participant(who) for each in note.media}
            for each in gone - kept - await self.alarm.holds(work, who):
                await work.media.delete(each)

    async def _settle(self, moment: Moment, effect: Settle, key: str) -> None:
        """The question's words stay, with what was chosen under them; the buttons go, on older copies too."""
        asked = self._named(moment, present(moment.flow, moment.facts, moment.conversation.state))
        *older, newest = await self._carriers(moment, effect.mark) or [""]
        for number, original in enumerate(older):
            await self.post.strip(moment.work, moment.to, Target(original), f"{key}:strip{number}")
        target = Target(newest, None if newest else moment.pressed)
        if moment.conversation.account_id is not None and (newest or moment.pressed):
            settled = outbound.settle(asked, effect.text, target.original, target.message_id, effect.art)
            await self.post.change(moment.work, moment.to, settled, f"{key}:edit")

    async def _edit(self, moment: Moment, mark: Mark, reply: Reply, key: str) -> None:
        shown = self._named(moment, reply)
        carriers = await self._carriers(moment, mark)
        target = Target(carriers[-1] if carriers else "", moment.pressed)
        key = f"{key}:edit"
        if reply.mark and reply.mark != mark:
            # From now on this message carries the new mark: whoever looks for it finds it by the row of this edit.
            key = carrier(reply.mark, len(await self._carriers(moment, reply.mark)))
        await self.post.edit(moment.work, moment.to, shown, target, key)

    def _post(self, moment: Moment) -> Post:
        return self.post.speaking_to(moment.around.participant)

    def _named(self, moment: Moment, reply: Reply) -> Reply:
        if not moment.names_whom:
            return reply
        about = self._post(moment).line(Line.ABOUT, about=moment.around.about.first_name)
        return replace(reply, progress=" · ".join(part for part in (about, reply.progress) if part))


def _as_they_like_it(moment: Moment, effects: Iterable[Effect]) -> Moment:
    """What is said in a turn that changes how the person likes to be asked, is said in the new way."""
    for effect in effects:
        if isinstance(effect, KeepProfile):
            person = replace(moment.around.participant, profile=effect.profile)
            moment = replace(moment, around=replace(moment.around, participant=person))
    return moment


def _media_at(conversation: Conversation, step: str, item: str) -> list[MediaId]:
    """What the answer of this step and item held before this turn."""
    taken = [each for each in conversation.state.answers if (each.step, each.item) == (step, item)]
    return [media.id for answer in taken for media in answer.media]
