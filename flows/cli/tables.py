"""Rich tables of whatever rows. Text from pages is shown as text: its brackets are no markup."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

_SHORT = 16
"""Letters that are never folded: a time, an outcome, a call sign."""
_FOLDED = 20
"""Letters: narrower columns of folded text are no longer read."""
_FRAME = 3
"""Letters that a column's frame takes."""
_WIDEST = 100_000


def table(title: str | None, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; numbers to the right, NULL dim."""
    made = Table(title=title, box=SIMPLE_HEAD)
    cells = [[_cell(value) for value in row] for row in rows]
    for index, head in enumerate(heads):
        is_number = bool(cells) and all(cell[index].justify in {"right", "center"} for cell in cells)
        is_short = all(len(cell[index]) <= _SHORT for cell in cells)
        made.add_column(head, justify="right" if is_number else "left", overflow="fold", no_wrap=is_short)
    for cell in cells:
        made.add_row(*cell)
    return made


def _cell(value: object) -> Text:
    if value is None:
        return Text("NULL", style="dim", justify="center")
    if isinstance(value, bool):
        return Text(str(value).lower())
    if isinstance(value, int | Decimal):
        return Text(str(value), justify="right")
    if isinstance(value, float):
        return Text(f"{value:.6g}", justify="right")
    if isinstance(value, datetime):
        return Text(value.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
    return Text(value.isoformat() if isinstance(value, date) else str(value))


def show(made: Table, console: Console | None = None) -> None:
    """Print a table; nothing of it is cut: on a screen too narrow for it lines run on, a pipe or file gets it whole."""
    console = console or Console()
    console.width = max(console.width, _least_width(made) if console.is_terminal else _whole_width(made, console))
    if made.title:  # a table folds its own to the width of its columns
        console.print(Text(str(made.title), style="bold"), soft_wrap=True)
        made.title = None
    console.print(made)


def show_rows(rows: Any, console: Console | None = None) -> None:
    """A pyarrow table, whole: on a screen too narrow for its columns as one record below the other."""
    console = console or Console()
    made = arrow_table(None, rows)
    if not console.is_terminal or _least_width(made) <= console.width:
        show(made, console)
        return
    for number, row in enumerate(rows.to_pylist(), 1):
        console.rule(f"record {number}", align="left", style="dim")
        for name, value in row.items():
            console.print(Text.assemble((f"{name}: ", "bold"), _cell(value)))


def arrow_table(title: str | None, rows: Any) -> Table:
    """A pyarrow table, for people."""
    return table(title, rows.column_names, ([row[name] for name in rows.column_names] for row in rows.to_pylist()))


def _whole_width(made: Table, console: Console) -> int:
    return console.measure(made, options=console.options.update(max_width=_WIDEST)).maximum


def _least_width(made: Table) -> int:
    """What gives every column its whole width or, where its text may be folded, enough to be read."""
    return sum(_least(column) + _FRAME for column in made.columns) + 1


def _least(column: Column) -> int:
    longest = max((len(str(cell)) for cell in (column.header, *column.cells)), default=0)
    return longest if column.no_wrap else min(longest, _FOLDED)
