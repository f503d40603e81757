"""All tables of the lake together, in one folder."""

from collections.abc import Callable, Iterable
from itertools import groupby
from pathlib import Path

from pipeline.lake.spread import Spread
from pipeline.lake.tables.changes import Counts
from pipeline.lake.tables.settling import Complete, compared
from pipeline.lake.tables.staged import STAGED_BYTES, StagedTable
from pipeline.storage import Storage
from pipeline.storage.disk import Disk
from schemas import TABLES, Table


class Tables:
    """The tables in one folder, kept by `storage` (None: the disk); they are made when they are not there.

    Each holds back rows of so many bytes at most before it writes them; `is_compared`: as `StagedTable` has it.
    """

    def __init__(
        self,
        folder: Path,
        storage: Storage | None = None,
        staged_bytes: int = STAGED_BYTES,
        *,
        is_compared: bool = True,
    ) -> None:
        self._tables = {
            table.name: StagedTable(
                table, folder / table.name, storage or Disk(folder), staged_bytes, is_compared=is_compared
            )
            for table in TABLES
        }
        self._completing: dict[str, Callable[[str], Complete]] = {}

    def __getitem__(self, table: Table) -> StagedTable:
        return self._tables[table.name]

    def versions(self) -> dict[str, int]:
        """The Delta version of each table, by name."""
        return {name: table.disk.version for name, table in self._tables.items()}

    def flush(self) -> None:
        """Write all that is staged."""
        for table in self._tables.values():
            table.flush()

    def counts(self) -> dict[str, Counts]:
        """What was written in each table, by name."""
        return {name: table.counts() for name, table in self._tables.items()}

    def complete(self, table: Table, how: Callable[[str], Complete]) -> None:
        """Have the rows of each part completed when they are settled; until then they lack what that sets."""
        self._completing[table.name] = how

    def settle(self, fresh: "Tables", given: Iterable[Table], *, dry_run: bool, spread: Spread = map) -> None:
        """Make the tables in `given` hold what they hold in `fresh`, part by part; `dry_run` only counts.

        Nothing may be staged. Looks that left nothing in the archive cannot be read again: their rows stay. `spread`
        compares months; what is kept in a bucket is compared here.
        """
        parts = [
            (self[table], part, self[table].settling(part, fresh[table], fresh.completing(table, part)))
            for table in given
            for part in sorted({*self[table].parts(), *fresh[table].parts()})
        ]
        for is_shared, some in groupby(parts, lambda one: one[0].may_be_compared_elsewhere):
            waiting = list(some)
            found = (spread if is_shared else map)(compared, [job for _, _, job in waiting])
            for (table, part, job), changes in zip(waiting, found, strict=True):
                table.settle(part, job, changes, dry_run=dry_run)

    def completing(self, table: Table, part: str) -> Complete | None:
        """How the rows of a part are completed; None: they are whole."""
        return self._completing[table.name](part) if table.name in self._completing else None
