"""`make gallery`: draw all that a person can be shown into one folder, with a page that opens it."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Final

from bot.logs import set_up_logs
from bot.settings import LogFormat
from conversations import catalogue
from conversations.languages import load_languages
from docs.gallery.drawn import Hung, hang
from docs.gallery.index import page
from docs.gallery.plan import plan

INDEX: Final = "index.html"
MANIFEST: Final = "manifest.json"


def make(folder: Path, only: frozenset[str] = frozenset()) -> Hung:
    """Draw into `folder`, which is emptied of an earlier gallery first; with `only`, the groups of these names.

    Raises:
        FileExistsError: the folder holds something that is no gallery.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MANIFEST).exists():
            raise FileExistsError(f"{folder} holds something else. Please name an empty folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    languages = load_languages()
    hung = hang(plan(catalogue.load(None, languages), only), languages, folder)
    (folder / INDEX).write_text(page(hung), "utf-8")
    (folder / MANIFEST).write_text(json.dumps(hung.files, indent=1) + "\n", "utf-8")
    return hung


def main() -> None:
    """Make it where the command line says, else in `gallery`."""
    set_up_logs(LogFormat.CONSOLE, level=30)
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "gallery")
    hung = make(folder)
    sys.stdout.write(f"{hung.pieces} pictures and documents. Open {folder / INDEX}\n")


if __name__ == "__main__":
    main()
