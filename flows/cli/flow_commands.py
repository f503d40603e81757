"""The commands that run flows, here and now or by schedule, and the import."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

Sources = Annotated[
    list[str] | None, typer.Option("--source", "-s", help="Id of a source (npr, kpbs, ...); repeat for several.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also show Prefect's log and every page's outcome.")]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2026-03-20") from None


Day = Annotated[
    date | None,
    typer.Option(
        "--date", parser=_day, metavar="YYYY-MM-DD", help="Day of broadcast to take in; default: the last whole one."
    ),
]


def nightly(day: Day = None, sources: Sources = None, verbose: Verbose = False) -> None:
    """Run the nightly flow here and now: what is new, what is young, what failed last night.

    Safe to repeat: nothing is fetched twice without need, nothing is published twice.
    """
    _check_sources(sources or [])
    with _flows_ready(verbose):
        from flows.nightly import nightly as flow

        run_id = flow(day=day, sources=sources)
    raise typer.Exit(_show_report(run_id))


def backfill(
    source: Annotated[str, typer.Option("--source", "-s", help="Id of the source.")],
    first: Annotated[date, typer.Option("--from", parser=_day, metavar="YYYY-MM-DD", help="First day of broadcast.")],
    last: Annotated[date, typer.Option("--to", parser=_day, metavar="YYYY-MM-DD", help="Last day of broadcast.")],
    max_requests: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many requests; the same command goes on.")
    ] = None,
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="Begin with the oldest day.")] = False,
    verbose: Verbose = False,
) -> None:
    """Run the backfill flow here and now: all pages of a source of these days.

    It may be stopped; the same command goes on where it was. A nightly run of the same source goes before it.
    """
    from pipeline.ingest.plans import check_range

    _check_sources([source])
    check_range(first, last, datetime.now(UTC))
    with _flows_ready(verbose):
        from flows.backfill import backfill as flow

        run_id = flow(source=source, first=first, last=last, max_requests=max_requests, oldest_first=oldest_first)
    raise typer.Exit(_show_report(run_id))


def revisit(sources: Sources = None, verbose: Verbose = False) -> None:
    """Run the revisit flow here and now: pages that are due again, and no others; no listing is read."""
    _check_sources(sources or [])
    with _flows_ready(verbose):
        from flows.revisit import revisit as flow

        run_id = flow(sources=sources)
    raise typer.Exit(_show_report(run_id))


def reparse(
    since: Annotated[
        date | None, typer.Option(parser=_day, metavar="YYYY-MM-DD", help="Only captures from this day on (UTC).")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only captures of this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    verbose: Verbose = False,
) -> None:
    """Rebuild the rows from the archive with the parser of today; no network. Shows the rows that change."""
    _check_sources([source] if source else [])
    with _flows_ready(verbose):
        from flows.reparse import reparse as flow

        diff = flow(since=since, source=source, dry_run=dry_run)
    from flows.cli.tables import show_diff

    show_diff(diff, dry_run=dry_run)


def import_pages(
    paths: Annotated[list[Path], typer.Argument(help="WARC or WET files, HTML or text files, or folders of them.")],
    url: Annotated[str | None, typer.Option(help="URL of the page, for one HTML or text file.")] = None,
    verbose: Verbose = False,
) -> None:
    """Take pages that others saved into the archive and the lake.

    A WARC record keeps its URL and date. A bare file is known by --url, or else by its own file:// address; its time
    of capture is that of its last change. What is there already counts as unchanged.
    """
    from pipeline.ingest.importing import import_files
    from pipeline.ingest.work import open_rooms, recorded_run
    from pipeline.settings import load_settings

    _log_to_stderr(verbose)
    settings = load_settings()
    with open_rooms(settings) as rooms:
        rooms.lake.commit(())
        with recorded_run(settings, "import", {"paths": [str(path) for path in paths], "url": url}) as run_id:
            import_files(paths, url, run_id, rooms)
    raise typer.Exit(_show_report(run_id))


def serve(verbose: Verbose = False) -> None:
    """Keep the schedules: nightly at 03:15 in New York; backfill and reparse by hand.

    Runs until interrupted. By hand means from Prefect's user interface or with `prefect deployment run`. A Prefect
    server is started on this machine unless PREFECT_API_URL names one.
    """
    from pipeline.settings import load_settings

    load_settings()  # a wrong setting is told now, not at night
    with _flows_ready(verbose, is_lasting=True) as address:
        from flows.serve import deployments
        from flows.serve import serve as serve_deployments

        names = ", ".join(f"{deployment.flow_name}/{deployment.name}" for deployment in deployments())
        typer.echo(f"serving {names}; Prefect at {address.removesuffix('/api')}; stop with Ctrl-C")
        typer.echo(f"for prefect's own command, in another shell: export PREFECT_API_URL={address}")
        serve_deployments()


def demo(verbose: Verbose = False) -> None:
    """The whole main job on a simulated public radio on this machine: two nights, a backfill, SQL answers."""
    from flows.demo import run_demo

    run_demo(_log_to_stderr(verbose), is_verbose=verbose)


# --- beneath --------------------------------------------------------------------------------------------------------
def _check_sources(source_ids: list[str]) -> None:
    """An unknown source is told before Prefect starts, which takes seconds."""
    from pipeline.settings import load_settings
    from pipeline.sources import load_sources

    sources = load_sources(load_settings().sources_file)
    for source_id in source_ids:
        sources.get(source_id)


@contextmanager
def _flows_ready(verbose: bool, *, is_lasting: bool = False) -> Iterator[str]:
    """A Prefect server is there and the log goes where it should; gives the server's address."""
    from flows import environment
    from flows.server import server

    environment.prepare(is_verbose=verbose)
    console = _log_to_stderr(verbose)
    with ExitStack() as stack:
        with console.status("starting Prefect"):
            address = stack.enter_context(server(is_lasting=is_lasting))
            import prefect  # noqa: F401  # two seconds, better spent while something says so
        if not (verbose or is_lasting):
            stack.enter_context(console.status("working"))
        yield address


def _log_to_stderr(verbose: bool) -> "Console":
    """The library's log on standard error: warnings, or all of it; gives the console it is written to."""
    from rich.console import Console
    from rich.logging import RichHandler

    console = Console(stderr=True)
    handler = RichHandler(console=console, show_path=False, level=logging.INFO if verbose else logging.WARNING)
    logger = logging.getLogger("pipeline")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    return console


def _show_report(run_id: str) -> int:
    """Show what a run did; the exit code."""
    from flows.cli.tables import show_report
    from pipeline.ledger import Ledger
    from pipeline.report import run_report
    from pipeline.settings import load_settings

    with Ledger(load_settings()) as ledger:
        report = run_report(ledger, run_id)
    show_report(report)
    return int(report.has_failures)
