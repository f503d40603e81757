"""The lake as its one writer sees it: the lock, and the order in which a commit becomes durable and visible.

1. A batch is staged, what follows from it is derived, and each table is committed and flushed to disk. Readers do not
   look at the tables.
2. `lake.json` is replaced: it names the table versions that belong together.
3. `asrun.duckdb` is replaced: now readers see all tables change at once.

After a crash before 2, the next writer puts the tables back; after 2, it publishes. The same batch may always be
committed again.
"""

import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain, islice
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import LakeBusy
from pipeline.identify.known import load_known
from pipeline.lake import phrase_index, state
from pipeline.lake.changes import Counts
from pipeline.lake.derivations import derive_all, derived_tables
from pipeline.lake.derive import Spread, Touched
from pipeline.lake.editions import PUBLISHED_FILE, Keeping, let_go
from pipeline.lake.evolve import add_columns
from pipeline.lake.maintenance import Maintained, compact, is_due, renew_volumes, sweep, upkeep, vacuum
from pipeline.lake.met_names import count_names
from pipeline.lake.pages import PAGE_TABLES, apply, gone_looks
from pipeline.lake.publish import digest, publish, script
from pipeline.lake.reach import check_place
from pipeline.lake.rows import Row, build
from pipeline.lake.state import State
from pipeline.lake.tables import Tables
from pipeline.lake.trouble import told
from pipeline.records import Ingested, Reading
from pipeline.settings import Settings
from pipeline.storage import lake_storage
from pipeline.storage.disk import Disk
from schemas import APPEARANCES, LAKE_VERSION, TABLES, TRANSCRIPTS, TURNS, Table

logger = logging.getLogger(__name__)

LOCK_FILE = "writer.lock"
LOCK_TIMEOUT_SECONDS = 600
"""A commit takes seconds: whoever waits longer has met a rebuild or a writer that hangs."""
REBUILD_LOOKS = 1_000
"""Looks that a rebuild folds at a time: bounds its memory."""
REBUILD_BYTES = 20_000_000
"""Of each table that a rebuild holds back: the turns of 2,500 pages. What is written takes four times as much
meanwhile, and a month is written at once."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit changed, table by table: a transcript may change and its turns stay."""

    tables: Mapping[str, Counts]
    edition: Path | None
    """The edition that was published, as the file that is kept; None where there was nothing to publish."""
    refused: Mapping[str, Reading] = field(default_factory=dict)
    """By capture, the looks whose page's id is another page's: they are `rejected:id_taken`."""

    def __getitem__(self, table: Table) -> Counts:
        return self.tables[table.name]

    @property
    def unchanged(self) -> int:
        """Transcripts of the batch that were there already, as they are."""
        return self[TRANSCRIPTS].unchanged


@dataclass(frozen=True, slots=True)
class _Work:
    """The lake while it is being written."""

    tables: Tables
    known: State
    older_files: Mapping[str, list[str]]
    """As in `State`, those that were found just now included."""


