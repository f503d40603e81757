"""One table of the lake on disk: a Delta table, to which files are added, and of which parts are rewritten."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable, PostCommitHookProperties, Schema, WriterProperties, write_deltalake
from deltalake.exceptions import TableNotFoundError

from pipeline.errors import LakeError
from pipeline.lake.rows import checked, ordered
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


class DeltaFolder:
    """The Delta table in `folder`, made when it is not there. Paths of Parquet files are never used twice.

    Its parts are the months that its rows are filed under; a table without months has one part, `UNDIVIDED`. Layers:
    see `layers`.

    Raises (all methods): DeltaError, pa.ArrowException or OSError, for the caller to tell.
    """

    def __init__(self, table: Table, folder: Path, storage: Storage | None = None) -> None:
        self.table = table
        self.folder = folder
        self.storage = storage or Disk(folder)
        self._named: tuple[int, tuple[str, ...], dict[Path, str]] = -1, (), {}
        self._read: tuple[int, dict[Path, ds.Fragment]] = -1, {}
        place, options = self.storage.uri(folder), self.storage.delta_options
        try:
            self._delta = DeltaTable(place, storage_options=options)
        except TableNotFoundError:
            self._delta = DeltaTable.create(
                place,
                table.on_disk,
                partition_by=[table.filed_by] if table.filed_by else None,
                name=table.name,
                description=table.description,
                configuration=_PROPERTIES,
                storage_options=options,
            )
            self._sync(())

    @property
    def version(self) -> int:
        return int(self._delta.version())

    @property
    def _filed_by(self) -> str | None:
        """The column that files are told apart by, where the folder is cut by it."""
        return None if self.is_undivided else self.table.filed_by

    @property
    def is_undivided(self) -> bool:
        """Whether an older asrun wrote it as one part, and the contract files its rows by months or by layers."""
        return self.table.filed_by is not None and not self._delta.metadata().partition_columns

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

    def files(self) -> dict[Path, str]:
        """The Parquet files of the newest version, each with its part. Sorted, absolute."""
        return self._placed()

    def names(self) -> dict[str, str]:
        """As `files`, by their paths below the table's folder: these stay when a lake is moved."""
        parts = self.files().values()
        return dict(zip(self._named[1], parts, strict=True))

    def layers(self) -> dict[Path, str]:
        """The files of a layered table, each with its layer; none of another."""
        return {}

    def _placed(self) -> dict[Path, str]:
        """The files, each with what it is filed by: its folder says so, `air_month=2026-03`.

        What delta-rs calls add actions says so too, with the bounds of every column: of 250 files that takes five times
        as long, and they are asked for after each write.
        """
        if self._named[0] != self.version:
            steps = 2 if self._filed_by else 1
            names = tuple(sorted("/".join(uri.split("/")[-steps:]) for uri in self._delta.file_uris()))
            places = [name[name.index("=") + 1 : name.index("/")] if self._filed_by else UNDIVIDED for name in names]
            made = dict(zip(self._named[1], self._named[2], strict=True))
            paths = (made.get(name) or self.folder / name for name in names)
            self._named = self.version, names, dict(zip(paths, places, strict=True))
        return self._named[2]

    def parts(self) -> set[str]:
        return set(self.files().values())

    def select(
        self,
        condition: ds.Expression | None = None,
        columns: Collection[str] | None = None,
        parts: Collection[str] | None = None,
    ) -> pa.Table:
        """The rows that fulfil a condition, which may name the month; columns that are still lacking are NULL.

        `parts`: no others are looked into, where that is known; quicker than a condition by some ms a thousand files.
        """
        return self._dataset(parts).to_table(columns=list(columns or self.table.stored.names), filter=condition)

    def count(self, part: str) -> int:
        """How many rows a part has."""
        return int(self._dataset({part}).count_rows())

    def of_units(self, units: pa.Array, columns: Collection[str], parts: Collection[str] | None = None) -> pa.Table:
        """The rows of these units; `parts` as in `select`."""
        return self.select(ds.field(self.table.unit).isin(units), columns, parts)

    def having(self, marks: pa.Array, columns: Collection[str]) -> pa.Table:  # noqa: ARG002  # nobody knows them here
        """The rows that have one of these marks, among others: see `LayeredFolder`."""
        return self.select(None, columns)

    def read(self, paths: Collection[Path], columns: Collection[str]) -> list[pa.Table]:
        """Some columns of each of these files of it."""
        parquet = self._parquet()
        fragments = [self._fragment(parquet, path, place) for path, place in self._placed().items() if path in paths]
        return [fragment.to_table(self.table.on_disk, columns=list(columns)) for fragment in fragments]

    def _dataset(self, parts: Collection[str] | None = None) -> ds.Dataset:
        """The newest version for reading; the fragments of its files are made when they are first asked for.

        Not by delta-rs: it lays the bounds of every column of every file into it, a millisecond a file, and they seldom
        tell files apart that the months do not.
        """
        parquet = self._parquet()
        if self._read[0] != self.version:
            self._read = self.version, {}
        made, read = self._read[1], []
        for path, place in self._placed().items():
            if parts is None or place in parts:
                if path not in made:
                    made[path] = self._fragment(parquet, path, place)
                read.append(made[path])
        return ds.FileSystemDataset(read, self.table.on_disk, parquet, self.storage.arrow)

    def _parquet(self) -> ds.ParquetFileFormat:
        # Fetching whole columns ahead is for files that are far away; on a disk it costs a tenth of the time.
        reading = ds.ParquetFragmentScanOptions(pre_buffer=self.storage.is_remote)
        return ds.ParquetFileFormat(default_fragment_scan_options=reading)

    def _fragment(self, parquet: ds.ParquetFileFormat, path: Path, place: str) -> ds.Fragment:
        where, files = self.storage.arrow_path(path), self.storage.arrow
        return parquet.make_fragment(where, files, partition_expression=self._is_in(place))

    def is_of(self, part: str) -> ds.Expression:
        """What the rows of a part have in common."""
        return self._is_in(part)

    def _is_in(self, place: str) -> ds.Expression:
        return ds.field(self._filed_by) == place if self._filed_by else ds.scalar(value=True)

    def _filed(self, rows: pa.Table) -> pa.Table:
        """These rows with the column that they are filed by."""
        return rows

    def part(self, name: str) -> pa.Table:
        """The rows of one part, sorted."""
        return ordered(self.table, self.select(parts={name}))

    def write(self, parts: Mapping[str, pa.Table]) -> None:
        """Make these the rows of these parts, in one commit; on disk when this returns."""
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
        """Put `rows` in the place of all rows of these units, in a table without months; on disk when this returns."""
        kept = self.select(~ds.field(self.table.unit).isin(units))
        self.write({UNDIVIDED: pa.concat_tables([kept, rows])})

    def append(self, rows: pa.Table) -> None:
        """Add these rows, of any parts, in files of their own; on disk when this returns."""
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
