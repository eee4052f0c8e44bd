"""Reads the shipped catalogues of sentences: plain keys and texts."""

from __future__ import annotations

from typing import Any, Final

import yaml

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml, eight times quicker, where PyYAML has it. Scripts are read by PyYAML itself, which is stricter."""


def said(text: str) -> Any:  # noqa: ANN401 - what a catalogue holds is for whoever reads it to know
    """The values in this YAML: texts, lists and mappings, nothing that runs.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders
