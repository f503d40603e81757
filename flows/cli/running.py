"""What the commands that run something share: days as typed, Prefect made ready, the log, the report at the end."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from pipeline.settings import Settings

_PROBLEMS_SHOWN = 50


def read_day(text: str) -> date:
    """A day as it is typed on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2026-03-20") from None


def check_sources(source_ids: list[str]) -> None:
    """An unknown source is told before Prefect starts, which takes seconds."""
    from pipeline.settings import load_settings
    from pipeline.sources import load_sources

    sources = load_sources(load_settings().sources_file)
    for source_id in source_ids:
        sources.get(source_id)


@contextmanager
def flows_ready(
    verbose: bool,
    *,
    is_lasting: bool = False,
    port: int | None = None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[str]:
    """A Prefect server is there and the log goes where it should; gives the server's address.

    `meanwhile` is done while the server starts.
    """
    from flows import environment
    from flows.schedules import TAG
    from flows.server import server

    environment.prepare(is_verbose=verbose)
    console = log_to_stderr(verbose)
    with ExitStack() as stack:
        with console.status("starting Prefect"):
            address = stack.enter_context(server(is_lasting=is_lasting, port=port, meanwhile=meanwhile))
            from prefect import tags  # two seconds, better spent while something says so
        if not is_lasting:
            stack.enter_context(tags(TAG))  # as those have that are asked of `asrun serve`
        if not (verbose or is_lasting):
            stack.enter_context(console.status("working"))
        yield address


def run_deployed(deployment: str, parameters: dict[str, object], *, watch: bool) -> int:
    """Let the serving process run a deployment; the exit code. `watch`: wait for its end and show its report."""
    from flows import environment, serving
    from pipeline.settings import load_settings

    settings = load_settings()
    environment.prepare(is_verbose=False)
    address = os.environ["PREFECT_API_URL"] = serving.address(settings)
    from flows.triggers import run_deployed as run  # Prefect reads the address when it is imported

    flow_run_id, state = run(deployment, parameters, watch=watch)
    typer.echo(f"{address.removesuffix('/api')}/runs/flow-run/{flow_run_id} {state}", err=True)
    return _show_flow_run(flow_run_id) if watch else 0


def log_to_stderr(verbose: bool) -> "Console":
    """The library's log on standard error: warnings, or all of it; gives the console it is written to."""
    from rich.console import Console
    from rich.logging import RichHandler

    console = Console(stderr=True)
    if console.is_terminal:
        handler: logging.Handler = RichHandler(console=console, show_path=False)
    else:  # a line is a line in a file, however long
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    handler.setLevel(logging.INFO if verbose else logging.WARNING)
    for name in ("pipeline", "flows"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        logger.addHandler(handler)
    return console


def _show_flow_run(flow_run_id: str) -> int:
    """Show what a run of the serving process did; the exit code."""
    from pipeline.errors import AsrunError
    from pipeline.ledger import Ledger
    from pipeline.ledger.history import run_of_flow_run
    from pipeline.settings import load_settings

    with Ledger(load_settings()) as ledger:
        run = run_of_flow_run(ledger, flow_run_id)
    if run is None or run.status != "completed":
        raise AsrunError("the run did not complete: Prefect's page of it says why; the same command goes on with it")
    return show_run(run.run_id)


def tell_problems(problems: Sequence[str]) -> None:
    """Each a line on standard error, as far as a person would read."""
    for problem in problems[:_PROBLEMS_SHOWN]:
        typer.echo(f"asrun: {problem}", err=True)
    if len(problems) > _PROBLEMS_SHOWN:
        typer.echo(f"asrun: ... and {len(problems) - _PROBLEMS_SHOWN} more", err=True)


def tell_unmatched(settings: "Settings") -> None:
    """Corrections by hand that nothing answers to, each a line on standard error."""
    from pipeline.ingest.correcting import unmatched_in

    for line in unmatched_in(settings):
        typer.echo(f"correction without a match: {line}", err=True)


def show_run(run_id: str) -> int:
    """Show what a run did; the exit code."""
    from flows.cli.shown import show_report
    from pipeline.ledger import Ledger
    from pipeline.report import run_report
    from pipeline.settings import load_settings

    with Ledger(load_settings()) as ledger:
        report = run_report(ledger, run_id)
    show_report(report)
    tell_problems(report.run.damages)
    return int(report.has_failures)
