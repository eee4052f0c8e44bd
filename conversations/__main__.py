"""`python -m conversations NAME`: play a script in the terminal. Needs no messenger and keeps nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TextIO

from conversations import catalogue
from conversations.player import demo_facts, run

_BEGINS = "2027-01-11T16:00:00+00:00"


def main(arguments: Sequence[str], streams: tuple[TextIO, TextIO]) -> int:
    """Play the script that `arguments` name. Returns 0, or 2 when there is no such script or it is broken."""
    options = _parser().parse_args(arguments)
    shipped = catalogue.load(options.folder)
    for problem in shipped.problems:
        streams[1].write(f"{problem.told()}\n")
    flow = shipped.current(options.name)
    if flow is None:
        streams[1].write(f"No such script. There are: {', '.join(sorted(shipped.newest))}.\n")
        return 2
    facts = demo_facts(flow)
    if options.facts == "none":
        facts = replace(facts, plan_lines=(), goals=())
    said = run(flow, facts, datetime.fromisoformat(options.now), streams)
    if options.transcript is not None:
        options.transcript.write_text(said, encoding="utf-8")
    else:
        streams[1].write(f"\n--- the transcript ---\n{said}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m conversations", description="Play a script in the terminal.")
    parser.add_argument("name", help="the script's id, for instance young_person")
    parser.add_argument(
        "--facts", choices=["demo", "none"], default="demo", help="invented plan lines and goals, or none"
    )
    parser.add_argument("--now", default=_BEGINS, help="when it begins, with its zone")
    parser.add_argument("--folder", type=Path, help="scripts from this folder instead of the shipped ones")
    parser.add_argument("--transcript", type=Path, help="write the transcript here")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], (sys.stdin, sys.stdout)))
