"""Every fault ends in its own name, in time, and none is taken for a page."""

import time

import pytest

from pipeline.errors import FetchFailed
from tests.fetch.conftest import Serve
from tests.fetch.faults import FAULTS, MAX_DECODED_BYTES, MAX_WIRE_BYTES, Fault
from tests.fetch.server import HOST

DEADLINE_SECONDS = 0.7


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_is_named_and_in_time(serve: Serve, fault: Fault) -> None:
    fetcher, server = serve(
        {"/page": [fault.reply]},
        deadline_seconds=DEADLINE_SECONDS,
        max_wire_bytes=MAX_WIRE_BYTES,
        max_decoded_bytes=MAX_DECODED_BYTES,
    )
    began_at = time.monotonic()
    with pytest.raises(FetchFailed) as caught:
        fetcher.get(f"https://{HOST}/page")
    # The deadline holds for the page; robots.txt has its own. A busy machine is given as much again.
    assert time.monotonic() - began_at < 3 * DEADLINE_SECONDS
    assert caught.value.reason == fault.reason, caught.value
    assert caught.value.is_gone == (fault.reason in {"http_404", "http_410"})
    assert "\n" not in str(caught.value)
    assert len(server.pages) <= 1
