"""One target under atheris, until its time is over or something is found: `python -m tests.fuzz.one NAME [FLAGS]`."""

from __future__ import annotations

import sys

import atheris

# Instrumented so that it can be seen which lines an input reaches. PyYAML is not: it would be fifty times as slow.
with atheris.instrument_imports(include=["bot", "conversations", "storage", "babel", "email", "csv"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Let libFuzzer drive. It ends the process with its own exit code."""
    target = TARGETS[sys.argv[1]]
    flags = [f"-timeout={target.seconds}", "-rss_limit_mb=1500", "-max_len=65536", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *flags, *sys.argv[2:]], target, enable_python_coverage=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
