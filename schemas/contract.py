"""The contract as data: what `asrun schema` prints."""

from typing import Any

from schemas import LAKE_VERSION, TABLES
from schemas.table import Column, Table, sql_name

_UNITS = {
    "_seconds": "seconds",
    "_bytes": "bytes",
    "_offset": "bytes",
    "_at": "UTC",
    "_date": "day, local to the source",
    "confidence": "0 to 1",
}


def unit_of(column: Column) -> str | None:
    """What the values are measured in, by the grammar of names; None where they are not measured."""
    return next((unit for suffix, unit in _UNITS.items() if column.name.endswith(suffix)), None)


def described(table: Table) -> dict[str, Any]:
    """A table: its name, meaning, version, key, order, partition, and its columns."""
    return {
        "name": table.name,
        "description": table.description,
        "version": table.version,
        "key": list(table.key),
        "order": list(table.order),
        "partition": table.partition.column if table.partition else None,
        "columns": [
            {
                "name": column.name,
                "type": sql_name(column.type),
                "unit": unit_of(column),
                "is_nullable": column.nullable,
                "is_derived": column.is_derived,
                "description": column.description,
            }
            for column in table.columns
        ],
    }


def contract() -> dict[str, Any]:
    """The whole contract."""
    return {"lake_version": LAKE_VERSION, "tables": [described(table) for table in TABLES]}
