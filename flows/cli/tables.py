"""What commands show, as Rich tables. Text from pages is shown as text: its brackets are no markup."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from pipeline.coverage import DayCoverage, stretches
from pipeline.report import NO_SOURCE, RunReport, in_one_line
from pipeline.status import Status

if TYPE_CHECKING:  # it brings half of asrun with it, which `asrun sql` needs nothing of
    from pipeline.ingest.reparsing import RowDiff

_SHORT = 16
"""Letters that are never folded: a time, an outcome, a call sign."""
_FOLDED = 20
"""Letters: narrower columns of folded text are no longer read."""
_FRAME = 3
"""Letters that a column's frame takes."""
_WIDEST = 100_000


def table(title: str | None, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table; numbers to the right, NULL dim."""
    made = Table(title=title, box=SIMPLE_HEAD)
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
    if isinstance(value, int | Decimal):
        return Text(str(value), justify="right")
    if isinstance(value, float):
        return Text(f"{value:.6g}", justify="right")
    if isinstance(value, datetime):
        return Text(value.astimezone(UTC).strftime("%Y-%m-%d %H:%M"))
    return Text(value.isoformat() if isinstance(value, date) else str(value))


def show(made: Table, console: Console | None = None) -> None:
    """Print a table; nothing of it is cut: on a screen too narrow for it lines run on, a pipe or file gets it whole."""
    console = console or Console()
    console.width = max(console.width, _least_width(made) if console.is_terminal else _whole_width(made, console))
    if made.title:  # a table folds its own to the width of its columns
        console.print(Text(str(made.title), style="bold"), soft_wrap=True)
        made.title = None
    console.print(made)


def show_rows(rows: Any, console: Console | None = None) -> None:
    """A pyarrow table, whole: on a screen too narrow for its columns as one record below the other."""
    console = console or Console()
    made = arrow_table(None, rows)
    if not console.is_terminal or _least_width(made) <= console.width:
        show(made, console)
        return
    for number, row in enumerate(rows.to_pylist(), 1):
        console.rule(f"record {number}", align="left", style="dim")
        for name, value in row.items():
            console.print(Text.assemble((f"{name}: ", "bold"), _cell(value)))


def arrow_table(title: str | None, rows: Any) -> Table:
    """A pyarrow table, for people."""
    return table(title, rows.column_names, ([row[name] for name in rows.column_names] for row in rows.to_pylist()))


def _whole_width(made: Table, console: Console) -> int:
    return console.measure(made, options=console.options.update(max_width=_WIDEST)).maximum


def _least_width(made: Table) -> int:
    """What gives every column its whole width or, where its text may be folded, enough to be read."""
    return sum(_least(column) + _FRAME for column in made.columns) + 1


def _least(column: Column) -> int:
    longest = max((len(str(cell)) for cell in (column.header, *column.cells)), default=0)
    return longest if column.no_wrap else min(longest, _FOLDED)


def show_report(report: RunReport) -> None:
    """What a run did, and what failed in it."""
    console = Console()
    show(report_table(report), console)
    console.print(f"{report.new} new transcripts, {report.revised} revised", highlight=False)
    for alarm in report.alarms:
        line = f"ALARM {alarm.source_id}: {alarm.kind} ({alarm.cause}): {alarm.detail}"
        Console(stderr=True).print(Text(line), soft_wrap=True)
    _show_troubles(report, Console(stderr=True))


_TROUBLES_SHOWN = 10


def _show_troubles(report: RunReport, console: Console) -> None:
    for trouble in report.troubles[:_TROUBLES_SHOWN]:
        console.print(Text(f"{trouble.outcome} {trouble.url}: {trouble.detail}"), soft_wrap=True)
    if len(report.troubles) > _TROUBLES_SHOWN:
        console.print(f"... and {len(report.troubles) - _TROUBLES_SHOWN} more, in the run's report")


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
    title = f"{diff.pages} archived pages read again" + ("; nothing was written" if dry_run else "")
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
