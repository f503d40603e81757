"""The `asrun` command. Each command imports what it needs when it runs, so that `asrun parse` starts at once."""

import errno
import os
import sys
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer

from flows.cli import (
    archive_commands,
    flow_commands,
    gather_commands,
    lake_commands,
    look_commands,
    parse_command,
    people_commands,
    share_commands,
    status_commands,
)
from pipeline.errors import AsrunError, UsageError

OK, SOME_FAILED, WRONG_USE, NOTHING_DONE = 0, 1, 2, 3

app = typer.Typer(
    name="asrun",
    help="Public radio's transcript pages as a corpus: fetched politely, archived whole, read into turns, kept as "
    "Parquet, queried with SQL. Settings come from asrun.toml and ASRUN_* variables; `asrun doctor` checks them.",
    epilog="Exit codes: 0 all well, 1 some pages failed, 2 wrong use, 3 nothing could be done.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"asrun {version('asrun')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    pass


app.command("parse")(parse_command.parse)
app.command("nightly")(flow_commands.nightly)
app.command("backfill")(flow_commands.backfill)
app.command("revisit")(flow_commands.revisit)
app.command("import")(flow_commands.import_pages)
app.command("reparse")(flow_commands.reparse)
app.command("serve")(flow_commands.serve)
app.command("demo")(flow_commands.demo)
app.command("sql")(look_commands.sql)
app.command("status")(status_commands.status)
app.command("report")(status_commands.report)
app.command("release")(share_commands.release)
app.command("export")(share_commands.export)
app.command("verify")(share_commands.verify)
app.command("explain")(people_commands.explain)
app.command("correct")(people_commands.correct)
app.command("uncorrect")(people_commands.uncorrect)
app.command("doctor")(look_commands.doctor)
app.command("schema")(lake_commands.schema)
app.command("maintain")(lake_commands.maintain)
app.add_typer(archive_commands.app, name="archive")
app.add_typer(gather_commands.app, name="gather")


def main() -> None:
    """Run the command; every error that has a name ends in one line on standard error and its exit code."""
    try:
        app()
    except UsageError as error:
        _fail(str(error), WRONG_USE)
    except AsrunError as error:
        _fail(str(error), NOTHING_DONE)
    except BrokenPipeError:
        # Who read our output has seen enough (`asrun sql ... | head`); Python must not complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(OK) from None
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS}:
            raise
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror}; nothing is damaged: make room or correct permissions, then run this again", 3)


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"asrun: {' '.join(message.split())}", err=True)
    raise SystemExit(code)
