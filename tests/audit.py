"""`make audit`: what can be known of the locked libraries from here, and plainly what cannot.

Without a network it reads the two lock files and what is installed. With one, it asks the package index, through pip,
whether a locked release was withdrawn. Known weaknesses it cannot see: the page docs/dependencies.md says what can.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final, cast

from packaging.requirements import Requirement

ROOT: Final = Path(__file__).parent.parent
LOCKS: Final = ("requirements.lock", "requirements-dev.lock")
SHIPPED: Final = LOCKS[0]
_SECONDS: Final = 120
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}(?= |$)")
_COPYLEFT: Final = re.compile(r"(?<![A-Za-z])A?GPL|(?<!Lesser )(?<!Library or )General Public License|Affero|SSPL|BUSL")
_NOT_FREE: Final = re.compile(r"non-?commercial|-NC-|proprietary|all rights reserved", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Locked:
    """One line of a lock file."""

    requirement: Requirement
    hashes: int
    rest: str

    @property
    def is_here(self) -> bool:
        """Whether it is for this Python and this system."""
        marker = self.requirement.marker
        return marker is None or marker.evaluate()


def locked(text: str) -> Iterator[Locked | str]:
    """What a lock file names; a line that is none of its own form comes as it is."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    for line in filter(None, (each.partition("#")[0].strip() for each in joined.splitlines())):
        said, _, _ = line.partition(" --hash")
        rest = _HASH.sub("", line.removeprefix(said)).strip()
        if line.startswith("-") or " @ " in said:
            yield line
        else:
            yield Locked(Requirement(said), len(_HASH.findall(line)), rest)


def faults_in(text: str, name: str) -> Iterator[str]:
    """What is wrong with a lock file by itself."""
    for each in locked(text):
        if isinstance(each, str):
            yield f"{name}: '{each[:60]}' is no pinned release."
            continue
        clauses = list(each.requirement.specifier)
        if len(clauses) != 1 or clauses[0].operator != "==" or "*" in clauses[0].version:
            yield f"{name}: {each.requirement.name} is not pinned to one release."
        if not each.hashes or each.rest:
            yield f"{name}: {each.requirement.name} has no hash, or more than hashes."


def faults_installed(text: str) -> Iterator[str]:
    """What is wrong with the shipped libraries as they are installed here."""
    for each in locked(text):
        if isinstance(each, str) or not each.is_here:
            continue
        name = each.requirement.name
        try:
            told = cast("Message", metadata(name))
        except PackageNotFoundError:
            yield f"{name} is locked and not installed."
            continue
        if not each.requirement.specifier.contains(str(told["Version"]), prereleases=True):
            yield f"{name} is installed in another release than the locked one."
        yield from licence_faults(name, told)


def licence_faults(name: str, told: Message) -> Iterator[str]:
    """Whether its own metadata name a licence that the program could not be handed on with."""
    named = [str(told[key] or "") for key in ("License-Expression", "License")]
    named = [each.splitlines()[0] if each else "" for each in named]  # some hold the whole text
    named += [each for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    said = [each for each in named if each]
    if not said:
        yield f"{name} names no licence."
    # Where one of several may be chosen, one that fits is enough.
    choices = [part for each in said for part in re.split(r"\s(?:OR|or)\s+(?!later)", each)]
    if said and not any(_fits(each) for each in choices):
        yield f"{name} is under a licence that does not fit: {said[0][:60]}."


def _fits(licence: str) -> bool:
    return not _COPYLEFT.search(licence) and not _NOT_FREE.search(licence)


def withdrawn(text: str) -> list[str] | None:
    """The locked releases that the index has withdrawn; None where it could not be asked."""
    pins = [str(each.requirement) for each in locked(text) if isinstance(each, Locked) and each.is_here]
    words = ["install", "--dry-run", "--no-deps", "--ignore-installed", "--quiet", "--report", "-"]
    command = [sys.executable, "-m", "pip", *words, "--disable-pip-version-check", *pins]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_SECONDS)
    except subprocess.TimeoutExpired:
        return None
    if ran.returncode:
        return None
    report = json.loads(ran.stdout)
    return [each["metadata"]["name"] for each in report["install"] if each.get("is_yanked")]


def main() -> int:
    """Say what was found; 1 where something has to be mended."""
    texts = {name: (ROOT / name).read_text("utf-8") for name in LOCKS}
    faults = [fault for name, text in texts.items() for fault in faults_in(text, name)]
    faults += faults_installed(texts[SHIPPED])
    gone = withdrawn(texts[LOCKS[1]])
    faults += [f"{name}: the index has withdrawn the locked release." for name in gone or ()]
    count = sum(1 for _ in locked(texts[LOCKS[1]]))
    print("\n".join(faults) or f"{count} locked libraries: pinned, with hashes; licences of what is shipped fit.")
    print("Withdrawn releases: " + ("not looked at, the index did not answer." if gone is None else f"{len(gone)}."))
    print("Known weaknesses: not looked at here. docs/dependencies.md says how.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
