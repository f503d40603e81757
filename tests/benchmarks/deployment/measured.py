"""What a page costs: processor time by stage, and bytes by place. Wall time is never asked: machines are shared."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from pipeline.archive import read_foreign
from pipeline.ingest import reading
from pipeline.ingest.importing import COMMIT_PAGES, publish_run, take_in
from pipeline.ingest.reparsing import reparse
from pipeline.ingest.taking import Job, take
from pipeline.ingest.work import Rooms, open_rooms, recorded_run
from pipeline.lake import store
from pipeline.lake.stories import arriving, linking
from pipeline.lake.tables.together import Tables
from pipeline.ledger import Ledger
from pipeline.settings import load_settings
from schemas import TABLES
from tests.benchmarks.bulk.pages import write_warc

_JOB_PAGES = 100
_ALL_PAGES = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one page, in the mean: `_ms` are milliseconds of one processor."""

    pages: int
    raw_bytes: float
    warc_bytes: float
    table_bytes: float
    index_bytes: float
    ledger_bytes: float
    take_ms: float
    """Import, by workers: decode, encode for the archive, read, make rows."""
    note_ms: float
    """Import, by the committer: archive and ledger."""
    rows_ms: float
    """The same: rows put where they belong, compared and written."""
    link_ms: float
    """The same: stories and people."""
    settle_ms: float
    """The same: outcomes into the ledger."""
    reread_ms: float
    """Reparse, by workers: out of the archive, read, make rows."""
    rebuild_rows_ms: float
    rebuild_link_ms: float
    amend_ms: float
    index_ms: float
    """Maintenance: the phrase index."""


@dataclass
class _Watch:
    """Processor seconds by what they were spent on; what is timed inside something else is not counted there."""

    spent: dict[str, float] = field(default_factory=dict)
    _inside: list[float] = field(default_factory=lambda: [0.0])

    @contextmanager
    def on(self, what: str) -> Iterator[None]:
        begun = time.process_time()
        self._inside.append(0.0)
        yield
        whole = time.process_time() - begun
        self.spent[what] = self.spent.get(what, 0.0) + whole - self._inside.pop()
        self._inside[-1] += whole

    def timed(self, what: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def measured(*arguments: Any, **options: Any) -> Any:
            with self.on(what):
                return work(*arguments, **options)

        return measured


def measure(pages: int, seed: int, folder: Path) -> Measured:
    """Import so many generated pages, read them anew, index them: one process, one thing after another."""
    crawl = folder / "crawl.warc.gz"
    raw_bytes = write_warc(crawl, pages, seed)
    settings = load_settings(home=folder / "home")
    watch = _Watch()
    with open_rooms(settings) as rooms:
        with _linking(watch, "link"):
            _import(crawl, rooms, watch)
        with _linking(watch, "rebuild_link"):
            _reparse(rooms, watch)
        with watch.on("index"):
            rooms.lake.maintain(datetime.now(UTC))
    lake = settings.lake_dir
    tables = Tables(lake.absolute())
    live = [path for table in TABLES for path in tables[table].disk.files()]
    sizes = {
        "warc_bytes": settings.archive_dir.glob("*"),
        "table_bytes": live,
        "index_bytes": lake.glob("phrases-*/*/*.parquet"),
        "ledger_bytes": settings.home.glob("ledger.sqlite*"),
    }
    return Measured(
        pages=pages,
        raw_bytes=raw_bytes / pages,
        **{what: sum(path.stat().st_size for path in paths) / pages for what, paths in sizes.items()},
        **{f"{what}_ms": 1000 * seconds / pages for what, seconds in watch.spent.items()},
    )


@contextmanager
def _linking(watch: _Watch, what: str) -> Iterator[None]:
    with patch.object(store, "derive_all", watch.timed(what, store.derive_all)):  # type: ignore[attr-defined]
        yield


def _import(crawl: Path, rooms: Rooms, watch: _Watch) -> None:
    with (
        recorded_run(rooms.settings, "import", {}) as run_id,
        Ledger(rooms.settings) as ledger,
        crawl.open("rb") as file,
        patch.object(rooms.lake, "commit", watch.timed("rows", rooms.lake.commit)),
    ):
        pages = read_foreign(file, crawl.name)
        while committed := list(islice(pages, COMMIT_PAGES)):
            read = []
            for start in range(0, len(committed), _JOB_PAGES):
                with watch.on("take"):
                    took = take(Job(rooms.settings, tuple(committed[start : start + _JOB_PAGES])))
                with watch.on("note"):
                    read.append(take_in(took, run_id, rooms, ledger))
            with watch.on("settle"):
                publish_run(run_id, rooms, ledger, read)
        rooms.archive.close()


def _reparse(rooms: Rooms, watch: _Watch) -> None:
    with (
        watch.on("amend"),
        patch.object(rooms.lake, "rebuild", watch.timed("rebuild_rows", rooms.lake.rebuild)),
        patch.object(reading, "STRETCH", _ALL_PAGES),  # a single stretch is read by this process
        patch.object(reading, "read_stretch", watch.timed("reread", reading.read_stretch)),
        patch.object(linking, "arrivals_of", watch.timed("reread", arriving.arrivals_of)),  # workers do it, too
    ):
        reparse(rooms)
