"""The `asrun` command. Each command imports what it needs when it runs, so that `asrun parse` starts at once."""

import errno
from collections.abc import Callable
from importlib.metadata import version
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

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
_INTERRUPTED = 130
"""What shells call a command that Ctrl-C ended."""

app = typer.Typer(
    name="asrun",
    help="Public radio's transcript pages as a corpus: fetched politely, archived whole, read into turns, kept as "
    "Parquet, queried with SQL. Settings come from asrun.toml and ASRUN_* variables; `asrun doctor` checks them.",
    epilog="Exit codes: 0 all well, 1 some pages failed, 2 wrong use, 3 nothing could be done, 130 interrupted.",
    no_args_is_help=True,
    rich_markup_mode="markdown",  # unlike plain text, it joins the lines of a docstring's paragraphs
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


_COMMANDS: dict[str, dict[str, Callable[..., None]]] = {
    "Take pages in": {
        "nightly": flow_commands.nightly,
        "backfill": flow_commands.backfill,
        "revisit": flow_commands.revisit,
        "import": flow_commands.import_pages,
        "reparse": flow_commands.reparse,
        "serve": flow_commands.serve,
    },
    "Ask": {
        "sql": look_commands.sql,
        "schema": lake_commands.schema,
        "explain": people_commands.explain,
        "parse": parse_command.parse,
    },
    "Correct": {
        "correct": people_commands.correct,
        "uncorrect": people_commands.uncorrect,
    },
    "Share": {
        "release": share_commands.release,
        "verify": share_commands.verify,
        "export": share_commands.export,
    },
    "Keep well": {
        "doctor": look_commands.doctor,
        "status": status_commands.status,
        "report": status_commands.report,
        "maintain": lake_commands.maintain,
        "demo": flow_commands.demo,
    },
}
"""Every command under the heading that `asrun --help` shows it by."""

for _heading, _commands in _COMMANDS.items():
    for _name, _command in _commands.items():
        app.command(_name, rich_help_panel=_heading)(_command)
app.add_typer(gather_commands.app, name="gather", rich_help_panel="Take pages in")
app.add_typer(archive_commands.app, name="archive", rich_help_panel="Keep well")


def main() -> None:
    """Run the command; every error that has a name ends in one line on standard error and its exit code."""
    try:
        code = _run()
        if code == _INTERRUPTED:
            _fail("interrupted; nothing is half written, and the same command may be given again", code)
        raise SystemExit(code)
    except TyperException as error:
        if text := error.format_message():  # none where the help was asked for by saying nothing
            text = text.replace(": Value error, ", ": ")  # the library's word for a wrong choice
            _fail(f"{text.removesuffix('.')}; see `{_asked(error)} --help`", WRONG_USE)
        raise SystemExit(WRONG_USE) from None
    except UsageError as error:
        _fail(str(error), WRONG_USE)
    except AsrunError as error:
        _fail(str(error), NOTHING_DONE)
    except SystemExit as ended:
        # Typer and Rich make a failure of it when who read our output has seen enough (`asrun sql ... | head`).
        raise SystemExit(OK if isinstance(ended.__context__, BrokenPipeError) else ended.code) from None
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS}:
            raise
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{error.strerror}; nothing is damaged: make room or correct permissions, then run this again", 3)


def _run() -> int:
    """The exit code; `_INTERRUPTED` after Ctrl-C, which DuckDB tells in its own way."""
    try:
        return int(app(standalone_mode=False) or OK)
    except RuntimeError as error:
        if str(error) != "Query interrupted":
            raise
        return _INTERRUPTED


def _asked(error: TyperException) -> str:
    """The command that was used wrongly."""
    context = getattr(error, "ctx", None)
    return context.command_path if context else "asrun"


def _fail(message: str, code: int) -> NoReturn:
    typer.echo(f"asrun: {' '.join(message.split())}", err=True)
    raise SystemExit(code)
