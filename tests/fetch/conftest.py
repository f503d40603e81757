from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from pipeline.fetch.client import Fetcher
from pipeline.settings import load_settings
from tests.network.fault_server import FaultServer, Reply

Serve = Callable[..., tuple[Fetcher, FaultServer]]


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """A server that follows a script, and a fetcher with small limits whose host map leads to it."""
    with ExitStack() as stack:

        def serve(script: Mapping[str, Sequence[Reply]], **changes: Any) -> tuple[Fetcher, FaultServer]:
            server = stack.enter_context(FaultServer(script))
            limits: dict[str, Any] = {
                "connect_timeout_seconds": 0.5,
                "read_timeout_seconds": 0.5,
                "deadline_seconds": 5.0,
                "retries": 0,
                "backoff_seconds": 0.0,
                "min_gap_seconds": 0.0,
                "delay_factor": 0.0,
                "host_map": server.host_map,
            }
            settings = load_settings(home=tmp_path, **(limits | changes))
            return stack.enter_context(Fetcher(settings)), server

        yield serve
