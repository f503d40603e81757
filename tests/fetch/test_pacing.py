import json
import subprocess
import sys
import textwrap
import threading
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UsageError
from pipeline.fetch.pacing import HostHeld, HostSpent, Limits, Pacer
from tests.fetch.conftest import Serve
from tests.network.fault_server import HOST, Pause, page

NPR = "www.npr.org"
NOON = 1_774_000_000.0


class Clock:
    """Time that passes only by sleeping, and by hand."""

    def __init__(self) -> None:
        self.now = NOON
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pacer(self, directory: Path, max_wait_seconds: float = 300, **limits: Any) -> Pacer:
        return Pacer(directory, Limits(max_wait_seconds, **limits), clock=lambda: self.now, sleep=self.sleep)

    def waited_for(self, pacer: Pacer, gap: float, took: float = 0.0, *, is_strained: bool = False) -> float:
        """Make a request that takes so long; the seconds that were waited before it."""
        before = sum(self.slept)
        with pacer.turn(NPR, gap) as turn:
            self.now += took
            if is_strained:
                turn.strain()
        return sum(self.slept) - before


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_the_gap_is_from_end_to_start(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path)
    with pacer.turn(NPR, 5):
        clock.now += 3  # the request itself
    clock.now += 1
    with pacer.turn(NPR, 5):
        pass
    assert clock.slept == [4]


def test_hosts_do_not_wait_for_each_other(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path)
    for host in (NPR, "www.kpbs.org", "2607:f8b0::1", "a" * 253):
        with pacer.turn(host, 5):
            pass
    assert clock.slept == []


def test_another_pacer_knows_of_the_last_request(tmp_path: Path, clock: Clock) -> None:
    with clock.pacer(tmp_path).turn(NPR, 5):
        pass
    with clock.pacer(tmp_path).turn(NPR, 5):
        pass
    assert clock.slept == [5]


def test_a_request_that_fails_counts(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path)
    with pytest.raises(OSError, match="gone"), pacer.turn(NPR, 5):
        raise OSError("gone")
    with pacer.turn(NPR, 5):
        pass
    assert clock.slept == [5]


def test_a_hold_is_kept_by_all(tmp_path: Path, clock: Clock) -> None:
    with clock.pacer(tmp_path).turn(NPR, 5) as turn:
        turn.hold(60)
    clock.now += 20
    with clock.pacer(tmp_path).turn(NPR, 5):
        pass
    with clock.pacer(tmp_path).turn(NPR, 5):
        pass
    assert clock.slept == [40, 5]


def test_a_long_hold_is_an_error_until_it_is_over(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path, max_wait_seconds=30)
    with pacer.turn(NPR, 0) as turn:
        turn.hold(10_000_000)  # for ever is a day
    with pytest.raises(HostHeld) as caught, pacer.turn(NPR, 0):
        pass
    assert caught.value.seconds == 86_400
    clock.now += 86_400
    with pacer.turn(NPR, 0):
        pass
    assert clock.slept == []


def test_a_clock_that_was_set_back_costs_one_gap(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path)
    with pacer.turn(NPR, 5):
        pass
    clock.now -= 100_000
    with pacer.turn(NPR, 5):
        pass
    assert clock.slept == [5]


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"ended_at": "x", "hold_seconds": 0}', "{}", "\u00e9"])
def test_what_cannot_be_read_is_a_request_just_made(tmp_path: Path, clock: Clock, kept: str) -> None:
    folder = tmp_path / NPR
    folder.mkdir()
    (folder / "pace.json").write_text(kept, encoding="utf-8")
    clock.now = (folder / "pace.json").stat().st_mtime
    pacer = clock.pacer(tmp_path)
    with pacer.turn(NPR, 5):
        pass
    assert clock.slept == pytest.approx([5])
    assert json.loads((folder / "pace.json").read_text(encoding="ascii"))["ended_at"] == clock.now


def test_a_turn_that_was_cut_short_counts(tmp_path: Path, clock: Clock) -> None:
    """As if the process had been killed: what it left is what stood there during its turn."""
    pacer = clock.pacer(tmp_path)
    file = tmp_path / NPR / "pace.json"
    with pacer.turn(NPR, 5):
        left = file.read_bytes()
        clock.now += 2
    file.write_bytes(left)
    with pacer.turn(NPR, 5):
        pass
    assert clock.slept == [3]


