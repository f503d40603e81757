"""Settings with a bucket of their own on a server that lasts as long as the session."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from pipeline.settings import Settings, load_settings
from tests.network.s3 import CREDENTIALS, s3_server

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("AWS_PROFILE", raising=False)


@pytest.fixture
def settings(tmp_path: Path, s3: str) -> Settings:
    return in_bucket(tmp_path / "home", s3)


def in_bucket(home: Path, s3: str, **more: object) -> Settings:
    """Settings whose archive and lake are in a new bucket."""
    bucket = f"corpus-{next(_NUMBERS)}"
    with urlopen(Request(f"{s3}/{bucket}", method="PUT")):
        pass
    return load_settings(home=home, storage_url=f"s3://{bucket}/radio", storage_endpoint=s3, **more)
