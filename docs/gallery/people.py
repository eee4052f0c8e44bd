"""Made-up people, and what they say: for the gallery only. No clock: every day in it stands here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Final

from bot.documents.letter import Invitation
from conversations.digest import Digest, DigestReview, FollowUp, FollowUpKind, Making, compose
from conversations.effects import Submission
from conversations.profile import Profile
from conversations.script import Flow, Role, Way
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
    Transcript,
)
from conversations.voices import Contribution, Standing, Tried, TriedKind

NOW: Final = datetime(2026, 12, 1, 16, 30, tzinfo=UTC)
MADE: Final = datetime(2026, 12, 15, 12, 0, tzinfo=UTC)
URDU: Final = "ur"
SETTING: Final = "Hill College"
_PLAN: Final = (
    PlanLine("reading", "Someone reads long texts with you, each day.", "Ms Okafor"),
    PlanLine("breaks", "You can take a break when it gets loud.", "Ms Okafor"),
    PlanLine("travel", "A member of staff practises the bus with you.", "Mr Lee"),
    PlanLine("speech", "You meet a speech therapist every week.", "Ms Okafor"),
)
_GOALS: Final = (
    PlanLine("bus", "I travel to college by bus.", "Sam"),
    PlanLine("cooking", "I cook one meal each week.", "Sam"),
    PlanLine("club", "I join one club.", "Sam"),
    PlanLine("money", "I pay for my own lunch.", "Sam"),
)
PROFILE: Final = Profile(choices=4, reading_help=True, asked_on=date(2026, 11, 30))
_SAID: Final = {
    "en": ("I play the drums 🥁", "My dog Biscuit.\nAnd drumming on Fridays", "Someone to ride with me at first"),
    URDU: ("میں ڈھول بجاتا ہوں 🥁", "میرا کتا Biscuit", "کوئی شروع میں میرے ساتھ بس میں چلے"),
}
_WISHES: Final = {
    "en": ("I want to travel to college on my own.", "Miss Bell. She gets me. 💚"),
    URDU: ("میں خود کالج جانا چاہتا ہوں۔", "Miss Bell میرے ساتھ رہیں 💚"),
}


def facts(role: Role, profile: Profile | None = None) -> ReviewFacts:
    """What is known of the review; four lines of a plan and four goals, so that some have to be picked."""
    return ReviewFacts(
        about="Sam",
        name="Sam" if role is Role.YOUNG_PERSON else "Jo",
        contact="Ms Okafor",
        safeguarding="Mr Lee",
        meeting=date(2027, 1, 5),
        reads_by=date(2026, 12, 15),
        cut_off=datetime(2026, 12, 19, 12, tzinfo=UTC),
        plan_lines=_PLAN,
        goals=_GOALS,
        profile=profile or Profile(asked_on=date(2026, 12, 1)),
    )


def _tapped(step: str, *choices: str, item: str = "", words: str = "") -> Answer:
    means = {Means.TAPPED} | ({Means.TYPED} if words else set())
    return Answer(step, NOW, item, choices, words, means=frozenset(means), helped=("family",))


def _typed(step: str, words: str) -> Answer:
    return Answer(step, NOW, words=words, means=frozenset({Means.TYPED}))


def young_answers(language: str) -> tuple[Answer, ...]:
    """What Sam says, own words in Sam's language."""
    drums, dog, ride = _SAID[language]
    wish, stay = _WISHES[language]
    voice = Media(MediaId("voice"), MediaKind.VOICE)
    sorted_ = (
        ("lessons", "well"), ("staff", "well"), ("friends", "well"), ("breaks", "sometimes"),
        ("travel", "not_well"), ("places", "not_well"), ("work", "sometimes"),
    )  # fmt: skip
    return (
        _tapped("access", "both"),
        _tapped("helper", "family"),
        _tapped("help_kind", "reads", "explains"),
        _tapped("good_at", "music", "funny", words=drums),
        _tapped("matters", "family", "pets", words=dog),
        *(_tapped("going", point, item=card) for card, point in sorted_),
        _tapped("working", "people"),
        _tapped("help_with", "buddy", item="travel", words=ride),
        replace(_tapped("help_with", "quiet_space", item="places"), audience=Audience.ONLY_PROFESSIONAL),
        _tapped("plan_get", "get_yes", item="reading"),
        _tapped("plan_helps", "well", item="reading"),
        _tapped("plan_next", "keep", item="reading"),
        _tapped("goal_how", "on_the_way", item="bus"),
        _tapped("goal_still", "still_yes", item="bus"),
        _tapped("feeling", "up_and_down"),
        replace(_typed("next_step", ""), refused=Refused.DONT_KNOW),
        _tapped("live", "own_place"),
        replace(
            _typed("community", ""),
            means=frozenset({Means.VOICE}),
            media=(voice,),
            transcripts=(Transcript(voice.id, "I want to go to the music club.", confirmed=True),),
        ),
        _typed("one_thing", wish),
        _typed("must_stay", stay),
        _tapped("attend", "part_of_it"),
        _tapped("who_comes", "parent", "friend"),
        _tapped("adjust", "have_breaks", "show_pictures"),
        replace(_typed("not_talk", ""), refused=Refused.RATHER_NOT),
        _tapped("share", "yes"),
    )


