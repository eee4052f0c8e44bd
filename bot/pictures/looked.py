"""Tries a single picture out before it is used on a board: one that cannot be drawn must not take others with it."""

from __future__ import annotations

import json
from typing import Final

import typst

_PAGE: Final = b"""#let c = json(bytes(sys.inputs.content))
#set page(width: 64pt, height: 64pt, margin: 0pt)
#image(bytes(c.picture), format: "svg", width: 100%, height: 100%, fit: "contain")
"""


def can_be_drawn(svg: str) -> bool:
    """Whether the typesetter draws this picture."""
    compiler = typst.Compiler(_PAGE)
    try:
        compiler.compile(format="png", ppi=72.0, sys_inputs={"content": json.dumps({"picture": svg})})
    except typst.TypstError:
        return False
    return True
