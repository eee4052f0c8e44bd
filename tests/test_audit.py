"""The locked libraries, as far as they can be judged without a network."""

from __future__ import annotations

from email.message import Message

import pytest

from tests.audit import LOCKS, ROOT, SHIPPED, Locked, faults_in, faults_installed, licence_faults, locked

HASH = f"--hash=sha256:{'0a' * 32}"


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_library_is_pinned_with_its_hashes(name: str) -> None:
    assert list(faults_in((ROOT / name).read_text("utf-8"), name)) == []


def test_what_is_shipped_is_installed_as_locked_under_licences_that_fit() -> None:
    assert list(faults_installed((ROOT / SHIPPED).read_text("utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "a>=1 " + HASH,
        "a==1.* " + HASH,
        "a==1",
        "a==1 --hash=md5:00",
        f"a==1 {HASH[:-2]}",
        "a @ https://example.org/a.whl",
        "--find-links elsewhere",
        "-e .",
    ],
)
def test_a_line_that_could_bring_something_else_is_found(line: str) -> None:
    assert list(faults_in(f"b==2 \\\n    {HASH}\n    # via x\n{line}\n", "a.lock")) != []


@pytest.mark.parametrize(
    ("licence", "fits"),
    [
        ("MIT", True),
        ("LGPL-3.0-only", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("GPL-3.0-or-later", False),
        ("AGPL-3.0-only", False),
        ("GNU General Public License v2 or later (GPLv2+)", False),
        ("GNU Affero General Public License v3", False),
        ("CC-BY-NC-SA-4.0", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_that_does_not_fit_is_found(licence: str, *, fits: bool) -> None:
    told = Message()
    if licence:
        told["License"] = licence
    assert (not list(licence_faults("a", told))) is fits


def test_what_is_shipped_is_what_was_tested() -> None:
    """A library of the tests can hold another one back; the lock of what is shipped has to hold it back too."""
    shipped, tested = (
        {str(each.requirement) for each in locked((ROOT / n).read_text("utf-8")) if isinstance(each, Locked)}
        for n in LOCKS
    )
    assert shipped - tested == set()
