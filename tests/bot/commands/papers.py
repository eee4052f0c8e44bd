"""Papers to type in at the desk, as files and line by line."""

from __future__ import annotations

import csv
import io
from functools import partial

from typer.testing import CliRunner, Result

from bot.__main__ import app
from conversations.catalogue import load
from storage.records import StoredSubmission
from storage.unit_of_work import UnitOfWork
from tests.bot.commands.desk import Desk

OKAFOR, PATEL, REID = "okafor@example.org", "patel@example.org", "reid@example.org"
YES = ("--yes", "--checked")


def planned(college: Desk) -> tuple[str, str, str]:
    """A review, its young person and a carer in it."""
    college.plan("--carer", "Ann/mother", "--line", "A quiet room", "--goal", "I take the bus")
    sam, ann = college.rows("review", "list")
    return sam["review"], sam["participant"], ann["participant"]


def enter(ids: tuple[str, str, str], *more: str, by: str = PATEL, on: str = "2026-09-25", who: int = 1) -> list[str]:
    return ["answers", "enter", "--review", ids[0], "--who", ids[who], "--by", by, "--on", on, *more]


def typed(college: Desk, words: list[str], *answers: str, code: int = 0) -> Result:
    """Run a command and type these lines."""
    college.run("review", "list")
    result = CliRunner().invoke(app, words, input="".join(f"{each}\n" for each in answers))
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result


def wheres(script: str = "young_person") -> list[str]:
    """The ids of all questions that are typed in, in order, as a review with one plan line and one goal has them."""
    return [row["id"] for row in table(template_text(script)) if not row["id"].startswith("#")]


def template_text(script: str, *more: str) -> str:
    result = CliRunner().invoke(app, ["answers", "template", script, "--csv", *more])
    assert result.exit_code == 0, result.output
    return result.stdout.removeprefix("\ufeff")


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def fill(college: Desk, name: str, text: str) -> str:
    path = college.folder / name
    path.write_text(text, "utf-8")
    return str(path)


def yaml_file(college: Desk, *blocks: str, script: str = "young_person", name: str = "paper.yaml") -> str:
    version = load().newest[script]
    answers = "".join(f"  - {{{block}}}\n" for block in blocks)
    return fill(college, name, f"script: {script}\nversion: {version}\nanswers:\n{answers}")


def kept(college: Desk, ids: tuple[str, str, str], who: int = 1) -> StoredSubmission | None:
    return college.ask(partial(latest, ids[0], ids[who]))


async def latest(review: str, participant: str, work: UnitOfWork) -> StoredSubmission | None:
    return await work.submissions.latest(work.conversations.paper_id(participant, review))


MATTERS = 'id: matters, choices: [1, friends], words: "My dog :smile: [b]"'
SECRET = 'id: going.lessons, refused: "I don\'t want to say", only: yes'
