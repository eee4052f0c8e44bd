"""Nobody can work out a small number from what is printed: tried by somebody who knows the rule and every print."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.insights import TOPIC_CHAIN
from conversations.suppression import Chain, Figure, chain_of, printed, printed_together, summed

Cells: TypeAlias = tuple[int, ...]
POINTS = (WELL, SOMETIMES, NOT_WELL) = ("well", "sometimes", "not_well")
LEAST = 3
"""As small as a bound can be and still hide something; the rule is the same for 5 and 10."""
PEOPLE = chain_of(
    [["a"], ["b"], ["c"], ["d"]], [["a", "b"], ["c"], ["d"]], [["a", "b"], ["c", "d"]], [["a", "b", "c", "d"]]
)


def counts(chain: Chain, cells: Cells) -> dict[str, int]:
    return dict(zip((name for (name,) in chain[0]), cells, strict=True))


def hidden_values(
    universe: Iterable[Cells], prints: Callable[[Cells], Hashable], figures: Sequence[Callable[[Cells], int]]
) -> dict[tuple[Hashable, int], set[int]]:
    """For each print, and each figure that somebody may want to know: every value that it could have."""
    could: dict[tuple[Hashable, int], set[int]] = defaultdict(set)
    for cells in universe:
        seen = prints(cells)
        for number, figure in enumerate(figures):
            could[seen, number].add(figure(cells))
    return could


def tables_of(cells: int, most: int) -> Iterator[Cells]:
    """Every way to spread at most `most` over some cells: no way is missing, so that no gap comes from the trial."""
    if not cells:
        yield ()
        return
    for first in range(most + 1):
        yield from ((first, *rest) for rest in tables_of(cells - 1, most - first))


def assert_small_ones_stay_hidden(could: Mapping[tuple[Hashable, int], set[int]], least: int = LEAST) -> None:
    """Where a figure may be small, it may be any small number."""
    small = set(range(least))
    told = {key: values for key, values in could.items() if values & small and not values >= small}
    assert dict(list(told.items())[:3]) == {}


def sums(names: Sequence[Sequence[int]]) -> list[Callable[[Cells], int]]:
    def summing(group: Sequence[int]) -> Callable[[Cells], int]:
        return lambda cells: sum(cells[each] for each in group)

    return [summing(group) for group in names]


@pytest.mark.parametrize(("chain", "most"), [(TOPIC_CHAIN, 24), (PEOPLE, 16)])
def test_one_table_printed_inside_and_for_everybody_tells_no_small_number(chain: Chain, most: int) -> None:
    names = [name for (name,) in chain[0]]

    def prints(cells: Cells) -> Hashable:
        table = counts(chain, cells)
        return printed(table, chain, LEAST), printed(table, chain, 2 * LEAST)

    groups = [[names.index(name) for name in group] for partition in chain for group in partition]
    universe = tables_of(len(names), most)
    assert_small_ones_stay_hidden(hidden_values(universe, prints, sums(groups)))


def test_two_topics_of_one_area_and_their_sum_tell_no_small_number() -> None:
    def prints(cells: Cells) -> Hashable:
        tables = {"one": counts(TOPIC_CHAIN, cells[:3]), "two": counts(TOPIC_CHAIN, cells[3:])}
        rows, together = printed_together(tables, TOPIC_CHAIN, 2)
        return tuple(rows.items()), together

    each = [*([number] for number in range(6)), [1, 2], [4, 5]]
    assert_small_ones_stay_hidden(hidden_values(tables_of(6, 13), prints, sums(each)), 2)


@given(st.dictionaries(st.sampled_from(POINTS), st.integers(0, 40)), st.sampled_from([1, 5, 10]))
def test_what_is_printed_is_true_large_enough_and_as_fine_as_may_be(table: dict[str, int], least: int) -> None:
    row = printed(table, TOPIC_CHAIN, least)
    assert all(figure.count >= least for figure in row)
    assert all(figure.count == sum(table.get(name, 0) for name in figure.group) for figure in row)
    if min(table.get(each, 0) for each in POINTS) >= least:
        assert [figure.group for figure in row] == [(each,) for each in POINTS]


def test_as_a_reader_sees_it() -> None:
    table = {WELL: 30, SOMETIMES: 12, NOT_WELL: 3}
    assert printed(table, TOPIC_CHAIN, 5) == (
        Figure((WELL,), 30),
        Figure((SOMETIMES, NOT_WELL), 15),
    )
    assert printed(table | {WELL: 0}, TOPIC_CHAIN, 5) == (Figure(POINTS, 15),)
    assert printed({WELL: 4}, TOPIC_CHAIN, 5) == ()
    assert printed({}, TOPIC_CHAIN, 5) == ()


def test_topics_stand_alone_only_where_all_of_their_area_can() -> None:
    large, small = dict.fromkeys(POINTS, 20), {WELL: 19, SOMETIMES: 1, NOT_WELL: 1}
    rows, together = printed_together({"lessons": large, "work": large}, TOPIC_CHAIN, 5)
    assert (sorted(rows), together) == (["lessons", "work"], ())
    rows, together = printed_together({"lessons": large, "work": small}, TOPIC_CHAIN, 5)
    assert rows == {}
    assert [figure.count for figure in together] == [39, 21, 21]
    assert summed([large, small])[WELL] == 39


@pytest.mark.parametrize(
    "partitions",
    [
        ([["a"], ["b"]], [["a"]]),
        ([["a", "b"], ["c"]], [["a"], ["b", "c"]]),
        ([["a"], ["b"]], [["a", "b"], ["b"]]),
    ],
)
def test_a_chain_that_could_be_subtracted_is_refused(partitions: Sequence[Sequence[Sequence[str]]]) -> None:
    with pytest.raises(ValueError, match="group"):
        chain_of(*partitions)
