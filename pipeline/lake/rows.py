"""Rows to Arrow: the gate at which the contract of `schemas/` is enforced."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from math import isnan
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import LakeError
from schemas import Table
from schemas.table import DAY, LARGE, MOMENT, REAL, TEXT, TRUTH, UNDATED, WHOLE, sql_name

Row = dict[str, Any]

_PYTHON_TYPES: dict[pa.DataType, tuple[type, ...]] = {
    TEXT: (str,),
    WHOLE: (int,),
    LARGE: (int,),
    REAL: (float, int),
    DAY: (date,),
    MOMENT: (datetime,),
    TRUTH: (bool,),
}


def build(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """These rows as Arrow, in the table's stored schema and order; derived columns may be left out and are NULL then.

    Raises:
        LakeError: a column is unknown or missing, a value is of the wrong type, NULL where a value is required, an
        empty string or a time without its zone, or two rows have the same key.
    """
    arrays = list(_arrays(table, table.arrow, rows))
    if table.partition:
        filed_by = arrays[table.column_names.index(table.partition.column)]
        arrays.append(pc.fill_null(pc.strftime(filed_by, "%Y-%m"), UNDATED))
    built = pa.table(arrays, schema=table.stored)
    _check_keys(table, built)
    return ordered(table, built)


def as_structs(table: Table, rows: Sequence[Mapping[str, Any]]) -> pa.StructArray:
    """These rows as Arrow before it is known where they belong: in their order, without derived columns and the month.

    Raises:
        LakeError: as `build`; but two rows may have the same key.
    """
    kept = [field.remove_metadata() for field in table.arrow if field.name not in table.derived]
    return pa.StructArray.from_arrays(list(_arrays(table, kept, rows)), fields=kept)


def as_column(table: Table, name: str, values: Sequence[Any]) -> pa.Array:
    """These values as a column of a table.

    Raises:
        LakeError: as `build`.
    """
    return _array(table, table.arrow.field(name), values)


def from_structs(table: Table, structs: pa.ChunkedArray) -> pa.Table:
    """What `as_structs` made, as a table; derived columns are NULL."""
    rows = pa.Table.from_struct_array(structs)
    for field in table.arrow:
        if field.name in table.derived:
            rows = rows.append_column(field, pa.nulls(rows.num_rows, field.type))
    return rows.select(list(table.column_names))


def _arrays(table: Table, wanted: Iterable[pa.Field], rows: Sequence[Mapping[str, Any]]) -> Iterator[pa.Array]:
    layouts = set(map(tuple, rows))
    names = set(table.column_names)
    for layout in layouts:
        missing, unknown = names - set(layout) - table.derived, set(layout) - names
        if missing or unknown:
            raise LakeError(f"{table.name}: columns missing {sorted(missing)}, unknown {sorted(unknown)}")
    columns = _columns(table, rows, layouts)
    return (_array(table, field, columns(field.name)) for field in wanted)


def _columns(
    table: Table, rows: Sequence[Mapping[str, Any]], layouts: Iterable[tuple[str, ...]]
) -> Callable[[str], Sequence[Any]]:
    """The rows column by column; what all of them have is taken out of each at once."""
    everywhere = [name for name in table.column_names if all(name in layout for layout in layouts)]
    taken = dict(zip(everywhere, zip(*map(itemgetter(*everywhere), rows), strict=True), strict=False))
    return lambda name: taken[name] if name in taken else [row.get(name) for row in rows]


def checked(table: Table, rows: pa.Table) -> pa.Table:
    """These rows in the table's stored schema and order: the gate for rows that are in Arrow already.

    Their columns may come in any order, and without the month that they are filed under.

    Raises:
        LakeError: a column is unknown, missing or of another type, NULL where a value is required, an empty string or
        not a number, or two rows have the same key.
    """
    if table.partition and table.partition.name in rows.column_names:
        rows = rows.drop_columns(table.partition.name)
    names, known = sorted(rows.column_names), sorted(table.column_names)
    if names != known:
        missing, unknown = sorted(set(known) - set(names)), sorted(set(names) - set(known))
        raise LakeError(f"{table.name}: columns missing {missing}, unknown {unknown}")
    columns = [rows[field.name].combine_chunks() for field in table.arrow]
    for field, values in zip(table.arrow, columns, strict=True):
        _check_column(f"{table.name}.{field.name}", field, values)
    if table.partition:
        columns.append(pc.fill_null(pc.strftime(rows[table.partition.column], "%Y-%m"), UNDATED))
    built = pa.table([pa.chunked_array(column) for column in columns], names=table.stored.names).cast(table.stored)
    _check_keys(table, built)
    return ordered(table, built)


def plain(record: Any) -> Row:
    """The fields of a dataclass as a row; `asdict` copies all that is in them, and takes ten times as long."""
    kind: Any = type(record)
    names = _names_of(kind)
    return dict(zip(names, attrgetter(*names)(record), strict=True))


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def ordered(table: Table, rows: pa.Table) -> pa.Table:
    """These rows in the order that the table's parts are sorted by."""
    places = pc.sort_indices(rows, [(name, "ascending") for name in table.order])
    # Most come as they were left; to copy all their texts takes longer than to see that.
    is_ordered = pc.all(pc.greater(places[1:], places[:-1])).as_py() is not False
    return rows if is_ordered else rows.take(places)


