"""One target under atheris, until its time is over or something is found: `python -m tests.fuzz.one NAME FOLDER`."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import atheris

# Instrumented so that it can be seen which lines an input reaches. PyYAML is not: it would be fifty times as slow.
with atheris.instrument_imports(include=["bot", "conversations", "storage", "babel", "email", "csv"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Let libFuzzer drive. It ends the process with its own exit code."""
    name, findings, *more = sys.argv[1:]
    target = TARGETS[name]

    def watched(data: bytes) -> None:
        try:
            target(data)
        except BaseException:  # libFuzzer does not always get to keep it
            Path(findings, f"{name}-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
            raise

    flags = [f"-timeout={target.seconds}", "-rss_limit_mb=1500", "-max_len=65536", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *flags, f"-artifact_prefix={findings}/{name}-", *more], watched)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
