"""A small review with three people, for the tests of digests."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from conversations.digest import DigestReview, FollowUp, FollowUpKind, Making
from conversations.effects import Submission
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Chose,
    Feeds,
    Flow,
    Heading,
    Option,
    Part,
    Records,
    Repeat,
    Role,
    Sort,
    Sorted,
    Source,
    Step,
    Tell,
    Way,
)
from conversations.state import (
    Answer,
    Audience,
    ConversationId,
    Means,
    Media,
    MediaId,
    MediaKind,
    PlanLine,
    Refused,
    ReviewFacts,
)
from conversations.voices import Contribution, Standing, Tried, TriedKind

WHEN = datetime(2026, 12, 1, 16, 30, tzinfo=UTC)
MADE = Making(datetime(2026, 12, 15, 12, 0, tzinfo=UTC))
SCALE = (
    Option("well", "Going well", "👍"),
    Option("sometimes", "Sometimes", "↔️"),
    Option("not_well", "Not going well", "👎"),
)
_WORDS = {
    "weekdays": "Mon Tue Wed Thu Fri Sat Sun",
    "months": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "day": "{item} {count} {chosen} {part}",
    "moment": "{item}, {count}",
    "morning": "{count} am",
    "afternoon": "{count} pm",
}
MOST = MappingProxyType({Way.FULL: 3, Way.SHORT: 1})
LINES = (PlanLine("p1", "Sam meets a speech therapist every week.", "Jo Bell"), PlanLine("p2", "Quiet room.", ""))
GOALS = (PlanLine("g1", "Travel to college by bus alone", "Jo Bell"),)


def _fed(heading: Heading) -> Feeds:
    return Feeds(heading)


def _tell(step: str, text: str, heading: Heading) -> Tell:
    return Tell(id=step, texts=(text,), feeds=_fed(heading))


YOUNG_STEPS: tuple[Step, ...] = (
    ChooseMany(
        id="access",
        texts=("How do you like to answer?",),
        options=(Option("pictures", "Pictures", "🖼️"), Option("voice", "Voice", "🎤")),
        records=Records.ACCESS,
    ),
    ChooseMany(
        id="helper",
        texts=("Is anyone helping you today?",),
        options=(Option("family", "Family", "👪"), Option("me", "Just me")),
        records=Records.HELPER,
    ),
    ChooseMany(
        id="good_at",
        texts=("What are you good at?", "What do people like about you?"),
        options=(
            Option("music", "Music", "🎵"),
            Option("funny", "Being funny", "😂"),
            Option("art", "Making things", "🎨"),
        ),
        feeds=_fed(Heading.ADMIRE),
    ),
    _tell("important", "What matters to you now?", Heading.IMPORTANT_NOW),
    Sort(
        id="going",
        texts=("How is it going with {item}?",),
        cards=(
            Card("lessons", "Lessons", "📚"),
            Card("friends", "Friends", "👫"),
            Card("travel", "Getting there", "🚌"),
            Card("noise", "Noise and places", "🔇"),
            Card("food", "Breaks and food", "🍎"),
            Card("safe", "Feeling safe", "🏠", safety=True),
        ),
        feeds=_fed(Heading.GOING),
    ),
    Tell(
        id="safe_more",
        texts=("What would make it safe?",),
        feeds=_fed(Heading.BETTER),
        when=(Chose("going", frozenset({"not_well"}), card="safe"),),
    ),
    Repeat(
        id="help_with",
        over=Sorted("going", "not_well"),
        at_most=MOST,
        pick=("You said {count} things are not going well.", "Which shall we talk about?"),
        steps=(
            ChooseMany(
                id="would_help",
                texts=("You said {item} is not going well.", "What would help?"),
                options=(Option("time", "More time", "⏰"), Option("quiet", "A quiet space", "🔇")),
                feeds=_fed(Heading.BETTER),
            ),
        ),
    ),
    Repeat(
        id="provision",
        over=Source.PLAN_LINES,
        at_most=MOST,
        pick=("Which lines?",),
        steps=(
            ChooseOne(
                id="get_it",
                texts=("Do you get it?",),
                options=(Option("yes", "Yes", "✅"), Option("no", "No", "❌")),
                feeds=_fed(Heading.PROVISION),
            ),
            ChooseOne(id="helps", texts=("Does it help?",), options=SCALE, feeds=_fed(Heading.PROVISION)),
        ),
    ),
    Repeat(
        id="goals",
        over=Source.GOALS,
        at_most=MOST,
        pick=("Which goals?",),
        steps=(
            ChooseOne(
                id="goal",
                texts=("How is it going?",),
                options=(Option("done", "Done", "●"), Option("on_way", "On the way", "▲")),
                feeds=_fed(Heading.GOALS),
            ),
        ),
    ),
    _tell("future", "What would you like to do next?", Heading.FUTURE_WORK),
    Tell(id="unsafe", texts=("Are you safe?",), feeds=_fed(Heading.HEALTH), safety=True),
    _tell("one_thing", "If one thing could be different, what would it be?", Heading.ONE_THING),
    _tell("stay", "And what must stay the same?", Heading.MUST_STAY),
    ChooseOne(
        id="attend",
        texts=("Do you want to be there?",),
        options=(Option("part", "Part of it"), Option("all", "All of it")),
        feeds=_fed(Heading.TAKING_PART),
    ),
    _tell("who_comes", "Who should come?", Heading.WHO_COMES),
    _tell("okay", "What would make it OK for you?", Heading.ADJUSTMENTS),
    _tell("avoid", "Anything you do not want talked about?", Heading.NOT_TALK_ABOUT),
    _tell("ask", "What should the meeting talk about?", Heading.AGENDA),
    ChooseOne(id="share", texts=("Can they have a copy?",), options=(Option("yes", "Yes"),), records=Records.SHARE),
)
CARER_STEPS: tuple[Step, ...] = (
    ChooseOne(
        id="link",
        texts=("What is your link to {about}?",),
        options=(Option("parent", "Parent"),),
        feeds=_fed(Heading.LINK),
    ),
    _tell("like", "What do you most like and admire?", Heading.ADMIRE),
    _tell("hopes", "What are your hopes for {about}?", Heading.FUTURE_HOME),
    _tell("worry", "What worries you most?", Heading.WORRIES),
    _tell("sort_out", "What should the meeting sort out?", Heading.AGENDA),
    _tell("need", "What do you need to take part?", Heading.ADJUSTMENTS),
)


def flow(role: Role) -> Flow:
    """A small script of either kind."""
    steps = YOUNG_STEPS if role is Role.YOUNG_PERSON else CARER_STEPS
    parts = (Part(id="a", title="A", steps=steps),)
    return Flow(id=role.value, version=1, role=role, title="T", scale=SCALE, parts=parts, words=_WORDS)


def facts(name: str = "Sam") -> ReviewFacts:
    """What the people in the sample know of the review."""
    return ReviewFacts(
        about="Sam",
        name=name,
        contact="Ms Okoro",
        safeguarding="Mr Lee",
        meeting=date(2027, 1, 5),
        reads_by=date(2026, 12, 15),
        cut_off=datetime(2026, 12, 19, 12, tzinfo=UTC),
        plan_lines=LINES,
        goals=GOALS,
    )


def review(version: int = 1, previous: dict[str, int] | None = None) -> DigestReview:
    """The review of the sample."""
    return DigestReview(
        about="Sam",
        reference="R-204",
        kind="ehc_annual",
        meeting=date(2027, 1, 5),
        professional="Ms Okoro",
        professional_title="SENCO",
        setting="Hill College",
        leaving_date=date(2026, 6, 26),
        closes=date(2026, 12, 15),
        follow_up=(
            FollowUp(FollowUpKind.FEEDBACK, date(2027, 1, 19)),
            FollowUp(FollowUpKind.REPORT_DUE, date(2027, 1, 19)),
            FollowUp(FollowUpKind.DECISION_DUE, date(2027, 2, 2)),
            FollowUp(FollowUpKind.CHECK, date(2027, 4, 6)),
        ),
        version=version,
        previous=previous or {},
    )


ONLY = Audience.ONLY_PROFESSIONAL
_TAPPED = frozenset({Means.TAPPED})
_TYPED = frozenset({Means.TYPED})
FAMILY = ("family",)


def _sorted(card: str, point: str) -> Answer:
    return Answer("going", WHEN, card, (point,), means=_TAPPED, helped=FAMILY)


YOUNG_ANSWERS: tuple[Answer, ...] = (
    Answer("access", WHEN, choices=("pictures", "voice"), means=_TAPPED),
    Answer("helper", WHEN, choices=FAMILY, words="My aunt Mary", means=_TAPPED | _TYPED),
    Answer("good_at", WHEN, choices=("music", "funny"), means=_TAPPED, helped=FAMILY),
    Answer("important", WHEN, words="My dog Biscuit.\nAnd drumming on Fridays 🥁", means=_TYPED, helped=FAMILY),
    _sorted("lessons", "well"),
    _sorted("friends", "sometimes"),
    _sorted("travel", "not_well"),
    Answer("going", WHEN, "noise", ("not_well",), means=_TAPPED, audience=ONLY),
    Answer("going", WHEN, "food", words="only when it is chips", means=_TYPED),
    Answer("going", WHEN, "safe", ("not_well",), means=_TAPPED),
    Answer("safe_more", WHEN, words="a hidden thing", means=_TYPED),
    Answer("would_help", WHEN, "travel", ("time",), words="Someone to ride with me at first", means=_TAPPED | _TYPED),
    Answer("get_it", WHEN, "p1", ("yes",), means=_TAPPED),
    Answer("helps", WHEN, "p1", ("sometimes",), means=_TAPPED),
    Answer("goal", WHEN, "g1", ("on_way",), means=_TAPPED),
    Answer("future", WHEN, media=(Media(MediaId("m1"), MediaKind.VOICE),), means=frozenset({Means.VOICE})),
    Answer("unsafe", WHEN, words="another hidden thing", means=_TYPED),
    Answer("one_thing", WHEN + timedelta(days=2), words="I want to travel to college on my own.", means=_TYPED),
    Answer("stay", WHEN, words="Miss Bell. She gets me.", means=_TYPED),
    Answer("attend", WHEN, choices=("part",), means=_TAPPED),
    Answer("who_comes", WHEN, words="Mum, not my uncle", means=_TYPED),
    Answer("okay", WHEN, words="Breaks every ten minutes", means=_TYPED),
    Answer("avoid", WHEN, refused=Refused.RATHER_NOT, means=_TAPPED),
    Answer("ask", WHEN, words="Can I do the music course?", means=_TYPED),
)
MOTHER_ANSWERS: tuple[Answer, ...] = (
    Answer("link", WHEN, choices=("parent",), means=_TAPPED),
    Answer("like", WHEN, words="So kind to everyone.", means=_TYPED),
    Answer("hopes", WHEN, words="A home near friends.", means=_TYPED),
    Answer("worry", WHEN, words="Money is very hard for us.", means=_TYPED, audience=ONLY),
    Answer("sort_out", WHEN, words="Who pays for the bus?", means=_TYPED),
    Answer("need", WHEN, refused=Refused.SKIP, means=_TAPPED),
)


def submission(answers: tuple[Answer, ...], *, number: int = 1, share: bool | None = None) -> Submission:
    """What somebody pressed Send on."""
    return Submission(
        conversation=ConversationId("c"),
        script="young_person",
        version=1,
        number=number,
        answers=answers,
        sent_at=WHEN + timedelta(days=3),
        late=False,
        share=share,
    )


def young(answers: tuple[Answer, ...] = YOUNG_ANSWERS, *, share: bool | None = False, number: int = 1) -> Contribution:
    """The young person, who has sent."""
    return Contribution(
        who="yp",
        role=Role.YOUNG_PERSON,
        flow=flow(Role.YOUNG_PERSON),
        facts=facts(),
        standing=Standing.SENT,
        submission=submission(answers, number=number, share=share),
        code="K7QM-2XWD-9HTC",
    )


def carer(who: str, relation: str, answers: tuple[Answer, ...] = MOTHER_ANSWERS) -> Contribution:
    """A carer who has sent."""
    return Contribution(
        who=who,
        role=Role.CARER,
        flow=flow(Role.CARER),
        facts=facts(""),
        standing=Standing.SENT,
        relation=relation,
        submission=submission(answers),
        code="P2LL-8RTV-4DJN",
    )


def silent(person: Contribution, standing: Standing = Standing.NOT_YET) -> Contribution:
    """The same person, without words."""
    tried = (Tried(TriedKind.INVITED, date(2026, 11, 20)), Tried(TriedKind.REMINDER, date(2026, 12, 4)))
    return replace(person, standing=standing, submission=None, tried=tried, code="")