def _array(table: Table, field: pa.Field, values: Sequence[Any]) -> pa.Array:
    where = f"{table.name}.{field.name}"
    _check_values(where, field, values)
    try:
        return pa.array(values, field.type)
    except (pa.ArrowException, UnicodeError, OverflowError) as error:
        raise LakeError(f"{where}: {' '.join(str(error).split())}") from error


def _check_values(where: str, field: pa.Field, values: Sequence[Any]) -> None:
    """Refuse what Arrow lets pass: NULL where none may be, 1.5 as a whole number, unknown fields of a struct."""
    kinds = set(map(type, values))
    if NoneType in kinds:
        if not field.nullable:
            raise LakeError(f"{where}: NULL where a value is required")
        values = [value for value in values if value is not None]
        kinds.discard(NoneType)
    if pa.types.is_list(field.type):
        _check_values(f"{where}[]", field.type.value_field, [entry for value in values for entry in value])
    elif pa.types.is_struct(field.type):
        names = {part.name for part in field.type}
        if any(value.keys() != names for value in values):
            raise LakeError(f"{where}: an entry with other fields than {sorted(names)}")
        for part in field.type:
            _check_values(f"{where}.{part.name}", part, [value[part.name] for value in values])
    elif kinds.issubset(_PYTHON_TYPES[field.type]):
        _check_known(where, field.type, values)
    else:
        wrong = next(value for value in values if type(value) not in _PYTHON_TYPES[field.type])
        raise LakeError(f"{where}: {wrong!r} is no {sql_name(field.type)}")


def _check_known(where: str, kind: pa.DataType, values: Sequence[Any]) -> None:
    """Refuse what stands for an unknown value instead of NULL, and times that may be any."""
    if kind == TEXT and "" in values:
        raise LakeError(f"{where}: an empty string; unknown is NULL")
    if kind == REAL and any(map(isnan, values)):
        raise LakeError(f"{where}: not a number; unknown is NULL")
    if kind == MOMENT and any(value.tzinfo is None for value in values):
        raise LakeError(f"{where}: a time without its zone")


def _check_column(where: str, field: pa.Field, values: pa.Array) -> None:
    """What `_check_values` refuses, for a column that is in Arrow already."""
    if not field.nullable and values.null_count:
        raise LakeError(f"{where}: NULL where a value is required")
    if pa.types.is_list(field.type) and pa.types.is_list(values.type):
        _check_column(f"{where}[]", field.type.value_field, values.flatten())
    elif pa.types.is_struct(field.type) and pa.types.is_struct(values.type):
        names = [part.name for part in field.type]
        if [part.name for part in values.type] != names:
            raise LakeError(f"{where}: an entry with other fields than {sorted(names)}")
        for part, inner in zip(field.type, values.drop_null().flatten(), strict=True):
            _check_column(f"{where}.{part.name}", part, inner)
    elif values.type != field.type:
        raise LakeError(f"{where}: {values.type} is no {sql_name(field.type)}")
    elif field.type == TEXT and pc.any(pc.equal(values, "")).as_py():
        raise LakeError(f"{where}: an empty string; unknown is NULL")
    elif field.type == REAL and pc.any(pc.is_nan(values)).as_py():
        raise LakeError(f"{where}: not a number; unknown is NULL")


def _check_keys(table: Table, rows: pa.Table) -> None:
    keys = rows.group_by(list(table.key)).aggregate([([], "count_all")])
    if keys.num_rows == rows.num_rows:
        return
    double = keys.filter(pc.greater(keys["count_all"], 1)).slice(0, 1).drop_columns("count_all").to_pylist()[0]
    raise LakeError(f"{table.name}: two rows with the key {double}")
