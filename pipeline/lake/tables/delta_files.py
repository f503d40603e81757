"""The files of one table of the lake, as its newest version names them, and their rows. Nothing is written here."""

from collections.abc import Collection
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import DeltaTable

from pipeline.lake.rows import ordered
from pipeline.storage import Storage
from schemas import Table
from schemas.table import UNDIVIDED


class DeltaFiles:
    """The Delta table in `folder`, for reading. Paths of Parquet files are never used twice.

    Its parts are the months that its rows are filed under; a table without months has one part, `UNDIVIDED`. Layers:
    see `layers`.

    Raises (all methods): DeltaError, pa.ArrowException or OSError, for the caller to tell.
    """

    def __init__(self, table: Table, folder: Path, storage: Storage, delta: DeltaTable) -> None:
        self.table = table
        self.folder = folder
        self.storage = storage
        self._delta = delta
        self._named: tuple[int, tuple[str, ...], dict[Path, str]] = -1, (), {}
        self._read: tuple[int, dict[Path, ds.Fragment]] = -1, {}

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
        return self.dataset(parts).to_table(columns=list(columns or self.table.stored.names), filter=condition)

    def count(self, part: str) -> int:
        """How many rows a part has."""
        return int(self.dataset({part}).count_rows())

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

    def dataset(self, parts: Collection[str] | None = None) -> ds.Dataset:
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

    def part(self, name: str) -> pa.Table:
        """The rows of one part, sorted."""
        return ordered(self.table, self.select(parts={name}))
