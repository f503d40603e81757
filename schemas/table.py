"""What a table is: its columns, key, order and how it is cut into monthly partitions."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pyarrow as pa

UNDATED = "undated"
"""The partition of the rows whose month is not known."""

TEXT = pa.string()
WHOLE = pa.int32()
LARGE = pa.int64()
REAL = pa.float64()
DAY = pa.date32()
MOMENT = pa.timestamp("us", tz="UTC")

_SQL_NAMES: dict[pa.DataType, str] = {
    TEXT: "VARCHAR",
    WHOLE: "INTEGER",
    LARGE: "BIGINT",
    REAL: "DOUBLE",
    DAY: "DATE",
    MOMENT: "TIMESTAMP WITH TIME ZONE",
}


def sql_name(kind: pa.DataType) -> str:
    """The name DuckDB gives to this type, e.g. `STRUCT("kind" VARCHAR)[]`."""
    if pa.types.is_list(kind):
        return f"{sql_name(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = ", ".join(f'"{field.name}" {sql_name(field.type)}' for field in kind)
        return f"STRUCT({fields})"
    return _SQL_NAMES[kind]


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `nullable` ones are NULL where the page does not say.

    `is_text`: it holds running text, which is its publisher's; an edition that is to be shared leaves it out.
    """

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows are filed by the month (`2026-03`) of one column; rows without it under `undated`.

    The month is a folder's name, not a column of the table: filter by the column itself.
    """

    name: str
    column: str

    def month(self, value: date | datetime | None) -> str:
        """The partition that a row with this value is filed under."""
        return UNDATED if value is None else f"{value:%Y-%m}"


@dataclass(frozen=True)
class Table:
    """A table of the lake.

    `key` names the columns that tell rows apart, `order` the columns by which the rows of a partition are sorted.
    `version` grows with every change of the columns.
    """

    name: str
    description: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    partition: Partition
    columns: tuple[Column, ...]
    version: int

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def arrow(self) -> pa.Schema:
        """The columns as analysts see them."""
        return pa.schema([_field(column) for column in self.columns])

    @cached_property
    def stored(self) -> pa.Schema:
        """The columns as they are stored: with the month they are filed under, as last one."""
        return self.arrow.append(pa.field(self.partition.name, TEXT, nullable=False))


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, column.type, column.nullable, {"description": column.description})
