"""Options and fixtures of the whole suite."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite-cases", action="store_true", help="write tests/cases/*/*/expected.json anew, and fail")


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real pages of the publishers, kept outside the repository; tests that need them skip where they are absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared (real pages, not part of the repository) is not here")
    return SHARED
