"""What is written about the program is true: settings, commands, dependencies, log events, pictures, links."""

from __future__ import annotations

import os
import re
import shlex
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

import pytest
import typer.main
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from typer.core import TyperGroup

from bot.__main__ import app
from bot.settings import PREFIX, Settings

pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
PICTURE_LIMIT = 150 * 1024


def in_table(text: str, cell: str) -> set[str]:
    """The first cells of all table rows that this pattern matches whole."""
    return set(re.findall(rf"^\| {cell} \|", text, re.MULTILINE))


def section(text: str, title: str) -> str:
    """What stands under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def code_lines(text: str) -> Iterator[str]:
    for block in re.findall(r"^ *```[a-z]*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in block.splitlines() if line.strip())


# Settings


def settings() -> set[str]:
    return {PREFIX + name.upper() for name, field in Settings.model_fields.items() if not field.exclude}


def test_every_setting_is_in_the_readme_and_no_other() -> None:
    assert in_table(section(README, "Settings"), r"`(FIRSTHAND_[A-Z_]+)`") == settings()


def test_every_setting_is_in_the_example_and_no_other() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    assert set(re.findall(r"^(?:# )?(FIRSTHAND_[A-Z_]+)=", example, re.MULTILINE)) == settings()


def test_the_readme_and_the_example_tell_the_defaults() -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        if field.exclude or field.is_required() or field.default in {None, ""}:
            continue
        said = str(field.default).lower() if isinstance(field.default, bool) else str(field.default)
        assert f"| `{PREFIX}{name.upper()}` | `{said}` |" in README
        assert f"{PREFIX}{name.upper()}={said}\n" in example


def test_the_example_holds_no_secret_and_is_a_whole_set_of_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    filled = {"token": "123456:a-made-up-token", "keys": "k1:" + "A" * 43 + "="}
    given = Settings(_env_file=ROOT / ".env.example", **filled)  # type: ignore[arg-type]  # strings, as in a file
    assert given.mail_password is None
    assert given.webhook_secret is None
    assert given.key_file is None


# Commands


def commands(group: TyperGroup, path: tuple[str, ...] = ("firsthand",)) -> Iterator[str]:
    for name, each in group.commands.items():
        if isinstance(each, TyperGroup):
            yield from commands(each, (*path, name))
        else:
            yield " ".join((*path, name))


def whole_command() -> TyperGroup:
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    return command


def test_every_command_is_in_the_readme_and_no_other() -> None:
    assert in_table(section(README, "Commands"), r"`(firsthand [a-z -]+)`") == set(commands(whole_command()))


def written_commands() -> list[str]:
    lines = [line for page in PAGES for line in code_lines(page.read_text("utf-8"))]
    found = [re.sub(r"^.*\bbin/firsthand", "firsthand", line) for line in lines]
    return sorted({line for line in found if line.startswith("firsthand ")})


@pytest.mark.parametrize("line", written_commands())
def test_every_command_that_is_written_out_is_understood(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-scripts").mkdir()  # the one folder that a reader has made by then
    group = whole_command()
    words = shlex.split(line)[1:]
    context = group.make_context("firsthand", list(words))
    while True:
        name, command, words = group.resolve_command(context, list(words))
        assert name is not None
        assert command is not None
        context = command.make_context(name, list(words), parent=context)
        if not isinstance(command, TyperGroup):
            return
        group = command


def test_every_target_of_make_that_is_written_about_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    there = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    written = {name for page in PAGES for name in re.findall(r"\bmake ([a-z]+)`", page.read_text("utf-8"))}
    written |= {line.split()[1] for line in code_lines(README) if line.startswith("make ")}
    assert {"demo", "test"} <= written <= there


def test_the_build_machine_runs_the_readmes_test_command() -> None:
    run = (ROOT / ".ci" / "run").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "\nmake check" in run
    check = re.search(r"^check:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert check
    assert re.search(r"\$\(MAKE\) --no-print-directory test\b", check[1])
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_readme_names_the_pythons_that_it_runs_on() -> None:
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert "Python 3.11, 3.12 or 3.13" in README


# Dependencies


def declared(lines: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines}


def listed(title: str) -> set[str]:
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    return in_table(section(page, title), "([a-z0-9-]+)")


def test_every_dependency_of_the_bot_has_its_line_and_no_other() -> None:
    assert listed("With the bot") == declared(PROJECT["dependencies"])


def test_every_tool_has_its_line_and_no_other() -> None:
    tools = PROJECT["optional-dependencies"]
    assert listed("To build and to test") == declared([line for group in tools.values() for line in group])


def with_the_bot() -> set[str]:
    """Every distribution that runs with the bot, also those that others bring."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in PROJECT["dependencies"]]
    while waiting:
        each = waiting.pop()
        name = canonicalize_name(each.name)
        if each.marker is not None and not any(
            each.marker.evaluate({"extra": extra}) for extra in (each.extras or {""})
        ):
            continue
        try:
            brought = [Requirement(line) for line in requires(name) or []]
        except PackageNotFoundError:
            continue  # for another system
        if name not in found:
            found.add(name)
            extras = each.extras or {""}
            waiting += [
                other
                for other in brought
                if not other.marker or any(other.marker.evaluate({"extra": x}) for x in extras)
            ]
    return found


