"""`make bench-hosts`: one night at very many hosts, as `asrun nightly` takes them in; prints, asserts nothing.

Three of the hosts are slow, dead and overloaded. What a night at polite hosts takes is what one of them takes.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.ledger import Ledger
from pipeline.ledger.history import coverage
from pipeline.settings import load_settings
from tests.network.fault_server import Pause, Stall, page
from tests.network.many import Many, ManyHosts, many_stations

_DAY = date(2026, 3, 20)
_NIGHT = [sys.executable, "-c", "from flows.cli import main; main()", "nightly", "--date", _DAY.isoformat()]
_SLOW_SECONDS = 2.0
_READ_SECONDS = 5.0
"""Nobody waits longer for an answer."""
_UNWELL = ("slow", "dead", "overloaded")


@dataclass(frozen=True, slots=True)
class _Process:
    exit_code: int
    seconds: float
    processor_seconds: float
    peak_megabytes: float
    threads: int


def main() -> None:
    """Serve, run a night, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hosts", type=int, default=300)
    arguments.add_argument("--pages", type=int, default=5, help="of each host")
    arguments.add_argument("--gap", type=float, default=5.0, help="seconds between two requests at a host")
    chosen = arguments.parse_args()
    many = many_stations(chosen.hosts, chosen.pages)
    _make_unwell(many)
    with tempfile.TemporaryDirectory() as folder, ManyHosts(many) as server:
        home = Path(folder)
        settings = {
            "ASRUN_HOME": str(home),
            "ASRUN_SOURCES_FILE": str(many.write_registry(home / "sources.toml")),
            "ASRUN_HOST_MAP": json.dumps(server.host_map),
            "ASRUN_MIN_GAP_SECONDS": str(chosen.gap),
            "ASRUN_READ_TIMEOUT_SECONDS": f"{_READ_SECONDS}",
            "ASRUN_MAX_WAIT_SECONDS": "10",
            "ASRUN_RETRIES": "1",
            "PREFECT_HOME": str(home / "prefect"),
        }
        night = _run([*_NIGHT, *(word for source_id in many.source_ids for word in ("--source", source_id))], settings)
        _show(many, server, night, chosen.gap, home)


def _make_unwell(many: Many) -> None:
    """The first host answers late, the second not at all where pages are, the third that it is asked too much."""
    busy = page(b"", "Retry-After: 5", status="503 Service Unavailable")
    slow, dead, overloaded = (many.pages_of(source_id) for source_id in many.source_ids[: len(_UNWELL)])
    for key in slow:
        many.script[key] = [(Pause(_SLOW_SECONDS), *reply) for reply in many.script[key]]
    many.script.update(dict.fromkeys(dead, ((Stall(),),)))
    many.script.update(dict.fromkeys(overloaded, (busy,)))


def _run(command: list[str], settings: dict[str, str]) -> _Process:
    """Run to the end and watch how many threads there are."""
    began, threads = time.monotonic(), 0
    with subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL) as process:
        status = Path(f"/proc/{process.pid}/status")
        while process.returncode is None:
            with suppress(FileNotFoundError, StopIteration):
                lines = status.read_text(encoding="ascii").splitlines()
                threads = max(threads, int(next(line for line in lines if line.startswith("Threads:")).split()[1]))
            ended, waited, usage = os.wait4(process.pid, os.WNOHANG)
            if ended:
                process.returncode = os.waitstatus_to_exitcode(waited)
                return _Process(
                    process.returncode,
                    time.monotonic() - began,
                    usage.ru_utime + usage.ru_stime,
                    usage.ru_maxrss / 1000,
                    threads,
                )
            time.sleep(0.2)
    raise AssertionError


def _show(many: Many, server: ManyHosts, night: _Process, gap: float, home: Path) -> None:
    console = Console()
    by_host: dict[str, list[float]] = {}
    for seen in server.requests:
        by_host.setdefault(seen.host, []).extend((seen.began_at, min(seen.ended_at, seen.began_at + _READ_SECONDS)))
    taken = {host: max(times) - min(times) for host, times in by_host.items()}
    unwell = set(many.hosts[: len(_UNWELL)])
    well = [seconds for host, seconds in taken.items() if host not in unwell]
    rows: list[tuple[str, float]] = [
        ("exit code of the night (1: some pages failed)", night.exit_code),
        ("requests", len(server.requests)),
        ("shortest gap at a host, s", server.shortest_gap()),
        ("paces of the busiest host that is well, s", gap * max(len(times) / 2 for times in by_host.values())),
        ("paces of all, one host after the other, s", gap * len(server.requests)),
        ("from first to last answer: a host that is well, at most, s", max(well)),
        *((f"... the {name} one, s", taken[many.hosts[number]]) for number, name in enumerate(_UNWELL)),
        ("the whole command, s", night.seconds),
        ("its processor s (with Prefect's own server)", night.processor_seconds),
        ("its peak memory, MB", night.peak_megabytes),
        ("its threads, at most", night.threads),
    ]
    title = f"A night at {len(many.hosts)} hosts, {gap} s apart at each"
    show(table(title, ("what", "measured"), [(name, round(value, 2)) for name, value in rows]), console)
    with Ledger(load_settings(home=home)) as ledger:
        kept = coverage(ledger)
    console.print(f"published {sum(one.published for one in kept)} of {sum(one.pages for one in kept)} pages")


if __name__ == "__main__":
    main()
