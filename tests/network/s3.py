"""An S3 server of the tests' own: moto's, as a process of this machine, which fails on demand.

As a process: whoever asks it from Rust may hold the interpreter while waiting, in which a server here would be.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from urllib.request import Request, urlopen

CREDENTIALS = MappingProxyType(
    {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests", "AWS_REGION": "us-east-1"}
)
EVER = 1_000_000


@dataclass(frozen=True)
class Faults:
    """What befalls requests: see `tests.network.s3_server`."""

    kind: str
    methods: tuple[str, ...] = ("PUT", "POST")
    path: str = ""
    spared: int = 0
    count: int = EVER


@dataclass(frozen=True)
class S3:
    """A server that runs."""

    address: str

    def make_bucket(self, name: str) -> None:
        self._put(name, b"")

    @contextmanager
    def failing(self, faults: Faults) -> Iterator[None]:
        self._put("-/faults", json.dumps(asdict(faults)).encode())
        try:
            yield
        finally:
            self._put("-/faults", b"null")

    def _put(self, path: str, body: bytes) -> None:
        with urlopen(Request(f"{self.address}/{path}", data=body or None, method="PUT")):
            pass


@contextmanager
def s3_server() -> Iterator[S3]:
    """A server, which ends with the `with`, or with this process."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.network.s3_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as server:
        assert server.stdout is not None
        yield S3(server.stdout.readline().strip())
        server.communicate()  # its standard input ends, and so does it
