"""The command line: `firsthand`."""

from __future__ import annotations

import typer

from bot.commands import (
    alerts,
    answers,
    check,
    complaints,
    db,
    demo,
    export,
    insights,
    invite,
    keys,
    languages,
    mail,
    purge,
    recordings,
    review,
    run,
    safety,
    scripts,
    staff,
    watch,
)
from bot.crashes import guard

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Firsthand: people say in their own words what is working and what could be better, before a review.",
)
app.command("demo")(demo.demo)
app.command("run")(run.run)
app.command("check")(check.check)
app.command("watch")(watch.watch)
app.command("purge")(purge.purge)
app.command("export")(export.export)
app.command("insights")(insights.insights)
app.add_typer(staff.setting_app, name="setting")
app.add_typer(staff.app, name="staff")
app.add_typer(review.app, name="review")
app.add_typer(invite.app, name="invite")
app.add_typer(answers.app, name="answers")
app.add_typer(alerts.app, name="alerts")
app.add_typer(complaints.app, name="complaints")
app.add_typer(scripts.app, name="scripts")
app.add_typer(safety.app, name="safety")
app.add_typer(languages.app, name="languages")
app.add_typer(mail.app, name="mail")
app.add_typer(recordings.app, name="recordings")
app.add_typer(db.app, name="db")
app.add_typer(keys.app, name="keys")


def main() -> None:
    """Run the command line."""
    guard()
    app()


if __name__ == "__main__":
    main()
