"""The lake as its one writer sees it: commits, rebuilds and maintenance. How each becomes visible: see `writing`."""

import logging
import shutil
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import pyarrow.dataset as ds

from pipeline.identify.known import load_known
from pipeline.lake.derivations import derive_all, derived_tables
from pipeline.lake.derive import Touched
from pipeline.lake.maintenance import Maintained, compact, is_due, renew_volumes, sweep, upkeep, vacuum
from pipeline.lake.pages.batch import apply, gone_looks
from pipeline.lake.pages.looks import PAGE_TABLES, Looks
from pipeline.lake.pages.packing import pack, packed
from pipeline.lake.people.met_names import count_names
from pipeline.lake.phrases import phrase_index
from pipeline.lake.published import state
from pipeline.lake.published.editions import let_go
from pipeline.lake.published.state import State
from pipeline.lake.published.writing import Writer
from pipeline.lake.rows import Row, build
from pipeline.lake.spread import Spread
from pipeline.lake.tables.changes import Counts
from pipeline.lake.tables.together import Tables
from pipeline.lake.trouble import told
from pipeline.records import Ingested, Reading
from pipeline.settings import Settings
from pipeline.storage.disk import Disk
from schemas import APPEARANCES, CAPTURES, TABLES, TRANSCRIPTS, TURNS, Table

logger = logging.getLogger(__name__)

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


class Lake:
    """The lake where the settings say that it is kept, for writing. Made by the first commit.

    Raises (all methods):
        LakeTooNew: a newer asrun wrote the lake.
        LakeBusy: another writer held the lake for too long.
        LakeError: the disk, a library or a row refused; what was published is untouched.
        UsageError: the lake's path cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._writer = Writer(settings)
        self._has_index = settings.phrase_index
        self._known = load_known(settings)
        self._maintain_interval = timedelta(days=settings.maintain_days)

    def commit(self, batch: Looks | Iterable[Ingested]) -> Committed:
        """Add these looks, derive what follows from them, and publish, all tables at once.

        Idempotent; how revisions are counted: `fold`; what is derived: `derivations`. Where nothing changes, nothing is
        written and `edition` is None. A transcript is never removed by a commit. An empty batch publishes a lake that
        is new, was moved, was written by an older asrun, or was left unpublished by a crash.
        """
        looks = batch if isinstance(batch, Looks) else pack(batch)
        with self._writer.writing() as work:
            applied = apply(work.tables, looks)
            derive_all(work.tables, Touched(applied.pages, known=self._known))
            work.tables.flush()
            count_names(work.tables[APPEARANCES])
            return Committed(work.tables.counts(), self._writer.finish(work), applied.refused)

    def put(self, table: Table, rows: Sequence[Row], parts: Collection[str] = ()) -> Committed:
        """Make these the rows of a table that no look gives (as `coverage`), and publish.

        All rows of a corpus table; of a monthly one, all rows of the months that `rows` are of, and of those in
        `parts`. Idempotent.
        """
        with self._writer.writing() as work:
            work.tables[table].put(build(table, rows), parts)
            return Committed(work.tables.counts(), self._writer.finish(work))

    def has_kept(self, table: Table) -> bool:
        """Whether rows were ever written into a table; the tables themselves are not asked."""
        with told(self._writer.place):
            known = state.read(self._writer.storage)
        return known is not None and known.tables.get(table.name, 0) > 0

    def parts(self, table: Table) -> list[str]:
        """The parts of a table that hold rows, as `StagedTable.parts` has them."""
        with self._writer.writing(dry_run=True) as work:
            return work.tables[table].parts()

    def archived_in(self) -> set[str]:
        """The WARC files in which the looks of the lake were archived, as `captures` names them."""
        with self._writer.writing(dry_run=True) as work:
            named = work.tables[CAPTURES].disk.select(ds.field("warc_file").is_valid(), ("warc_file",))
        return set(named["warc_file"].unique().to_pylist())

    def rebuild(
        self,
        looks: Iterable[Looks | Ingested],
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
        with self._writer.writing(dry_run=dry_run) as work:
            aside = self._writer.folder / "tmp" / "rebuild"
            try:
                fresh = Tables(aside, Disk(aside, is_durable=False), REBUILD_BYTES, is_compared=False)
                refused: dict[str, Reading] = {}
                for some in packed(chain(looks, gone_looks(work.tables)), REBUILD_LOOKS):
                    refused |= apply(fresh, some).refused
                    fresh.flush()
                derive_all(fresh, Touched(None, work.tables, self._known, spread))
                fresh.flush()
                work.tables.settle(fresh, (*PAGE_TABLES, *derived_tables()), dry_run=dry_run, spread=spread)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            if not dry_run:
                count_names(work.tables[APPEARANCES])
            counts = work.tables.counts()
            if before_publishing:
                before_publishing(counts)
            return Committed(counts, None if dry_run else self._writer.finish(work), refused)

    def is_maintenance_due(self, now: datetime) -> bool:
        """Whether `maintain` is worth its time, and settings do not leave it to a person."""
        if not self._maintain_interval:
            return False
        with self._writer.writing(dry_run=True) as work:
            maintained_at = _moment(work.known.maintained_at)
            found = upkeep(self._writer.storage, work.tables, maintained_at, has_index=self._has_index)
        return is_due(found, now, self._maintain_interval)

    def maintain(self, now: datetime) -> Maintained:
        """Put small files together, index phrases, let go of old editions, and remove files that nothing names.

        No answer changes and no reader is broken: see `maintenance`.
        """
        with self._writer.writing() as work:
            compacted = compact(self._writer.storage, work.tables)
            renew_volumes(work.tables)
            turns = work.tables[TURNS].disk.files()
            indexed = phrase_index.build_missing(self._writer.storage, turns) if self._has_index else 0
            edition = self._writer.finish(work)
            editions_let_go = let_go(self._writer.storage, now, self._writer.keeping)
            for table in TABLES:
                work.tables[table].disk.tidy_log()
            count_names(work.tables[APPEARANCES])
            removed, freed = vacuum(self._writer.storage, work.tables, now)
            sweep(self._writer.folder, now)
            known = state.read(self._writer.storage) or State()
            state.write(self._writer.storage, replace(known, maintained_at=now.isoformat()))
            live = sum(len(work.tables[table].disk.files()) for table in TABLES)
        done = Maintained(compacted, indexed, editions_let_go, removed, freed, live, edition)
        logger.info("lake_maintained %s", done)
        return done


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
