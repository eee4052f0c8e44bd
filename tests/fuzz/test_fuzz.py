"""Whatever bytes come in: no crash, no words in an error, no endless loop. `make fuzz` looks further, with atheris."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FILES = {name: sorted((CORPUS / name).iterdir()) for name in TARGETS}


def test_every_target_has_a_corpus_and_nothing_else_has() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert all(len(files) >= 4 for files in FILES.values())
    assert sum(path.stat().st_size for files in FILES.values() for path in files) < 500_000


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_was_found_before_stays_harmless(name: str) -> None:
    for path in FILES[name]:
        TARGETS[name](path.read_bytes())


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_like_it_is_harmless_too(name: str) -> None:
    seeds = [path.read_bytes()[:2000] for path in FILES[name]]

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(seeds), st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 9), st.binary(max_size=9))))
    def mutated(seed: bytes, changes: list[tuple[int, int, bytes]]) -> None:
        for at, gone, come in changes:
            seed = seed[:at] + come + seed[at + gone :]
        TARGETS[name](seed)

    mutated()
