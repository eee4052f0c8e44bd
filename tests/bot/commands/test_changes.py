"""`firsthand review move|cancel|nudge`: shown first, done on a yes, in the name of a colleague who may."""

from __future__ import annotations

from typer.testing import CliRunner

from bot.__main__ import app
from storage.records import ReviewStage
from tests.bot.commands.desk import Desk

PATEL = ("--as", "patel@example.org")


def planned(desk: Desk) -> str:
    """A review in six weeks and more; its id."""
    desk.run(
        "review", "plan", "Sam", "--reference", "RC-1", "--born", "2009-05-14", "--meeting", "2026-11-24",
        "--kind", "ehc_annual", "--professional", "okafor@example.org", "--coordinator", "patel@example.org",
        "--carer", "Ann/mother",
    )  # fmt: skip
    (review,) = desk.ask(lambda work: work.reviews.all())
    return review.id


def meeting_of(desk: Desk, review_id: str) -> str:
    review = desk.ask(lambda work: work.reviews.get(review_id))
    assert review is not None
    return review.meeting.isoformat()


def test_a_move_shows_the_days_asks_and_is_done_once(desk: Desk) -> None:
    desk.staffed()
    review = planned(desk)
    no = CliRunner().invoke(app, ["review", "move", review, "--to", "2026-12-08", *PATEL], input="n\n")
    assert no.exit_code == 1
    assert "meeting: 2026-12-08" in no.output
    assert meeting_of(desk, review) == "2026-11-24"
    done = desk.run("review", "move", review, "--to", "2026-12-08", *PATEL, "--yes")
    assert "Moved to 2026-12-08. People who are told: 0." in done.output
    assert meeting_of(desk, review) == "2026-12-08"
    again = desk.run("review", "move", review, "--to", "2026-12-08", *PATEL, "--yes", code=1)
    assert "on that day already" in again.output


def test_a_day_that_cannot_be_says_why(desk: Desk) -> None:
    desk.staffed()
    review = planned(desk)
    assert "has to be after today" in desk.refused("review", "move", review, "--to", "2026-09-01", *PATEL, "--yes")
    assert "less time to prepare" in desk.refused("review", "move", review, "--to", "2026-10-02", *PATEL, "--yes")
    desk.refused("review", "move", review, "--to", "soon", *PATEL, code=2)


def test_only_who_coordinates_or_runs_it_changes_it(desk: Desk) -> None:
    desk.staffed()
    review = planned(desk)
    tries = (
        ("move", review, "--to", "2026-12-08", "--yes"),
        ("cancel", review, "--tell", "nobody", "--yes"),
        ("nudge", review),
    )
    for who in ("reid@example.org", "nobody@example.org"):
        for words in tries:
            desk.refused("review", *words, "--as", who)
    desk.refused("review", "move", "nothing", "--to", "2026-12-08", *PATEL, "--yes")


def test_who_is_told_must_be_said_and_it_is_off_once(desk: Desk) -> None:
    desk.staffed()
    review = planned(desk)
    assert "--tell everyone" in desk.refused("review", "cancel", review, "--tell", "Ann", *PATEL, "--yes", code=2)
    desk.run("review", "cancel", review, *PATEL, code=2)
    no = CliRunner().invoke(app, ["review", "cancel", review, "--tell", "everyone", *PATEL], input="n\n")
    assert no.exit_code == 1
    assert "It is off." in desk.run("review", "cancel", review, "--tell", "everyone", *PATEL, "--yes").output
    stored = desk.ask(lambda work: work.reviews.get(review))
    assert stored is not None
    assert stored.stage is ReviewStage.CANCELLED
    off = desk.refused("review", "cancel", review, "--tell", "everyone", *PATEL, "--yes")
    assert "called it off already" in off


def test_a_reminder_says_for_each_what_comes_of_it(desk: Desk) -> None:
    desk.staffed()
    rows = desk.rows("review", "nudge", planned(desk), *PATEL)
    assert rows == [
        {"name": "Sam", "what": "has not joined: make a new invite"},
        {"name": "Ann", "what": "has not joined: make a new invite"},
    ]
