"""What runs, reparses, status and quality amount to, as tables for people."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.cli.tables import show, table
from pipeline.amounts import amount
from pipeline.coverage import DayCoverage, stretches
from pipeline.report import NO_SOURCE, RunReport, in_one_line
from pipeline.status import Status

if TYPE_CHECKING:
    from pipeline.ingest.reparsing import RowDiff


def show_report(report: RunReport) -> None:
    """What a run did, and what failed in it."""
    console = Console()
    show(report_table(report), console)
    console.print(f"{amount(report.new, 'new transcript')}, {report.revised:,} revised", highlight=False)
    for alarm in report.alarms:
        line = f"ALARM {alarm.source_id}: {alarm.kind} ({alarm.cause}): {alarm.detail}"
        Console(stderr=True).print(Text(line), soft_wrap=True)
    _show_troubles(report, Console(stderr=True))


_TROUBLES_SHOWN = 10


def _show_troubles(report: RunReport, console: Console) -> None:
    for trouble in report.troubles[:_TROUBLES_SHOWN]:
        detail = f": {trouble.detail}" if trouble.detail else ""
        console.print(Text(f"{trouble.outcome} {trouble.url}{detail}"), soft_wrap=True)
    if len(report.troubles) > _TROUBLES_SHOWN:
        from pipeline.ingest.work import GATHER, IMPORT

        # Files of others are taken in without a report: what was wrong with each page is in the lake.
        place = "table captures" if report.run.flow in {IMPORT, GATHER} else "the run's report"
        console.print(f"... and {len(report.troubles) - _TROUBLES_SHOWN} more, in {place}")


def report_table(report: RunReport, prefix: str = "") -> Table:
    """A run's pages by outcome, a source a row."""
    return table(
        f"{prefix}{report.run.flow} {' '.join(_values(report.run.parameters))}",
        ("source", "new", "revised", "pages by outcome", "listings", "requests", "seconds"),
        (
            (
                source.source_id or NO_SOURCE,
                source.new,
                source.revised,
                ", ".join(f"{outcome} {count}" for outcome, count in source.pages) or "none due",
                source.listings,
                source.requests,
                round(source.seconds, 1),
            )
            for source in report.sources
        ),
    )


def _values(parameters: dict[str, object]) -> list[str]:
    return [_value(name, value) for name, value in parameters.items() if value]


def _value(name: str, value: object) -> str:
    if value is True:
        return name.replace("_", " ")
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def show_diff(diff: "RowDiff", *, dry_run: bool) -> None:
    """The rows that a reparse changed, or would change."""
    console = Console()
    title = f"{amount(diff.pages, 'archived page')} read again" + ("; nothing was written" if dry_run else "")
    rows = ((name, rows.added, rows.changed, rows.removed, rows.unchanged) for name, rows in diff.tables.items())
    show(table(title, ("table", "added", "changed", "removed", "same"), rows), console)


def show_status(status: Status) -> None:
    """What is known of each source, what fails there and why, and the last runs."""
    console = Console()
    show(_sources_table(status), console)
    if status.alarms:
        alarms = ((one.raised_at, one.source_id, one.kind, one.cause, one.detail) for one in status.alarms)
        show(table("Alarms", ("since (UTC)", "source", "alarm", "cause", "what was seen"), alarms), console)
    if status.failures:
        causes = (
            (one.source_id or NO_SOURCE, f"{one.kind}s", one.outcome, one.urls, one.example_url)
            for one in status.failures
        )
        heads = ("source", "of", "outcome", "number", "one of them")
        show(table("Failed or rejected, by cause", heads, causes), console)
    if status.open_requests:
        asked = ((one.source_id, one.first, one.last, f"{one.done} of {one.days}") for one in status.open_requests)
        show(table("Backfills that are not done", ("source", "from", "to", "days done"), asked), console)
    if status.last_report:
        _show_last_report(status.last_report, console)
    finished = (
        (run.started_at, run.flow, " ".join(_values(run.parameters)), run.status if run.finished_at else "unfinished")
        for run in status.runs
    )
    show(table("Last runs", ("started (UTC)", "flow", "of", "status"), finished), console)


def _show_last_report(report: RunReport, console: Console) -> None:
    show(report_table(report, f"Last run that collected: {report.run.started_at:%Y-%m-%d %H:%M} UTC, "), console)
    console.print(Text(in_one_line(report)), soft_wrap=True)
    _show_troubles(report, console)


def _sources_table(status: Status) -> Table:
    kinds = ("published", "not yet", "none", "failed", "gone", "new", "missing")
    heads = ("source", "newest", "days ago", "habit", "", *kinds, "last look (UTC)")
    rows = (
        (
            one.pages.source_id or NO_SOURCE,
            one.fresh.newest_air_date,
            one.fresh.silent_days,
            one.fresh.habit_days,
            "STALE" if one.is_stale else "",
            one.pages.published,
            one.pages.not_yet,
            one.pages.without_transcript,
            one.pages.failed,
            one.pages.gone,
            one.pages.waiting,
            one.missing,
            one.pages.last_look_at,
        )
        for one in status.sources
    )
    return table("Pages by source", heads, rows)


def show_gaps(gaps: Sequence[DayCoverage]) -> None:
    """The programmes' days of which pages are missing, and what would ask for them."""
    console = Console()
    heads = ("source", "programme", "day", "expected", "published", "missing")
    rows = ((day.source_id, day.program, day.air_date, day.expected, day.published, day.missing) for day in gaps)
    show(table("Days of which pages are missing", heads, rows), console)
    for stretch in stretches(gaps):
        line = f"asrun backfill --source {stretch.source_id} --from {stretch.first} --to {stretch.last}"
        console.print(Text(line), soft_wrap=True)


def show_quality(rows: Sequence[Mapping[str, Any]], identities: Mapping[str, int]) -> None:
    """The view `quality`, without what only few will ask for, and what is linked in the whole lake."""
    heads = {
        "source": "source_id",
        "programme": "program",
        "year": "year",
        "pages": "transcript_count",
        "copies": "copy_count",
        "uncertain": "uncertain_transcript_count",
        "words": "word_count",
        "named": "attributed_share",
        "surely": "sure_share",
        "confidence": "mean_confidence",
        "unresolved labels": "unresolved_label_count",
    }
    shares = {"attributed_share", "sure_share", "mean_confidence"}
    cells = ([_share(row[name]) if name in shares else row[name] for name in heads.values()] for row in rows)
    console = Console()
    show(table("How much of what was said is named", list(heads), cells), console)
    linked = (
        "Of all sources: {person_count:,} people; {appearance_count:,} names on pages, "
        "{unlinked_appearance_count:,} of them linked to nobody; {story_count:,} stories, "
        "{copied_story_count:,} of them on several pages. Ids kept that a rebuild from nothing would not give: "
        "{kept_person_id_count:,} people's, {kept_story_id_count:,} stories'."
    )
    console.print(Text(linked.format_map(identities)), soft_wrap=True)
    console.print(Text('asrun sql "DESCRIBE quality" says what each figure means; there are more.'), soft_wrap=True)


def _share(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(f"{value:.3f}")
