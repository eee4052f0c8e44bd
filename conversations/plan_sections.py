"""The sections of an EHC plan (SEND Regulations 2014, regulation 12), into which a council's officer sorts answers."""

from __future__ import annotations

from enum import StrEnum


class PlanSection(StrEnum):
    """H1 and H2 stand together, and K is other people's advice: nobody is asked for it here."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"
    E = "e"
    F = "f"
    G = "g"
    H = "h"
    I = "i"  # noqa: E741  the law's own letter
    J = "j"
