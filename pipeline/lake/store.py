"""The lake as its one writer sees it: the lock, and the order in which a commit becomes durable and visible.

1. Each table is committed and flushed to disk: turns, bylines, transcripts, captures. Readers do not look at the
   tables.
2. `lake.json` is replaced: it names the table versions that belong together.
3. `asrun.duckdb` is replaced: now readers see all tables change at once.

After a crash before 2, the next writer puts the tables back; after 2, it publishes. The same batch may always be
committed again.
"""

import logging
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import LakeBusy
from pipeline.lake import state
from pipeline.lake.changes import Counts
from pipeline.lake.publish import PUBLISHED_FILE, check_place, digest, publish, script
from pipeline.lake.state import State
from pipeline.lake.tables import Tables
from pipeline.lake.trouble import told
from pipeline.records import Ingested
from pipeline.settings import Settings
from schemas import TABLES

logger = logging.getLogger(__name__)

LOCK_FILE = "writer.lock"
LOCK_TIMEOUT_SECONDS = 600
"""A commit takes seconds: whoever waits longer has met a rebuild or a writer that hangs."""
REBUILD_LOOKS = 1_000
"""Looks that a rebuild folds at a time: bounds its memory."""


@dataclass(frozen=True, slots=True)
class Committed:
    """What a commit changed, table by table: a transcript may change and its turns stay."""

    transcripts: Counts
    turns: Counts
    bylines: Counts
    captures: Counts
    edition: Path | None
    """The edition that was published, as the file that is kept; None where there was nothing to publish."""

    @property
    def unchanged(self) -> int:
        """Transcripts of the batch that were there already, as they are."""
        return self.transcripts.unchanged


class Lake:
    """The lake in `settings.lake_dir`, for writing. Made by the first commit.

    Raises (all methods):
        LakeTooNew: a newer asrun wrote the lake.
        LakeBusy: another writer held the lake for too long.
        LakeError: the disk, a library or a row refused; what was published is untouched.
        UsageError: the lake's path cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._dir = settings.lake_dir.absolute()
        self._editions_kept = settings.editions_kept

    def commit(self, batch: Sequence[Ingested]) -> Committed:
        """Add these looks and publish, all tables at once. Idempotent; how revisions are counted: `fold`.

        Where nothing changes, nothing is written and `edition` is None. A transcript is never removed by a commit. An
        empty batch publishes a lake that is new, was moved, or was left unpublished by a crash.
        """
        with self._writing() as (tables, known):
            counts = tables.apply(batch)
            return Committed(**counts, edition=self._finish(tables, known))

    def rebuild(self, items: Iterable[Ingested], *, dry_run: bool = False) -> Committed:
        """Make the lake hold what these looks give, and publish; `dry_run` only counts.

        The looks must be all that the archive has: transcripts, turns, bylines and archived captures that they do not
        give are removed. Captures that left nothing in the archive stay. Needs room for a second copy of the tables
        while it runs.
        """
        with self._writing() as (tables, known):
            aside = self._dir / "tmp" / "rebuild"
            try:
                fresh = Tables(aside, is_durable=False)
                looks = iter(items)
                while chunk := list(islice(looks, REBUILD_LOOKS)):
                    fresh.apply(chunk)
                counts = tables.settle(fresh, dry_run=dry_run)
            finally:
                shutil.rmtree(aside, ignore_errors=True)
            return Committed(**counts, edition=None if dry_run else self._finish(tables, known))

    @contextmanager
    def _writing(self) -> Iterator[tuple[Tables, State]]:
        """The tables, locked, in the state that `lake.json` names."""
        check_place(self._dir)
        with told(self._dir):
            self._dir.mkdir(parents=True, exist_ok=True)
            with self._locked():
                known = state.read(self._dir) or State()
                shutil.rmtree(self._dir / "tmp" / "rebuild", ignore_errors=True)
                tables = Tables(self._dir)
                yield tables, self._put_back(tables, known)

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
        if tables.versions() == known.tables:
            return known
        for table in TABLES:
            version = known.tables[table.name]
            if tables[table].version != version:
                logger.warning("lake_put_back table=%s from=%d to=%d", table.name, tables[table].version, version)
                tables[table].put_back(version)
        known = replace(known, tables=tables.versions())
        state.write(self._dir, known)
        return known

    def _finish(self, tables: Tables, known: State) -> Path | None:
        """Make the tables' versions the lake's, and publish them where they are not what is published."""
        if tables.versions() != known.tables:
            known = replace(known, tables=tables.versions())
            state.write(self._dir, known)
        sql = script(tables)
        if known.published == digest(sql) and (self._dir / PUBLISHED_FILE).exists():
            return None
        edition = publish(self._dir, sql, self._editions_kept)
        state.write(self._dir, replace(known, published=digest(sql)))
        return edition
