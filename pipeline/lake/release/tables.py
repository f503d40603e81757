"""One table of an edition to Parquet files: a file a year, sorted as the lake is, written row group by row group."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.storage import durable
from schemas import Table
from schemas.table import TEXT, UNDATED

ROW_GROUP = 32_768
"""Rows: some 2 MB of compressed turns, so that a question over the web fetches little, and statistics stay few."""
_PART = "part-0.parquet"
_BLOOM = {"ndv": ROW_GROUP, "fpp": 0.01}


@dataclass(frozen=True, slots=True)
class Written:
    """A table of a release."""

    table: Table
    files: tuple[Path, ...]
    row_count: int


def without_text(table: Table) -> Table:
    """The table less its columns of running text."""
    return replace(table, columns=tuple(column for column in table.columns if not column.is_text))


def write_table(connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path) -> Written:
    """Write the table's rows below `folder`, on disk when this returns.

    Raises:
        duckdb.Error, pa.ArrowException, OSError: it could not be written.
    """
    parts = list(_parts(connection, table, folder))
    rows = [_write_part(connection, table, where, path) for path, where in parts]
    for parent in {path.parent for path, _ in parts} | {folder}:
        parent.mkdir(parents=True, exist_ok=True)
        durable.sync(parent)
    return Written(table, tuple(path for path, _ in parts), sum(rows))


def year_name(table: Table) -> str | None:
    """The name of the partition by year: `air_year` where the lake has `air_month`."""
    return None if table.partition is None else table.partition.name.removesuffix("_month") + "_year"


def _parts(connection: "duckdb.DuckDBPyConnection", table: Table, folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file and the condition on its rows: a range of days, by which DuckDB leaves other months' files closed."""
    if table.partition is None:
        yield folder / _PART, "true"
        return
    column = f'"{table.partition.column}"'
    found = connection.sql(f"SELECT DISTINCT year({column}) FROM {table.name} ORDER BY ALL NULLS LAST").fetchall()  # noqa: S608  # our own names
    for (year,) in found:
        if year is None:
            yield folder / f"{year_name(table)}={UNDATED}" / _PART, f"{column} IS NULL"
        else:
            is_in = f"{column} >= '{year:04}-01-01' AND {column} < '{year + 1:04}-01-01'"
            yield folder / f"{year_name(table)}={year:04}" / _PART, is_in


def _write_part(connection: "duckdb.DuckDBPyConnection", table: Table, where: str, path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = ", ".join(f'"{name}"' for name in table.column_names)
    order = ", ".join(f'"{name}"' for name in table.order)
    rows = connection.sql(f"SELECT {columns} FROM {table.name} WHERE {where} ORDER BY {order}")  # noqa: S608  # our own names
    count = 0
    with pq.ParquetWriter(
        path,
        table.arrow,
        compression="zstd",
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(table.arrow, [(name, "ascending") for name in table.order]),
        bloom_filter_options=dict.fromkeys(_looked_up(table), _BLOOM),
    ) as writer:
        for batch in rows.to_arrow_reader(ROW_GROUP):
            writer.write_table(pa.Table.from_batches([batch]).cast(table.arrow), row_group_size=ROW_GROUP)
            count += batch.num_rows
    durable.sync(path)
    return count


def _looked_up(table: Table) -> list[str]:
    """Ids that rows are asked for by, and that neither sorting nor a few values already find: not those of a source."""
    return [
        column.name
        for column in table.columns
        if column.type == TEXT and column.name.endswith("_id") and column.name != "source_id"
    ]
