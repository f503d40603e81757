"""One table of the lake: a Delta table in monthly partitions, of which only those that change are rewritten."""

from collections.abc import Collection, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable, PostCommitHookProperties, WriterProperties, write_deltalake

from pipeline.lake import durable
from pipeline.lake.changes import Counts, Tally
from pipeline.lake.rows import ordered
from schemas import Table

# Level 9 is 6 % smaller and four times slower. Groups of this size make a look-up by id five times faster for 2 % of
# size.
_PARQUET = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=16_384)
# The log of a version that lake.json names must stay: putting back an unfinished commit needs it.
_AFTER_COMMIT = PostCommitHookProperties(create_checkpoint=True, cleanup_expired_logs=False)


class MonthlyTable:
    """The Delta table in `folder`, made when it is not there. Paths of Parquet files are never used twice.

    Raises (all methods): DeltaError, pa.ArrowException or OSError, for the caller to tell.
    """

    def __init__(self, table: Table, folder: Path, *, is_durable: bool = True) -> None:
        self.table = table
        self.folder = folder
        self._is_durable = is_durable
        if not DeltaTable.is_deltatable(str(folder)):
            DeltaTable.create(
                str(folder),
                table.stored,
                partition_by=[table.partition.name],
                name=table.name,
                description=table.description,
            )
            self._sync(())
        self._delta = DeltaTable(str(folder))

    @property
    def version(self) -> int:
        return int(self._delta.version())

    def put_back(self, version: int) -> None:
        """Make the table hold again what it held at this version."""
        self._delta.restore(version)
        self._sync(())

    def files(self) -> dict[Path, str]:
        """The Parquet files of the newest version, each with its month. Sorted, absolute."""
        actions = pa.table(self._delta.get_add_actions(flatten=True)).select(
            ["path", f"partition.{self.table.partition.name}"]
        )
        return {self.folder / path: month for path, month in sorted(zip(*actions.to_pydict().values(), strict=True))}

    def months(self) -> set[str]:
        return set(self.files().values())

    def select(self, condition: ds.Expression, columns: Collection[str] | None = None) -> pa.Table:
        """The rows that fulfil a condition, which may name the month."""
        return self._delta.to_pyarrow_dataset().to_table(columns=columns and list(columns), filter=condition)

    def month(self, month: str) -> pa.Table:
        """The rows of one month, sorted."""
        rows = self.select(ds.field(self.table.partition.name) == month, self.table.stored.names)
        return ordered(self.table, rows.cast(self.table.stored))

    def replace(self, column: str, values: Collection[str], months: Iterable[str], rows: pa.Table) -> Counts:
        """Put `rows` in the place of all rows with one of these `values` in `column`.

        `months` are those where such rows may be now. A month in which nothing changes is not written.
        """
        name = self.table.partition.name
        tally = Tally(self.table)
        for month in sorted({*months, *rows[name].to_pylist()}):
            present = self.month(month)
            is_replaced = pc.is_in(present[column], pa.array(values, pa.string()))
            coming = ordered(self.table, rows.filter(pc.equal(rows[name], month)))
            if tally.compare(present.filter(is_replaced), coming):
                self.write(month, pa.concat_tables([present.filter(pc.invert(is_replaced)), coming]))
        return tally.counts()

    def write(self, month: str, rows: pa.Table) -> None:
        """Make these the rows of the month; on disk when this returns."""
        before = self.files().keys()
        write_deltalake(
            self._delta,
            ordered(self.table, rows),
            mode="overwrite",
            predicate=f"{self.table.partition.name} = '{month}'",
            writer_properties=_PARQUET,
            post_commithook_properties=_AFTER_COMMIT,
        )
        self._sync(self.files().keys() - before)

    def _sync(self, files: Collection[Path]) -> None:
        """delta-rs flushes nothing to disk: neither data files nor its log."""
        if not self._is_durable:
            return
        log = self.folder / "_delta_log"
        newest = f"{DeltaTable(str(self.folder)).version():020}"
        for path in (*files, *log.glob(f"{newest}*"), *log.glob("_last_checkpoint")):
            durable.sync(path)
        for folder in {*(path.parent for path in files), log, self.folder, self.folder.parent}:
            durable.sync(folder)
