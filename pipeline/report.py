"""What a run did, as data, and in one line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from pipeline.amounts import amount
from pipeline.ledger import Alarm, Ledger, OutcomeCount, Run, RunLook
from pipeline.ledger.alarms import standing_alarms
from pipeline.ledger.asked import days_done
from pipeline.ledger.history import looks_of, outcome_counts, run_of, troubles
from pipeline.records import GONE, UNCHANGED

MAX_TROUBLES = 200
"""Looks listed one by one; all are counted."""
MAX_HOSTS = 10
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
class HostReport:
    """How a host answered in a run."""

    host: str
    looks: int
    seconds: float
    slowest_seconds: float

    @property
    def mean_seconds(self) -> float:
        return self.seconds / self.looks


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did. Requests are those for pages and listings, redirects included; bytes are bodies as received."""

    run: Run
    sources: tuple[SourceReport, ...]
    troubles: tuple[RunLook, ...]
    """Failed looks and rejected pages, at most `MAX_TROUBLES`."""
    alarms: tuple[Alarm, ...] = ()
    """Those that stand at its sources, whatever the run itself met: one over a silent source is no success."""
    hosts: tuple[HostReport, ...] = ()
    """The slowest hosts, at most `MAX_HOSTS`, by their mean answer."""
    days_done: tuple[int, int] | None = None
    """Of a backfill: the days of its range that are done, and all of them."""

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
    def requests(self) -> int:
        """Requests for pages and listings."""
        return sum(source.requests for source in self.sources)

    @property
    def kilobytes(self) -> int:
        """Bodies as received, in thousands of bytes."""
        return round(sum(source.body_bytes for source in self.sources) / 1000)

    @property
    def has_failures(self) -> bool:
        """Whether a page or listing failed or was rejected, the archive is damaged, or an alarm stands at a source."""
        has_failed = any(source.failed or source.listings_failed for source in self.sources)
        return has_failed or bool(self.alarms or self.run.damages)

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
    return RunReport(
        run,
        sources,
        tuple(troubles(ledger, run_id, MAX_TROUBLES)),
        alarms,
        hosts=slowest_hosts(looks_of(ledger, run_id)),
        days_done=_days_done(ledger, run),
    )


def only_of(report: RunReport, is_asked: Callable[[str | None], bool]) -> RunReport:
    """The report of some of its sources; of the hosts it still tells all."""
    return replace(
        report,
        sources=tuple(one for one in report.sources if is_asked(one.source_id)),
        troubles=tuple(one for one in report.troubles if is_asked(one.source_id)),
        alarms=tuple(one for one in report.alarms if is_asked(one.source_id)),
    )


def _days_done(ledger: Ledger, run: Run) -> tuple[int, int] | None:
    asked = [str(run.parameters.get(name)) for name in ("source", "first", "last")]
    return days_done(ledger, run.flow, *asked) if run.flow == "backfill" else None


def slowest_hosts(looks: Iterable[tuple[str, float]]) -> tuple[HostReport, ...]:
    """The hosts of these URLs, whose answers took so many seconds, the slowest mean first."""
    by_host: dict[str, list[float]] = {}
    for url, seconds in looks:
        if host := urlsplit(url).hostname:
            by_host.setdefault(host, []).append(seconds)
    found = (HostReport(host, len(took), sum(took), max(took)) for host, took in by_host.items())
    return tuple(sorted(found, key=lambda one: (-one.mean_seconds, one.host))[:MAX_HOSTS])


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


def in_one_line(report: RunReport) -> str:
    """What a run came to, for a log: `7 new, 1 revised; published 8, unchanged 2; 69 requests, 303 kB, 41 s`."""
    pages = ", ".join(f"{outcome} {count}" for outcome, count in report.pages.items()) or "no page was due"
    parts = [
        f"{report.new:,} new, {report.revised:,} revised",
        pages,
        f"{amount(report.requests, 'request')}, {report.kilobytes:,} kB",
    ]
    if report.run.finished_at:
        parts[-1] += f", {(report.run.finished_at - report.run.started_at).total_seconds():.0f} s"
    return "; ".join(parts)
