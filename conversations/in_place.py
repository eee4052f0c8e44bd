"""Acting in place of a young person: who, on what evidence, and until when. Never a fact about the young person.

Where somebody cannot make one decision, the law lets another act for them in it: SEND Regulations 2014, reg 64;
Children and Families Act 2014, s80; and the Mental Capacity Act 2005, which starts from the other side: everybody can
decide until it is shown that they cannot decide this. So there is no field that says what a young person cannot do.
A carer is marked, for a time. They answer in a part of their own; the young person is asked all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final

FLAG: Final = "acting_in_place"
"""With it, the carer's script asks whether they also speak in this role."""


@dataclass(frozen=True, slots=True)
class InPlace:
    """One carer's marking. `evidence` is where the paper is; `until` is the last day on which it holds."""

    evidence: str = field(repr=False)
    decided_by: str = field(repr=False)
    since: date
    until: date

    def holds(self, day: date) -> bool:
        """Whether it holds on this day. Nobody has to end it: it ends by its date."""
        return self.since <= day <= self.until
