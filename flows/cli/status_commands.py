"""`asrun status` and `asrun report`: how things stand, for people, for machines, as a page."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.gaps import NO_GAPS
from flows.cli.running import tell_unmatched
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from pipeline.settings import Settings


def status(
    sources: Annotated[
        list[str] | None, typer.Option("--source", "-s", help="Only of this source; repeat for several.")
    ] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="List the programmes' days of which pages are missing.")] = False,
    quality: Annotated[
        bool, typer.Option("--quality", help="How much of what was said is named, how surely, and what is not.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for machines.")] = False,
    runs: Annotated[int, typer.Option(help="How many of the last runs to show.", min=1)] = 10,
) -> None:
    """Show what there is of each source, how fresh it is, which alarms stand, what fails and why, and the last runs.

    Exit code 1: a source that nights ask is stale, that is, nothing new came for two days longer than is its habit.
    That is judged by the newest day of broadcast, whatever runs said of themselves.
    """
    from pipeline.ledger import Ledger
    from pipeline.settings import load_settings
    from pipeline.sources import load_sources
    from pipeline.status import status_of
    from pipeline.status_json import status_as_json

    settings = load_settings()
    for source_id in sources or ():
        load_sources(settings.sources_file).get(source_id)
    _check_collected(settings)
    if quality:
        _show_quality(settings, sources or (), as_json=as_json)
        tell_unmatched(settings)
        return
    with Ledger(settings) as ledger:
        found = status_of(ledger, datetime.now(UTC), runs, sources or (), with_gaps=gaps or as_json)
    if as_json:
        typer.echo(json.dumps(status_as_json(found), ensure_ascii=False, indent=1))
    else:
        from flows.cli.shown import show_gaps, show_status

        if not gaps:
            show_status(found)
        elif found.gaps:
            show_gaps(found.gaps)
        else:
            typer.echo(NO_GAPS)
        tell_unmatched(settings)
    raise typer.Exit(int(found.is_stale))


def _show_quality(settings: "Settings", sources: "Collection[str]", *, as_json: bool) -> None:
    from pipeline.query.quality import identities_of, quality_of

    found = quality_of(settings, sources)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        from flows.cli.shown import show_quality

        show_quality(found, identities_of(settings))


def report(
    out: Annotated[
        Path | None, typer.Option(help="Where to write it; default: reports/report.html below home.")
    ] = None,
) -> None:
    """Write one HTML page of how things stand: coverage as a calendar, stories, outcomes, freshness, what fails.

    It needs no network and no scripts, and may be mailed or printed.
    """
    from pipeline.report_page import FILE_NAME, write_page
    from pipeline.settings import load_settings

    settings = load_settings()
    _check_collected(settings)
    path = out or settings.reports_dir / FILE_NAME
    write_page(settings, path, datetime.now(UTC))
    typer.echo(str(path))


def _check_collected(settings: "Settings") -> None:
    if not settings.ledger_file.exists():
        from pipeline.archive import Archive

        if Archive(settings).files():
            raise UsageError(
                f"{settings.ledger_file} is lost: `asrun archive rebuild-ledger` makes it anew out of the archive, "
                "as the next run does"
            )
        raise UsageError(f"nothing was collected yet in {settings.home}: run `asrun nightly` or `asrun demo` first")
