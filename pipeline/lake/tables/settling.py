"""A part of a table as it stands, beside what it shall hold. What workers compare in a rebuild, who need no lake."""

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from pipeline.lake.rows import checked, ordered
from pipeline.lake.tables.changes import Tally
from schemas import CAPTURES, Table

Complete = Callable[[pa.Table], pa.Table]
"""Sets what is still lacking in the rows of a part."""


@dataclass(frozen=True, slots=True)
class Settling:
    """Two datasets, of which nothing is read before it is asked for."""

    table: Table
    is_new: bool
    """As `Tally` has it."""
    present: ds.Dataset
    coming: ds.Dataset
    complete: Complete | None

    def before(self) -> pa.Table:
        """The rows as they stand, sorted."""
        return ordered(self.table, self._read(self.present))

    def rows(self) -> pa.Table:
        """The rows that shall be there, sorted; looks that left nothing in the archive cannot be read again, and stay.

        Raises:
            LakeError: what was set breaks the contract of `schemas/`.
        """
        rows = self._read(self.coming)
        if self.complete is not None:
            rows = checked(self.table, self.complete(rows))
        if self.table.name == CAPTURES.name:
            rows = pa.concat_tables([rows, _unarchived(self._read(self.present), rows)])
        return ordered(self.table, rows)

    def _read(self, rows: ds.Dataset) -> pa.Table:
        # A part for each processor is compared at once already.
        return rows.to_table(list(self.table.stored.names), use_threads=False)


@dataclass(frozen=True, slots=True)
class Compared:
    """What settling a part changes."""

    tally: Tally
    is_changed: bool


def compared(settling: Settling) -> Compared:
    """Count what becomes of the rows of a part."""
    tally = Tally(settling.table, settling.is_new)
    is_changed = tally.compare(settling.before(), settling.rows())
    return Compared(tally, is_changed)


def _unarchived(present: pa.Table, coming: pa.Table) -> pa.Table:
    is_kept = pc.and_not(pc.is_null(present["warc_file"]), pc.is_in(present["capture_id"], coming["capture_id"]))
    return present.filter(is_kept)
