from dataclasses import fields

import pyarrow as pa
import pytest

from pipeline.records import Byline, Capture, Transcript, Turn
from schemas import BYLINES, CAPTURES, TABLES, TRANSCRIPTS, TURNS, Table
from schemas.dictionary import markdown
from schemas.table import DAY, LARGE, MOMENT, REAL, TEXT, WHOLE, sql_name

SUFFIX_TYPES = {
    "_id": {TEXT},
    "_name": {TEXT},
    "_date": {DAY},
    "_at": {MOMENT},
    "_seconds": {REAL},
    "_bytes": {LARGE},
    "_count": {WHOLE},
}
TYPES_WITH_UNITS = {MOMENT: "UTC", LARGE: "byte", REAL: ("second", "from 0 to 1")}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
class TestEveryTable:
    def test_columns_are_named_once_and_described(self, table: Table) -> None:
        assert len(set(table.column_names)) == len(table.columns)
        assert all(column.description.endswith((".", "NULL where the name is.")) for column in table.columns)

    def test_names_tell_types(self, table: Table) -> None:
        for column in table.columns:
            for suffix, types in SUFFIX_TYPES.items():
                if column.name.endswith(suffix):
                    assert column.type in types, column.name

    def test_descriptions_name_units(self, table: Table) -> None:
        for column in table.columns:
            units = TYPES_WITH_UNITS.get(column.type)
            if units is not None:
                assert any(unit in column.description for unit in ([units] if isinstance(units, str) else units)), (
                    column
                )

    def test_key_is_required_and_order_ends_in_it(self, table: Table) -> None:
        required = {column.name for column in table.columns if not column.nullable}
        assert set(table.key) <= required | {"program"}  # pages that name no programme are counted by day, too
        assert table.order[-len(table.key) :] == table.key
        assert table.partition is None or table.partition.column in table.column_names
        assert table.arrow.field(table.unit).type == TEXT

    def test_derived_columns_are_nullable(self, table: Table) -> None:
        assert all(column.nullable for column in table.columns if column.is_derived)

    def test_stored_is_arrow_and_month(self, table: Table) -> None:
        month = [table.partition.name] if table.partition else []
        assert table.stored.names == [*table.column_names, *month]
        assert table.arrow.field(table.key[0]).nullable is False

    def test_dictionary_has_every_column(self, table: Table) -> None:
        section = markdown().split(f"### `{table.name}`\n")[1].split("\n### ")[0]
        listed = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert listed == list(table.column_names)


@pytest.mark.parametrize(
    ("record", "table"), [(Transcript, TRANSCRIPTS), (Turn, TURNS), (Byline, BYLINES), (Capture, CAPTURES)]
)
def test_every_field_of_a_record_has_its_column(record: type, table: Table) -> None:
    assert {field.name for field in fields(record)} <= set(table.column_names)


def test_dictionary_escapes_what_markdown_would_take_for_markup() -> None:
    assert "rejected:&lt;reason&gt;" in markdown()


def test_sql_name_of_nested_type() -> None:
    struct = pa.struct([("kind", pa.string()), ("start", pa.int32())])
    assert sql_name(pa.list_(struct)) == 'STRUCT("kind" VARCHAR, "start" INTEGER)[]'
