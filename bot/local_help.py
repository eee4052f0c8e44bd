"""The deployer's file of local services, read at a start and for the go-live list."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from conversations.local_links import Local, Place, read_local_links
from conversations.problems import Problem
from conversations.reading import MAX_BYTES, decode


def local_help(file: Path | None) -> tuple[Mapping[Local, Place], tuple[Problem, ...]]:
    """The services in it, and what is wrong with the file; nothing of either where no file is named."""
    if file is None:
        return {}, ()
    try:
        with file.open("rb") as opened:
            text = decode(opened.read(MAX_BYTES + 1), file.name)
    except OSError as error:
        return {}, (Problem(file.name, 0, f"The file cannot be read: {error.strerror}.", "Look at its path."),)
    return ({}, (text,)) if isinstance(text, Problem) else read_local_links(text, file.name)
