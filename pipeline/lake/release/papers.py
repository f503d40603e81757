"""What goes with the rows: a README, a data package descriptor, and SQL that opens all of it. Pure."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.lake.phrases import phrase_index
from pipeline.lake.release.tables import Written
from pipeline.storage.disk import Disk
from schemas import TURNS, Column
from schemas.beside import UNINDEXED_TURNS, views_and_macros
from schemas.dictionary import markdown
from schemas.table import quoted, sql_name

RIGHTS = (
    "Transcripts belong to their publishers. Counts, names and dates are facts; running text is not: pass it on only "
    "with its publishers' leave."
)
_KINDS = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}
"""Types of the Table Schema standard (Data Package v2) by those of SQL."""


def readme(written: Sequence[Written], facts: dict[str, Any]) -> str:
    """What the release is, how it is opened and checked, and its data dictionary."""
    kept = "with text" if facts["text"] == "full" else "without running text: counts, speakers, metadata"
    counts = "\n".join(f"| `{one.table.name}` | {one.row_count:,} | {len(one.files)} |" for one in written)
    return f"""# asrun release {facts["edition_id"]}

Public radio's transcripts as tables, {kept}. Made by asrun {facts["asrun_version"]} from the edition published at
{facts["published_at"]}. Cite the edition's id: {facts["edition_id"]}.

| table | rows | files |
|---|---:|---:|
{counts}

Open it with DuckDB, in this folder: `duckdb -init open.sql`. Every other tool that reads hive-partitioned Parquet opens
a table's folder. Years stand in folder names (`air_year=2026`, `air_year=undated`), full dates in the files. Check it:
`sha256sum -c SHA256SUMS` or `asrun verify .`. What is known of its quality stands in `release.json`.

{RIGHTS}

## Tables

{markdown([one.table for one in written])}"""


def open_sql(written: Sequence[Written], place: Path, *, has_text: bool) -> str:
    """SQL that makes the tables' views, run in the release's folder; with text also the lake's views and macros."""
    views = [_view(one, place) for one in written]
    if has_text:
        # A release has no phrase index: all of it is searched as the part of the lake that has none.
        turns = next(one for one in written if one.table.name == TURNS.name)
        rest = _view(replace(turns, table=replace(TURNS, name=UNINDEXED_TURNS)), place)
        views += views_and_macros(phrase_index.views(Disk(place), ())[1], rest)
    return "\n".join(views)


def _view(one: Written, place: Path) -> str:
    names = ", ".join(f'"{name}"' for name in one.table.column_names)
    if not one.files:
        nothing = ", ".join(f'NULL::{sql_name(column.type)} AS "{column.name}"' for column in one.table.columns)
        return f"CREATE VIEW {one.table.name} AS SELECT {nothing} WHERE false;"
    files = ", ".join(quoted(path.relative_to(place).as_posix()) for path in one.files)
    return f"CREATE VIEW {one.table.name} AS SELECT {names} FROM read_parquet([{files}], hive_partitioning = false);"  # noqa: S608  # our own names


def datapackage(written: Iterable[Written], place: Path, facts: dict[str, Any]) -> str:
    """The descriptor of the Data Package standard, version 2 (datapackage.org): resources, fields, keys."""
    described = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"asrun-{facts['edition_id'].lower()}",
        "title": "Public radio transcripts",
        "description": RIGHTS,
        "version": facts["edition_id"],
        "created": facts["published_at"],
        "resources": [_resource(one, place) for one in written if one.files],
    }
    return json.dumps(described, indent=2, ensure_ascii=False) + "\n"


def _resource(one: Written, place: Path) -> dict[str, Any]:
    return {
        "name": one.table.name,
        "description": one.table.description,
        "path": [path.relative_to(place).as_posix() for path in one.files],
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {
            "fields": [_field(column) for column in one.table.columns],
            "primaryKey": list(one.table.key),
        },
    }


def _field(column: Column) -> dict[str, Any]:
    field = {"name": column.name, "type": _kind(column.type), "description": column.description}
    return field if column.nullable else {**field, "constraints": {"required": True}}


def _kind(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return "array"
    return "object" if pa.types.is_struct(kind) else _KINDS[sql_name(kind)]