def test_a_strained_host_is_left_alone_for_longer_and_trusted_again_step_by_step(tmp_path: Path, clock: Clock) -> None:
    strained = [clock.waited_for(clock.pacer(tmp_path), 4, is_strained=True) for _ in range(8)]
    relieved = [clock.waited_for(clock.pacer(tmp_path), 4) for _ in range(18)]

    assert strained == [0, 8, 16, 32, 64, 128, 256, 256]  # the first gap is the host's first; 64 times is the most
    assert relieved[0] == 256
    assert relieved == sorted(relieved, reverse=True)
    assert relieved[1] == 192
    assert relieved[-1] == 4


def test_a_gap_never_grows_beyond_what_is_waited_for_nor_falls_below_what_is_asked(
    tmp_path: Path, clock: Clock
) -> None:
    pacer = clock.pacer(tmp_path, max_wait_seconds=30)
    for _ in range(6):
        clock.waited_for(pacer, 5, is_strained=True)

    assert clock.waited_for(pacer, 5) == 30
    assert clock.waited_for(pacer, 45) == 45


def test_a_host_that_answers_slowly_is_asked_slowly(tmp_path: Path, clock: Clock) -> None:
    pacer = clock.pacer(tmp_path, delay_factor=5)
    quick = [clock.waited_for(pacer, 2, took=0.2) for _ in range(3)]
    rising = [clock.waited_for(pacer, 2, took=4) for _ in range(12)]
    falling = [clock.waited_for(pacer, 2, took=0.2) for _ in range(20)]

    assert quick == pytest.approx([0, 2, 2])
    assert rising == sorted(rising)
    assert rising[-1] == pytest.approx(20, rel=0.1)
    assert falling[-1] == pytest.approx(2)


def test_a_day_has_its_budget_for_all_processes_and_the_next_has_its_own(tmp_path: Path, clock: Clock) -> None:
    for _ in range(3):
        clock.waited_for(clock.pacer(tmp_path, max_requests_per_day=3), 1)
    for _ in range(2):
        with pytest.raises(HostSpent, match="max_requests_per_day"):
            clock.waited_for(clock.pacer(tmp_path, max_requests_per_day=3), 1)
    with clock.pacer(tmp_path, max_requests_per_day=3).turn("www.kpbs.org", 1):
        pass
    clock.now += 86_400
    clock.waited_for(clock.pacer(tmp_path, max_requests_per_day=3), 1)


def test_a_request_that_was_never_heard_of_again_is_counted(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / NPR / "pace.json"
    with clock.pacer(tmp_path).turn(NPR, 5):
        left = file.read_bytes()  # what a process that is killed now leaves
    file.write_bytes(left)
    with pytest.raises(HostSpent):
        clock.waited_for(clock.pacer(tmp_path, max_requests_per_day=1), 5)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "home").write_text("a file", encoding="ascii")
    with pytest.raises(UsageError, match="ASRUN_HOME"), clock.pacer(tmp_path / "home").turn(NPR, 5):
        pass


GAP = 0.1


def gaps(server_requests: list[tuple[float, float]]) -> list[float]:
    """Seconds between the end of each request and the beginning of the next, as the server saw them."""
    times = sorted(server_requests)
    return [began - ended for (_, ended), (began, _) in pairwise(times)]


def test_threads_take_turns(serve: Serve) -> None:
    fetcher, server = serve({"/page": [(Pause(0.02), *page())]}, min_gap_seconds=GAP)
    threads = [threading.Thread(target=fetcher.get, args=(f"https://{HOST}/page",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seen = [(request.began_at, request.ended_at) for request in server.requests]
    assert len(seen) == 5  # robots.txt once
    # The server has begun to say its last words before the client has read them, so the gap is never shorter there.
    assert min(gaps(seen)) >= GAP


FETCHES = textwrap.dedent("""
    import sys
    from pathlib import Path
    from pipeline.fetch.client import Fetcher
    from pipeline.settings import load_settings

    home, port, gap = sys.argv[1:]
    host_map = {"radio.example": f"127.0.0.1:{port}"}
    with Fetcher(load_settings(home=Path(home), min_gap_seconds=float(gap), host_map=host_map)) as fetcher:
        for _ in range(3):
            fetcher.get("https://radio.example/page")
""")


def test_processes_take_turns(serve: Serve, tmp_path: Path) -> None:
    _, server = serve({"/page": [(Pause(0.02), *page())]})
    command = [sys.executable, "-c", FETCHES, str(tmp_path), str(server.port), str(GAP)]
    processes = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    seen = [(request.began_at, request.ended_at) for request in server.requests]
    assert len(seen) == 3 * (1 + 3)
    assert min(gaps(seen)) >= GAP
