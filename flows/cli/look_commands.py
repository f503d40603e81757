"""The commands that look: SQL, doctor."""

import csv
import json
import sys
import time
from contextlib import nullcontext
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.moments import moment_of
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.query.session import Session


_SLOW_SECONDS = 2
"""A query that takes longer is worth a word on how to ask faster."""


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    query: Annotated[str | None, typer.Argument(help="One statement that reads. None: a prompt.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="parquet goes to a file: redirect it.")] = Format.TABLE,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="TIME", help="The lake as it stood then: 2026-03-20 (its end, UTC) or a time."),
    ] = None,
) -> None:
    """Ask the lake in SQL (DuckDB's), read-only and locked down. Without a query: a prompt.

    Tables and columns: DESCRIBE; SHOW TABLES. Every other DuckDB opens lake/asrun.duckdb as well.
    """
    from pipeline.query.session import connect
    from pipeline.settings import load_settings

    if form is Format.PARQUET and (query is None or sys.stdout.isatty()):
        raise UsageError("parquet is for files: asrun sql 'SELECT ...' --format parquet > rows.parquet")
    settings = load_settings()
    with connect(settings, as_of=None if as_of is None else moment_of("--as-of", as_of)) as session:
        if query is None:
            raise typer.Exit(_answer_all(session, form, settings.home / "sql_history"))
        _answer(session, query, form)


def _answer_all(session: "Session", form: Format, history: Path) -> int:
    """Answer what is typed or piped in, one statement after the other; the exit code: a script that failed says so."""
    from flows.cli.prompt import line_editing, statements

    is_prompt = sys.stdin.isatty()
    has_failed = False
    with line_editing(session.names(), history) if is_prompt else nullcontext():
        for statement in statements(is_prompt=is_prompt):
            try:
                _answer(session, statement, form)
            except UsageError as error:
                typer.echo(f"asrun: {error}", err=True)
                has_failed = True
            except KeyboardInterrupt:
                if not is_prompt:
                    raise
                typer.echo("asrun: the query was stopped", err=True)
    return int(has_failed and not is_prompt)


def _answer(session: "Session", query: str, form: Format) -> None:
    """Print the rows; where they took long, say on standard error what would be faster."""
    from pipeline.query.hints import hint

    started = time.monotonic()
    rows = session.arrow(query)
    took = time.monotonic() - started
    _print_rows(rows, form)
    if took > _SLOW_SECONDS and (better := hint(query)):
        typer.echo(f"asrun: that took {took:.0f} s; {better}", err=True)


def _print_rows(rows: Any, form: Format) -> None:
    if form is Format.TABLE:
        from flows.cli.tables import show_rows

        show_rows(rows)
    elif form is Format.CSV:
        writer = csv.writer(_Lines())
        writer.writerow(rows.column_names)
        writer.writerows([_plain(value) for value in row.values()] for row in rows.to_pylist())
    elif form is Format.JSON:
        typer.echo(json.dumps(rows.to_pylist(), ensure_ascii=False, indent=1, default=str))
    else:
        import pyarrow.parquet as pq

        pq.write_table(rows, sys.stdout.buffer)


class _Lines:
    """Standard output for a CSV writer.

    The writer quotes a carriage return only where lines end in one, so they do until here; and `typer.echo` would take
    colour codes out of what was said.
    """

    def write(self, line: str) -> int:
        """Print one row."""
        return sys.stdout.write(line.removesuffix("\r\n") + "\n")


def _plain(value: object) -> object:
    """A value for CSV: NULL is an empty field, times are ISO 8601, lists and structs JSON."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value


def doctor() -> None:
    """Check settings, sources, disk, lake, ledger, archive and Prefect; each line that fails says what to do."""
    from flows.doctor import checks

    has_failed = False
    for check in checks():
        typer.echo(f"{'ok  ' if check.is_ok else 'FAIL'}  {check.name:9} {check.says}")
        has_failed = has_failed or not check.is_ok
    raise typer.Exit(int(has_failed))
