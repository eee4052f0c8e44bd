"""`pytest --update-golden` writes the golden transcripts anew."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that says that a change is meant."""
    parser.addoption("--update-golden", action="store_true", help="write the golden transcripts anew")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether transcripts are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden", default=False))
