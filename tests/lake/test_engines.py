"""A release as five readers of Parquet have it, in three languages: none of them needs to know asrun."""

import json
import math
import shutil
import subprocess
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from pipeline.lake.release import release
from pipeline.settings import Settings
from schemas import TABLES, Table

Row = dict[str, Any]
JAVASCRIPT = Path(__file__).with_name("engines")


@pytest.fixture(scope="module")
def released(lake_of_two_nights: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return release(lake_of_two_nights, tmp_path_factory.mktemp("engines") / "full").place


def by_duckdb(path: Path) -> list[Row]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        answer = connection.sql(f"FROM read_parquet('{path}', hive_partitioning = false)")
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.fetchall()]


def by_polars(path: Path) -> list[Row]:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    found: list[Row] = polars.read_parquet(path, hive_partitioning=False).to_dicts()
    return found


def by_fastparquet(path: Path) -> list[Row]:
    """Nested columns are left out: fastparquet gives None for lists of structs, without an error.

    It reads a copy in memory, for it leaves files open.
    """
    fastparquet = pytest.importorskip("fastparquet", reason="fastparquet is not installed")
    flat = [field.name for field in pq.read_schema(path) if field.type.num_fields == 0]
    found: list[Row] = (
        fastparquet.ParquetFile(BytesIO(path.read_bytes())).to_pandas(columns=flat).to_dict(orient="records")
    )
    return found


def by_hyparquet(path: Path) -> list[Row]:
    node = shutil.which("node")
    if node is None or not (JAVASCRIPT / "node_modules").is_dir():
        pytest.skip("hyparquet is not installed: run `make engines`, which needs npm")
    done = subprocess.run([node, "read.mjs", path], cwd=JAVASCRIPT, check=True, capture_output=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


ENGINES: dict[str, Callable[[Path], list[Row]]] = {
    "duckdb": by_duckdb,
    "polars": by_polars,
    "fastparquet": by_fastparquet,
    "hyparquet": by_hyparquet,
}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("read", ENGINES.values(), ids=ENGINES)
def test_another_reader_has_the_same_rows(released: Path, table: Table, read: Callable[[Path], list[Row]]) -> None:
    for path in sorted((released / table.name).rglob("*.parquet")):
        file = pq.ParquetFile(path)
        file.read().validate(full=True)
        expected = [plain(row) for row in file.read().to_pylist()]

        found = [plain(row) for row in read(path)]

        columns = found[0].keys()
        assert columns == expected[0].keys() - (nested(table) if read is by_fastparquet else set())
        assert found == [{name: value for name, value in row.items() if name in columns} for row in expected]


def nested(table: Table) -> set[str]:
    return {field.name for field in table.arrow if field.type.num_fields}


def plain(value: Any) -> Any:
    """A value as every reader can have it: times and days in ISO 8601 UTC, missing ones as None."""
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    if value is None or value != value or str(value) in {"NaT", "<NA>"}:  # noqa: PLR0124  # NaN alone differs from itself
        return None
    if isinstance(value, datetime | date):
        return moment(value.isoformat())
    if isinstance(value, str):
        return moment(value)
    return value if isinstance(value, bool) or not math.isfinite(value) or int(value) != value else int(value)


def moment(text: str) -> str:
    """Where a text is a time, the same time in one spelling; JavaScript has milliseconds, pandas no days."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return when.replace(tzinfo=None).isoformat(timespec="milliseconds")