class Lake:
    """The lake where the settings say that it is kept, for writing. Made by the first commit.

    Raises (all methods):
        LakeTooNew: a newer asrun wrote the lake.
        LakeBusy: another writer held the lake for too long.
        LakeError: the disk, a library or a row refused; what was published is untouched.
        UsageError: the lake's path cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._dir = settings.lake_dir.absolute()
        self._storage = lake_storage(settings)
        self._place = self._storage.uri(self._dir)
        self._keeping = Keeping(settings.editions_kept, settings.editions_kept_days)
        self._has_index = settings.phrase_index
        self._known = load_known(settings)
        self._maintain_interval = timedelta(days=settings.maintain_days)

    def commit(self, batch: Sequence[Ingested]) -> Committed:
        """Add these looks, derive what follows from them, and publish, all tables at once.

        Idempotent; how revisions are counted: `fold`; what is derived: `derivations`. Where nothing changes, nothing is
        written and `edition` is None. A transcript is never removed by a commit. An empty batch publishes a lake that
        is new, was moved, was written by an older asrun, or was left unpublished by a crash.
        """
        with self._writing() as work:
            applied = apply(work.tables, batch)
            derive_all(work.tables, Touched(applied.pages, known=self._known))
            work.tables.flush()
            count_names(work.tables[APPEARANCES])
            return Committed(work.tables.counts(), self._finish(work), applied.refused)

    def put(self, table: Table, rows: Sequence[Row], parts: Collection[str] = ()) -> Committed:
        """Make these the rows of a table that no look gives (as `coverage`), and publish.

        All rows of a corpus table; of a monthly one, all rows of the months that `rows` are of, and of those in
        `parts`. Idempotent.
        """
        with self._writing() as work:
            work.tables[table].put(build(table, rows), parts)
            return Committed(work.tables.counts(), self._finish(work))

    def has_kept(self, table: Table) -> bool:
        """Whether rows were ever written into a table; the tables themselves are not asked."""
        with told(self._place):
            known = state.read(self._storage)
        return known is not None and known.tables.get(table.name, 0) > 0

    def parts(self, table: Table) -> list[str]:
        """The parts of a table that hold rows, as `StagedTable.parts` has them."""
        with self._writing(dry_run=True) as work:
            return work.tables[table].parts()

    def rebuild(
        self,
        items: Iterable[Ingested],
        *,
        dry_run: bool = False,
        before_publishing: Callable[[Mapping[str, Counts]], None] | None = None,
        spread: Spread = map,
    ) -> Committed:
        """Make the lake hold what these looks give and what follows from it, and publish; `dry_run` only counts.

        `before_publishing` is told what changes, table by table, while readers still see the lake as it was; where it
        raises, they go on seeing that. `spread` does what each page takes by itself, once all are there.

        The looks must be all that the archive has: rows that they do not give are removed. What stays: captures that
        left nothing in the archive, and tables that were put. Needs room for a second copy of the tables while it runs.
        """
        with self._writing(dry_run=dry_run) as work:
            aside = self._dir / "tmp" / "rebuild"
            try:
                fresh = Tables(aside, Disk(aside, is_durable=False), REBUILD_BYTES, is_compared=False)
                looks = chain(items, gone_looks(work.tables))
                refused: dict[str, Reading] = {}
                while chunk := list(islice(looks, REBUILD_LOOKS)):
                    refused |= apply(fresh, chunk).refused
                    fresh.flush()
                derive_all(fresh, Touched(None, work.tables, self._known, spread))
                fresh.flush()
                work.tables.settle(fresh, (*PAGE_TABLES, *derived_tables()), dry_run=dry_run)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            if not dry_run:
                count_names(work.tables[APPEARANCES])
            counts = work.tables.counts()
            if before_publishing:
                before_publishing(counts)
            return Committed(counts, None if dry_run else self._finish(work), refused)

    def is_maintenance_due(self, now: datetime) -> bool:
        """Whether `maintain` is worth its time, and settings do not leave it to a person."""
        if not self._maintain_interval:
            return False
        with self._writing(dry_run=True) as work:
            maintained_at = _moment(work.known.maintained_at)
            found = upkeep(self._storage, work.tables, maintained_at, has_index=self._has_index)
        return is_due(found, now, self._maintain_interval)

    def maintain(self, now: datetime) -> Maintained:
        """Put small files together, index phrases, let go of old editions, and remove files that nothing names.

        No answer changes and no reader is broken: see `maintenance`.
        """
        with self._writing() as work:
            compacted = compact(self._storage, work.tables)
            renew_volumes(work.tables)
            turns = work.tables[TURNS].disk.files()
            indexed = phrase_index.build_missing(self._storage, turns) if self._has_index else 0
            edition = self._finish(work)
            editions_let_go = let_go(self._storage, now, self._keeping)
            for table in TABLES:
                work.tables[table].disk.tidy_log()
            count_names(work.tables[APPEARANCES])
            removed, freed = vacuum(self._storage, work.tables, now)
            sweep(self._dir, now)
            known = state.read(self._storage) or State()
            state.write(self._storage, replace(known, maintained_at=now.isoformat()))
            live = sum(len(work.tables[table].disk.files()) for table in TABLES)
        done = Maintained(compacted, indexed, editions_let_go, removed, freed, live, edition)
        logger.info("lake_maintained %s", done)
        return done

    @contextmanager
    def _writing(self, *, dry_run: bool = False) -> Iterator[_Work]:
        """The tables, locked, in the state that `lake.json` names, with all columns of today but in a dry run."""
        check_place(self._place)
        with told(self._place):
            self._dir.mkdir(parents=True, exist_ok=True)
            with self._locked():
                known = state.read(self._storage) or State()
                shutil.rmtree(self._dir / "tmp" / "rebuild", ignore_errors=True)
                tables = Tables(self._dir, self._storage)
                known = self._put_back(tables, known)
                older_files = known.older_files if dry_run else add_columns(tables, self._dir, known.older_files)
                yield _Work(tables, known, older_files)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with FileLock(self._dir / LOCK_FILE, timeout=LOCK_TIMEOUT_SECONDS):
                yield
        except Timeout as error:
            raise LakeBusy(
                f"{self._dir}: another asrun has been writing the lake for {LOCK_TIMEOUT_SECONDS} s; "
                "wait for it, then run this again"
            ) from error

    def _put_back(self, tables: Tables, known: State) -> State:
        """Undo what a writer left that did not come to its end."""
        ahead = [table for table in TABLES if tables[table].disk.version != known.tables.get(table.name, 0)]
        if not ahead:
            return known
        for table in ahead:
            disk, version = tables[table].disk, known.tables.get(table.name, 0)
            logger.warning("lake_put_back table=%s from=%d to=%d", table.name, disk.version, version)
            disk.put_back(version)
        known = replace(known, tables=tables.versions())
        state.write(self._storage, known)
        return known

    def _finish(self, work: _Work) -> Path | None:
        """Make the tables' versions the lake's, and publish them where they are not what is published."""
        present = {path for table in TABLES for path in work.tables[table].disk.files()}
        older_files = {name: lacking for name, lacking in work.older_files.items() if self._dir / name in present}
        done = replace(
            work.known,
            lake_version=LAKE_VERSION,
            tables=work.tables.versions(),
            contracts={table.name: table.version for table in TABLES},
            older_files=older_files,
        )
        if done != work.known:
            state.write(self._storage, done)
        sql = script(self._storage, work.tables, {self._dir / name: lacking for name, lacking in older_files.items()})
        if done.published == digest(sql) and self._storage.is_there(self._dir / PUBLISHED_FILE):
            return None
        edition = publish(self._storage, sql, self._keeping)
        state.write(self._storage, replace(done, published=digest(sql)))
        return edition


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
