"""The commands that look: SQL, doctor."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.errors import UsageError

if TYPE_CHECKING:
    from pipeline.query.session import Session


class Format(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def sql(
    query: Annotated[str | None, typer.Argument(help="One statement that reads. None: a prompt.")] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="parquet goes to a file: redirect it.")] = Format.TABLE,
) -> None:
    """Ask the lake in SQL (DuckDB's), read-only and locked down. Without a query: a prompt.

    Tables and columns: DESCRIBE; SHOW TABLES. Every other DuckDB opens lake/asrun.duckdb as well.
    """
    from pipeline.query.session import connect
    from pipeline.settings import load_settings

    if form is Format.PARQUET and (query is None or sys.stdout.isatty()):
        raise UsageError("parquet is for files: asrun sql 'SELECT ...' --format parquet > rows.parquet")
    with connect(load_settings()) as session:
        if query is not None:
            _print_rows(session.arrow(query), form)
            return
        raise typer.Exit(_answer_all(session, form))


def _answer_all(session: "Session", form: Format) -> int:
    """Answer what is typed or piped in, one statement after the other; the exit code: a script that failed says so."""
    is_prompt = sys.stdin.isatty()
    has_failed = False
    for statement in _statements():
        try:
            _print_rows(session.arrow(statement), form)
        except UsageError as error:
            typer.echo(f"asrun: {error}", err=True)
            has_failed = True
        except KeyboardInterrupt:
            if not is_prompt:
                raise
            typer.echo("asrun: the query was stopped", err=True)
    return int(has_failed and not is_prompt)


def _statements() -> Iterator[str]:
    """What is typed, up to a semicolon or an empty line, until the end of input or `exit`."""
    with suppress(ImportError):  # line editing and history, where the platform has them
        import readline  # noqa: F401
    if sys.stdin.isatty():
        typer.echo("DuckDB SQL, read-only; end a statement with ; and the session with exit", err=True)
    typed: list[str] = []
    while True:
        prompt = ("......> " if typed else "asrun> ") if sys.stdin.isatty() else ""
        try:
            line = input(prompt)
        except EOFError:
            line, is_last = "", True
        else:
            is_last = not typed and line.strip().rstrip(";").lower() in {"exit", "quit", ".exit", ".quit"}
        if not is_last and line.strip():
            typed.append(line)
        if typed and (is_last or not line.strip() or line.rstrip().endswith(";")):
            yield "\n".join(typed).rstrip().rstrip(";")
            typed = []
        if is_last:
            return


def _print_rows(rows: Any, form: Format) -> None:
    if form is Format.TABLE:
        from flows.cli.tables import show_rows

        show_rows(rows)
    elif form is Format.CSV:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows.column_names)
        writer.writerows([_plain(value) for value in row.values()] for row in rows.to_pylist())
        typer.echo(out.getvalue(), nl=False)
    elif form is Format.JSON:
        typer.echo(json.dumps(rows.to_pylist(), ensure_ascii=False, indent=1, default=str))
    else:
        import pyarrow.parquet as pq

        pq.write_table(rows, sys.stdout.buffer)


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
