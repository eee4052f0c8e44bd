"""What a printed question says of whom it is for."""

from __future__ import annotations

from dataclasses import replace

from conversations.print_out import Printing, printed
from conversations.script import Chose, Flow, Sort, Tell
from tests.conversations.small_script import small_flow
from tests.conversations.support import facts


def test_a_question_for_those_who_put_a_card_somewhere_names_the_card_and_the_point() -> None:
    flow = small_flow()
    steps = [step for part in flow.parts for step in part.steps]
    sorting = next(step for step in steps if isinstance(step, Sort))
    telling = next(step for step in reversed(steps) if isinstance(step, Tell))
    point, card = flow.scale[0], sorting.cards[0]
    asked = replace(telling, when=(Chose(sorting.id, frozenset({point.id}), card.id),))
    changed: Flow = replace(
        flow,
        parts=tuple(
            replace(part, steps=tuple(asked if step is telling else step for step in part.steps)) for part in flow.parts
        ),
    )
    sheets = [sheet for part in printed(changed, Printing(facts(), gaps={"by": "staff"})) for sheet in part.sheets]
    (only,) = next(sheet.only for sheet in sheets if sheet.mark == telling.id)
    assert (only.labels, only.card) == ((point.label,), card.label)
