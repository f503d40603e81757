"""The lake while one writer has it: the lock, and the order in which what he writes becomes durable and visible.

1. A batch is staged, what follows from it is derived, and each table is committed and flushed to disk. Readers do not
   look at the tables.
2. `lake.json` is replaced: it names the table versions that belong together.
3. `asrun.duckdb` is replaced: now readers see all tables change at once.

After a crash before 2, the next writer puts the tables back; after 2, it publishes. The same batch may always be
committed again.
"""

import logging
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import LakeBusy
from pipeline.lake.published import state
from pipeline.lake.published.editions import PUBLISHED_FILE, Keeping
from pipeline.lake.published.publish import digest, publish, script
from pipeline.lake.published.state import State
from pipeline.lake.reach import check_place
from pipeline.lake.tables.evolve import add_columns
from pipeline.lake.tables.together import Tables
from pipeline.lake.trouble import told
from pipeline.settings import Settings
from pipeline.storage import lake_storage
from schemas import LAKE_VERSION, TABLES

logger = logging.getLogger(__name__)

LOCK_FILE = "writer.lock"
LOCK_TIMEOUT_SECONDS = 600
"""A commit takes seconds: whoever waits longer has met a rebuild or a writer that hangs."""


@dataclass(frozen=True, slots=True)
class Work:
    """The lake while it is being written."""

    tables: Tables
    known: State
    older_files: Mapping[str, list[str]]
    """As in `State`, those that were found just now included."""


class Writer:
    """Who may write the lake that the settings name. What is raised: as by `Lake`."""

    def __init__(self, settings: Settings) -> None:
        self.folder = settings.lake_dir.absolute()
        self.storage = lake_storage(settings)
        self.place = self.storage.uri(self.folder)
        self.keeping = Keeping(settings.editions_kept, settings.editions_kept_days)

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[Work]:
        """The tables, locked, in the state that `lake.json` names, with all columns of today but in a dry run."""
        check_place(self.place)
        with told(self.place):
            self.folder.mkdir(parents=True, exist_ok=True)
            with self._locked():
                known = state.read(self.storage) or State()
                shutil.rmtree(self.folder / "tmp" / "rebuild", ignore_errors=True)
                tables = Tables(self.folder, self.storage)
                known = self._put_back(tables, known)
                older_files = known.older_files if dry_run else add_columns(tables, self.folder, known.older_files)
                yield Work(tables, known, older_files)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with FileLock(self.folder / LOCK_FILE, timeout=LOCK_TIMEOUT_SECONDS):
                yield
        except Timeout as error:
            raise LakeBusy(
                f"{self.folder}: another asrun has been writing the lake for {LOCK_TIMEOUT_SECONDS} s; "
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
        state.write(self.storage, known)
        return known

    def finish(self, work: Work) -> Path | None:
        """Make the tables' versions the lake's, and publish them where they are not what is published."""
        present = {path for table in TABLES for path in work.tables[table].disk.files()}
        older_files = {name: lacking for name, lacking in work.older_files.items() if self.folder / name in present}
        done = replace(
            work.known,
            lake_version=LAKE_VERSION,
            tables=work.tables.versions(),
            contracts={table.name: table.version for table in TABLES},
            older_files=older_files,
        )
        if done != work.known:
            state.write(self.storage, done)
        sql = script(self.storage, work.tables, {self.folder / name: lacking for name, lacking in older_files.items()})
        if done.published == digest(sql) and self.storage.is_there(self.folder / PUBLISHED_FILE):
            return None
        edition = publish(self.storage, sql, self.keeping)
        state.write(self.storage, replace(done, published=digest(sql)))
        return edition
