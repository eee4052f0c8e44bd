"""A small script with every kind of step, condition, way and repeat, and the catalogue that ships."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

from conversations import catalogue
from conversations.script import (
    Card,
    ChooseMany,
    ChooseOne,
    Chose,
    Does,
    Feeds,
    Flagged,
    Flow,
    Heading,
    Option,
    Part,
    Picture,
    Records,
    Repeat,
    Role,
    Say,
    Sort,
    Sorted,
    Source,
    Tell,
    Way,
)
from conversations.words import Word

FULL_ONLY = frozenset({Way.FULL})
SCALE = (
    Option("well", "Going well", "👍"),
    Option("sometimes", "Sometimes", "↔️"),
    Option("not_well", "Not going well", "👎"),
)


@cache
def own_words() -> dict[str, str]:
    """Sentences of the small script's own, so that a polished word in a shipped one breaks no test of behaviour."""
    read: dict[str, str] = yaml.safe_load((Path(__file__).parent / "small_words.yaml").read_text(encoding="utf-8"))
    assert set(read) == set(Word)
    return read


@cache
def shipped() -> catalogue.Catalogue:
    """The scripts that ship."""
    return catalogue.load()


def _opening() -> Part:
    ready = ChooseOne(
        id="ready",
        texts=("Is that OK?",),
        explain=("A review is a meeting about you.",),
        options=(
            Option("ok", "OK", "👍"),
            Option("what", "What is a review?", "❓", does=Does.EXPLAIN),
            Option("later", "Not now", "✋", does=Does.STOP),
            Option("never", "I do not want this", "🙅", does=Does.DECLINE),
        ),
        records=Records.AGREEMENT,
    )
    way = ChooseOne(
        id="way",
        texts=("Short or full?",),
        options=(Option("full", "Full"), Option("short", "Short")),
        records=Records.WAY,
    )
    steps = (
        Say(id="hello", texts=("Hello {name}.", "Your review is on {date}.")),
        ready,
        way,
        Say(id="thanks", texts=("Thank you.",), ways=FULL_ONLY),
    )
    return Part(id="opening", title="", opening=True, steps=steps)


def _about_me() -> Part:
    helper = ChooseOne(
        id="helper",
        texts=("Is anyone helping?",),
        options=(Option("me", "Just me"), Option("family", "Family", "👪")),
        records=Records.HELPER,
    )
    good_at = ChooseMany(
        id="good_at",
        texts=("What are you good at?",),
        picture=Picture("1F31F", "A star"),
        options=(
            *(Option(f"thing{n}", f"Thing {n}") for n in range(1, 6)),
            Option("sport", "Sport", "⚽"),
            Option("teach", "Teaching", "🧑‍🏫"),
            Option("else", "Something else", "✨", does=Does.WORDS),
        ),
        feeds=Feeds(heading=Heading.ADMIRE),
        ways=FULL_ONLY,
    )
    big = ChooseOne(
        id="big",
        texts=("What comes first?",),
        options=(Option("home", "Home", "🏠"), Option("work", "Work"), Option("idea", "My idea", does=Does.WORDS)),
        feeds=Feeds(heading=Heading.IMPORTANT_NOW),
    )
    worked = Tell(id="worked", texts=("What about work?",), when=(Chose("big", frozenset({"work"})),))
    homely = Say(id="homely", texts=("Home it is.",), when=(Chose("big", frozenset({"home"})),))
    return Part(id="me", title="Me", steps=(helper, good_at, big, homely, worked))


def _going() -> Part:
    going = Sort(
        id="going",
        texts=("How is {item}?",),
        cards=(
            Card("lessons", "Lessons", "📚", Picture("1F4DA", "Books")),
            Card("friends", "Friends"),
            Card("food", "Food", ways=FULL_ONLY),
            Card("safe", "Feeling safe", safety=True),
        ),
        feeds=Feeds(heading=Heading.GOING),
    )
    soft = Say(id="soft", texts=("Thank you for telling me.",), when=(Chose("going", frozenset({"not_well"}), "safe"),))
    would_help = Repeat(
        id="would_help",
        over=Sorted("going", "not_well"),
        at_most={Way.FULL: 2, Way.SHORT: 1},
        pick=("You said {count} are not going well.", "Which shall we talk about?"),
        steps=(
            Say(id="about", texts=("About {item}.",)),
            ChooseOne(
                id="help",
                texts=("What would help with {item}?",),
                options=(Option("time", "More time"), Option("no", "No")),
            ),
            Tell(id="how", texts=("How?",), prompts=("With a friend",), when=(Chose("help", frozenset({"time"})),)),
        ),
    )
    return Part(id="going_part", title="How it is going", steps=(going, soft, would_help))


def _plan() -> Part:
    lines = Repeat(
        id="lines",
        over=Source.PLAN_LINES,
        at_most={Way.FULL: 3, Way.SHORT: 1},
        pick=("There are {count} lines.",),
        steps=(ChooseOne(id="get_it", texts=("Your plan says: {item} ({by})", "Do you get it?"), options=SCALE),),
    )
    goals = Repeat(
        id="goals",
        over=Source.GOALS,
        at_most={Way.FULL: 4, Way.SHORT: 0},
        pick=("Which goals?",),
        steps=(Tell(id="goal_now", texts=("How is it going: {item}?",)),),
        when=(Chose("ready", frozenset({"never"}), negate=True),),
    )
    acting = ChooseOne(
        id="acting",
        texts=("Do you speak for {about}?",),
        options=(Option("yes", "Yes"), Option("no", "No")),
        when=(Flagged("acting_in_place"),),
    )
    share = ChooseOne(
        id="share",
        texts=("May they have a copy?",),
        options=(Option("no", "No"), Option("yes", "Yes")),
        records=Records.SHARE,
    )
    hush = Tell(id="hush", texts=("What shall nobody talk about?",), feeds=Feeds(heading=Heading.NOT_TALK_ABOUT))
    end = Say(id="nearly", texts=("That was all.",))
    return Part(id="plan", title="My plan", steps=(lines, goals, acting, hush, share, end))


def small_flow() -> Flow:
    """A script with every kind of step, condition, way and repeat."""
    return Flow(
        id="small",
        version=1,
        role=Role.YOUNG_PERSON,
        title="Small",
        scale=SCALE,
        parts=(_opening(), _about_me(), _going(), _plan()),
        words=own_words(),
    )
