"""What a run did: as data, and as Markdown for people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.ledger import Alarm, Ledger, OutcomeCount, Run, RunLook
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.history import outcome_counts, run_of, troubles
from pipeline.records import GONE, UNCHANGED

MAX_TROUBLES = 200
"""Looks listed one by one; all are counted."""
NO_SOURCE = "(no source)"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What a run did at one source. `pages` counts looks by outcome, the most frequent first."""

    source_id: str | None
    pages: tuple[tuple[str, int], ...]
    new: int
    revised: int
    listings: int
    listings_failed: int
    requests: int
    body_bytes: int
    seconds: float

    @property
    def looks(self) -> int:
        """Looks at pages."""
        return sum(count for _, count in self.pages)

    @property
    def failed(self) -> int:
        """Pages that could not be fetched or read."""
        return sum(count for outcome, count in self.pages if outcome.startswith(("fetch_failed:", "rejected:")))


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did. Requests are those for pages and listings, redirects included; bytes are bodies as received."""

    run: Run
    sources: tuple[SourceReport, ...]
    troubles: tuple[RunLook, ...]
    """Failed looks and rejected pages, at most `MAX_TROUBLES`."""
    alarms: tuple[Alarm, ...] = ()
    """Those that stand at its sources, whatever the run itself met: one over a silent source is no success."""

    @property
    def pages(self) -> dict[str, int]:
        """Looks at pages by outcome, over all sources."""
        total: dict[str, int] = {}
        for source in self.sources:
            for outcome, count in source.pages:
                total[outcome] = total.get(outcome, 0) + count
        return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))

    @property
    def new(self) -> int:
        """Transcripts that were not there before."""
        return sum(source.new for source in self.sources)

    @property
    def revised(self) -> int:
        """Transcripts whose content changed."""
        return sum(source.revised for source in self.sources)

    @property
    def has_failures(self) -> bool:
        """Whether a page or a listing failed or was rejected, or an alarm stands at one of its sources."""
        return bool(self.alarms) or any(source.failed or source.listings_failed for source in self.sources)

    @property
    def got_nothing(self) -> bool:
        """Whether there was something to look at, and all of it failed."""
        looks = sum(source.looks + source.listings for source in self.sources)
        failed = sum(source.failed + source.listings_failed for source in self.sources)
        return looks > 0 and looks == failed


def run_report(ledger: Ledger, run_id: str) -> RunReport:
    """The report of a run that the ledger knows.

    Raises:
        KeyError: it does not know it.
    """
    run = run_of(ledger, run_id)
    if run is None:
        raise KeyError(run_id)
    counts = outcome_counts(ledger, run_id)
    by_source: dict[str | None, list[OutcomeCount]] = {}
    for count in counts:
        by_source.setdefault(count.source_id, []).append(count)
    sources = tuple(_source(source_id, found) for source_id, found in by_source.items())
    alarms = tuple(alarm for alarm in standing_alarms(ledger) if alarm.source_id in by_source)
    return RunReport(run, sources, tuple(troubles(ledger, run_id, MAX_TROUBLES)), alarms)


def _source(source_id: str | None, counts: Sequence[OutcomeCount]) -> SourceReport:
    pages = [count for count in counts if count.kind == "page"]
    listings = [count for count in counts if count.kind == "listing"]
    return SourceReport(
        source_id=source_id,
        pages=tuple((count.outcome, count.count) for count in pages),
        new=sum(count.new for count in pages),
        revised=sum(count.revised for count in pages),
        listings=sum(count.count for count in listings),
        # A month without a sitemap is no failure.
        listings_failed=sum(count.count for count in listings if count.outcome not in {"read", UNCHANGED, GONE}),
        requests=sum(count.requests for count in counts),
        body_bytes=sum(count.body_bytes for count in counts),
        seconds=sum(count.seconds for count in counts),
    )


# --- Markdown -------------------------------------------------------------------------------------------------------
def to_markdown(report: RunReport) -> str:
    """The report as Markdown: a table of sources, then what failed."""
    run = report.run
    asked = ", ".join(f"{name} {_value(value)}" for name, value in run.parameters.items() if value)
    lines = [
        f"# {run.flow}: {asked}" if asked else f"# {run.flow}",
        "",
        f"{report.new} new transcripts, {report.revised} revised.",
        f"Started {run.started_at:%Y-%m-%d %H:%M} UTC, {run.status}.",
        "",
        *_table(
            ("source", "pages", "new", "revised", "listings", "requests", "kB", "seconds"),
            (
                (
                    source.source_id or NO_SOURCE,
                    ", ".join(f"{outcome} {count}" for outcome, count in source.pages) or "none due",
                    str(source.new),
                    str(source.revised),
                    f"{source.listings}" + (f" ({source.listings_failed} failed)" if source.listings_failed else ""),
                    str(source.requests),
                    f"{source.body_bytes / 1000:.0f}",
                    f"{source.seconds:.1f}",
                )
                for source in report.sources
            ),
        ),
    ]
    if report.alarms:
        alarms = ((one.source_id, one.kind, one.cause, one.detail) for one in report.alarms)
        lines += ["", "## Alarms", "", *_table(("source", "alarm", "cause", "what was seen"), alarms)]
    if report.troubles:
        rows = ((trouble.outcome, trouble.url, trouble.detail or "") for trouble in report.troubles)
        lines += ["", "## Failed or rejected", "", *_table(("outcome", "URL", "what was seen"), rows)]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [
        "| " + " | ".join(heads) + " |",
        "|" + "---|" * len(heads),
        *("| " + " | ".join(_cell(value) for value in row) + " |" for row in rows),
    ]


def _cell(text: str) -> str:
    """Text from strangers in a table's cell: one line, no markup of its own."""
    line = " ".join(text.split())
    for sign in "\\`*_[]<>|":
        line = line.replace(sign, f"\\{sign}")
    return line
