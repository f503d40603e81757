"""The data dictionary: every table and column, for people."""

from collections.abc import Iterable

from schemas import TABLES
from schemas.table import Column, Table, sql_name


def markdown(tables: Iterable[Table] = TABLES) -> str:
    """The tables as Markdown, a heading of the third level and a table of columns each; ends with a newline."""
    return "\n".join(_section(table) for table in tables)


def _section(table: Table) -> str:
    rows = "".join(_row(column) for column in table.columns)
    key = ", ".join(f"`{name}`" for name in table.key)
    return (
        f"### `{table.name}`\n\n{table.description} Key: {key}. Version {table.version}.\n\n"
        f"| column | type | may be NULL | meaning |\n|---|---|---|---|\n{rows}"
    )


def _row(column: Column) -> str:
    nullable = "yes" if column.nullable else "no"
    return f"| `{column.name}` | {sql_name(column.type)} | {nullable} | {_cell(column.description)} |\n"


def _cell(text: str) -> str:
    """Text that may stand in a cell: a pipe would end it, and angle brackets would be taken for HTML."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")
