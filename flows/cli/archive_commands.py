"""`asrun archive`: is it whole, and what did it hold when."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.moments import moment_of
from flows.cli.running import tell_problems
from pipeline.amounts import amount
from pipeline.errors import FetchFailed, UsageError

if TYPE_CHECKING:
    from pipeline.archive import Archive

app = typer.Typer(help="The archive of raw pages: check it, look into it.", no_args_is_help=True)


@app.command()
def verify() -> None:
    """Check every record of the archive against its digests, and write indexes that are missing or wrong.

    Exit code 1 where something is damaged; each damage is a line on standard error.
    """
    from rich.console import Console
    from rich.progress import track

    from pipeline.archive.verify import Verified
    from pipeline.archive.verify import verify as steps

    archive = _archive()
    found = Verified()
    errors = Console(stderr=True)
    total = len(archive.files()) + 1
    for so_far in track(
        steps(archive), "checking", total=total, console=errors, transient=True, disable=not errors.is_terminal
    ):
        found = so_far
    tell_problems(found.problems)
    typer.echo(
        f"{amount(found.files, 'file')}, {amount(found.records, 'record')}, {amount(found.pages, 'page')}, "
        f"{amount(found.revisits, 'look')} that found the same; "
        f"{amount(found.indexes_written, 'index', 'indexes')} written; {amount(len(found.problems), 'problem')}"
    )
    if found.unfinished:
        typer.echo(f"{amount(found.unfinished, 'file')} unfinished: being written now, or put in order by the next run")
    raise typer.Exit(int(bool(found.problems)))


@app.command("rebuild-ledger")
def rebuild_ledger() -> None:
    """Make a lost ledger anew out of the archive, and out of the lake where there is one.

    Runs do so by themselves where the ledger is missing. Needs no network; pages keep their outcomes, validators and
    due times, so that none is fetched again for nothing. Exit code 1 where records are damaged, whose pages are
    asked for anew.
    """
    from rich.console import Console

    from pipeline.ingest.rebuilding import rebuild_ledger as rebuild
    from pipeline.ingest.work import open_rooms
    from pipeline.settings import load_settings

    _archive()
    with Console(stderr=True).status("reading the archive"), open_rooms(load_settings()) as rooms:
        made = rebuild(rooms)
    typer.echo(f"{amount(made.looks, 'look')} at {amount(made.pages, 'page')} in {rooms.settings.ledger_file}")
    tell_problems(made.damages)
    raise typer.Exit(int(bool(made.damages)))


@app.command()
def show(
    url: Annotated[str, typer.Argument(help="The page's URL, in any spelling.")],
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="As it was then: 2026-03-20 (its end) or 2026-03-20T07:15, in UTC."),
    ] = None,
) -> None:
    """Print a page as it was archived, with its content coding taken off; where it stands goes to standard error."""
    from pipeline.archive import Archive
    from pipeline.archive.lookup import show as look_up
    from pipeline.fetch.urls import canonical_url
    from pipeline.settings import load_settings

    try:
        known_as = url if url.startswith("file:") else canonical_url(url)
    except FetchFailed as failure:
        raise UsageError(f"{url}: {failure.detail}") from failure
    shown = look_up(Archive(load_settings()), known_as, None if at is None else moment_of("--at", at))
    page = shown.page
    seen = f", found the same at {shown.seen_at:%Y-%m-%d %H:%M:%S}" if shown.seen_at != page.captured_at else ""
    typer.echo(
        f"{page.url} captured {page.captured_at:%Y-%m-%d %H:%M:%S} UTC{seen}: {page.warc_file} at {page.warc_offset}",
        err=True,
    )
    sys.stdout.flush()
    sys.stdout.buffer.write(page.content)
    sys.stdout.buffer.flush()


def _archive() -> "Archive":
    """The archive. One with nothing in it is most often that of another home than was meant: it is not called whole."""
    from pipeline.archive import Archive
    from pipeline.settings import load_settings

    archive = Archive(load_settings())
    if not archive.files():
        raise UsageError(f"nothing was archived yet in {archive.stored.place}: correct the setting `home`")
    return archive
