"""What commands show, as Rich tables. Text from pages is shown as text: its brackets are no markup."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.ingest.reparsing import RowDiff
from pipeline.ledger import Coverage, Run
from pipeline.report import NO_SOURCE, RunReport

_SHORT = 16
"""Letters that are never folded: a time, an outcome, a call sign."""


def table(title: str | None, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; numbers to the right, NULL dim."""
    made = Table(title=title, title_justify="left", title_style="bold")
    cells = [[_cell(value) for value in row] for row in rows]
    for index, head in enumerate(heads):
        is_number = bool(cells) and all(cell[index].justify in {"right", "center"} for cell in cells)
        is_short = all(len(cell[index]) <= _SHORT for cell in cells)
        made.add_column(head, justify="right" if is_number else "left", overflow="fold", no_wrap=is_short)
    for cell in cells:
        made.add_row(*cell)
    return made


def _cell(value: object) -> Text:
    if value is None:
        return Text("NULL", style="dim", justify="center")
    if isinstance(value, bool):
        return Text(str(value).lower())
    if isinstance(value, int | float):
        return Text(f"{value:,}" if isinstance(value, int) else f"{value:,.6g}", justify="right")
    if isinstance(value, datetime):
        return Text(value.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
    return Text(value.isoformat() if isinstance(value, date) else str(value))


def arrow_table(title: str | None, rows: Any) -> Table:
    """A pyarrow table, for people."""
    return table(title, rows.column_names, ([row[name] for name in rows.column_names] for row in rows.to_pylist()))


def show_report(report: RunReport) -> None:
    """What a run did, and what failed in it."""
    console = Console()
    console.print(report_table(report))
    console.print(f"{report.new} new transcripts, {report.revised} revised", highlight=False)
    for trouble in report.troubles[:_TROUBLES_SHOWN]:
        Console(stderr=True).print(Text(f"{trouble.outcome} {trouble.url}: {trouble.detail}"), soft_wrap=True)
    if len(report.troubles) > _TROUBLES_SHOWN:
        Console(stderr=True).print(f"... and {len(report.troubles) - _TROUBLES_SHOWN} more, in the run's report")


_TROUBLES_SHOWN = 10


def report_table(report: RunReport) -> Table:
    """A run's pages by outcome, a source a row."""
    return table(
        f"{report.run.flow} {' '.join(_values(report.run.parameters))}",
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
    return [
        " ".join(map(str, value)) if isinstance(value, list) else str(value) for value in parameters.values() if value
    ]


def show_diff(diff: RowDiff, *, dry_run: bool) -> None:
    """The rows that a reparse changed, or would change."""
    console = Console()
    title = f"{diff.pages} archived pages read again" + ("; nothing was written" if dry_run else "")
    rows = ((name, rows.added, rows.changed, rows.removed, rows.unchanged) for name, rows in diff.tables.items())
    console.print(table(title, ("table", "added", "changed", "removed", "same"), rows))


def show_status(coverage: Iterable[Coverage], runs: Iterable[Run]) -> None:
    """What is known of each source, and the last runs."""
    console = Console()
    heads = ("source", "newest", "published", "not yet", "rejected", "failed", "waiting", "last look (UTC)")
    rows = (
        (
            one.source_id or NO_SOURCE,
            one.newest_air_date,
            one.published,
            one.not_yet,
            one.rejected,
            one.failed,
            one.waiting,
            one.last_look_at,
        )
        for one in coverage
    )
    console.print(table("Pages by source", heads, rows))
    finished = (
        (run.started_at, run.flow, " ".join(_values(run.parameters)), run.status if run.finished_at else "unfinished")
        for run in runs
    )
    console.print(table("Last runs", ("started (UTC)", "flow", "of", "status"), finished))
