"""`firsthand safety`: does the list of phrases find what it should, and which words does it find?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.desk import AsJson, err, out, show
from bot.settings import PREFIX
from conversations.safety import Figures, Phrases, figures, matched
from conversations.safety_file import own_phrases

app = typer.Typer(no_args_is_help=True, help="The list of phrases that may mean that somebody is not safe.")

File = Annotated[
    Path | None,
    typer.Argument(
        envvar=f"{PREFIX}SAFETY_PHRASES", help="Your own list. It adds to the one that ships.", dir_okay=False
    ),
]


@app.command()
def check(file: File = None, *, as_json: AsJson = False) -> None:
    """Print hits and misses on the published sentences. Exit code 1 where one is missed, or a near miss hits."""
    found = figures(_phrases(file))
    show([_row(each) for each in found], as_json=as_json, empty="There is no topic.")
    for each in found:
        for text in each.missed:
            err.print(f"{each.topic}: missed: {text}", markup=False)
        for text in each.near_hit:
            err.print(f"{each.topic}: found, though it only looks alike: {text}", markup=False)
    if not all(each.is_good for each in found):
        raise typer.Exit(1)


@app.command("try")
def try_(file: File = None) -> None:
    """Say which topics the words on standard input match. Words never stand in the command itself."""
    topics = matched(sys.stdin.read(), _phrases(file))
    out.print("\n".join(topics) or "No topic. A person reads every message all the same.", markup=False)


def _row(each: Figures) -> dict[str, str]:
    return {
        "topic": each.topic,
        "found": str(len(each.found)),
        "missed": str(len(each.missed)),
        "near misses": str(each.near),
        "that hit": str(len(each.near_hit)),
    }


def _phrases(file: Path | None) -> Phrases:
    phrases, problems = own_phrases(file)
    for problem in problems:
        err.print(problem.told(), markup=False)
    if problems:
        raise typer.Exit(2)
    return phrases
