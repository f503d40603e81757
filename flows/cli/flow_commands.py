"""The commands that run flows, here and now or by schedule, and the import."""

from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.running import (
    check_sources,
    flows_ready,
    log_to_stderr,
    read_day,
    run_deployed,
    show_run,
    tell_problems,
    tell_unmatched,
)
from pipeline.errors import UsageError
from pipeline.memory import give_memory_back

if TYPE_CHECKING:
    from pipeline.ingest.importing import Imported

Sources = Annotated[
    list[str] | None, typer.Option("--source", "-s", help="Id of a source (npr, kpbs, ...); repeat for several.")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also show Prefect's log and every page's outcome.")]
Day = Annotated[
    date | None,
    typer.Option(
        "--date",
        parser=read_day,
        metavar="YYYY-MM-DD",
        help="Day of broadcast to take in; default: the last whole one.",
    ),
]
FirstDay = Annotated[
    date | None, typer.Option("--from", parser=read_day, metavar="YYYY-MM-DD", help="First day of broadcast.")
]
LastDay = Annotated[
    date | None, typer.Option("--to", parser=read_day, metavar="YYYY-MM-DD", help="Last day of broadcast.")
]
MostRequests = Annotated[int | None, typer.Option(min=1, help="Stop after so many requests; the same command goes on.")]


def nightly(day: Day = None, sources: Sources = None, verbose: Verbose = False) -> None:
    """Run the nightly flow here and now: what is new, what is young, what failed last night.

    Safe to repeat: nothing is fetched twice without need, nothing is published twice.
    """
    from pipeline.ingest.plans import check_day

    check_sources(sources or [])
    if day:
        check_day(day, datetime.now(UTC))
    with flows_ready(verbose):
        from flows.nightly import nightly as flow

        run_id = flow(day=day, sources=sources)
    raise typer.Exit(show_run(run_id))


def backfill(
    source: Annotated[str | None, typer.Option("--source", "-s", help="Id of the source.")] = None,
    first: FirstDay = None,
    last: LastDay = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="Only days of which pages are missing.")] = False,
    max_requests: MostRequests = None,
    oldest_first: Annotated[bool, typer.Option("--oldest-first", help="Begin with the oldest day.")] = False,
    deploy: Annotated[bool, typer.Option("--deploy", help="Let the process of `asrun serve` run it.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="With --deploy: wait for its end.")] = False,
    verbose: Verbose = False,
) -> None:
    """Run the backfill flow here and now: all pages of a source of these days.

    It may be stopped; the same command goes on where it was. A nightly run of the same source goes before it.
    """
    from pipeline.ingest.plans import check_range

    if watch and not deploy:
        raise UsageError("--watch is for --deploy: without it the backfill runs here, and this command waits anyway")
    if gaps:
        from flows.cli.gaps import fill_gaps

        check_sources([source] if source else [])
        raise typer.Exit(
            fill_gaps(
                source,
                first,
                last,
                max_requests=max_requests,
                oldest_first=oldest_first,
                verbose=verbose,
                deploy=deploy,
                watch=watch,
            )
        )
    if source is None or first is None or last is None:
        raise UsageError("a backfill takes --source, --from and --to, or --gaps for what `asrun status --gaps` lists")
    check_sources([source])
    check_range(first, last, datetime.now(UTC))
    if deploy:
        asked = {"source": source, "first": first, "last": last, "max_requests": max_requests}
        raise typer.Exit(run_deployed("backfill/manual", {**asked, "oldest_first": oldest_first}, watch=watch))
    with flows_ready(verbose):
        from flows.backfill import backfill as flow

        run_id = flow(source=source, first=first, last=last, max_requests=max_requests, oldest_first=oldest_first)
    raise typer.Exit(show_run(run_id))


def revisit(sources: Sources = None, verbose: Verbose = False) -> None:
    """Run the revisit flow here and now: pages that are due again, and no others; no listing is read."""
    check_sources(sources or [])
    with flows_ready(verbose):
        from flows.revisit import revisit as flow

        run_id = flow(sources=sources)
    raise typer.Exit(show_run(run_id))


def reparse(
    since: Annotated[
        date | None, typer.Option(parser=read_day, metavar="YYYY-MM-DD", help="Only captures from this day on (UTC).")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", "-s", help="Only captures of this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    verbose: Verbose = False,
) -> None:
    """Rebuild the rows from the archive with the parser of today; no network. Shows the rows that change."""
    give_memory_back()
    check_sources([source] if source else [])
    with ExitStack() as ahead, flows_ready(verbose, meanwhile=partial(_read_ahead, ahead, source)):
        from flows.reparse import reparse as flow

        diff = flow(since=since, source=source, dry_run=dry_run)
    from flows.cli.shown import show_diff

    show_diff(diff, dry_run=dry_run)
    if not dry_run:
        from pipeline.settings import load_settings

        tell_unmatched(load_settings())


def _read_ahead(ahead: ExitStack, source: str | None) -> None:
    """Begin what the flow will do, and import it."""
    from pipeline.ingest.begun import reading_ahead
    from pipeline.settings import load_settings

    ahead.enter_context(reading_ahead(load_settings(), source))
    import_module("flows.reparse")


def import_pages(
    paths: Annotated[list[Path], typer.Argument(help="WARC, WET, WACZ, ZIP, HTML, MHTML or text files, or folders.")],
    url: Annotated[str | None, typer.Option(help="URL of the page, for one HTML or text file.")] = None,
    verbose: Verbose = False,
) -> None:
    """Take pages that others saved into the archive and the lake.

    A WARC record keeps its URL and date. A bare file is known by --url, or else by its own file:// address; its time
    of capture is that of its last change. What is there already counts as unchanged. A damaged file is a line on
    standard error and exit code 1; what can be read of it, and all others, are taken in.
    """
    give_memory_back()
    from pipeline.settings import load_settings

    settings = load_settings()
    imported = _import_by_cluster(paths, url, verbose) if settings.dask_address else _import(paths, url, verbose)
    code = show_run(imported.run_id)
    tell_problems(imported.damages)
    raise typer.Exit(int(bool(imported.damages)) or code)


def _import(paths: list[Path], url: str | None, verbose: bool) -> "Imported":
    """Without Prefect, which has nothing to add to a command that nobody schedules, and takes seconds to start."""
    from pipeline.ingest.importing import import_all
    from pipeline.settings import load_settings

    log_to_stderr(verbose)
    return import_all(paths, url, load_settings())


def _import_by_cluster(paths: list[Path], url: str | None, verbose: bool) -> "Imported":
    """With Prefect, whose tasks the cluster does."""
    with flows_ready(verbose):
        from flows.imports import import_by_cluster

        return import_by_cluster(paths, url)


def serve(verbose: Verbose = False) -> None:
    """Keep the schedules: nightly at 03:15 and revisits at 15:15 in New York, a release on the first of a month.

    Runs until interrupted, and says what runs it does. Backfill, reparse and maintain are by hand: from Prefect's user
    interface, with `prefect deployment run`, or with `asrun backfill --deploy`. A Prefect server is started on this
    machine, and kept running, unless PREFECT_API_URL names one.
    """
    from flows import serving
    from pipeline.settings import load_settings

    settings = load_settings()  # a wrong setting is told now, not at night
    with serving.place(settings) as place, flows_ready(verbose, is_lasting=True, port=place.former_port) as address:
        from flows.serve import serve as serve_deployments

        place.note(address)
        typer.echo(f"serving; Prefect at {address.removesuffix('/api')}; stop with Ctrl-C", err=True)
        typer.echo(f"for prefect's own command, in another shell: export PREFECT_API_URL={address}", err=True)
        serve_deployments(settings, address)


def demo(verbose: Verbose = False) -> None:
    """The whole main job on a simulated public radio on this machine: two nights, two backfills, SQL answers."""
    from flows.demo import run_demo

    run_demo(log_to_stderr(verbose), is_verbose=verbose)
