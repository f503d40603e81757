"""What a table is: its columns, key, order, and how it is cut into parts: months, or none for a small one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

import pyarrow as pa

UNDATED = "undated"
"""The part that holds the rows whose month is not known."""
UNDIVIDED = "all"
"""The one part of a table that is not cut into months."""
LAYER = "layer"
"""What the files of a layered table are told apart by: see `Table.is_layered`."""

TEXT = pa.string()
WHOLE = pa.int32()
LARGE = pa.int64()
REAL = pa.float64()
DAY = pa.date32()
MOMENT = pa.timestamp("us", tz="UTC")
TRUTH = pa.bool_()

_SQL_NAMES: dict[pa.DataType, str] = {
    TEXT: "VARCHAR",
    WHOLE: "INTEGER",
    LARGE: "BIGINT",
    REAL: "DOUBLE",
    DAY: "DATE",
    MOMENT: "TIMESTAMP WITH TIME ZONE",
    TRUTH: "BOOLEAN",
}


def quoted(text: object) -> str:
    """A text, or what it is as a text, as SQL writes it.

    >>> quoted("It's")
    "'It''s'"
    """
    return "'" + str(text).replace("'", "''") + "'"


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
    `is_derived`: no page says it; it is NULL until a derivation of the lake fills it (a person, a story).
    """

    name: str
    type: pa.DataType
    description: str
    nullable: bool = True
    is_text: bool = False
    is_derived: bool = False


def described(view: str, columns: Iterable[Column]) -> list[str]:
    """The SQL that says in the catalogue what these columns of a view mean."""
    return [f'COMMENT ON COLUMN {view}."{column.name}" IS {quoted(column.description)};' for column in columns]


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

    `key` names the columns that tell rows apart; its first one is the unit in which rows are replaced: a page, a
    person. `order` names the columns by which the rows of a part are sorted. `version` grows with every change of the
    columns; columns that are added must be nullable, so that a lake from before can be read.

    `partition`: the months that the table's rows are filed under. None for a corpus table, which is one part.

    `is_layered`: what changes in the part is written beside it and stands before it, for the part is too large to be
    rewritten whole every night.
    """

    name: str
    description: str
    key: tuple[str, ...]
    order: tuple[str, ...]
    columns: tuple[Column, ...]
    version: int
    partition: Partition | None = None
    is_layered: bool = False

    @property
    def unit(self) -> str:
        """The column whose values rows are replaced by."""
        return self.key[0]

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def derived(self) -> frozenset[str]:
        """The names of the columns that no page says."""
        return frozenset(column.name for column in self.columns if column.is_derived)

    @cached_property
    def arrow(self) -> pa.Schema:
        """The columns as analysts see them, descriptions included."""
        return pa.schema([_field(column) for column in self.columns])

    @cached_property
    def stored(self) -> pa.Schema:
        """The columns as they are stored: with the month they are filed under, as last one, and without descriptions.

        Delta refuses rows whose descriptions are not those that the table was made with.
        """
        plain = pa.schema([field.remove_metadata() for field in self.arrow])
        return plain.append(pa.field(self.partition.name, TEXT, nullable=False)) if self.partition else plain

    @property
    def filed_by(self) -> str | None:
        """The column whose values are the names of the folders that the files are in; None: of none."""
        if self.is_layered:
            return LAYER
        return self.partition.name if self.partition else None

    @cached_property
    def on_disk(self) -> pa.Schema:
        """The columns as the files and the names of their folders have them: as they are stored, and the layer."""
        return self.stored.append(pa.field(LAYER, TEXT, nullable=False)) if self.is_layered else self.stored

    def part(self, value: date | datetime | None) -> str:
        """The part that a row with this value in the partition's column belongs to."""
        return self.partition.month(value) if self.partition else UNDIVIDED


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, column.type, column.nullable, {"description": column.description})
