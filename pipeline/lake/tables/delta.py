"""One table of the lake, for writing: a Delta table, to which files are added, and of which parts are rewritten."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, PostCommitHookProperties, Schema, WriterProperties, write_deltalake
from deltalake.exceptions import TableNotFoundError

from pipeline.errors import LakeError
from pipeline.lake.rows import checked, ordered
from pipeline.lake.tables.delta_files import DeltaFiles
from pipeline.storage import Storage, durable
from pipeline.storage.disk import Disk
from schemas import Table
from schemas.table import UNDIVIDED, quoted

# Level 9 is 6 % smaller and four times slower. Groups of this size make a look-up by id five times faster for 2 % of
# size.
_PARQUET = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=16_384)
# The log of a version that lake.json names must stay: putting back an unfinished commit needs it.
_AFTER_COMMIT = PostCommitHookProperties(create_checkpoint=False, cleanup_expired_logs=False)
# The bounds of each column of each file: whoever opens the table or writes it reads them all, and nobody asks them.
# Without them opening a table of 350 files takes 2 ms, not 5, and a commit 3 ms less.
_PROPERTIES = {"delta.dataSkippingNumIndexedCols": "0"}
_CHECKPOINT_COMMITS = 10
"""Whoever opens the table reads its log from the last checkpoint on: of a hundred entries that takes a commit 20 ms."""
_MANY_LOG_ENTRIES = 200


class DeltaFolder(DeltaFiles):
    """The Delta table in `folder`, made when it is not there; a commit is on disk when its method returns."""

    def __init__(self, table: Table, folder: Path, storage: Storage | None = None) -> None:
        storage = storage or Disk(folder)
        there = _opened(folder, storage)
        super().__init__(table, folder, storage, _made(table, folder, storage) if there is None else there)
        if there is None:
            self._sync(())

    def divide(self) -> None:
        """Write the rows of an undivided folder anew, filed as the contract says; columns that are lacking are NULL."""
        rows = self.select(columns=self.table.column_names)
        with self._written():
            write_deltalake(
                self._delta,
                self._filed(checked(self.table, rows)),
                mode="overwrite",
                schema_mode="overwrite",
                partition_by=self.table.filed_by,
                writer_properties=_PARQUET,
                post_commithook_properties=_AFTER_COMMIT,
            )

    def put_back(self, version: int) -> None:
        """Make the table hold again what it held at this version, with the columns that it had."""
        self._delta.restore(version)
        self._sync(())

    def lacking(self) -> tuple[str, ...]:
        """The columns of the contract that the folder does not have yet: an older asrun wrote it.

        Raises:
            LakeError: the folder and the contract differ by more than columns that may be added.
        """
        present = pa.schema(self._delta.schema().to_arrow())
        for field in self.table.on_disk:
            if field.name not in present.names:
                if not field.nullable:
                    raise self._unlike(f"{field.name} is new and required")
            elif not field.equals(present.field(field.name)):
                raise self._unlike(f"{field.name} is of another type")
        if unknown := sorted(set(present.names) - set(self.table.on_disk.names)):
            raise self._unlike(f"{', '.join(unknown)} unknown")
        return tuple(name for name in self.table.on_disk.names if name not in present.names)

    def add_columns(self, names: Collection[str]) -> None:
        """Add these columns of the contract, NULL in all rows that are there; no file is rewritten."""
        fields = Schema.from_arrow(pa.schema([self.table.stored.field(name) for name in names])).fields
        self._delta.alter.add_columns(fields)
        self._sync(())

    def _filed(self, rows: pa.Table) -> pa.Table:
        """These rows with the column that they are filed by."""
        return rows

    def write(self, parts: Mapping[str, pa.Table]) -> None:
        """Make these the rows of these parts, in one commit."""
        if not parts:
            return
        named = ", ".join(map(quoted, sorted(parts)))
        with self._written():
            write_deltalake(
                self._delta,
                ordered(self.table, pa.concat_tables(parts.values())),
                mode="overwrite",
                predicate=f"{self._filed_by} IN ({named})" if self._filed_by else None,
                writer_properties=_PARQUET,
                post_commithook_properties=_AFTER_COMMIT,
            )

    def change(self, units: pa.Array, rows: pa.Table) -> None:
        """Put `rows` in the place of all rows of these units, in a table without months."""
        kept = self.select(~ds.field(self.table.unit).isin(units))
        self.write({UNDIVIDED: pa.concat_tables([kept, rows])})

    def append(self, rows: pa.Table) -> None:
        """Add these rows, of any parts, in files of their own."""
        with self._written():
            write_deltalake(
                self._delta,
                ordered(self.table, rows),
                mode="append",
                writer_properties=_PARQUET,
                post_commithook_properties=_AFTER_COMMIT,
            )

    @contextmanager
    def _written(self) -> Iterator[None]:
        before = self.files().keys()
        yield
        if self.version % _CHECKPOINT_COMMITS == 0:
            self._delta.create_checkpoint()
        self._sync(self.files().keys() - before)

    def tidy_log(self) -> None:
        """Remove log entries that are a month old, once there are many; the newest version stays readable."""
        if len(self.storage.found(self.folder / "_delta_log", ".json")) > _MANY_LOG_ENTRIES:
            self._delta.create_checkpoint()
            self._sync(())
            self._delta.cleanup_metadata()

    def _sync(self, files: Collection[Path]) -> None:
        """delta-rs flushes nothing to disk: neither data files nor its log."""
        if not self.storage.needs_flush:
            return
        log = self.folder / "_delta_log"
        newest = f"{self.version:020}"
        for path in (*files, *log.glob(f"{newest}*"), *log.glob("_last_checkpoint")):
            durable.sync(path)
        for folder in {*(path.parent for path in files), log, self.folder, self.folder.parent}:
            durable.sync(folder)

    def _unlike(self, difference: str) -> LakeError:
        return LakeError(
            f"{self.storage.uri(self.folder)}: not as this asrun writes it ({difference}); "
            "move the lake aside and rebuild it with `asrun reparse`"
        )


def _opened(folder: Path, storage: Storage) -> DeltaTable | None:
    try:
        return DeltaTable(storage.uri(folder), storage_options=storage.delta_options)
    except TableNotFoundError:
        return None


def _made(table: Table, folder: Path, storage: Storage) -> DeltaTable:
    return DeltaTable.create(
        storage.uri(folder),
        table.on_disk,
        partition_by=[table.filed_by] if table.filed_by else None,
        name=table.name,
        description=table.description,
        configuration=_PROPERTIES,
        storage_options=storage.delta_options,
    )
