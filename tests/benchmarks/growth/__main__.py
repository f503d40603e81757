"""`make bench-growth`: what a page of a night and of a reparse costs by the stories that the lake holds already.

Lake and ledger of each size are written directly; then a night of 300 pages is fetched from stations of this machine,
read, linked and committed, and its pages are read anew from the archive. Prints a table and a chart.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar
from unittest import mock

from rich.console import Console

from flows.cli.tables import show, table
from pipeline.ingest import plans
from pipeline.ingest.covering import publish_coverage
from pipeline.ingest.discovering import discover
from pipeline.ingest.fetching import fetch
from pipeline.ingest.publishing import publish
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.sequence import Steps, ingest_source
from pipeline.ingest.work import open_rooms, recorded_run
from pipeline.lake import derivations
from pipeline.ledger import Ledger
from pipeline.settings import Settings, load_settings
from pipeline.status import status_of
from tests.benchmarks.frontier import building as ledgers
from tests.benchmarks.lake.building import build
from tests.benchmarks.lake.measure import cost
from tests.benchmarks.lake.text import Corpus
from tests.network.many import ManyHosts, many_stations
from tests.running import NOW

_Got = TypeVar("_Got")
_STATIONS, _PAGES_EACH = 10, 30
_PAGES = _STATIONS * _PAGES_EACH
_DAY = date(2026, 3, 20)
_STAGES = ("discover and fetch", "read", "link", "commit", "coverage", "reparse", "status")


@dataclass(slots=True)
class _Spent:
    """Processor seconds of this thread by stage, and the process's peak memory in the dearest of its calls."""

    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0.0))
    peak_megabytes: dict[str, float] = field(default_factory=lambda: dict.fromkeys(_STAGES, 0.0))

    @contextmanager
    def on(self, stage: str, *, within: str | None = None) -> Iterator[None]:
        """Count what is done here for this stage, and not for the one within which it is done."""
        began = time.thread_time()
        yield
        took = time.thread_time() - began
        self.seconds[stage] += took
        if within:
            self.seconds[within] -= took

    def counted(self, stage: str, work: Callable[[], object]) -> None:
        """Do this and count it, with all threads of the process."""
        found = cost(work)
        self.seconds[stage] += found.processor_seconds
        self.peak_megabytes[stage] = max(self.peak_megabytes[stage], found.peak_megabytes)


def main() -> None:
    """Build, run a night and a reparse in each, print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--stories", type=int, nargs="+", default=[10_000, 100_000])
    arguments.add_argument("--folder", type=Path, help="where to build, and to find what was built")
    chosen = arguments.parse_args()
    console = Console()
    found: dict[int, _Spent] = {}
    with nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory() as folder:
        for stories in sorted(chosen.stories):
            home = Path(folder) / str(stories)
            for work in (_build, _measure):  # a process each, so that the one's memory is not the other's
                with ProcessPoolExecutor(1, get_context("spawn")) as process:
                    found[stories] = process.submit(work, stories, home).result()
    rows = [
        (
            stage,
            *(round(1000 * spent.seconds[stage] / (1 if stage == "status" else _PAGES), 1) for spent in found.values()),
            *(round(spent.peak_megabytes[stage]) or None for spent in found.values()),
        )
        for stage in _STAGES
    ]
    heads = ("stage", *(f"{size:,} stories" for size in found), *(f"MB of {size:,}" for size in found))
    title = f"Processor ms a page, of a night of {_PAGES} pages (status: of the whole), and peak memory"
    show(table(title, heads, rows), console)
    console.print("\n".join(_chart(found)), markup=False)


def _chart(found: dict[int, _Spent]) -> list[str]:
    """The stages of a page as a Mermaid chart, which forges draw."""
    sizes = ", ".join(f'"{size:,}"' for size in found)
    lines = [
        f"    line [{', '.join(f'{1000 * spent.seconds[stage] / _PAGES:.1f}' for spent in found.values())}]"
        for stage in ("discover and fetch", "read", "link", "commit", "reparse")
    ]
    return ["```mermaid", "xychart-beta", f"    x-axis [{sizes}]", '    y-axis "processor ms a page"', *lines, "```"]


def _build(stories: int, home: Path) -> _Spent:
    build(Corpus(), stories, home)
    ledgers.build(load_settings(home=home), stories)
    return _Spent()


def _measure(stories: int, home: Path) -> _Spent:
    del stories
    many = many_stations(_STATIONS, _PAGES_EACH, _DAY)
    spent = _Spent()
    with ManyHosts(many) as server:
        settings = load_settings(
            home=home, sources_file=many.write_registry(home / "sources.toml"), host_map=server.host_map,
            min_gap_seconds=0, delay_factor=0,
        )  # fmt: skip
        _night(settings, many.source_ids, spent)
    spent.counted("coverage", partial(publish_coverage, settings))
    with open_rooms(settings) as rooms:
        spent.counted("reparse", partial(reparse, rooms, since=date(2020, 1, 1)))
    with Ledger(settings) as ledger:
        spent.counted("status", partial(status_of, ledger, NOW, 5))
    return spent


def _night(settings: Settings, source_ids: tuple[str, ...], spent: _Spent) -> None:
    """A night, one source after the other, in this thread: what others do meanwhile is not counted."""
    derive_all = derivations.derive_all

    def linked(*arguments: object) -> None:
        with spent.on("link", within="commit"):
            derive_all(*arguments)  # type: ignore[arg-type]  # as they are given

    with (
        mock.patch("pipeline.lake.store.derive_all", linked),
        open_rooms(settings) as rooms,
        recorded_run(settings, "nightly", {}) as run_id,
    ):
        lake = mock.Mock(wraps=rooms.lake)

        def commit(batch: object) -> object:
            with spent.on("commit", within="read"):
                return rooms.lake.commit(batch)  # type: ignore[arg-type]  # as it is given

        lake.commit = commit
        counting = replace(rooms, lake=lake)
        steps = Steps(
            discover=partial(_on, spent, "discover and fetch", discover),
            fetch=partial(_on, spent, "discover and fetch", fetch),
            publish=partial(_on, spent, "read", publish),
        )
        for wanted in plans.nightly(run_id, _DAY, rooms.sources.choose(source_ids), NOW, limit=500):
            spent.peak_megabytes["commit"] = max(
                spent.peak_megabytes["commit"],
                cost(partial(ingest_source, wanted, counting, steps=steps)).peak_megabytes,
            )


def _on(spent: _Spent, stage: str, work: Callable[..., _Got], *arguments: object) -> _Got:
    with spent.on(stage):
        return work(*arguments)


if __name__ == "__main__":
    main()
