"""The prompt of `asrun sql`: statements as they are typed, with line editing, history and completion."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

import typer

_KEPT_LINES = 1_000
_KEYWORDS = (
    "SELECT", "FROM", "WHERE", "GROUP BY", "ORDER BY", "LIMIT", "JOIN", "USING", "HAVING", "BETWEEN",
    "DESCRIBE", "SUMMARIZE",
)  # fmt: skip


def statements(*, is_prompt: bool) -> Iterator[str]:
    """What is typed, up to a semicolon or an empty line, until `exit` or the end; Ctrl-C drops what was begun."""
    if is_prompt:
        typer.echo(
            "DuckDB SQL, read-only; end a statement with ; and the session with exit; Tab completes names", err=True
        )
    typed: list[str] = []
    while True:
        prompt = ("......> " if typed else "asrun> ") if is_prompt else ""
        try:
            line = input(prompt)
        except EOFError:
            line, is_last = "", True
        except KeyboardInterrupt:
            if not is_prompt:
                raise
            typer.echo("", err=True)
            typed = []
            continue
        else:
            is_last = not typed and line.strip().rstrip(";").lower() in {"exit", "quit", ".exit", ".quit"}
        if not is_last and line.strip():
            typed.append(line)
        if typed and (is_last or not line.strip() or line.rstrip().endswith(";")):
            yield "\n".join(typed).rstrip().rstrip(";")
            typed = []
        if is_last:
            return


@contextmanager
def line_editing(names: Sequence[str], history: Path) -> Iterator[None]:
    """Line editing, completion of these names, and the history of earlier sessions, where the platform has them."""
    try:
        import readline
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(history)
    readline.set_history_length(_KEPT_LINES)
    readline.set_completer_delims(" \t\n\"\\'`@$><=;|&{(,.")
    readline.set_completer(lambda begun, number: next(islice(completions(begun, names), number, None), None))
    # macOS's Python has libedit under this name, with commands of its own.
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(None)
        with suppress(OSError):  # an analyst who may only read the lake has no history, and no worry
            readline.write_history_file(history)


def completions(begun: str, names: Sequence[str]) -> Iterator[str]:
    """Names of the lake, then SQL's words, that go on like this.

    >>> list(completions("air", ["air_date", "airtime_by", "bylines"]))
    ['air_date', 'airtime_by']
    >>> list(completions("gro", ["air_date"]))
    ['GROUP BY']
    """
    if begun:
        yield from (name for name in (*names, *_KEYWORDS) if name.lower().startswith(begun.lower()))