SPARSE: Final = (_tapped("good_at", "music"), _tapped("going", "not_well", item="travel"))
_CARER: Final = (
    _tapped("link", "parent"),
    _typed("admire", "So kind to everyone."),
    _tapped("well", "friends", "confidence"),
    _typed("better_help", "A talk with us before the timetable changes."),
    _typed("hope_home", "A home near friends."),
    replace(_typed("ease", "Money is hard for us."), audience=Audience.ONLY_PROFESSIONAL),
    _typed("agenda", "Who pays for the bus?"),
)


def _sent(flow: Flow, answers: tuple[Answer, ...], profile: Profile | None = None) -> Submission:
    return Submission(ConversationId("gallery"), flow.id, flow.version, 1, answers, NOW, late=False, share=True,
                      profile=profile)  # fmt: skip


def young(flow: Flow, answers: tuple[Answer, ...]) -> Contribution:
    """Sam, who has sent these answers."""
    known = facts(Role.YOUNG_PERSON)
    sent = _sent(flow, answers, PROFILE)
    return Contribution("yp", Role.YOUNG_PERSON, flow, known, Standing.SENT, submission=sent, code="K7QM-2XWD-9HTC")


def digest(young_flow: Flow, carer_flow: Flow, language: str = "en") -> Digest:
    """The whole digest of Sam's review: a mother has sent, a father has not yet."""
    known = facts(Role.CARER)
    mother = Contribution(
        "m", Role.CARER, carer_flow, known, Standing.SENT, "mother", _sent(carer_flow, _CARER), code="P2LL-8RTV-4DJN"
    )
    tried = (Tried(TriedKind.INVITED, date(2026, 11, 20)), Tried(TriedKind.REMINDER, date(2026, 12, 4)))
    father = Contribution("f", Role.CARER, carer_flow, known, Standing.NOT_YET, "father", tried=tried)
    people = (young(young_flow, young_answers(language)), mother, father)
    return compose(_review(), people, Making(MADE))


def _review() -> DigestReview:
    return DigestReview(
        about="Sam",
        reference="R-204",
        kind="ehc_annual",
        meeting=date(2027, 1, 5),
        professional="Ms Okafor",
        professional_title="SENCO",
        setting=SETTING,
        leaving_date=date(2026, 6, 26),
        closes=date(2026, 12, 15),
        follow_up=(
            FollowUp(FollowUpKind.FEEDBACK, date(2027, 1, 19)),
            FollowUp(FollowUpKind.REPORT_DUE, date(2027, 1, 19)),
            FollowUp(FollowUpKind.DECISION_DUE, date(2027, 2, 2)),
        ),
    )


def invitation(role: Role) -> Invitation:
    """The letter's facts; the link opens nothing."""
    return Invitation(
        role=role,
        about="Sam",
        name="Sam" if role is Role.YOUNG_PERSON else "Jo",
        professional="Ms Okafor",
        professional_title="SENCO",
        setting=SETTING,
        contact="01632 960123",
        meeting=date(2027, 1, 5),
        answer_by=date(2026, 12, 15),
        expires=date(2026, 12, 20),
        bot="HillReviewBot",
        link="https://t.me/HillReviewBot?start=made-up-link-for-show",
        made_at=datetime(2026, 11, 20, tzinfo=UTC),
    )


SHORT: Final = replace(PROFILE, way=Way.SHORT, choices=6)
