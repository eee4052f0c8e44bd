"""Small numbers stay hidden: counts are printed only where nobody can be singled out, nor worked out.

A table of counts has one chain of partitions, from fine to coarse, each joining groups of the one before. The finest
whose every group counts enough is printed; where none does, nothing is. So what is hidden could always have been any
small number: there is no gap that the printed figures fill. Zero is small too: "nobody" tells of everybody. (Counts
below 5 inside an organisation, below 10 for publication: the usual rules for statistics about few people.)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

INSIDE: Final = 5
PUBLISHED: Final = 10

Group: TypeAlias = tuple[str, ...]
Partition: TypeAlias = tuple[Group, ...]
Chain: TypeAlias = tuple[Partition, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: how many counted in any of these categories."""

    group: Group
    count: int


Row: TypeAlias = tuple[Figure, ...]
"""What is printed of one table of counts. Empty: too few."""


def chain_of(*partitions: Sequence[Sequence[str]]) -> Chain:
    """The chain of these partitions, the finest first.

    Raises:
        ValueError: a partition does not join groups of the one before it: figures could be subtracted.
    """
    chain = tuple(tuple(tuple(group) for group in partition) for partition in partitions)
    for finer, coarser in pairwise(chain):
        joined = [[each for each in finer if set(each) <= set(group)] for group in coarser]
        if [sorted(name for part in parts for name in part) for parts in joined] != [sorted(each) for each in coarser]:
            raise ValueError("each partition joins whole groups of the one before it")
        if sum(map(len, joined)) != len(finer):
            raise ValueError("no group is left out")
    return chain


def printed(counts: Mapping[str, int], chain: Chain, least: int) -> Row:
    """The finest figures of one table in which every number is at least `least`; empty where there are none."""
    for partition in chain:
        row = tuple(Figure(group, sum(counts.get(name, 0) for name in group)) for group in partition)
        if all(figure.count >= least for figure in row):
            return row
    return ()


def printed_together(tables: Mapping[str, Mapping[str, int]], chain: Chain, least: int) -> tuple[dict[str, Row], Row]:
    """Several tables of one area: each by its name where all can be printed, else only their sum.

    Never both: a sum beside all tables but one gives that one away.
    """
    rows = {name: printed(counts, chain, least) for name, counts in tables.items()}
    if all(_says_more_than_a_total(row) for row in rows.values()):
        return rows, ()
    return {}, printed(summed(tables.values()), chain, least)


def summed(tables: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The counts of several tables, added up by category."""
    total: dict[str, int] = {}
    for counts in tables:
        for name, count in counts.items():
            total[name] = total.get(name, 0) + count
    return total


def _says_more_than_a_total(row: Row) -> bool:
    return len(row) > 1
