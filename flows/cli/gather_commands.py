"""`asrun gather`: pages that web crawls hold."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.running import log_to_stderr, read_day, show_run

if TYPE_CHECKING:
    from pipeline.discover.sought import Sought
    from pipeline.exchanges import CrawlCapture
    from pipeline.ingest.work import Rooms

app = typer.Typer(
    help="Pages that web crawls hold, for times that the sites themselves no longer have. What is there already is not "
    "fetched again: break it off and begin it again at will.",
    no_args_is_help=True,
)

Source = Annotated[str, typer.Option("--source", "-s", help="Id of the source.")]
First = Annotated[
    date, typer.Option("--from", parser=read_day, metavar="YYYY-MM-DD", help="First day of capture, UTC.")
]
Last = Annotated[date, typer.Option("--to", parser=read_day, metavar="YYYY-MM-DD", help="Last day of capture, UTC.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Also show every page's outcome.")]


@app.command("common-crawl")
def common_crawl(
    crawl: Annotated[str, typer.Argument(help="Name of the crawl, such as CC-MAIN-2026-10.")],
    source: Source,
    first: First,
    last: Last,
    index: Annotated[
        Path | None,
        typer.Option(help="A folder with the crawl's columnar index; without it, it is read on the crawl's server."),
    ] = None,
    verbose: Verbose = False,
) -> None:
    """Take a source's pages out of one of Common Crawl's crawls, by its columnar index."""
    from pipeline.ingest.gathering import from_common_crawl

    _gather(source, first, last, verbose, lambda sought, rooms: from_common_crawl(sought, crawl, rooms, index))


@app.command("internet-archive")
def internet_archive(source: Source, first: First, last: Last, verbose: Verbose = False) -> None:
    """Take a source's pages out of the Internet Archive, by its CDX server."""
    from pipeline.ingest.gathering import from_internet_archive

    _gather(source, first, last, verbose, from_internet_archive)


def _gather(
    source_id: str,
    first: date,
    last: date,
    verbose: bool,
    captures: Callable[["Sought", "Rooms"], Iterator["CrawlCapture"]],
) -> None:
    from pipeline.discover.sought import Sought
    from pipeline.errors import UsageError
    from pipeline.ingest.behind import make_whole
    from pipeline.ingest.gathering import gather
    from pipeline.ingest.work import GATHER, open_rooms, recorded_run
    from pipeline.settings import load_settings

    if first > last:
        raise UsageError(f"the range ends before it starts: {first} to {last}")
    log_to_stderr(verbose)
    settings = load_settings()
    with open_rooms(settings) as rooms:
        sought = Sought(rooms.sources.get(source_id), first, last)
        damages = make_whole(rooms)
        parameters: dict[str, object] = {"source": source_id, "first": str(first), "last": str(last)}
        with recorded_run(settings, GATHER, parameters, damages=damages) as run_id:
            gather(captures(sought, rooms), run_id, rooms)
    raise typer.Exit(show_run(run_id))
