"""Settings with a bucket of their own, on a server that lasts as long as the session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.settings import Settings
from tests.network.s3 import CREDENTIALS, S3, s3_server
from tests.storage.buckets import in_bucket


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with s3_server() as server:
        yield server


@pytest.fixture(scope="package", autouse=True)
def _credentials() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        patch.delenv("AWS_PROFILE", raising=False)
        yield


@pytest.fixture
def settings(tmp_path: Path, s3: S3) -> Settings:
    return in_bucket(tmp_path / "home", s3)
