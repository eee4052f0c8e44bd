"""The shape that the project keeps: layers, small files, one clock, no sleeping, nothing of anybody's machine."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

pytestmark = pytest.mark.uncounted

ROOT = Path(__file__).parent.parent
PACKAGES = ("bot", "storage", "conversations")
MOST_LINES = 300
LONGER = {
    "tests/bot/demo/test_refusals.py": "a table: every refusal of Telegram that we know",
    "tests/bot/test_who_may_what.py": "a table: everybody tries everything",
    "tests/conversations/test_calm.py": "the calm pause, and every way into it and out of it",
    "tests/conversations/test_state_machine.py": "one machine that holds all promises at once",
    "tests/storage/contract/test_sealed.py": "everything that a thief may try with a copy",
    "tests/journeys/test_alerts.py": "every route of an alert, and everything in its way",
    "tests/conversations/digest_samples.py": "a table: digests for other tests, without logic",
    "tests/conversations/test_checks.py": "a table: every reason that a script should not ship",
    "tests/conversations/test_engine_checking.py": "one screen, and every way through it",
    "tests/conversations/test_engine_questions.py": "every kind of question, and every way to answer it",
}
CLOCK = "bot/clock.py"
PRINTS = "conversations/__main__.py"
NOT_OURS = frozenset({"demo-output", "build", "dist"})
TEXT = frozenset({".py", ".md", ".toml", ".yaml", ".yml", ".typ", ".html", ".txt", ".lock", ".example", ""})


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    return tuple(sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, with what is called, as it is written."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_the_layers_hold(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    outcome = lint_imports(no_cache=True)
    assert outcome == 0, capsys.readouterr().out


def test_imports_are_absolute() -> None:
    relative = [
        f"{name(path)}:{node.lineno}"
        for path in sources(*PACKAGES, "tests", "docs")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []


def test_files_are_small_or_have_a_reason() -> None:
    long = {
        name(path): lines
        for path in sources(*PACKAGES, "tests", "docs")
        if (lines := len(path.read_text("utf-8").splitlines())) > MOST_LINES
    }
    assert {path: lines for path, lines in long.items() if path not in LONGER} == {}


def test_the_reasons_are_about_files_that_exist() -> None:
    assert [path for path in LONGER if not (ROOT / path).exists()] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name(path)
        for path in sources(*PACKAGES)
        if path.name != "__init__.py" and "migrations" not in path.parts and not ast.get_docstring(tree(path))
    ]
    assert silent == []


def test_no_test_sleeps() -> None:
    """`asyncio.sleep(0)` gives way to others; anything longer waits for luck."""
    sleeping = [
        f"{name(path)}:{call.lineno}"
        for path in sources("tests")
        for called, call in calls(path)
        if called.rpartition(".")[2] == "sleep" and not (call.args and ast.unparse(call.args[0]) == "0")
    ]
    assert sleeping == []


def test_nothing_prints_but_the_player() -> None:
    printing = [
        f"{name(path)}:{call.lineno}"
        for path in sources(*PACKAGES)
        for called, call in calls(path)
        if called == "print" and name(path) != PRINTS
    ]
    assert printing == []


def test_only_the_clock_asks_for_the_time() -> None:
    asking = [
        f"{name(path)}:{call.lineno}"
        for path in sources(*PACKAGES)
        for called, call in calls(path)
        if re.search(r"\b(date|datetime)\.(now|utcnow|today)$|^time\.time$", called) and name(path) != CLOCK
    ]
    assert asking == []


def test_a_swallowed_error_is_nowhere() -> None:
    """No bare except, and no `except Exception: pass`."""
    swallowing = [
        f"{name(path)}:{node.lineno}"
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (ast.unparse(node.type) == "Exception" and isinstance(node.body[0], ast.Pass)))
    ]
    assert swallowing == []


def test_names_say_what_things_are() -> None:
    vague = [
        f"{name(path)}: {node.name}"
        for path in sources(*PACKAGES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Util|Utils)$", node.name)
    ]
    assert vague == []
    assert [name(path) for path in sources(*PACKAGES) if path.stem in {"utils", "helpers", "common", "misc"}] == []


def our_files() -> Iterator[Path]:
    """Every text file of the project, without what tools leave behind."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = [part for part in parts[:-1] if part.startswith(".") and part != ".ci"]
        left = NOT_OURS & set(parts) or "__pycache__" in parts or any(part.endswith(".egg-info") for part in parts)
        if path.is_file() and not hidden and not left and path.suffix in TEXT and path.name != ".env":
            if path.name.startswith(".coverage") or path == Path(__file__):
                continue
            yield path


ODD = {
    "a path of somebody's machine": r"(?<![\w.])/(?:work|home|root|Users)/\w|(?<![\w.])/tmp/\w",
    "a package index": r"pythonhosted|pypi\.|artifactory|--(?:extra-)?index-url\b|trusted-host",
    "a bot's token": r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b",
    "a private key": r"-----BEGIN (?:RSA |EC )?PRIVATE KEY-----",
}

INVENTED = {"tests/bot/test_logs.py": "a token of the right form, to see that logs take it out"}


@pytest.mark.parametrize("what", ODD)
def test_nothing_in_the_project_holds(what: str) -> None:
    found = {name(path) for path in our_files() if re.search(ODD[what], path.read_text("utf-8", errors="replace"))}
    assert found - set(INVENTED) == set()
