"""Bombs are refused within bounded memory, measured in a process of its own."""

import gzip
import logging
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.network.fault_server import HOST, FaultServer, Reply, page
from tests.network.faults import CHUNKED, SCRAPY, SCRAPY_FAULTS

MIB = 1024 * 1024
ROOM = 64 * MIB
SCRAPY_BYTES = 11_000_000
"""What Scrapy's bombs hold."""
SMALL = page(b"<p>small</p>")
logger = logging.getLogger(__name__)

_FETCH = """
    import sys
    from pathlib import Path
    from pipeline.errors import FetchFailed
    from pipeline.fetch.client import Fetcher
    from pipeline.settings import load_settings

    home, host, address, cap, *paths = sys.argv[1:]
    settings = load_settings(
        home=Path(home), host_map={host: address}, min_gap_seconds=0, delay_factor=0, retries=0,
        max_decoded_bytes=int(cap),
    )

    def peak():  # ru_maxrss would count what the process was forked from
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

    with Fetcher(settings) as fetcher:
        def fetch(path):
            try:
                return str(fetcher.get(f"https://{host}{path}").status)
            except FetchFailed as failure:
                return failure.reason
        fetch("/small")
        before = peak()
        for path in paths:
            print(path, fetch(path), peak() - before)
"""


def zeros(size: int, wbits: int) -> bytes:
    """So many zeros, compressed without ever being held. Nobody may come to its checksum, which is wrong."""
    stream = zlib.compressobj(9, wbits=wbits)
    begin, more = (stream.compress(bytes(MIB)) + stream.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    return begin + more * (size // MIB - 1) + stream.flush()


@cache
def bombs() -> dict[str, tuple[Reply, str]]:
    gzipped = zeros(1024 * MIB, 31)
    chain = gzip.compress(gzip.compress(gzipped))
    found = {
        "/gzip": (page(gzipped, "Content-Encoding: gzip"), "too_large"),
        "/deflate": (page(zeros(1024 * MIB, 15), "Content-Encoding: deflate"), "too_large"),
        "/chain": (page(chain, "Content-Encoding: gzip, gzip, gzip"), "too_large"),
        "/chain-of-ten": (page(gzipped, "Content-Encoding: " + ", ".join(["gzip"] * 10)), "bad_encoding"),
        "/many-members": (page(gzip.compress(bytes(MIB)) * 200, "Content-Encoding: gzip"), "too_large"),
        "/plain": (page(bytes(60 * MIB)), "too_large"),
        "/chunked": ((CHUNKED + (b"100000\r\n" + bytes(MIB) + b"\r\n") * 60 + b"0\r\n\r\n",), "too_large"),
        "/redirect": (page(bytes(60 * MIB), "Location: /small", status="302 Found"), "too_large"),
        "/error": (page(bytes(60 * MIB), status="500 Internal Server Error"), "http_500"),
    }
    if SCRAPY.exists():
        found |= {f"/scrapy-{n}": (fault.reply, fault.reason) for n, fault in enumerate(SCRAPY_FAULTS)}
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServer({path: [reply] for path, (reply, _) in {**bombs(), "/small": (SMALL, "")}.items()}) as opened:
        yield opened


def fetched(server: FaultServer, home: Path, cap: int, paths: Sequence[str]) -> dict[str, tuple[str, int]]:
    """Of each bomb: what came of it, and how much memory had been taken at most by then, in bytes."""
    command = [sys.executable, "-c", textwrap.dedent(_FETCH), str(home), HOST, server.host_map[HOST], str(cap), *paths]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    lines = (line.split() for line in done.stdout.splitlines())
    return {path: (outcome, int(kib) * 1024) for path, outcome, kib in lines}


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures memory as Linux tells it")
@pytest.mark.parametrize("cap", [50_000_000, 10_000_000], ids=["as set by default", "small"])
def test_memory_stays_within_cap_and_room(server: FaultServer, tmp_path: Path, cap: int) -> None:
    expected = {path: reason for path, (_, reason) in bombs().items() if cap < SCRAPY_BYTES or "scrapy" not in path}
    measured = fetched(server, tmp_path, cap, list(expected))
    assert {path: outcome for path, (outcome, _) in measured.items()} == expected
    assert max(grown for _, grown in measured.values()) <= cap + ROOM, measured
    logger.info("cap %d: %s", cap, measured)