def licence_of(name: str) -> str:
    about = metadata(name)
    kinds = [each for each in about.get_all("Classifier", []) if each.startswith("License")]
    return " ".join(
        [*about.get_all("License-Expression", []), *(text[:200] for text in about.get_all("License", [])), *kinds]
    )


def test_nothing_that_runs_with_the_bot_is_under_the_gpl() -> None:
    names = with_the_bot()
    assert len(names) > len(PROJECT["dependencies"])
    free = {name: re.sub(r"LGPL|Lesser General Public", "", licence_of(name)) for name in names}
    assert [name for name, text in free.items() if re.search(r"GPL|General Public|Affero", text)] == []


def test_the_lesser_gpl_is_only_where_we_know_of_it() -> None:
    assert {name for name in with_the_bot() if "LGPL" in licence_of(name)} <= {
        "docxtpl",
        "psycopg",
        "psycopg-binary",
        "python-telegram-bot",
    }


# Log events


def test_every_log_event_is_explained_to_operators_with_its_level_and_no_other() -> None:
    said: set[tuple[str, str]] = set()
    for package in ("bot", "storage", "conversations"):
        for path in (ROOT / package).rglob("*.py"):
            calls = re.findall(r"\blog\.(debug|info|warning|error)\(\s*\"([a-z_]+)\"", path.read_text("utf-8"))
            said |= {(event, level) for level, event in calls}
    page = section((ROOT / "docs" / "operating.md").read_text("utf-8"), "What the log says")
    written = set(re.findall(r"^\| `([a-z_]+)` \| ([a-z]+) \|", page, re.MULTILINE))
    assert written == said


# Pages


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    headings = {
        re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", text, re.M)
    }
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif not target.startswith("https://"):
            assert (page.parent / target).exists(), target


def test_every_place_that_the_readme_names_is_there() -> None:
    for place in in_table(section(README, "Where things live"), "`([^`]+)`"):
        assert (ROOT / place).exists(), place


def test_the_pictures_are_small_and_used() -> None:
    pictures = sorted((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < PICTURE_LIMIT, picture.name
        assert f"docs/pictures/{picture.name})" in README


def test_every_picture_has_words_beside_it() -> None:
    assert re.findall(r"!\[([^\]]{0,20})\]", README) == []


def test_the_readme_says_what_must_be_said() -> None:
    limits = section(README, "Safety and limits")
    for said in ("not watched", "not end-to-end encrypted", "never the only way"):
        assert said in limits
    for said in ("OpenMoji", "CC BY-SA 4.0", "MIT"):
        assert said in section(README, "Licence")


def test_decisions_are_numbered_and_of_one_form() -> None:
    pages = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text("utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Cost", "When to revisit"]
        assert len(text.splitlines()) <= 60


def test_the_changelog_uses_the_agreed_words() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "\n## [Unreleased]\n" in text
    assert set(re.findall(r"^### (.*)$", text, re.MULTILINE)) <= {
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    }
