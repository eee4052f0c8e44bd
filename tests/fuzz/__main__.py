"""`make fuzz SECONDS=60`: every target in turn, from its corpus on. What breaks one is left in a folder, `findings`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.name for path in CORPUS.iterdir() if path.is_dir())


def main() -> int:
    """Run them; 1 where something was found."""
    options = argparse.ArgumentParser(prog="make fuzz")
    options.add_argument("--seconds", type=int, default=20, help="for each target")
    options.add_argument("--target", choices=NAMES, action="append", help="only this one; can be repeated")
    options.add_argument("--findings", type=Path, default=Path("findings"))
    chosen = options.parse_args()
    found = [name for name in chosen.target or NAMES if not _is_clean(name, chosen.seconds, chosen.findings)]
    print(f"{len(NAMES if not chosen.target else chosen.target)} targets, {len(found)} with findings: {found}")
    return 1 if found else 0


def _is_clean(name: str, seconds: int, findings: Path) -> bool:
    findings.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as grown:
        flags = [str(findings), f"-max_total_time={seconds}", grown, str(CORPUS / name)]
        ran = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.one", name, *flags], capture_output=True, text=True, check=False
        )
    lines = ran.stderr.splitlines()
    runs = next((line.split()[-1] for line in lines if "number_of_executed_units" in line), "?")
    print(f"{name}: {runs} inputs, exit code {ran.returncode}", flush=True)
    if ran.returncode:
        print("\n".join([*ran.stdout.splitlines()[-30:], *lines[-8:]]), flush=True)
    return ran.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
