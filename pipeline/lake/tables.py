"""All tables of the lake together, in one folder."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.lake.changes import Counts
from pipeline.lake.staged import STAGED_BYTES, StagedTable
from pipeline.storage import Storage
from pipeline.storage.disk import Disk
from schemas import CAPTURES, TABLES, Table


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

    def settle(self, fresh: "Tables", given: Iterable[Table], *, dry_run: bool) -> None:
        """Make the tables in `given` hold what they hold in `fresh`, part by part; `dry_run` only counts.

        Looks that left nothing in the archive cannot be read again: their rows stay.
        """
        for table in given:
            for part in sorted({*self[table].parts(), *fresh[table].parts()}):
                coming = fresh[table].part(part)
                if table is CAPTURES:
                    coming = pa.concat_tables([coming, _unarchived(self[table].part(part), coming)])
                self[table].settle(part, coming, dry_run=dry_run)


def _unarchived(present: pa.Table, coming: pa.Table) -> pa.Table:
    is_kept = pc.and_not(pc.is_null(present["warc_file"]), pc.is_in(present["capture_id"], coming["capture_id"]))
    return present.filter(is_kept)
